import type { Temporal } from 'temporal-polyfill';
import { lastSchoolDay, schoolDayAfter, type SchoolDates } from '../people/school-year.js';
import { type CalendarDate, dateIn, instantAt } from '../time.js';

/** School days; what the council decided. */
export interface WaitingRules {
  readonly replyWithin: number;
  readonly managerAfter: number;
  readonly phoneAfter: number;
}

/** The steps while we wait for the school (product.md B.5), in the order in which they come. */
export const waitingSteps = ['remind', 'manager', 'phone-them'] as const;
export type WaitingStep = (typeof waitingSteps)[number] | 'term-end';

/** Schools are asked to answer by the end of their day, not of ours. */
const schoolDayEnds = '15:30';
const askedInTime = '12:00';

/**
 * When the school is to have answered, and what happens at which moment when it has not. A question of the afternoon counts
 * from the next school day. Without rules, or without school days ahead, there is nothing but the term's end: no pause
 * crosses it without a named owner, so at the close of the term's last school day somebody has to be named.
 */
export function waitingPlan(
  askedAt: Temporal.Instant,
  rules: WaitingRules | null,
  dates: readonly SchoolDates[],
): {
  readonly schoolDueAt: Temporal.Instant | null;
  readonly steps: readonly { step: WaitingStep; at: Temporal.Instant }[];
} {
  const on = dateIn(askedAt);
  const late = askedAt.epochMilliseconds >= instantAt(on, askedInTime).epochMilliseconds;
  const first = schoolDayAfter(on, 0, dates);
  const countFrom = first === on && late ? schoolDayAfter(on, 1, dates) : first;
  const end = (day: CalendarDate) => instantAt(day, schoolDayEnds);
  const steps: { step: WaitingStep; at: Temporal.Instant }[] = [];
  if (rules && countFrom) {
    const after = [rules.replyWithin, rules.managerAfter, rules.phoneAfter];
    let days = 0;
    for (const [index, step] of waitingSteps.entries()) {
      days += after[index] ?? 0;
      const day = schoolDayAfter(countFrom, days, dates);
      if (day) steps.push({ step, at: end(day) });
    }
  }
  const schoolDueAt = steps.find(({ step }) => step === 'remind')?.at ?? null;
  const last = lastSchoolDay(on, dates);
  // A question on the very last afternoon: the term ends with it.
  const termEnd = last && (end(last).epochMilliseconds > askedAt.epochMilliseconds ? end(last) : askedAt);
  if (termEnd) steps.push({ step: 'term-end', at: termEnd });
  return { schoolDueAt, steps: steps.sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds) };
}
