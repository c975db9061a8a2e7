import type { Circumstances, ChangeKind } from './changes.js';
import { type Fact, holdsOn, shownOn } from './facts.js';
import { type Attribute, type Education, educations, type Home, homes, type Status } from './learner.js';
import { standingOn } from './status.js';

/** What of the learner's row and scope follows the facts; the names are the columns'. */
export interface Projected {
  given_name: string;
  family_name: string;
  known_as: string | null;
  birth_on: string | null;
  scn: string | null;
  stage: string | null;
  school_id: string | null;
  education: Education;
  home: Home | null;
  status: Status;
  status_since: string | null;
  social_worker_id: string | null;
}

/**
 * The row as the facts of a day make it, for the attributes that were touched; what no source has ever said stays as it is.
 * A school, home or worker that has ended leaves nothing. Pure.
 */
export function projectOn(
  row: Projected,
  facts: readonly Fact[],
  touched: readonly Attribute[],
  today: string,
): Projected {
  const next = { ...row };
  for (const attribute of touched) {
    const value = shownOn(facts, attribute, today);
    if (value === undefined && !(endable.includes(attribute) && everSaid(facts, attribute))) continue;
    apply(next, attribute, value ?? null);
  }
  if (touched.some((one) => standings.includes(one))) {
    const standing = standingOn(facts, today);
    next.status = standing.status;
    next.status_since = standing.since;
  }
  return next;
}

const endable: readonly Attribute[] = ['school', 'home', 'social-worker', 'known-as'];
const standings: readonly Attribute[] = ['status', 'looked-after', 'care-experienced'];

function everSaid(facts: readonly Fact[], attribute: Attribute): boolean {
  return facts.some((fact) => fact.attribute === attribute && fact.source !== 'staff');
}

function apply(row: Projected, attribute: Attribute, value: unknown): void {
  const text = typeof value === 'string' ? value : null;
  switch (attribute) {
    case 'given-name':
      if (text) row.given_name = text;
      break;
    case 'family-name':
      if (text) row.family_name = text;
      break;
    case 'known-as':
      row.known_as = text;
      break;
    case 'birth-on':
      row.birth_on = text;
      break;
    case 'scn':
      row.scn = text;
      break;
    case 'stage':
      row.stage = text;
      break;
    case 'school':
      row.school_id = text;
      break;
    case 'home':
      row.home = homes.find((home) => home === text) ?? null;
      break;
    case 'education':
      row.education = educations.find((one) => one === text) ?? row.education;
      break;
    case 'social-worker':
      row.social_worker_id = text;
      break;
    default:
      break;
  }
}

export function nonDisclosureOn(facts: readonly Fact[], on: string): boolean {
  return facts.some((fact) => fact.attribute === 'non-disclosure' && fact.value === true && holdsOn(fact, on));
}

export function circumstancesOf(row: Projected, facts: readonly Fact[], on: string): Circumstances {
  return {
    ...{ givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as, schoolId: row.school_id },
    ...{ home: row.home, status: row.status, socialWorkerId: row.social_worker_id, education: row.education },
    nonDisclosure: nonDisclosureOn(facts, on),
  };
}

const attributeOf: Readonly<Partial<Record<ChangeKind, Attribute>>> = {
  school: 'school',
  home: 'home',
  'social-worker': 'social-worker',
  'moved-in': 'education',
  'moved-out': 'education',
  'non-disclosure': 'non-disclosure',
};

/** From when what holds now has held, where a source said. */
export function sinceOf(
  facts: readonly Fact[],
  row: Projected,
  on: string,
): Partial<Record<ChangeKind, string | null>> {
  const since: Partial<Record<ChangeKind, string | null>> = { status: row.status_since };
  for (const [kind, attribute] of Object.entries(attributeOf)) {
    const now = facts.filter((fact) => fact.attribute === attribute && holdsOn(fact, on));
    since[kind as ChangeKind] =
      now.sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? 1 : -1))[0]?.validFrom ?? null;
  }
  return since;
}
