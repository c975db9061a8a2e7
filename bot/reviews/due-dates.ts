import { Temporal } from 'temporal-polyfill';
import { addDays, type CalendarDate } from '../time.js';
import { type DueEvent, type Period, type RuleId, ruleOf, type Series } from './due-rules.js';

/**
 * When the next review is due, from what happened and nothing else: not from bookings, not from who came, not from a due date.
 * Pure; worked out anew whenever a fact arrives, is corrected or is withdrawn. Source: reference/domain.md 2 and 8.
 */
export interface DueFact {
  readonly id: string;
  readonly event: DueEvent;
  /** Null: it happened and nobody can say when. */
  readonly on: CalendarDate | null;
  /** Of a review that was held: whose. */
  readonly series?: Series;
  /** What was agreed for this child (at home, or a plan), and by when the first is to be. */
  readonly every?: Period | null;
  readonly firstBy?: CalendarDate | null;
  readonly underSchoolAge?: boolean;
}

/** What a council decides (bot/reviews/settings.ts). A period that is null is not decided. */
export interface DuePolicy {
  /** A new placement away from home starts again with a first review. Councils read regulation 45 differently. */
  readonly newPlacementStartsAgain: boolean;
  readonly periods: { readonly [Id in RuleId]?: Period | null };
  /** Monday to Friday less what the council closes for (reference/domain.md 3.6: never another country's holidays). */
  isWorkingDay(on: CalendarDate): boolean;
  /** Whether a warning on that day finds somebody at school. */
  isSchoolDay(on: CalendarDate): boolean;
}

export type DueState = 'due' | 'not-known' | 'frequency-not-agreed' | 'period-not-set' | 'gate' | 'advisory';

export interface DueClock {
  readonly rule: RuleId;
  readonly series: Series;
  readonly state: DueState;
  readonly base: { readonly event: DueEvent; readonly on: CalendarDate | null };
  /** Null unless `state` is 'due'. */
  readonly dueOn: CalendarDate | null;
  readonly period: Period | null;
  readonly warnOn: readonly CalendarDate[];
  /** First, second or a later one, of looked-after reviews; null where that is not counted. */
  readonly ordinal: number | null;
}

/** One clock a rule that runs, in the order of the rules. */
export function dueClocks(facts: readonly DueFact[], policy: DuePolicy): DueClock[] {
  return [
    ...lookedAfter(facts, policy),
    ...csp(facts, policy),
    ...childPlan(facts, policy),
    ...single.flatMap((id) => singleClock(id, facts, policy)),
  ];
}

type Arrangement =
  'away' | 'short-term' | 'emergency' | 'continued' | 'secure-hearing' | 'secure-criminal' | 'at-home' | 'none';

const arrangements: { readonly [Event in DueEvent]?: Arrangement } = {
  'placed-away': 'away',
  'placed-short-term': 'short-term',
  'placed-emergency': 'emergency',
  'emergency-continued': 'continued',
  'placed-secure-hearing': 'secure-hearing',
  'placed-secure-criminal': 'secure-criminal',
  'at-home': 'at-home',
  'left-care': 'none',
};

const firstRule: { readonly [A in Arrangement]?: RuleId } = {
  away: 'away-first',
  'short-term': 'short-term-first',
  emergency: 'emergency',
  continued: 'continued-first',
  'secure-hearing': 'secure-hearing-first',
  'secure-criminal': 'secure-criminal-first',
};

/** The rule for the review after `held` of them. */
const laterRule: { readonly [A in Arrangement]?: (held: number) => RuleId } = {
  away: (held) => (held === 1 ? 'away-second' : 'away-next'),
  'short-term': () => 'short-term-next',
  continued: () => 'continued-next',
  'secure-hearing': () => 'secure-hearing-next',
  'secure-criminal': () => 'secure-criminal-next',
};

function lookedAfter(facts: readonly DueFact[], policy: DuePolicy): DueClock[] {
  const gates = (['before-reporter', 'before-permanence', 'hearing-convened'] as const).flatMap((id) =>
    openGate(id, facts),
  );
  const present = presentArrangement(facts);
  if (!present || present.kind === 'none') return gates;
  const held = heldReviews(facts, 'looked-after');
  if (present.kind === 'at-home') return [atHome(facts, held, policy), ...gates];
  const began = sequenceStart(facts, present, policy);
  const since = began.on === null ? held : held.filter((one) => one.on >= (began.on ?? ''));
  return [sequenceClock(present.kind, began, since, policy), ...gates];
}

function sequenceClock(kind: Arrangement, began: DueFact, held: readonly Held[], policy: DuePolicy): DueClock {
  const last = held.at(-1);
  const later = laterRule[kind];
  if (!last || !later) {
    const id = firstRule[kind] ?? 'away-first';
    const done = last !== undefined && kind === 'emergency';
    return clock(id, { event: began.event, on: done ? null : began.on }, policy, { ordinal: 1 });
  }
  // One review is known and not since when they count: it may have been the first or a later one.
  const unsure = began.on === null && held.length === 1 && kind === 'away';
  const id = later(held.length);
  return clock(id, { event: 'review-held', on: unsure ? null : last.on }, policy, { ordinal: held.length + 1 });
}

/** Only for this child: no agreed frequency, no date; no known last review, no date either. */
function atHome(facts: readonly DueFact[], held: readonly Held[], policy: DuePolicy): DueClock {
  const agreed = latest(facts.filter((fact) => fact.event === 'frequency-agreed'));
  const last = held.at(-1) ?? null;
  const base = { event: 'review-held', on: last?.on ?? null } as const;
  const ordinal = held.length + 1;
  if (!agreed?.every) return { ...clock('at-home', base, policy, { ordinal }), state: 'frequency-not-agreed' };
  const beforeFirst = agreed.firstBy && (last === null || last.on < (agreed.on ?? ''));
  if (beforeFirst) {
    const first = { event: 'frequency-agreed', on: agreed.on } as const;
    return dated(clock('at-home', first, policy, { ordinal, every: agreed.every }), agreed.firstBy ?? null, policy);
  }
  return clock('at-home', base, policy, { ordinal, every: agreed.every });
}

interface Present {
  readonly kind: Arrangement;
  readonly fact: DueFact;
}

/** The arrangement that began last. One without a date is taken for the present one only where it is the only one. */
function presentArrangement(facts: readonly DueFact[]): Present | null {
  const all = arrangementFacts(facts);
  const fact = latest(all.filter(({ on }) => on !== null)) ?? all.at(-1);
  const kind = fact ? arrangements[fact.event] : undefined;
  return fact && kind ? { kind, fact } : null;
}

function arrangementFacts(facts: readonly DueFact[]): DueFact[] {
  return facts.filter(({ event }) => arrangements[event] !== undefined);
}

/** Where counting starts: this placement, or by the council's choice the first of an unbroken run of the same kind. */
function sequenceStart(facts: readonly DueFact[], { kind, fact }: Present, policy: DuePolicy): DueFact {
  // Regulation 45(3) counts short-term placements from when the first was made.
  const whole = kind === 'short-term' || (kind === 'away' && !policy.newPlacementStartsAgain);
  if (!whole || fact.on === null) return fact;
  let start = fact;
  for (const one of byDate(arrangementFacts(facts)).reverse()) {
    if (arrangements[one.event] !== kind && (one.on ?? '') <= (start.on ?? '')) break;
    start = one;
  }
  return start;
}

interface Held {
  readonly on: CalendarDate;
}

/** Whoever came, whether joint or not: held is what the chair records. Without a date it says nothing about the next. */
function heldReviews(facts: readonly DueFact[], of: Series): Held[] {
  return byDate(facts.filter(({ event, series }) => event === 'review-held' && series === of)).map(({ on }) => ({
    on: on ?? '',
  }));
}

/** Those with a date, earliest first. */
function byDate(facts: readonly DueFact[]): DueFact[] {
  return facts
    .filter(({ on }) => on !== null)
    .sort((one, other) => ((one.on ?? '') < (other.on ?? '') ? -1 : one.on === other.on ? 0 : 1));
}

function latest(facts: readonly DueFact[]): DueFact | undefined {
  return byDate(facts).at(-1) ?? facts.at(-1);
}

/** A gate stands until a review is held on or after the day it was raised. */
function openGate(
  id: 'before-reporter' | 'before-permanence' | 'hearing-convened',
  facts: readonly DueFact[],
): DueClock[] {
  const { from, standing, series: ofSeries } = ruleOf(id);
  const raised = latest(facts.filter(({ event }) => event === from));
  if (!raised) return [];
  const held = heldReviews(facts, 'looked-after').some(({ on }) => raised.on !== null && on >= raised.on);
  if (held) return [];
  const state = standing === 'gate' ? 'gate' : 'advisory';
  const base = { event: from, on: raised.on };
  return [{ rule: id, series: ofSeries, state, base, dueOn: null, period: null, warnOn: [], ordinal: null }];
}

function csp(facts: readonly DueFact[], policy: DuePolicy): DueClock[] {
  const made = latest(facts.filter(({ event }) => event === 'csp-made'));
  const ended = latest(facts.filter(({ event }) => event === 'csp-ended'));
  if (!made || (ended && (ended.on ?? '9999') >= (made.on ?? ''))) return [];
  const held = heldReviews(facts, 'csp').filter(({ on }) => on >= (made.on ?? ''));
  const last = held.at(-1);
  return last
    ? [clock('csp-next', { event: 'review-held', on: last.on }, policy)]
    : [clock('csp-first', { event: 'csp-made', on: made.on }, policy)];
}

function childPlan(facts: readonly DueFact[], policy: DuePolicy): DueClock[] {
  const made = latest(facts.filter(({ event }) => event === 'child-plan-made'));
  if (!made) return [];
  const last = heldReviews(facts, 'child-plan')
    .filter(({ on }) => on >= (made.on ?? ''))
    .at(-1);
  const every = made.every ?? null;
  return last
    ? [clock('child-plan-next', { event: 'review-held', on: last.on }, policy, { every })]
    : [clock('child-plan', { event: 'child-plan-made', on: made.on }, policy, { every })];
}

/** One event, one date. */
const single = [
  ...(['order-ends', 'csp-request-reply', 'csp-prepared', 'csp-early-review-reply', 'help-reply'] as const),
  ...(['health-assessment', 'protection-meeting', 'protection-core-group', 'protection-record'] as const),
  ...(['exclusion-told', 'exclusion-meeting', 'exclusion-letter', 'school-told'] as const),
  ...(['school-change-advice', 'school-change-information'] as const),
] as const satisfies readonly RuleId[];

function singleClock(id: RuleId, facts: readonly DueFact[], policy: DuePolicy): DueClock[] {
  const { from } = ruleOf(id);
  const fact = latest(facts.filter(({ event }) => event === from));
  if (!fact) return [];
  // Half the time for a child under school age (SSI 2005/265 regulation 3).
  const every = id === 'school-change-advice' && fact.underSchoolAge ? { months: 6 } : null;
  return [clock(id, { event: from, on: fact.on }, policy, { every })];
}

function clock(
  id: RuleId,
  base: DueClock['base'],
  policy: DuePolicy,
  rest: { readonly ordinal?: number; readonly every?: Period | null } = {},
): DueClock {
  const rule = ruleOf(id);
  const period = rest.every ?? policy.periods[id] ?? rule.period;
  const plain = { rule: id, series: rule.series, base, period, dueOn: null, warnOn: [], ordinal: rest.ordinal ?? null };
  if (period === null) return { ...plain, state: 'period-not-set' };
  if (base.on === null) return { ...plain, state: 'not-known' };
  return dated({ ...plain, state: 'due' }, dueOn(base.on, period, rule.before, policy), policy);
}

function dated(clockOf: DueClock, on: CalendarDate | null, policy: DuePolicy): DueClock {
  if (on === null) return clockOf;
  const warnOn = ruleOf(clockOf.rule).warnDays.map((days) => lastSchoolDay(addDays(on, -days), policy));
  return { ...clockOf, state: 'due', dueOn: on, warnOn: [...new Set(warnOn)] };
}

/** Calendar months end on the last day of a shorter month; a due date never moves for a weekend or a holiday. */
function dueOn(base: CalendarDate, period: Period, before: boolean, policy: DuePolicy): CalendarDate {
  if ('workingDays' in period) return workingDaysFrom(base, period.workingDays, policy);
  const from = Temporal.PlainDate.from(base);
  return (before ? from.subtract(period) : from.add(period)).toString();
}

/** Far enough for any run of days off that a calendar may hold, so that a wrong calendar cannot make this endless. */
const furthest = 400;

function workingDaysFrom(base: CalendarDate, count: number, policy: DuePolicy): CalendarDate {
  let [on, left] = [base, count];
  for (let day = 0; day < furthest && left > 0; day += 1) {
    on = addDays(on, 1);
    if (policy.isWorkingDay(on)) left -= 1;
  }
  return on;
}

/** A warning in the holidays reaches nobody: it is given on the last school day before. */
function lastSchoolDay(on: CalendarDate, policy: DuePolicy): CalendarDate {
  let day = on;
  for (let back = 0; back < 70 && !policy.isSchoolDay(day); back += 1) day = addDays(day, -1);
  return policy.isSchoolDay(day) ? day : on;
}

/** Late from the day after: on the due date itself it is still in time. A gate or an unknown date is never overdue. */
export function isOverdue({ state, dueOn: on }: Pick<DueClock, 'state' | 'dueOn'>, today: CalendarDate): boolean {
  return state === 'due' && on !== null && today > on;
}
