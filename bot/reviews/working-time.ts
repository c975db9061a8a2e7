import { Temporal } from 'temporal-polyfill';
import { addDays, type CalendarDate, instantAt, weekdayOf, zone } from '../time.js';

/** When a meeting may be held: office hours by weekday, less what the school year takes out. Pure. */
export interface OfficeHours {
  /** 'HH:MM' wall time in London. */
  readonly opens: string;
  readonly closes: string;
}

export interface SchoolDates {
  readonly kind: 'term' | 'in-service' | 'holiday' | 'closure';
  /** Both inclusive. */
  readonly fromOn: CalendarDate;
  readonly untilOn: CalendarDate;
}

export interface WorkingTime {
  /** 1 Monday to 7 Sunday; a day that is not here is not worked. */
  readonly officeHours: ReadonlyMap<number, OfficeHours>;
  readonly schoolDates: readonly SchoolDates[];
}

/**
 * Why nobody meets on that day; null when they may. Days outside every term count as holidays once a council has entered its
 * terms; while it has entered none, only what it says is closed is closed. Councils fix their own dates (domain.md 3.6).
 */
export function closedBecause(
  on: CalendarDate,
  { officeHours, schoolDates }: WorkingTime,
): 'weekend' | 'holiday' | null {
  if (!officeHours.has(weekdayOf(on))) return 'weekend';
  const covers = (kind: SchoolDates['kind']) => schoolDates.some((dates) => dates.kind === kind && isWithin(on, dates));
  if (covers('holiday') || covers('closure')) return 'holiday';
  const termsKnown = schoolDates.some(({ kind }) => kind === 'term');
  return termsKnown && !covers('term') && !covers('in-service') ? 'holiday' : null;
}

function isWithin(on: CalendarDate, { fromOn, untilOn }: SchoolDates): boolean {
  return fromOn <= on && on <= untilOn;
}

export function isInService(on: CalendarDate, { schoolDates }: WorkingTime): boolean {
  return schoolDates.some((dates) => dates.kind === 'in-service' && isWithin(on, dates));
}

export function datesBetween(fromOn: CalendarDate, untilOn: CalendarDate): CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let on = fromOn; on <= untilOn; on = addDays(on, 1)) dates.push(on);
  return dates;
}

/**
 * Starts (epoch milliseconds) at every `step` from opening, such that the meeting ends by closing. On the two nights a year
 * when the clock moves, a start whose wall time would be outside, or whose meeting would cross the change, is left out.
 */
export function startsOn(on: CalendarDate, hours: OfficeHours, minutes: number, step: number): number[] {
  const [opens, closes] = [instantAt(on, hours.opens), instantAt(on, hours.closes)];
  const [first, last] = [opens.epochMilliseconds, closes.epochMilliseconds - minutes * 60_000];
  const starts: number[] = [];
  for (let at = first; at <= last; at += step * 60_000) starts.push(at);
  if (last + minutes * 60_000 - first === wallMinutes(hours) * 60_000) return starts;
  return starts.filter((at) => isInside(at, on, hours, minutes));
}

function wallMinutes({ opens, closes }: OfficeHours): number {
  const minutes = (at: string) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
  return minutes(closes) - minutes(opens);
}

function isInside(at: number, on: CalendarDate, hours: OfficeHours, minutes: number): boolean {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const end = start.add({ minutes });
  const wall = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const sameDay = [start, end].every((time) => time.toPlainDate().toString() === on);
  return sameDay && start.offset === end.offset && wall(start) >= hours.opens && wall(end) <= hours.closes;
}
