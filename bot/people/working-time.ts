import { Temporal } from 'temporal-polyfill';
import { addDays, type CalendarDate, dateIn, instantAt, weekdayOf } from '../time.js';

/** When the council's offices work. Pure; wall times are London's. */
export interface WorkingCalendar {
  /** By ISO weekday (1 Monday); a day that is absent is not worked. */
  readonly officeHours: ReadonlyMap<number, { readonly opens: string; readonly closes: string }>;
  readonly closedOn: (on: CalendarDate) => boolean;
}

export interface WorkingDay {
  readonly on: CalendarDate;
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/** Null when nobody works that day. */
export function workingDay(on: CalendarDate, calendar: WorkingCalendar): WorkingDay | null {
  const hours = calendar.closedOn(on) ? undefined : calendar.officeHours.get(weekdayOf(on));
  return hours ? { on, opensAt: instantAt(on, hours.opens), closesAt: instantAt(on, hours.closes) } : null;
}

// A year without a working day is a council without office hours, not a long wait.
const mostDays = 366;

/** The first working day on or after that date; null when a year has none. */
export function nextWorkingDay(from: CalendarDate, calendar: WorkingCalendar): WorkingDay | null {
  let on = from;
  for (let tried = 0; tried < mostDays; tried += 1, on = addDays(on, 1)) {
    const day = workingDay(on, calendar);
    if (day) return day;
  }
  return null;
}

/** Milliseconds of office time between two instants; 0 when the second is not later. Real time, so a clock change counts as it passes. */
export function workingMsBetween(from: Temporal.Instant, until: Temporal.Instant, calendar: WorkingCalendar): number {
  const [start, end] = [from.epochMilliseconds, until.epochMilliseconds];
  let total = 0;
  const last = dateIn(until);
  for (let on = dateIn(from); on <= last; on = addDays(on, 1)) {
    const day = workingDay(on, calendar);
    if (!day) continue;
    const opened = Math.max(start, day.opensAt.epochMilliseconds);
    const closed = Math.min(end, day.closesAt.epochMilliseconds);
    total += Math.max(0, closed - opened);
  }
  return total;
}

/**
 * The instant when so many milliseconds of office time have passed since `from`. Nothing to add leaves `from` as it is, even
 * outside office hours. Null when the offices do not work that long within the years that follow.
 */
export function addWorkingMs(from: Temporal.Instant, ms: number, calendar: WorkingCalendar): Temporal.Instant | null {
  if (ms <= 0) return from;
  let left = ms;
  let after = dateIn(from);
  for (;;) {
    const day = nextWorkingDay(after, calendar);
    if (!day) return null;
    const opened = Math.max(from.epochMilliseconds, day.opensAt.epochMilliseconds);
    const room = Math.max(0, day.closesAt.epochMilliseconds - opened);
    if (left <= room) return Temporal.Instant.fromEpochMilliseconds(opened + left);
    left -= room;
    after = addDays(day.on, 1);
  }
}

/** The last instant from which so many milliseconds of office time remain until `until`. Null as for addWorkingMs. */
export function subtractWorkingMs(
  until: Temporal.Instant,
  ms: number,
  calendar: WorkingCalendar,
): Temporal.Instant | null {
  if (ms <= 0) return until;
  let left = ms;
  let before = dateIn(until);
  for (let empty = 0; empty < mostDays; before = addDays(before, -1)) {
    const day = workingDay(before, calendar);
    empty = day ? 0 : empty + 1;
    if (!day) continue;
    const closed = Math.min(until.epochMilliseconds, day.closesAt.epochMilliseconds);
    const room = Math.max(0, closed - day.opensAt.epochMilliseconds);
    if (left <= room) return Temporal.Instant.fromEpochMilliseconds(closed - left);
    left -= room;
  }
  return null;
}
