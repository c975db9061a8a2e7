import type { Role, RoleHeld } from './roles.js';

/**
 * Which field of a learner which role may see, once the learner is reached at all (reach.ts): one table, pure. A role that is
 * not named for a field does not see it; somebody with several roles sees what any of them does.
 * Source: product.md "Who may see whom". A council may narrow this, never widen it.
 */
export const learnerFields = [
  'name',
  'stage',
  'school',
  'education',
  'birth-on',
  'scn',
  'status',
  'status-since',
  'home',
  'social-worker',
  'non-disclosure',
] as const;
export type LearnerField = (typeof learnerFields)[number];

const classroom = ['class-teacher', 'named-person'] as const;
const pastoral = ['pupil-support', 'designated-manager', 'school-head'] as const;
const leaders = ['designated-manager', 'school-head'] as const;
const team = ['virtual-school', 'virtual-school-head', 'data-officer'] as const;
const socialWork = ['social-worker', 'team-manager', 'reviewing-officer'] as const;
/** Names, roles and dates, no plan and no circumstances. */
const booking = ['review-co-ordinator'] as const;

const everybody = [...classroom, ...pastoral, ...team, ...socialWork, ...booking] as const;

const visibility: Readonly<Record<LearnerField, readonly Role[]>> = {
  name: everybody,
  stage: everybody,
  school: everybody,
  education: [...pastoral, ...team, ...socialWork, ...booking],
  'birth-on': [...pastoral, ...team, ...socialWork],
  scn: [...leaders, ...team, ...socialWork],
  status: [...pastoral, ...team, ...socialWork],
  'status-since': [...pastoral, ...team, ...socialWork],
  home: [...leaders, ...team, ...socialWork],
  'social-worker': everybody,
  // Whoever could let an address slip must know that they may not.
  'non-disclosure': everybody,
};

export function maySee(held: readonly RoleHeld[], field: LearnerField): boolean {
  return held.some(({ role }) => visibility[field].includes(role));
}

/** In the table's order; empty for administrators and everybody else who reaches no learner. */
export function fieldsSeen(held: readonly RoleHeld[]): LearnerField[] {
  return learnerFields.filter((field) => maySee(held, field));
}
