/**
 * Calendar arithmetic on whole days, for a generator that counts tens of thousands of them: Temporal is exact and slow,
 * and nothing here happens in the hours that a clock change skips or repeats.
 */

/** Days since 1 January 1970. */
export type Day = number;

const msADay = 86_400_000;

export function dayOf(date: string): Day {
  return Date.parse(`${date}T00:00:00Z`) / msADay;
}

export function dateOf(day: Day): string {
  return new Date(day * msADay).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: Day): number {
  return ((day + 3) % 7) + 1;
}

/** Midday on that day's side of the last Sundays of March and October. */
function isSummerTime(day: Day): boolean {
  const year = new Date(day * msADay).getUTCFullYear();
  return day >= lastSunday(year, 2) && day < lastSunday(year, 9);
}

function lastSunday(year: number, month: number): Day {
  const last = Date.UTC(year, month, 31) / msADay;
  return last - (weekdayOf(last) % 7);
}

const known = new Map<Day, { readonly date: string; readonly ahead: number }>();

/** London wall time, in minutes after midnight (from 60: no meeting is before one), as an instant 'YYYY-MM-DDTHH:MM:00Z'. */
export function instantOn(day: Day, minutes: number): string {
  const on = known.get(day) ?? { date: dateOf(day), ahead: isSummerTime(day) ? 60 : 0 };
  known.set(day, on);
  const utc = minutes - on.ahead;
  const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
  return `${on.date}T${two(Math.floor(utc / 60))}:${two(utc % 60)}:00Z`;
}

/** The first such weekday on or after that day. */
export function weekdayFrom(day: Day, weekday: number): Day {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}
