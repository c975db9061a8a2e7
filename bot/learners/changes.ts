import type { Status } from './learner.js';

/**
 * Changes of circumstance: what somebody has to see, told from how a learner stood before and stands now. Pure.
 * Source: product.md C.4: moved school and new worker tell the designated manager and the social worker, unless
 * non-disclosure applies; anything else asks an officer who needs to know what.
 */
export const changeKinds = [
  'school',
  'home',
  'status',
  'name',
  'social-worker',
  'moved-in',
  'moved-out',
  'non-disclosure',
  'not-in-extract',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type Telling = 'tell-both' | 'ask' | 'held';

/** As much of a learner as a change is told from. */
export interface Circumstances {
  readonly givenName: string;
  readonly familyName: string;
  readonly knownAs: string | null;
  readonly schoolId: string | null;
  readonly home: string | null;
  readonly status: Status;
  readonly socialWorkerId: string | null;
  readonly education: 'here' | 'outwith' | 'hosted';
  readonly nonDisclosure: boolean;
}

export interface FoundChange {
  readonly kind: ChangeKind;
  readonly since: string | null;
  readonly backDated: boolean;
  readonly telling: Telling;
}

interface When {
  /** From when the new value holds, by kind; absent where nobody said. */
  readonly since: Readonly<Partial<Record<ChangeKind, string | null>>>;
  readonly today: string;
}

export function changesBetween(before: Circumstances, after: Circumstances, when: When): FoundChange[] {
  const kinds: ChangeKind[] = [];
  const differs = (field: keyof Circumstances) => before[field] !== after[field];
  if (differs('nonDisclosure') && after.nonDisclosure) kinds.push('non-disclosure');
  if (differs('schoolId')) kinds.push('school');
  if (differs('home')) kinds.push('home');
  if (differs('status')) kinds.push('status');
  if (differs('givenName') || differs('familyName') || differs('knownAs')) kinds.push('name');
  if (differs('socialWorkerId')) kinds.push('social-worker');
  if (differs('education')) kinds.push(after.education === 'outwith' ? 'moved-out' : 'moved-in');
  return kinds.map((kind) => {
    const since = when.since[kind] ?? null;
    return { kind, since, backDated: isBackDated(since, when.today), telling: tellingOf(kind, after.nonDisclosure) };
  });
}

/** Known a week or more after it was so: others have acted on what was not so. */
function isBackDated(since: string | null, today: string): boolean {
  return since !== null && daysBetween(since, today) >= 7;
}

function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function tellingOf(kind: ChangeKind, nonDisclosure: boolean): Telling {
  if (nonDisclosure) return 'held';
  return kind === 'school' || kind === 'social-worker' ? 'tell-both' : 'ask';
}
