import { Temporal } from 'temporal-polyfill';
import type { Availability, BusyBlock } from '../context.js';
import { type CalendarDate, dateIn } from '../time.js';
import { type BatchMeeting, type BatchProblem, plainWeights } from './batch.js';
import { closedBecause, datesBetween, startsOn, type WorkingTime } from './working-time.js';

/**
 * Turns reviews to place, people's calendars and what chairs released into the question that the search answers. Pure. A
 * person whose calendar is not known is never free: a review that needs them cannot be placed, and says so.
 */
export interface PlanPerson {
  readonly id: string;
  readonly availability: Availability;
  readonly alsoBusy: readonly BusyBlock[];
  /** Whoever chairs is there only at these; null: at any working time. */
  readonly released: readonly { readonly startAt: Temporal.Instant; readonly endAt: Temporal.Instant }[] | null;
}

export interface PlanReview {
  readonly id: string;
  readonly requiredIds: readonly string[];
  readonly dueOn: CalendarDate | null;
  /** Where it stands in the plan that is being made anew. */
  readonly was: Temporal.Instant | null;
  /** Locked by hand: there or nowhere. */
  readonly locked: boolean;
}

export interface PlanQuestion extends WorkingTime {
  readonly reviews: readonly PlanReview[];
  readonly people: readonly PlanPerson[];
  readonly fromOn: CalendarDate;
  readonly untilOn: CalendarDate;
  readonly minutes: number;
  readonly mostADay: number | null;
  readonly soonest: Temporal.Instant;
}

export interface Grid {
  readonly problem: BatchProblem;
  instantOf(slot: number): Temporal.Instant;
  slotOf(at: Temporal.Instant): number;
}

const slotMinutes = 15;
const slot = slotMinutes * 60_000;

/** Costs: a missed date before all else, then each further day late, then staying where it was, then soon rather than later. */
const costs = { late: 1000, lateDay: 20, unplaced: 100_000, moved: 50, waitDay: 0.05 } as const;

export function gridOf(question: PlanQuestion): Grid {
  const { starts, dayOf, days } = workingSlots(question);
  const index = new Map(starts.map((at, position) => [at, position]));
  const slots = starts.length;
  const inSlots = (from: number, until: number): [number, number] => [
    lowerBound(starts, from - slot + 1),
    lowerBound(starts, until),
  ];
  const place = new Map(question.people.map(({ id }, position) => [id, position]));
  const resources = question.people.map((person) => ({
    ...{ id: person.id, mostADay: question.mostADay },
    busy: busyOf(person, slots, inSlots),
  }));
  const length = Math.ceil(question.minutes / slotMinutes);
  const meetings = question.reviews.map((review): BatchMeeting => {
    const possible = starts.flatMap((at, position) => (mayStart(at, review, question) ? [position] : []));
    const lateFrom = starts.findIndex(
      (_, position) => review.dueOn !== null && (days[dayOf[position] ?? 0] ?? '') > review.dueOn,
    );
    const cost = (position: number) => costOf(review, position, { starts, dayOf, days, lateFrom, index });
    return {
      ...{ id: review.id, length, starts: possible, costs: possible.map(cost), unplaced: costs.unplaced },
      needs: review.requiredIds.map((id) => [place.get(id) ?? -1]),
      ...{ lateFrom: lateFrom < 0 ? slots : lateFrom, place: null, apart: [] },
    };
  });
  return {
    problem: { slots, dayOf, resources, meetings, weights: plainWeights, travel: 0, apart: 0 },
    instantOf: (position) => Temporal.Instant.fromEpochMilliseconds(starts[position] ?? 0),
    slotOf: (at) => index.get(at.epochMilliseconds) ?? -1,
  };
}

/** Every quarter of an hour of working time, and of which day it is. */
function workingSlots(question: PlanQuestion) {
  const days = datesBetween(question.fromOn, question.untilOn).filter((on) => closedBecause(on, question) === null);
  const starts: number[] = [];
  const dayOf: number[] = [];
  days.forEach((on, day) => {
    const hours = question.officeHours.get(Temporal.PlainDate.from(on).dayOfWeek);
    if (!hours) return;
    for (const at of startsOn(on, hours, slotMinutes, slotMinutes)) {
      starts.push(at);
      dayOf.push(day);
    }
  });
  return { starts, dayOf, days };
}

function mayStart(at: number, review: PlanReview, { soonest }: PlanQuestion): boolean {
  if (review.locked && review.was) return at === review.was.epochMilliseconds;
  return at >= soonest.epochMilliseconds;
}

interface Axis {
  readonly starts: readonly number[];
  readonly dayOf: readonly number[];
  readonly days: readonly CalendarDate[];
  readonly lateFrom: number;
  readonly index: ReadonlyMap<number, number>;
}

function costOf(review: PlanReview, position: number, { dayOf, lateFrom, index }: Axis): number {
  const day = dayOf[position] ?? 0;
  const late = lateFrom >= 0 && position >= lateFrom ? costs.late + costs.lateDay * (day - (dayOf[lateFrom] ?? 0)) : 0;
  const was = review.was ? index.get(review.was.epochMilliseconds) : undefined;
  return (
    late + costs.waitDay * day + 0.001 * (position % 32) + (was !== undefined && was !== position ? costs.moved : 0)
  );
}

function busyOf(
  { availability, alsoBusy, released }: PlanPerson,
  slots: number,
  inSlots: (from: number, until: number) => [number, number],
): [number, number][] {
  if (!availability.known) return [[0, slots]];
  const busy = [...availability.busy, ...alsoBusy].map(({ startAt, endAt }) =>
    inSlots(startAt.epochMilliseconds, endAt.epochMilliseconds),
  );
  if (released === null) return busy;
  const open = released
    .map(({ startAt, endAt }) => inSlots(startAt.epochMilliseconds + slot - 1, endAt.epochMilliseconds - slot + 1))
    .sort(([one], [other]) => one - other);
  const closed: [number, number][] = [];
  let from = 0;
  for (const [start, end] of open) {
    if (start > from) closed.push([from, start]);
    from = Math.max(from, end);
  }
  return [...busy, ...closed, [from, slots]];
}

/** The first position at or after which starts are at least `at`. */
function lowerBound(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export const planItemStates = ['in-time', 'late', 'unplaced'] as const;
export type PlanItemState = (typeof planItemStates)[number];

/** In the order in which a person can do something about it; the last two are met when a plan is sent. */
export const unplacedReasons = [
  ...(['nobody-required', 'unknown-calendar', 'nothing-released', 'no-common-time'] as const),
  ...(['taken-since', 'not-allowed'] as const),
] as const;
export type UnplacedReason = (typeof unplacedReasons)[number];

/** Why a review has no place. */
export function unplacedBecause(
  review: Pick<PlanReview, 'requiredIds'>,
  people: readonly PlanPerson[],
): UnplacedReason {
  const own = people.filter(({ id }) => review.requiredIds.includes(id));
  if (own.length < 2) return 'nobody-required';
  if (own.some(({ availability }) => !availability.known)) return 'unknown-calendar';
  if (own.some(({ released }) => released?.length === 0)) return 'nothing-released';
  return 'no-common-time';
}

export function lateness(dueOn: CalendarDate | null, at: Temporal.Instant | null): PlanItemState {
  if (at === null) return 'unplaced';
  return dueOn !== null && dateIn(at) > dueOn ? 'late' : 'in-time';
}
