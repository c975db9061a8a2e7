import { scnCheckDigit } from '../../../../bot/learners/scn.js';
import type { Seeded } from '../seeded.js';
import { drawForename, drawSurname } from './name-shares.js';

/** The children of a made-up council area, as they truly are. Households have brothers, sisters and twins. */
export interface Child {
  readonly forename: string;
  readonly surname: string;
  /** 'YYYY-MM-DD' */
  readonly birthOn: string;
  readonly sex: 'F' | 'M';
  readonly postcode: string;
  readonly school: string;
  /** Null before school, and for one in forty of those at school. */
  readonly scn: string | null;
}

/** The year whose September the council is looked at in. */
const year = 2026;
const day = 86_400_000;

export function drawChildren(random: Seeded, count: number): Child[] {
  const children: Child[] = [];
  const places = Math.max(20, Math.round(count / 60));
  const schools = Math.max(6, Math.round(count / 250));
  while (children.length < count) {
    const home = { surname: drawSurname(random), postcode: drawPostcode(random, places) };
    const school = `School ${1 + (hashOf(home.postcode) % schools)}`;
    for (const child of drawHousehold(random, home.surname))
      children.push({ ...child, postcode: home.postcode, school, scn: drawScn(random, child.birthOn) });
  }
  return children.slice(0, count);
}

function drawHousehold(random: Seeded, surname: string): Pick<Child, 'forename' | 'surname' | 'birthOn' | 'sex'>[] {
  const size = random.weighted([
    [1, 42],
    [2, 40],
    [3, 13],
    [4, 5],
  ]);
  const children: Pick<Child, 'forename' | 'surname' | 'birthOn' | 'sex'>[] = [];
  for (let at = 0; at < size; at++) {
    const last = children.at(-1);
    // About 15 in 1,000 maternities are of twins.
    const isTwin = last !== undefined && random.chance(0.03);
    const birthOn = isTwin ? last.birthOn : drawBirth(random);
    const sex = isTwin && random.chance(0.66) ? last.sex : random.pick(['F', 'M'] as const);
    // Half-brothers and half-sisters at one address often have another surname.
    const name = at > 0 && random.chance(0.15) && !isTwin ? drawSurname(random) : surname;
    children.push({ forename: drawOther(random, sex, children), surname: name, birthOn, sex });
  }
  return children;
}

function drawOther(random: Seeded, sex: 'F' | 'M', children: readonly { readonly forename: string }[]): string {
  for (;;) {
    const forename = drawForename(random, sex);
    if (!children.some((child) => child.forename === forename)) return forename;
  }
}

function drawBirth(random: Seeded): string {
  const at = Date.UTC(year - 18, 2, 1) + Math.floor(random.next() * 17.5 * 365.25) * day;
  return new Date(at).toISOString().slice(0, 10);
}

const letters = 'ABDEFGHJLNPQRSTUWXYZ';

/** Shaped like one, of an area that the Post Office has never given out: QX. */
export function drawPostcode(random: Seeded, places: number): string {
  const place = random.int(0, places - 1);
  const [sector, one, two] = [1 + (place % 9), random.int(0, 5), random.int(0, 9)];
  return `QX${1 + Math.floor(place / 9)} ${sector}${letters.charAt(one)}${letters.charAt(two)}`;
}

function hashOf(text: string): number {
  return [...text.slice(0, -3)].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 100_003;
}

/** Issued in the school year in which a child turns five. */
function drawScn(random: Seeded, birthOn: string): string | null {
  const started = Number(birthOn.slice(0, 4)) + 5;
  if (started > year || random.chance(0.025)) return null;
  return issueScn(random, started);
}

export function issueScn(random: Seeded, started: number): string {
  for (;;) {
    const eight = String(started % 100).padStart(2, '0') + String(random.int(0, 999_999)).padStart(6, '0');
    const check = scnCheckDigit(eight);
    if (check !== null) return eight + String(check);
  }
}
