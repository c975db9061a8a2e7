import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../bot/context.js';

/** The machine's clock, moved on by as much as the start page says. Never back: what was due stays due. */
export interface ShiftingClock extends Clock {
  readonly shiftMs: number;
  shift(ms: number): void;
}

export function createShiftingClock(initialMs = 0): ShiftingClock {
  let shiftMs = initialMs;
  return {
    now: () => Temporal.Now.instant().add({ milliseconds: shiftMs }),
    get shiftMs() {
      return shiftMs;
    },
    shift(ms) {
      shiftMs = Math.max(shiftMs, ms);
    },
  };
}

/** Milliseconds from `now` to 08:30 in London on the next weekday. */
export function untilNextMorning(now: Temporal.Instant): number {
  const local = now.toZonedDateTimeISO('Europe/London');
  let morning = local.add({ days: 1 }).with({ hour: 8, minute: 30, second: 0, millisecond: 0 });
  while (morning.dayOfWeek > 5) morning = morning.add({ days: 1 });
  return morning.epochMilliseconds - now.epochMilliseconds;
}
