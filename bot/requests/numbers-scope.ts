import type { RoleHeld } from '../access/roles.js';
import { addDays, type CalendarDate } from '../time.js';
import type { Breakdown, NumbersQuestion } from './numbers-contract.js';

/**
 * Who sees which numbers, and what they may ask. Pure. The team sees its own requests as they are. Somebody outside it sees
 * counts that are safe: of one school of theirs, or of the whole council; of terms that are over, so that two answers never
 * differ by one day's requests; by what was needed, by level, and by cluster, whose tables share no margin but the total.
 */
export type Scope =
  | { readonly kind: 'team' }
  | { readonly kind: 'council'; readonly breakdowns: readonly Breakdown[] }
  | { readonly kind: 'schools'; readonly breakdowns: readonly Breakdown[]; readonly schoolIds: readonly string[] };

const team: readonly string[] = ['virtual-school', 'virtual-school-head', 'data-officer'];
const ofSchool: readonly string[] = ['school-head', 'designated-manager'];
const ofCouncil: readonly string[] = ['information-officer', 'team-manager', 'review-co-ordinator'];

/** Null for who sees none. */
export function scopeOf(held: readonly RoleHeld[]): Scope | null {
  const holds = (roles: readonly string[]) => held.some(({ role }) => roles.includes(role));
  if (holds(team)) return { kind: 'team' };
  if (holds(ofCouncil)) return { kind: 'council', breakdowns: ['need', 'level', 'cluster'] };
  const schoolIds = held.flatMap(({ role, schoolId }) => (ofSchool.includes(role) && schoolId ? [schoolId] : []));
  return schoolIds.length > 0 ? { kind: 'schools', breakdowns: ['need', 'level'], schoolIds } : null;
}

/** The field that this scope may not ask with; null when it may. */
export function refusedField(scope: Scope, asked: NumbersQuestion): keyof NumbersQuestion | null {
  if (scope.kind === 'team') return null;
  if (asked.termId === undefined) return 'termId';
  if (!scope.breakdowns.includes(asked.by)) return 'by';
  if (asked.clusterId !== undefined) return 'clusterId';
  if (scope.kind === 'council') return asked.schoolId === undefined ? null : 'schoolId';
  return asked.schoolId === undefined || scope.schoolIds.includes(asked.schoolId) ? null : 'schoolId';
}

export interface Term {
  readonly id: string;
  readonly name: string;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

/** Each term goes on to the day before the next, so that what is asked in a holiday is counted, and counted once. */
export function wholeTerms(
  terms: readonly {
    readonly id: string;
    readonly name: string;
    readonly from_on: CalendarDate;
    readonly until_on: CalendarDate;
  }[],
): Term[] {
  return terms.map((term, at) => {
    const next = terms[at + 1];
    const until = next && next.from_on > term.from_on ? addDays(next.from_on, -1) : term.until_on;
    return { id: term.id, name: term.name, from: term.from_on, until };
  });
}
