import type { Temporal } from 'temporal-polyfill';
import { addDays, type CalendarDate, dateIn, instantAt, weekdayOf } from '../time.js';
import type { Urgency } from './request.js';

/** What the council decided. No target is built in: without one there is no due time, and that is said. */
export interface DueRules {
  /** Working days allowed for each urgency; 0 means by the end of the same working day. */
  readonly workingDays: Partial<Record<Urgency, number>>;
  /** London wall times by ISO weekday (1 Monday); a day that is absent is not worked. */
  readonly officeHours: ReadonlyMap<number, { readonly opens: string; readonly closes: string }>;
  readonly closedOn: (on: CalendarDate) => boolean;
}

export interface Due {
  readonly at: Temporal.Instant | null;
  /** A code for the sentence beside the date. */
  readonly because: 'council-target' | 'no-target' | 'no-office-hours';
}

/** Close of office on the nth working day after the day of asking; asked after closing counts as the next working day. */
export function requestDue(urgency: Urgency, askedAt: Temporal.Instant, rules: DueRules): Due {
  const days = rules.workingDays[urgency];
  if (days === undefined) return { at: null, because: 'no-target' };
  const works = (on: CalendarDate) => (rules.closedOn(on) ? undefined : rules.officeHours.get(weekdayOf(on)));
  let on = dateIn(askedAt);
  const today = works(on);
  if (today && instantAt(on, today.closes).epochMilliseconds <= askedAt.epochMilliseconds) on = addDays(on, 1);
  let left = days;
  // A year without a working day is a council without office hours, not a long wait.
  for (let tried = 0; tried < 366; tried += 1) {
    const hours = works(on);
    if (hours && left === 0) return { at: instantAt(on, hours.closes), because: 'council-target' };
    if (hours) left -= 1;
    on = addDays(on, 1);
  }
  return { at: null, because: 'no-office-hours' };
}
