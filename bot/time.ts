import { Temporal } from 'temporal-polyfill';

/** The one source of time. Tests and the local clock set it; nothing else reads the machine's clock. */
export interface Clock {
  now(): Temporal.Instant;
}

/** School life is counted in calendar dates of this zone; instants are stored in UTC. */
export const zone = 'Europe/London';

/** 'YYYY-MM-DD'. Never a Date: a Date has a time and a zone, a school day has neither. */
export type CalendarDate = string;

let lately = { hour: Number.NaN, on: '' };

/** London's offset is whole hours, so one hour of UTC is one date there; every press asks for the same one. */
export function dateIn(instant: Temporal.Instant): CalendarDate {
  const hour = Math.floor(instant.epochMilliseconds / 3_600_000);
  if (hour !== lately.hour) lately = { hour, on: instant.toZonedDateTimeISO(zone).toPlainDate().toString() };
  return lately.on;
}

/** Wall time 'HH:MM' in London on that date. In the hour that a spring change skips, the time moves on by the hour skipped. */
export function instantAt(on: CalendarDate, at: string): Temporal.Instant {
  return Temporal.PlainDate.from(on)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(at) })
    .toInstant();
}

export function addDays(on: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(on).add({ days }).toString();
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(on: CalendarDate): number {
  return Temporal.PlainDate.from(on).dayOfWeek;
}

export function fromDate(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}

export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** As people say it: "Thu 12 Feb, 09:30". */
export function sayInstant(instant: Temporal.Instant): string {
  const local = instant.toZonedDateTimeISO(zone);
  return `${sayDate(local.toPlainDate().toString())}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** "Thu 12 Feb". */
export function sayDate(on: CalendarDate): string {
  const date = Temporal.PlainDate.from(on);
  return `${weekdays[date.dayOfWeek - 1] ?? ''} ${date.day} ${months[date.month - 1] ?? ''}`;
}
