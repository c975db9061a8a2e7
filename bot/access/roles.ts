/**
 * Who may do what: one table, pure. A role is held for dates (people/), at a school or in a team where that applies.
 * Source: product.md "Who may see whom" and I. Which learners a role reaches is reach.ts; which fields, visibility.ts.
 */
export const roles = [
  'class-teacher',
  'pupil-support',
  'named-person',
  'designated-manager',
  'school-head',
  'virtual-school',
  'virtual-school-head',
  'data-officer',
  'social-worker',
  'team-manager',
  'reviewing-officer',
  'review-co-ordinator',
  'information-officer',
  'administrator',
] as const;

export type Role = (typeof roles)[number];

const school = ['class-teacher', 'pupil-support', 'named-person', 'designated-manager', 'school-head'] as const;
const team = ['virtual-school', 'virtual-school-head', 'data-officer'] as const;
const socialWork = ['social-worker', 'team-manager', 'reviewing-officer'] as const;

/** Verb -> the roles that may do it at all. Reach then decides for which learner. */
export const verbs = {
  'request.submit': [...school, ...team, ...socialWork],
  'request.list-own': [...school, ...team, ...socialWork],
  'request.withdraw': [...school, ...team, ...socialWork],
  'request.add': [...school, ...team, ...socialWork],
  'request.triage': ['virtual-school', 'virtual-school-head'],
  'request.read-all': team,
  'request.read-audit': ['virtual-school-head'],
  'numbers.read': [
    ...team,
    'school-head',
    'designated-manager',
    'information-officer',
    'team-manager',
    'review-co-ordinator',
  ],
  'review.schedule': ['virtual-school', 'virtual-school-head'],
  'review.due': [...team, ...socialWork, 'review-co-ordinator'],
  'review.release': ['virtual-school', 'virtual-school-head', 'reviewing-officer', 'review-co-ordinator'],
  'review.record': ['virtual-school', 'virtual-school-head', 'reviewing-officer', 'review-co-ordinator'],
  'review.read': [...team, ...socialWork, ...school, 'review-co-ordinator'],
  'learner.search': [...school, ...team, ...socialWork],
  'extract.manage': team,
  'learner.export': team,
  'match.decide': team,
  'change.settle': ['virtual-school', 'virtual-school-head'],
  'learner.break-glass': ['virtual-school', 'virtual-school-head', 'team-manager'],
  'glass.read': ['virtual-school-head', 'information-officer'],
  'person.list': [...team, 'administrator', 'review-co-ordinator'],
  'person.manage': ['administrator', 'virtual-school-head'],
  'person.confirm-list': ['designated-manager', 'school-head'],
  'setting.read': [...team, 'administrator'],
  'setting.change': ['administrator', 'virtual-school-head'],
  'calendar.read': [...team, 'administrator'],
  'calendar.manage': ['administrator', 'virtual-school-head'],
  'channel.bind': ['administrator', 'virtual-school-head'],
  'delivery.read': ['virtual-school', 'virtual-school-head', 'administrator'],
  'delivery.retry': ['virtual-school', 'virtual-school-head', 'administrator'],
  'audit.read': ['information-officer'],
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof verbs;

export interface RoleHeld {
  readonly role: Role;
  readonly schoolId: string | null;
  readonly teamId: string | null;
}

/** Who is acting. Roles are not here: they are read again in every transaction (bot/access/reach.ts). */
export type Actor =
  | { readonly kind: 'person'; readonly authorityId: string; readonly personId: string }
  | { readonly kind: 'system'; readonly authorityId: string; readonly job: string };

export function mayDo(held: readonly RoleHeld[], verb: Verb): boolean {
  const allowed: readonly Role[] = verbs[verb];
  return held.some(({ role }) => allowed.includes(role));
}

/** Roles that reach the whole authority (restricted learners and declared conflicts excepted). Administrators reach nobody. */
const authorityWide: readonly Role[] = [...team, 'review-co-ordinator'];

export function reachesAuthority(held: readonly RoleHeld[]): boolean {
  return held.some(({ role }) => authorityWide.includes(role));
}

/** Which service somebody speaks for at a review: education, social work, or neither. */
export function serviceOf(held: readonly RoleHeld[]): 'education' | 'social-work' | 'other' {
  const has = (some: readonly Role[]) => held.some(({ role }) => some.includes(role));
  if (has(socialWork)) return 'social-work';
  return has(school) || has(team) ? 'education' : 'other';
}
