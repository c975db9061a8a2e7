import { addDays, type CalendarDate, dateIn, fromDate } from '../time.js';
import type { DueGroup, DueRow, FactEvent } from './due-contract.js';
import { togetherAs } from './due-compared.js';
import { type DueClock, dueClocks, type DueFact, type DuePolicy, isOverdue } from './due-dates.js';
import type { ComingReview, ListedFact } from './due-repository.js';
import { dueEvents, type Period, ruleOf, type series } from './due-rules.js';
import { sourceOf, whatOf, whyOf } from './due-words.js';
import type { ServiceAnswer } from './review.js';

/** Turns stored facts into clocks, and clocks into the rows of the board. Pure. */
export function dueFactOf(row: ListedFact): DueFact | null {
  const event = dueEvents.find((one) => one === row.event);
  if (!event) return null;
  return {
    ...{ id: row.fact_id, event, on: row.happened_on, every: periodOf(row.every_count, row.every_unit) },
    ...(row.series ? { series: row.series } : {}),
    ...{ firstBy: row.first_by, underSchoolAge: row.under_school_age },
  };
}

function periodOf(count: number | null, unit: ListedFact['every_unit']): Period | null {
  if (count === null || unit === null) return null;
  if (unit === 'days') return { days: count };
  return unit === 'weeks' ? { weeks: count } : { months: count };
}

export interface BoardLearner {
  readonly learner: DueRow['learner'];
  readonly lookedAfter: boolean;
  readonly facts: readonly ListedFact[];
  readonly coming: readonly (ComingReview & { readonly answers: readonly ServiceAnswer[] })[];
}

export interface BoardQuestion {
  readonly today: CalendarDate;
  readonly policy: DuePolicy;
  /** Whoever may know dates and not circumstances is not told why. */
  readonly mayKnowWhy: boolean;
  readonly everything: boolean;
}

/** Meetings near enough to be one: as much earlier as a family would be asked to come. */
const nearDays = 42;

export function rowsOf(one: BoardLearner, question: BoardQuestion): DueRow[] {
  const clocks = clocksOf(one, question.policy);
  const meetings = togetherAs(clocks, ({ rule }) => ruleOf(rule).meeting, nearDays);
  const shown = clocks.filter(({ rule }) => question.everything || isOurs(rule));
  return shown.map((clock) => {
    const group = groupOf(clock, question.today);
    const near = meetings.find((meeting) => meeting.clocks.includes(clock));
    const others = near?.clocks.filter((other) => other !== clock) ?? [];
    return {
      ...{ learner: one.learner, series: clock.series, rule: clock.rule, what: whatOf(clock), group },
      ...{ dueOn: clock.dueOn, overdue: isOverdue(clock, question.today), warnOn: [...clock.warnOn] },
      why: question.mayKnowWhy ? whyOf(clock) : null,
      source: question.mayKnowWhy ? sourceOf(clock) : null,
      lateBecause: question.mayKnowWhy ? lateBecauseOf(one, clock) : null,
      booked: bookedFor(one, clock),
      together: near ? { with: others.map(whatOf), by: near.by } : null,
    };
  });
}

/** Somebody who is looked after, and of whom nothing is known: a row that says so, and is not overdue. */
export function clocksOf(
  { facts, lookedAfter }: Pick<BoardLearner, 'facts' | 'lookedAfter'>,
  policy: DuePolicy,
): DueClock[] {
  const clocks = dueClocks(
    facts.flatMap((row) => dueFactOf(row) ?? []),
    policy,
  );
  const known = clocks.some(
    (clock) => clock.series === 'looked-after' && clock.state !== 'gate' && clock.state !== 'advisory',
  );
  const left = facts.some(({ event }) => event === 'left-care');
  if (known || !lookedAfter || left) return clocks;
  const base = { event: 'review-held', on: null } as const;
  return [
    {
      rule: 'away-next',
      series: 'looked-after',
      state: 'not-known',
      base,
      dueOn: null,
      period: null,
      warnOn: [],
      ordinal: null,
    },
    ...clocks,
  ];
}

function isOurs(rule: DueClock['rule']): boolean {
  const { meeting, standing } = ruleOf(rule);
  return meeting || standing === 'gate';
}

export function groupOf(clock: DueClock, today: CalendarDate): DueGroup {
  if (clock.state === 'gate' || clock.state === 'advisory') return 'gate';
  if (clock.state === 'period-not-set') return 'not-set';
  if (clock.state !== 'due' || clock.dueOn === null)
    return clock.state === 'frequency-not-agreed' ? clock.state : 'not-known';
  if (isOverdue(clock, today)) return 'overdue';
  const month = (on: string) => on.slice(0, 7);
  if (month(clock.dueOn) === month(today)) return 'this-month';
  return month(clock.dueOn) === month(addDays(`${month(today)}-01`, 32)) ? 'next-month' : 'later';
}

function lateBecauseOf({ facts }: BoardLearner, { series: of, dueOn }: DueClock): string | null {
  const explained = facts.filter((fact) => fact.event === ('late-explained' satisfies FactEvent) && fact.series === of);
  return explained.findLast((fact) => fact.happened_on === dueOn)?.said ?? null;
}

const purposeSeries: Readonly<Record<string, (typeof series)[number]>> = {
  'looked-after-review': 'looked-after',
  'plan-review': 'child-plan',
};

/** The first meeting to come of that kind. A meeting says its kind, or its purpose does. */
function bookedFor({ coming }: BoardLearner, clock: DueClock): DueRow['booked'] {
  const kindOf = (one: ComingReview) => (one.series === 'other' ? purposeSeries[one.purpose] : one.series);
  const found = coming.find((one) => kindOf(one) === clock.series);
  if (!found) return null;
  const on = dateIn(fromDate(found.starts_at));
  return {
    ...{ id: found.review_id, reference: found.reference, state: found.state, convener: found.convener },
    ...{ startsAt: found.starts_at.toISOString(), answers: [...found.answers] },
    inTime: clock.dueOn === null || on <= clock.dueOn,
  };
}
