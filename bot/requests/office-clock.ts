import type { WorkingCalendar } from '../people/working-time.js';
import { workingDay } from '../people/working-time.js';
import { addDays, type CalendarDate } from '../time.js';

/** Office time between two moments, in minutes; null when the council has no office hours in the span. */
export type OfficeClock = (from: Date, until: Date) => number | null;

/**
 * Office days of a span laid out once, so that each of many thousand requests costs two look-ups instead of a walk through the
 * days. Pure. Moments outside the span count as its ends.
 */
export function officeClock(from: CalendarDate, until: CalendarDate, calendar: WorkingCalendar): OfficeClock {
  const opens: number[] = [];
  const closes: number[] = [];
  const before: number[] = [];
  let passed = 0;
  for (let on = from; on <= until; on = addDays(on, 1)) {
    const day = workingDay(on, calendar);
    if (!day) continue;
    opens.push(day.opensAt.epochMilliseconds);
    closes.push(day.closesAt.epochMilliseconds);
    before.push(passed);
    passed += day.closesAt.epochMilliseconds - day.opensAt.epochMilliseconds;
  }
  const upTo = (moment: number) => {
    const at = lastNotAfter(opens, moment);
    if (at < 0) return 0;
    const opened = opens[at] ?? 0;
    return (before[at] ?? 0) + Math.min(moment, closes[at] ?? opened) - opened;
  };
  if (opens.length === 0) return () => null;
  return (start, end) => Math.max(0, upTo(end.getTime()) - upTo(start.getTime())) / 60_000;
}

/** Index of the last of ascending values that is not after `moment`; -1 before all. */
function lastNotAfter(values: readonly number[], moment: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
