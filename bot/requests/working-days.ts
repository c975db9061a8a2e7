import { type WorkingCalendar } from '../people/working-time.js';
import { addDays, type CalendarDate, weekdayOf } from '../time.js';

/** A day on which the council's offices are open. While it has set no hours, every weekday that it does not close. Pure. */
function isOfficeDay(on: CalendarDate, { officeHours, closedOn }: WorkingCalendar): boolean {
  const weekday = weekdayOf(on);
  return !closedOn(on) && (officeHours.size === 0 ? weekday <= 5 : officeHours.has(weekday));
}

/** Office days after `from` up to and including `until`: 0 on the same day, and when `until` is earlier. 400 days are looked at. */
export function officeDaysBetween(from: CalendarDate, until: CalendarDate, calendar: WorkingCalendar): number {
  let counted = 0;
  let on = addDays(from, 1);
  for (let looked = 0; on <= until && looked < 400; looked += 1, on = addDays(on, 1))
    if (isOfficeDay(on, calendar)) counted += 1;
  return counted;
}
