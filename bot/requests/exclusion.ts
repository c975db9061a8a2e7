import type { Temporal } from 'temporal-polyfill';
import { nextWorkingDay, type WorkingCalendar, workingDay } from '../people/working-time.js';
import { addDays, dateIn } from '../time.js';

/** When exclusion or sending home is being considered today (product.md A.4): who is on duty, and when the ladder climbs. Pure. */

export type AlertState = 'open' | 'taken' | 'stood-down';

export interface Duty {
  readonly open: boolean;
  /** When the office opens next; null when it is open, or when no year has a working day. */
  readonly opensAt: Temporal.Instant | null;
}

export function dutyAt(now: Temporal.Instant, calendar: WorkingCalendar): Duty {
  const ms = now.epochMilliseconds;
  const today = workingDay(dateIn(now), calendar);
  if (today && today.opensAt.epochMilliseconds <= ms && ms < today.closesAt.epochMilliseconds)
    return { open: true, opensAt: null };
  const before = today !== null && ms < today.opensAt.epochMilliseconds;
  const next = before ? today : nextWorkingDay(addDays(dateIn(now), 1), calendar);
  return { open: false, opensAt: next?.opensAt ?? null };
}

/** The council's minutes after duty could first see it: while the office is closed nobody is late. Null: it never opens. */
export function climbsAt(now: Temporal.Instant, minutes: number, calendar: WorkingCalendar): Temporal.Instant | null {
  const { open, opensAt } = dutyAt(now, calendar);
  const from = open ? now : opensAt;
  return from?.add({ minutes }) ?? null;
}

export const alertMoves: Readonly<Record<'take' | 'stand-down', Partial<Record<AlertState, AlertState>>>> = {
  take: { open: 'taken' },
  'stand-down': { taken: 'stood-down' },
};
