import type { Temporal } from 'temporal-polyfill';
import {
  addWorkingMs,
  nextWorkingDay,
  type WorkingCalendar,
  workingDay,
  workingMsBetween,
} from '../people/working-time.js';
import { addDays, type CalendarDate, dateIn } from '../time.js';
import type { Need, Urgency } from './request.js';

/** Working days allowed, by how soon it was asked for; 0 is by the end of the same working day. */
export type Targets = Partial<Record<Urgency, number>>;

/** What the council decided. No target is built in: without one there is no due time, and that is said. */
export interface DueRules extends WorkingCalendar {
  readonly targets: Targets;
  /** A need's own targets go before those for all. */
  readonly byNeed: Partial<Record<Need, Targets>>;
}

/** Why a due time is what it is: facts for sentences (bot/requests/due-words.ts). Stored with the request, because rules change. */
export interface DueWhy {
  readonly days?: number;
  /** The target was set for this need, not for all. */
  readonly ofNeed?: boolean;
  /** The working day that the days were counted from. */
  readonly countedFrom?: CalendarDate;
  /** It was asked after the office had closed, or on a day without office hours. */
  readonly askedOutOfHours?: boolean;
  /** Weekdays with office hours on which the offices were closed. */
  readonly closed?: readonly CalendarDate[];
}

export interface Due {
  readonly at: Temporal.Instant | null;
  /** A code for the sentence beside the date. */
  readonly because: 'council-target' | 'no-target' | 'no-office-hours';
  readonly why: DueWhy;
}

/** Close of office on the nth working day after the day of asking; asked after closing counts as the next working day. */
export function requestDue(
  asked: { readonly need: Need; readonly urgency: Urgency; readonly at: Temporal.Instant },
  rules: DueRules,
): Due {
  const own = rules.byNeed[asked.need]?.[asked.urgency];
  const days = own ?? rules.targets[asked.urgency];
  if (days === undefined) return { at: null, because: 'no-target', why: {} };
  const on = dateIn(asked.at);
  const today = workingDay(on, rules);
  const inTime = today !== null && asked.at.epochMilliseconds < today.closesAt.epochMilliseconds;
  const first = nextWorkingDay(inTime ? on : addDays(on, 1), rules);
  let day = first;
  const closed: CalendarDate[] = [];
  for (let left = days; left > 0 && day; left -= 1) {
    const before = day.on;
    day = nextWorkingDay(addDays(before, 1), rules);
    if (day) closed.push(...closedBetween(before, day.on, rules));
  }
  if (!first || !day) return { at: null, because: 'no-office-hours', why: { days } };
  const why = { days, ofNeed: own !== undefined, countedFrom: first.on, askedOutOfHours: !inTime, closed };
  return { at: day.closesAt, because: 'council-target', why };
}

function closedBetween(from: CalendarDate, until: CalendarDate, rules: DueRules): CalendarDate[] {
  const found: CalendarDate[] = [];
  const open = { ...rules, closedOn: () => false };
  for (let on = addDays(from, 1); on < until; on = addDays(on, 1)) if (workingDay(on, open)) found.push(on);
  return found;
}

export interface Pause {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/**
 * Our own due time after waiting for the school: put back by the office time that the pauses took (product.md B.5). Each
 * pause counts from when it began, and only as far as the clock was still running then: what was late stays late. The child's
 * due time is the one without pauses, and never moves.
 */
export function dueAfterPauses(
  dueAt: Temporal.Instant,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
): Temporal.Instant {
  return pauses.reduce((due, { from, until }) => {
    if (from.epochMilliseconds >= due.epochMilliseconds) return due;
    return addWorkingMs(due, workingMsBetween(from, until, calendar), calendar) ?? due;
  }, dueAt);
}
