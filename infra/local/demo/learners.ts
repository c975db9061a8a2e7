import { scnCheckDigit } from '../../../bot/learners/scn.js';
import { type Education, type Home, type Stage, stages, type Status } from '../../../bot/learners/learner.js';
import { castLearners } from './cast.js';
import { dateOf, type Day, dayOf } from './days.js';
import { drawFamilies, type Family } from './families.js';
import type { School } from './grounds.js';
import type { Seeded } from './seeded.js';
import { holds, type Staff } from './staff.js';

/** One learner as the generator knows them; rows, links and facts are made from it. */
export interface Learner {
  readonly learnerId: string;
  readonly given: string;
  readonly family: string;
  readonly knownAs: string | null;
  readonly birthOn: string;
  readonly scn: string | null;
  readonly stage: Stage;
  readonly school: School | null;
  readonly education: Education;
  readonly home: Home | null;
  readonly status: Status;
  readonly statusSince: Day | null;
  readonly socialWorker: Staff | null;
  readonly restricted: boolean;
  readonly nonDisclosure: boolean;
}

interface Making {
  readonly random: Seeded;
  readonly today: Day;
  readonly schools: readonly School[];
  readonly staff: readonly Staff[];
}

export function drawLearners(making: Making, total: number): Learner[] {
  const { random } = making;
  const workers = making.staff.filter((one) => holds(one, 'social-worker'));
  return drawFamilies(random, total).flatMap((family) => childrenOf(making, family, workers));
}

function childrenOf(making: Making, family: Family, workers: readonly Staff[]): Learner[] {
  const { random, schools } = making;
  const clusters = [...new Set(schools.map(({ clusterId }) => clusterId))];
  const clusterId = random.pick(clusters);
  const near = schools.filter((school) => school.clusterId === clusterId);
  const primary = random.pick(near.filter(({ kind }) => kind === 'primary'));
  const education = random.weighted<Education>([
    ['here', 88],
    ['outwith', 8],
    ['hosted', 4],
  ]);
  const status = education === 'hosted' ? 'looked-after' : random.weighted(statusWeights);
  const home = homeOf(random, status);
  const allocated = education !== 'hosted' && status === 'looked-after' && workers.length > 0;
  const worker = allocated ? random.pick(workers) : null;
  const scope = { restricted: random.chance(0.018), nonDisclosure: random.chance(0.025) };
  return family.children.map(({ given, knownAs, year }) => {
    const special = near.find(({ kind }) => kind === 'special');
    const atSpecial = special !== undefined && !family.twins && random.chance(0.12);
    const school = atSpecial
      ? special
      : year >= 8
        ? (near.find(({ kind }) => kind === 'secondary') ?? primary)
        : primary;
    const birth = birthOf(making, year, family.twins ? family.familyName.length : random.int(0, 364));
    return {
      ...{ learnerId: random.id(), given, family: family.familyName, knownAs, birthOn: dateOf(birth) },
      scn: year === 0 || random.chance(0.12) ? null : drawScn(random, sessionOf(making.today) - year + 1),
      stage: atSpecial ? 'SP' : (stages[year] ?? 'S6'),
      school: education === 'outwith' || year === 0 ? null : school,
      ...{ education, home, status, socialWorker: worker, ...scope },
      statusSince: status === 'unknown' ? null : Math.max(birth + 60, making.today - random.int(20, 2600)),
    };
  });
}

const statusWeights = [
  ['looked-after', 71],
  ['care-experienced', 26],
  ['unknown', 3],
] as const satisfies readonly (readonly [Status, number])[];

function homeOf(random: Seeded, status: Status): Home | null {
  if (status === 'unknown') return null;
  if (status === 'care-experienced')
    return random.weighted<Home | null>([
      ['kinship', 40],
      ['at-home', 30],
      [null, 30],
    ]);
  return random.weighted<Home>([
    ['at-home', 26],
    ['kinship', 34],
    ['foster', 29],
    ['residential', 11],
  ]);
}

/** The year in which the present school session began. */
function sessionOf(today: Day): number {
  const date = dateOf(today);
  return Number(date.slice(0, 4)) - (date.slice(5) < '08-12' ? 1 : 0);
}

/** P1 of a session are those born from March five years before to the February after (reference domain 9.4, G). */
function birthOf({ today }: Making, year: number, offset: number): Day {
  return dayOf(`${sessionOf(today) - 4 - year}-03-01`) + offset;
}

export function drawScn(random: Seeded, firstSession: number): string {
  for (;;) {
    const eight = `${String(firstSession % 100).padStart(2, '0')}${String(random.int(0, 999_999)).padStart(6, '0')}`;
    const check = scnCheckDigit(eight);
    if (check !== null) return `${eight}${check}`;
  }
}

/** The learners of the story, at the story's school with the story's social worker. */
export function castOfLearners(making: Making, worker: Staff, hiddenWorker: Staff, school: School): Learner[] {
  const { random, today } = making;
  const at = (who: keyof typeof castLearners, year: number, more: Partial<Learner>): Learner => {
    const birth = birthOf(making, year, 77);
    const { learnerId, given, family } = castLearners[who];
    return {
      ...{ learnerId, given, family, knownAs: null, birthOn: dateOf(birth), stage: stages[year] ?? 'S6', school },
      scn: drawScn(random, sessionOf(today) - year + 1),
      ...{ education: 'here', home: 'kinship', status: 'looked-after', statusSince: today - 410 },
      ...{ socialWorker: worker, restricted: false, nonDisclosure: false, ...more },
    };
  };
  return [
    at('jamie', 10, {}),
    at('restricted', 9, { restricted: true, socialWorker: hiddenWorker }),
    at('conflict', 8, { home: 'at-home' }),
    at('hidden', 11, { home: 'foster', nonDisclosure: true, socialWorker: hiddenWorker }),
  ];
}
