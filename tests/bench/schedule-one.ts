import { Temporal } from 'temporal-polyfill';
import { findSlots } from '../../bot/reviews/slots.js';
import { addDays } from '../../bot/time.js';
import { median } from './ratios.js';
import { seeded } from './schedule-made.js';

/** One review over fifteen calendars and twelve weeks: the middle of thirty-one searches, in milliseconds. */
export function oneReview(): number {
  const random = seeded(3);
  const now = Temporal.Instant.from('2026-11-23T08:00:00Z');
  const people = Array.from({ length: 15 }, (_, index) => ({
    ...{ id: `p${index}`, required: index < 6 },
    availability: { known: true as const, readAt: now, busy: busyOf(now, random) },
  }));
  const hours = new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: '17:00' }]));
  const times = Array.from({ length: 31 }, () => {
    const started = performance.now();
    findSlots({
      ...{ people, minutes: 60, earliestOn: '2026-11-23', latestOn: addDays('2026-11-23', 83), now },
      ...{ noticeMinutes: 72 * 60, stepMinutes: 15, most: 5, officeHours: hours, schoolDates: [] },
    });
    return performance.now() - started;
  });
  return median(times);
}

function busyOf(now: Temporal.Instant, random: () => number) {
  return Array.from({ length: 84 * 4 }, (_, index) => {
    const startAt = now.add({ hours: index * 6 + Math.floor(random() * 5) });
    return { startAt, endAt: startAt.add({ minutes: 30 + Math.floor(random() * 6) * 15 }), kind: 'busy' as const };
  });
}
