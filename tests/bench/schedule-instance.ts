import { z } from 'zod';
import { type BatchMeeting, type BatchProblem, type BatchResource, plainWeights } from '../../bot/reviews/batch.js';

/** The bench's own file format (tests/bench/README.md), read into the question that the planner's search answers. */
const time = z.union([z.number(), z.string()]);
const span = z.union([
  z.tuple([time, time]),
  z.object({ start: time, end: time }).transform(({ start, end }): [Time, Time] => [start, end]),
  z.object({ from: time, until: time }).transform(({ from, until }): [Time, Time] => [from, until]),
]);
type Time = z.infer<typeof time>;

const cost = z.number().nonnegative();
const meetingWeights = z.object({
  late: cost.optional(),
  lateSlot: cost.optional(),
  unscheduled: cost.optional(),
  start: cost.optional(),
  avoid: cost.optional(),
  moved: cost.optional(),
});
const name = z.union([z.string().min(1), z.number()]).transform(String);
const resource = z.object({
  id: name,
  busy: z.array(span).default([]),
  roles: z.array(z.string()).default([]),
  mostADay: z.number().int().nonnegative().nullish(),
});
const meeting = z.object({
  id: name,
  persons: z.array(name).default([]),
  roles: z.array(z.string()).default([]),
  room: z.boolean().default(false),
  length: z.number().int().positive().optional(),
  minutes: z.number().positive().optional(),
  earliest: time.optional(),
  due: time.optional(),
  latest: time.optional(),
  place: z.string().nullish(),
  avoid: z.array(span).default([]),
  was: time.nullish(),
  apart: z.array(name).default([]),
  weights: meetingWeights.default({}),
});
const instance = z.object({
  slotMinutes: z.number().positive().default(60),
  start: z.iso.datetime({ offset: true, local: true }).optional(),
  horizon: time.optional(),
  open: z.array(span).optional(),
  people: z.array(resource).min(1),
  rooms: z.array(resource).default([]),
  meetings: z.array(meeting).min(1),
  travel: z.number().int().nonnegative().default(0),
  apart: z.number().int().nonnegative().default(0),
  weights: meetingWeights
    .extend({
      spread: cost.default(0),
      spreadAfter: z.number().int().nonnegative().default(2),
      travel: cost.default(0),
      fairness: cost.default(0),
    })
    .default({ ...plainWeights }),
});
export type Instance = z.input<typeof instance>;
type Parsed = z.output<typeof instance>;

export interface ReadInstance {
  readonly problem: BatchProblem;
  /** A slot of the question as the file says times: a number, or an instant. */
  readonly say: (slot: number) => number | string;
}

const mostSlots = 60_000;
const mostCells = 120_000_000;

/** Throws an Error whose message says what in the file is wrong and where. */
export function readInstance(value: unknown): ReadInstance {
  const parsed = instance.safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues
      .slice(0, 8)
      .map(({ path, message }) => `  ${path.join('.') || 'file'}: ${message}`);
    throw new Error(`The instance cannot be read:\n${lines.join('\n')}`);
  }
  const data = parsed.data;
  refuseTwice('people', data.people);
  refuseTwice('rooms', data.rooms);
  refuseTwice('meetings', data.meetings);
  const clock = clockOf(data);
  const horizon = horizonOf(data, clock);
  const dayOf = daysOf(data, clock, horizon);
  const resources = [...data.people, ...data.rooms];
  if (resources.length * horizon > mostCells)
    throw new Error(`${resources.length} people and rooms over ${horizon} slots are too many: use longer slots`);
  const problem: BatchProblem = {
    ...{ slots: horizon, dayOf, travel: data.travel, apart: data.apart },
    resources: resources.map((one) => resourceOf(one, clock)),
    meetings: data.meetings.map((one) => meetingOf(one, data, clock, dayOf)),
    weights: { ...plainWeights, ...data.weights },
  };
  return { problem, say: clock.say };
}

interface SlotClock {
  /** Down to the slot that holds it, or up to the next edge. */
  floor(value: Time, where: string): number;
  ceil(value: Time, where: string): number;
  /** The last slot of the day when a date is written alone. */
  last(value: Time, where: string): number;
  say(slot: number): number | string;
}

function clockOf({ start, slotMinutes }: Parsed): SlotClock {
  const origin = start === undefined ? null : instantOf(start, 'start');
  const width = slotMinutes * 60_000;
  const slots = (value: Time, where: string): number => {
    if (typeof value === 'number') return value;
    if (origin === null) throw new Error(`${where}: '${value}' is a date, so the file needs a 'start' to count from`);
    return (instantOf(value, where) - origin) / width;
  };
  return {
    floor: (value, where) => Math.floor(slots(value, where) + 1e-9),
    ceil: (value, where) => Math.ceil(slots(value, where) - 1e-9),
    last: (value, where) =>
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? Math.ceil(slots(`${value}T23:59:59.999Z`, where)) - 1
        : Math.floor(slots(value, where) + 1e-9),
    say: (slot) => (origin === null ? slot : new Date(origin + slot * width).toISOString()),
  };
}

/** Without an offset a time is read as UTC. */
function instantOf(text: string, where: string): number {
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`;
  const at = Date.parse(zoned);
  if (Number.isNaN(at))
    throw new Error(`${where}: '${text}' is neither a number of slots nor an ISO 8601 date or time`);
  return at;
}

function horizonOf(data: Parsed, clock: SlotClock): number {
  const ends = [
    ...(data.open ?? []).map(([, until]) => clock.ceil(until, 'open')),
    ...data.meetings.flatMap((one) => [
      ...(one.latest === undefined ? [] : [clock.last(one.latest, `${one.id}.latest`) + lengthOf(one, data)]),
      ...(one.due === undefined ? [] : [clock.last(one.due, `${one.id}.due`) + lengthOf(one, data)]),
    ]),
    ...data.people.flatMap(({ busy, id }) => busy.map(([, until]) => clock.ceil(until, `${id}.busy`))),
  ];
  const stated = data.horizon ?? undefined;
  const horizon =
    stated === undefined ? ends.reduce((most, end) => Math.max(most, end), 1) : clock.ceil(stated, 'horizon');
  if (!(horizon >= 1) || horizon > mostSlots)
    throw new Error(
      `horizon: ${horizon} slots; there may be 1 to ${mostSlots}: use longer slots, or a 'start' nearer the meetings`,
    );
  return horizon;
}

/** Each open span is a day of its own; what is not open has a number too, so that no meeting crosses into it. */
function daysOf(data: Parsed, clock: SlotClock, horizon: number): number[] {
  if (!data.open) return Array.from({ length: horizon }, () => 0);
  const edges = new Set<number>();
  for (const [from, until] of data.open) edges.add(clock.ceil(from, 'open')).add(clock.floor(until, 'open'));
  let day = 0;
  return Array.from({ length: horizon }, (_, slot) => (slot > 0 && edges.has(slot) ? (day += 1) : day));
}

function resourceOf({ id, busy, mostADay }: Parsed['people'][number], clock: SlotClock): BatchResource {
  const where = `${id}.busy`;
  return {
    ...{ id, mostADay: mostADay ?? null },
    busy: busy.map(([from, until]) => [clock.floor(from, where), clock.ceil(until, where)] as const),
  };
}

function lengthOf({ id, length, minutes }: Parsed['meetings'][number], { slotMinutes }: Parsed): number {
  if (length !== undefined) return length;
  if (minutes !== undefined && minutes / slotMinutes > mostSlots)
    throw new Error(`${id}.minutes: ${minutes} is too long`);
  return minutes === undefined ? 1 : Math.ceil(minutes / slotMinutes);
}

const plainMeeting = { late: 1000, lateSlot: 0, unscheduled: 100_000, start: 0.01, avoid: 1, moved: 0 };

function meetingOf(one: Parsed['meetings'][number], data: Parsed, clock: SlotClock, dayOf: number[]): BatchMeeting {
  const horizon = dayOf.length;
  const length = lengthOf(one, data);
  const weights = { ...plainMeeting, ...defined(data.weights), ...defined(one.weights) };
  const earliest = one.earliest === undefined ? 0 : Math.max(0, clock.ceil(one.earliest, `${one.id}.earliest`));
  const latest = one.latest === undefined ? horizon - length : clock.last(one.latest, `${one.id}.latest`);
  const due = one.due === undefined ? latest : clock.last(one.due, `${one.id}.due`);
  const was = one.was === undefined || one.was === null ? null : clock.floor(one.was, `${one.id}.was`);
  const avoided = one.avoid.map(([from, until]) => [clock.floor(from, 'avoid'), clock.ceil(until, 'avoid')] as const);
  const open = openSlots(data, clock, horizon);
  const starts: number[] = [];
  for (let slot = earliest; slot <= Math.min(latest, horizon - length); slot += 1)
    if (open[slot] === 1) starts.push(slot);
  const costs = starts.map((slot) => {
    const late = slot > due ? weights.late + weights.lateSlot * (slot - due) : 0;
    const overlap = avoided.reduce(
      (sum, [from, until]) => sum + Math.max(0, Math.min(until, slot + length) - Math.max(from, slot)),
      0,
    );
    return late + weights.start * slot + weights.avoid * overlap + (was !== null && slot !== was ? weights.moved : 0);
  });
  return {
    ...{ id: one.id, length, needs: needsOf(one, data), starts, costs, unplaced: weights.unscheduled },
    ...{
      lateFrom: due + 1,
      place: one.place ?? null,
      apart: one.apart.map((id) => indexOf(data.meetings, id, one.id)),
    },
  };
}

function defined<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}

const opened = new WeakMap<Parsed, Uint8Array>();
function openSlots(data: Parsed, clock: SlotClock, horizon: number): Uint8Array {
  const known = opened.get(data);
  if (known) return known;
  const open = new Uint8Array(horizon).fill(data.open ? 0 : 1);
  for (const [from, until] of data.open ?? [])
    open.fill(1, Math.max(0, clock.ceil(from, 'open')), Math.max(0, clock.floor(until, 'open')));
  opened.set(data, open);
  return open;
}

function needsOf(one: Parsed['meetings'][number], data: Parsed): number[][] {
  const persons = [...new Set(one.persons)].map((id) => [indexOf(data.people, id, one.id)]);
  const roles = one.roles.map((role) => {
    const able = data.people.flatMap((person, index) => (person.roles.includes(role) ? [index] : []));
    if (able.length === 0) throw new Error(`${one.id}.roles: nobody has the role '${role}'`);
    return able;
  });
  const rooms = one.room ? [data.rooms.map((_, index) => data.people.length + index)] : [];
  if (one.room && data.rooms.length === 0) throw new Error(`${one.id}.room: there are no rooms`);
  return [...persons, ...roles, ...rooms];
}

function indexOf(list: readonly { readonly id: string }[], id: string, where: string): number {
  const known = indexes.get(list) ?? new Map(list.map((one, index) => [one.id, index]));
  indexes.set(list, known);
  const index = known.get(id);
  if (index === undefined) throw new Error(`${where}: '${id}' is nowhere in the file`);
  return index;
}
const indexes = new WeakMap<readonly object[], Map<string, number>>();

function refuseTwice(what: string, list: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of list) {
    if (seen.has(id)) throw new Error(`${what}: '${id}' is there twice`);
    seen.add(id);
  }
}
