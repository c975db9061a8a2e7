import { addDays, type CalendarDate, weekdayOf } from '../time.js';

/** Terms, in-service days, holidays and closures of one school: the council's own and the school's. Pure. */
export const schoolDateKinds = ['term', 'in-service', 'holiday', 'closure'] as const;
export type SchoolDateKind = (typeof schoolDateKinds)[number];

export interface SchoolDates {
  readonly kind: SchoolDateKind;
  /** Both inclusive. */
  readonly fromOn: CalendarDate;
  readonly untilOn: CalendarDate;
}

const covers = (dates: readonly SchoolDates[], kind: SchoolDateKind, on: CalendarDate) =>
  dates.some((one) => one.kind === kind && one.fromOn <= on && on <= one.untilOn);

/**
 * Pupils and teachers are in school. While a council has entered no term, every weekday counts that is not said to be
 * otherwise: councils fix their own dates (domain.md 3.6) and none is built in.
 */
export function isSchoolDay(on: CalendarDate, dates: readonly SchoolDates[]): boolean {
  if (weekdayOf(on) > 5) return false;
  if (covers(dates, 'holiday', on) || covers(dates, 'closure', on) || covers(dates, 'in-service', on)) return false;
  return !termsKnown(dates) || covers(dates, 'term', on);
}

export function termsKnown(dates: readonly SchoolDates[]): boolean {
  return dates.some(({ kind }) => kind === 'term');
}

// Longer than any holiday; a school that has none of its days in it has closed for good.
const mostDays = 120;

/** The nth school day after that date (0: the date itself or the next school day); null when none is near. */
export function schoolDayAfter(on: CalendarDate, days: number, dates: readonly SchoolDates[]): CalendarDate | null {
  let left = days;
  let day = on;
  for (let tried = 0; tried < mostDays; tried += 1, day = addDays(day, 1)) {
    if (!isSchoolDay(day, dates)) continue;
    if (left === 0) return day;
    left -= 1;
  }
  return null;
}

/** The last school day of the term that the date is in; null outside every term, or while none is known. */
export function lastSchoolDay(on: CalendarDate, dates: readonly SchoolDates[]): CalendarDate | null {
  const term = dates.find(({ kind, fromOn, untilOn }) => kind === 'term' && fromOn <= on && on <= untilOn);
  if (!term) return null;
  let day = term.untilOn;
  for (let tried = 0; day >= on && tried < mostDays; tried += 1, day = addDays(day, -1))
    if (isSchoolDay(day, dates)) return day;
  return null;
}
