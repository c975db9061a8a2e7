import { Temporal } from 'temporal-polyfill';
import type { Availability, BusyBlock } from '../context.js';
import { type CalendarDate, dateIn } from '../time.js';
import { closedBecause, datesBetween, isInService, startsOn, type WorkingTime } from './working-time.js';

/**
 * When can these people meet? Our own search, because Graph's answers differ from call to call and cannot run without a
 * signed-in person (microsoft365.md 4.3). The same question has the same answer. A calendar that could not be read is unknown
 * and is never counted free: times that need it are offered apart, marked, and after all that are known (product.md E.3).
 */
export interface SlotPerson {
  readonly id: string;
  readonly required: boolean;
  readonly availability: Availability;
  /** Other reviews of ours: taken, whatever the calendar says or does not say yet. */
  readonly alsoBusy?: readonly BusyBlock[];
}

export interface SlotQuestion extends WorkingTime {
  readonly people: readonly SlotPerson[];
  readonly minutes: number;
  /** Both inclusive, dates in London. */
  readonly earliestOn: CalendarDate;
  readonly latestOn: CalendarDate;
  readonly now: Temporal.Instant;
  /** Nothing starts sooner than this many minutes from now. */
  readonly noticeMinutes: number;
  readonly stepMinutes: number;
  /** At most this many slots. */
  readonly most: number;
}

export interface Slot {
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
  /** 'free': everybody required is known to be free. 'unknown': nobody required is known to be busy. */
  readonly kind: 'free' | 'unknown';
  /** Optional people who are busy then, and whoever is unknown, by id in the order asked. */
  readonly busy: readonly string[];
  readonly unknown: readonly string[];
  readonly inService: boolean;
}

/** Why there is no slot, for a sentence; counts are of starting times inside working hours. */
export type Obstacle =
  | { readonly why: 'no-working-time'; readonly closedDays: number; readonly holidays: number }
  | { readonly why: 'too-soon'; readonly earliestAt: Temporal.Instant }
  | {
      readonly why: 'busy';
      readonly times: number;
      /** Required people by how often they are busy, most often first. */
      readonly busy: readonly { readonly id: string; readonly times: number }[];
    };

export interface SlotFinding {
  readonly slots: readonly Slot[];
  /** Everybody whose calendar could not be read, with the reason's code. */
  readonly unknown: readonly { readonly id: string; readonly reason: string }[];
  readonly obstacle: Obstacle | null;
}

interface Calendar {
  readonly id: string;
  readonly required: boolean;
  readonly known: boolean;
  /** Sorted, merged, epoch milliseconds. */
  readonly busy: readonly (readonly [number, number])[];
}

interface Candidate {
  readonly at: number;
  readonly busy: readonly string[];
  readonly unknown: readonly string[];
  readonly unknownRequired: number;
  readonly inService: boolean;
  readonly on: CalendarDate;
}

export function findSlots(question: SlotQuestion): SlotFinding {
  const { people } = question;
  const unknown = people.flatMap(({ id, availability }) =>
    availability.known ? [] : [{ id, reason: availability.reason }],
  );
  const calendars = people.map(calendarOf);
  const starts = workingStarts(question);
  const soonest = question.now.epochMilliseconds + question.noticeMinutes * 60_000;
  const inTime = starts.filter(({ at }) => at >= soonest);
  const blocked = new Map<string, number>();
  const candidates = inTime.flatMap((start) => candidateAt(start, question.minutes, calendars, blocked) ?? []);
  const slots = choose(candidates.sort(better), question).map((one) => slotOf(one, question.minutes));
  if (slots.length > 0) return { slots, unknown, obstacle: null };
  return { slots, unknown, obstacle: obstacleOf(question, starts.length, inTime.length, blocked) };
}

/** In order of time alone, and only where everybody who must be there is known to be free. */
export function soonestSlots(question: SlotQuestion): Slot[] {
  const calendars = question.people.filter((person) => person.required).map(calendarOf);
  const soonest = question.now.epochMilliseconds + question.noticeMinutes * 60_000;
  const free = workingStarts(question).filter(({ at }) => {
    const end = at + question.minutes * 60_000;
    return at >= soonest && calendars.every((one) => one.known && !isBusy(one.busy, at, end));
  });
  const none = { busy: [], unknown: [], unknownRequired: 0 };
  return free.slice(0, question.most).map((start) => slotOf({ ...start, ...none }, question.minutes));
}

export interface Start {
  readonly at: number;
  readonly on: CalendarDate;
  readonly inService: boolean;
}

/** Every time at which a meeting may begin, busy or not. */
export function workingStarts(question: SlotQuestion): Start[] {
  const { minutes, stepMinutes } = question;
  return openDays(question).flatMap(({ on, hours }) => {
    const inService = isInService(on, question);
    return startsOn(on, hours, minutes, stepMinutes).map((at) => ({ at, on, inService }));
  });
}

function openDays(question: SlotQuestion) {
  return datesBetween(question.earliestOn, question.latestOn).flatMap((on) => {
    const hours = question.officeHours.get(Temporal.PlainDate.from(on).dayOfWeek);
    return hours && closedBecause(on, question) === null ? [{ on, hours }] : [];
  });
}

function calendarOf({ id, required, availability, alsoBusy = [] }: SlotPerson): Calendar {
  const blocks = [...(availability.known ? availability.busy : []), ...alsoBusy]
    .map(({ startAt, endAt }) => [startAt.epochMilliseconds, endAt.epochMilliseconds] as const)
    .sort(([one], [other]) => one - other);
  const merged: [number, number][] = [];
  for (const [start, end] of blocks) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return { id, required, known: availability.known, busy: merged };
}

/** Null when somebody required is busy; each of them is counted in `blocked`. */
function candidateAt(
  { at, on, inService }: Start,
  minutes: number,
  calendars: readonly Calendar[],
  blocked: Map<string, number>,
): Candidate | null {
  const end = at + minutes * 60_000;
  const busy: string[] = [];
  const unknown: string[] = [];
  let unknownRequired = 0;
  let possible = true;
  for (const calendar of calendars) {
    if (isBusy(calendar.busy, at, end)) {
      if (calendar.required) {
        possible = false;
        blocked.set(calendar.id, (blocked.get(calendar.id) ?? 0) + 1);
      } else busy.push(calendar.id);
    } else if (!calendar.known) {
      unknown.push(calendar.id);
      if (calendar.required) unknownRequired += 1;
    }
  }
  return possible ? { at, on, inService, busy, unknown, unknownRequired } : null;
}

/** By halving: the first block that ends after the start, if it begins before the end. */
function isBusy(blocks: readonly (readonly [number, number])[], start: number, end: number): boolean {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.[1] ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  const block = blocks[low];
  return block !== undefined && block[0] < end && block[1] > block[0];
}

/** Known before unknown; then fewest missing; then no in-service day; then soonest. */
function better(one: Candidate, other: Candidate): number {
  return (
    one.unknownRequired - other.unknownRequired ||
    one.busy.length - other.busy.length ||
    one.unknown.length - other.unknown.length ||
    Number(one.inService) - Number(other.inService) ||
    one.at - other.at
  );
}

const mostADay = 3;

/** The best that do not overlap, and no more than three of one day: forty starts on Monday morning are one choice. */
function choose(sorted: readonly Candidate[], { minutes, most }: SlotQuestion): Candidate[] {
  const chosen: Candidate[] = [];
  const perDay = new Map<CalendarDate, number>();
  for (const one of sorted) {
    if (chosen.length >= most) break;
    const thatDay = perDay.get(one.on) ?? 0;
    if (thatDay >= mostADay) continue;
    if (chosen.some(({ at }) => Math.abs(at - one.at) < minutes * 60_000)) continue;
    chosen.push(one);
    perDay.set(one.on, thatDay + 1);
  }
  return chosen;
}

function slotOf({ at, busy, unknown, unknownRequired, inService }: Candidate, minutes: number): Slot {
  const startAt = Temporal.Instant.fromEpochMilliseconds(at);
  const kind = unknownRequired > 0 ? 'unknown' : 'free';
  return { startAt, endAt: startAt.add({ minutes }), kind, busy, unknown, inService };
}

function obstacleOf(
  question: SlotQuestion,
  starts: number,
  inTime: number,
  blocked: ReadonlyMap<string, number>,
): Obstacle {
  if (starts === 0) {
    const closed = datesBetween(question.earliestOn, question.latestOn).map((on) => closedBecause(on, question));
    const holidays = closed.filter((why) => why === 'holiday').length;
    return { why: 'no-working-time', closedDays: closed.filter((why) => why !== null).length, holidays };
  }
  if (inTime === 0) return { why: 'too-soon', earliestAt: question.now.add({ minutes: question.noticeMinutes }) };
  const busy = [...blocked].map(([id, times]) => ({ id, times }));
  const place = new Map(question.people.map(({ id }, index) => [id, index]));
  busy.sort((one, other) => other.times - one.times || (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
  return { why: 'busy', times: inTime, busy };
}

/** Of those who must be there: who is busy at that time, and whose calendar does not say. */
export function inTheWay(
  people: readonly SlotPerson[],
  at: { readonly startAt: Temporal.Instant; readonly endAt: Temporal.Instant },
): { busy: string[]; unknown: string[] } {
  const [start, end] = [at.startAt.epochMilliseconds, at.endAt.epochMilliseconds];
  const required = people.filter((person) => person.required).map(calendarOf);
  const busy = required.filter((calendar) => isBusy(calendar.busy, start, end));
  const unknown = required.filter((calendar) => !calendar.known && !busy.includes(calendar));
  return { busy: busy.map(({ id }) => id), unknown: unknown.map(({ id }) => id) };
}

/** The instants between which calendars must be read for this question. */
export function windowOf(question: Pick<SlotQuestion, 'earliestOn' | 'latestOn' | 'now'>): {
  from: Temporal.Instant;
  until: Temporal.Instant;
} {
  const today = dateIn(question.now);
  const first = question.earliestOn > today ? question.earliestOn : today;
  const midnight = (on: CalendarDate, days: number) =>
    Temporal.PlainDate.from(on).add({ days }).toZonedDateTime('Europe/London').toInstant();
  return { from: midnight(first, 0), until: midnight(question.latestOn, 1) };
}
