import { type Seeded, seeded } from '../seeded.js';
import { type Child, drawChildren, drawPostcode, issueScn } from './children.js';
import { alsoCalled, drawForename, drawSurname } from './name-shares.js';
import { habitOf, slipOf, wrongDate, wrongScn } from './slips.js';

/** One row of an extract, as its system writes it. '' is nothing. */
export interface ExtractRow {
  readonly forename: string;
  readonly knownAs: string;
  readonly surname: string;
  readonly birthOn: string;
  readonly sex: string;
  readonly postcode: string;
  readonly school: string;
  readonly scn: string;
}

/** Two extracts about the same area and, by row, the number of the child that each is about. */
export interface LinkedExtracts {
  readonly education: readonly ExtractRow[];
  readonly socialWork: readonly ExtractRow[];
  readonly educationTruth: readonly number[];
  readonly socialWorkTruth: readonly number[];
  /** Adopted since: both rows are one child and nobody may be shown that they are. */
  readonly forbidden: readonly number[];
}

export interface Making {
  readonly seed: string;
  /** Rows of the education extract, about. */
  readonly pupils: number;
  /** Children that social work knows. */
  readonly known: number;
  /** Of those at school, how many rows of social work have no SCN: 0.012 to 0.436 by council (reference domain 3.3). */
  readonly scnMissing: number;
}

/**
 * Education knows those at school here; social work knows some of them and others: too young, placed elsewhere, not yet
 * entered. What they say of one child differs as it does in life; how often is assumed, no table of it is published. The same
 * making gives the same rows.
 */
export function drawLinkedExtracts({ seed, pupils, known, scnMissing }: Making): LinkedExtracts {
  const random = seeded(seed, 'linked-extracts');
  const children = drawChildren(random, Math.round(pupils * 1.12));
  const inEducation = children.map((child) => child.scn !== null || (isOfSchoolAge(child) && random.chance(0.8)));
  const places = Math.max(20, Math.round(children.length / 60));
  const education: ExtractRow[] = [];
  const educationTruth: number[] = [];
  for (const [at, child] of children.entries()) {
    if (!inEducation[at] || random.chance(0.02)) continue;
    education.push(educationRow(random, child));
    educationTruth.push(at);
  }
  const chosen = chooseKnown(random, children, known);
  const adopted = new Set(chosen.filter(() => random.chance(0.01)));
  const socialWork = chosen.map((at) => {
    const child = children[at];
    if (!child) throw new RangeError('no such child');
    return socialWorkRow(random, child, {
      places,
      scnMissing,
      adopted: adopted.has(at),
      sibling: siblingOf(children, at),
    });
  });
  return { education, educationTruth, socialWork, socialWorkTruth: chosen, forbidden: [...adopted] };
}

function isOfSchoolAge({ birthOn }: Child): boolean {
  return birthOn < '2021-09-01';
}

/** Brothers and sisters are mostly known together. */
function chooseKnown(random: Seeded, children: readonly Child[], known: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(known, children.length)) {
    const first = random.int(0, children.length - 1);
    chosen.add(first);
    for (let at = first + 1; children[at]?.postcode === children[first]?.postcode && chosen.size < known; at++)
      if (random.chance(0.7)) chosen.add(at);
  }
  return random.shuffled([...chosen]);
}

function siblingOf(children: readonly Child[], at: number): Child | null {
  return [children[at - 1], children[at + 1]].find((one) => one?.postcode === children[at]?.postcode) ?? null;
}

function educationRow(random: Seeded, child: Child): ExtractRow {
  const called = random.chance(0.12) ? alsoCalled(random, child.forename) : child.forename;
  const [year = '', month = '', day = ''] = (
    random.chance(0.004) ? wrongDate(random, child.birthOn) : child.birthOn
  ).split('-');
  return {
    forename: random.chance(0.01) ? slipOf(random, child.forename) : child.forename,
    knownAs: called === child.forename ? '' : called,
    surname: random.chance(0.01) ? slipOf(random, child.surname) : child.surname,
    birthOn: `${day}/${month}/${year}`,
    sex: child.sex,
    postcode: random.chance(0.03) ? '' : child.postcode,
    school: child.school,
    scn: child.scn ?? '',
  };
}

interface Circumstances {
  readonly places: number;
  readonly scnMissing: number;
  readonly adopted: boolean;
  readonly sibling: Child | null;
}

function socialWorkRow(random: Seeded, child: Child, circumstances: Circumstances): ExtractRow {
  const given = random.chance(0.15) ? alsoCalled(random, child.forename) : child.forename;
  const forename = random.chance(0.04) ? slipOf(random, given) : given;
  const surname = surnameAsKnown(random, child, circumstances);
  const swapped = random.chance(0.008);
  const unknown = random.chance(0.006);
  return {
    forename: unknown
      ? 'Unknown'
      : swapped
        ? surname
        : circumstances.adopted
          ? drawForename(random, child.sex)
          : forename,
    knownAs: random.chance(0.06) ? alsoCalled(random, child.forename) : '',
    surname: swapped ? forename : surname,
    birthOn: random.chance(0.005) ? '' : random.chance(0.022) ? wrongDate(random, child.birthOn) : child.birthOn,
    sex: random.chance(0.03) ? '' : random.chance(0.004) ? (child.sex === 'F' ? 'M' : 'F') : child.sex,
    postcode: postcodeAsKnown(random, child, circumstances.places),
    school: random.chance(0.35) ? '' : random.chance(0.12) ? `School ${random.int(1, 40)}` : child.school,
    scn: scnAsKnown(random, child, circumstances),
  };
}

/** A parent's name, a changed one, another clerk's spelling. */
function surnameAsKnown(random: Seeded, child: Child, { adopted }: Circumstances): string {
  if (adopted || random.chance(0.03)) return drawSurname(random);
  const written = random.chance(0.25) ? habitOf(random, child.surname) : child.surname;
  return random.chance(0.03) ? slipOf(random, written) : written;
}

/** Many have moved: one of the two services heard of it first. */
function postcodeAsKnown(random: Seeded, child: Child, places: number): string {
  if (random.chance(0.05)) return '';
  if (random.chance(0.22)) return drawPostcode(random, places);
  return random.chance(0.02) ? slipOf(random, child.postcode) : child.postcode;
}

function scnAsKnown(random: Seeded, child: Child, { scnMissing, adopted, sibling }: Circumstances): string {
  // An adopted child is given a new number with the new name.
  if (adopted) return random.chance(0.5) ? '' : issueScn(random, Number(child.birthOn.slice(0, 4)) + 5);
  if (child.scn === null || random.chance(scnMissing)) return '';
  // Copied from the brother's or sister's row, and a right number all the same.
  if (sibling?.scn && random.chance(0.006)) return sibling.scn;
  return random.chance(0.012) ? wrongScn(random, child.scn) : child.scn;
}
