import type { Role, RoleHeld } from '../access/roles.js';
import type { LinkKind } from './learner.js';

/** Who may join whom to a learner, who is reached already: one table, pure. Source: product.md "Who may see whom". */
const linkers: Readonly<Record<LinkKind, readonly Role[]>> = {
  'social-worker': ['team-manager', 'virtual-school', 'virtual-school-head', 'data-officer'],
  'class-teacher': ['designated-manager', 'school-head'],
  'named-person': ['designated-manager', 'school-head'],
  'reviewing-officer': ['review-co-ordinator', 'team-manager', 'virtual-school', 'virtual-school-head'],
  'virtual-school-worker': ['virtual-school', 'virtual-school-head'],
  grant: ['virtual-school-head', 'social-worker', 'team-manager'],
  conflict: ['designated-manager', 'school-head', 'virtual-school-head', 'team-manager'],
};

/** A conflict is declared by anybody for themselves. */
export function mayLink(held: readonly RoleHeld[], kind: LinkKind, self: boolean): boolean {
  if (kind === 'conflict' && self) return true;
  return held.some(({ role }) => linkers[kind].includes(role));
}

/** What the person must be, for a link to mean anything; null: anybody of the council's staff. */
export const linkedRole: Readonly<Record<LinkKind, Role | null>> = {
  'social-worker': 'social-worker',
  'class-teacher': 'class-teacher',
  'named-person': 'named-person',
  'reviewing-officer': 'reviewing-officer',
  'virtual-school-worker': 'virtual-school',
  grant: null,
  conflict: null,
};

/** One at a time: a new one takes the place of the last. */
export const onlyOne: readonly LinkKind[] = ['social-worker', 'named-person', 'virtual-school-worker'];
