import { z } from 'zod';
import { dueEvents, series } from './due-rules.js';
import { conveners, reviewStates } from './review.js';
import { serviceAnswer } from './contract.js';

const nonce = z.string().min(8).max(64);
const day = z.iso.date();

export const dueGroups = [
  ...(['overdue', 'this-month', 'next-month', 'later'] as const),
  ...(['not-known', 'frequency-not-agreed', 'not-set', 'gate'] as const),
] as const;
export type DueGroup = (typeof dueGroups)[number];

export const dueSearch = z.object({
  /** Without it, every group. */
  group: z.enum(dueGroups).optional(),
  /** Dates that are others' to meet (orders, replies, reminders) are left out unless asked for. */
  everything: z.boolean().default(false),
  learnerId: z.uuid().optional(),
  limit: z.number().int().min(1).max(2000).default(500),
});

export const dueRow = z.object({
  learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }),
  series: z.enum(series),
  rule: z.string(),
  what: z.string(),
  group: z.enum(dueGroups),
  dueOn: day.nullable(),
  overdue: z.boolean(),
  /** Null for whoever may know dates and not circumstances. */
  why: z.string().nullable(),
  source: z.string().nullable(),
  lateBecause: z.string().nullable(),
  warnOn: z.array(day),
  /** The meeting that is to meet it, when there is one. */
  booked: z
    .object({
      id: z.uuid(),
      reference: z.string(),
      state: z.enum(reviewStates),
      convener: z.enum(conveners),
      startsAt: z.iso.datetime({ offset: true }),
      inTime: z.boolean(),
      answers: z.array(serviceAnswer),
    })
    .nullable(),
  /** Other dates of this learner near enough to be met by one meeting, and the day by which it would have to be. */
  together: z.object({ with: z.array(z.string()), by: day }).nullable(),
});
export type DueRow = z.infer<typeof dueRow>;

export const dueBoard = z.object({
  today: day,
  /** Of everybody reached, whatever group was asked for. */
  counts: z.object(
    Object.fromEntries(dueGroups.map((group) => [group, z.number().int()])) as Record<DueGroup, z.ZodNumber>,
  ),
  items: z.array(dueRow),
});
export type DueBoard = z.infer<typeof dueBoard>;

/** What is recorded beside the events of the rules: why a date that has passed was missed. */
export const factEvents = [...dueEvents, 'late-explained'] as const;
export type FactEvent = (typeof factEvents)[number];
const every = z.object({ count: z.number().int().min(1).max(520), unit: z.enum(['days', 'weeks', 'months']) });

/**
 * Refusals: `invalid` where `on` (a review held, or a day on which something happened, that is still to come), where `every`
 * (a frequency agreed without one), where `said` (agreed by nobody, or late for no reason); `concern` for words in `said`.
 */
export const recordFact = z.object({
  nonce,
  event: z.enum(factEvents),
  /** Null: it happened and nobody can say when. */
  on: day.nullable(),
  series: z.enum(series).optional(),
  every: every.optional(),
  firstBy: day.optional(),
  underSchoolAge: z.boolean().default(false),
  /** By whom a frequency was agreed; why a review is late. */
  said: z.string().trim().max(500).optional(),
  /** The fact that this one corrects. */
  corrects: z.uuid().optional(),
});
export type RecordFact = z.output<typeof recordFact>;

export const withdrawFact = z.object({ nonce });

export const learnerDue = z.object({
  learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }),
  items: z.array(dueRow),
  facts: z.array(
    z.object({
      id: z.uuid(),
      event: z.enum(factEvents),
      on: day.nullable(),
      series: z.enum(series).nullable(),
      every: every.nullable(),
      firstBy: day.nullable(),
      said: z.string().nullable(),
      source: z.enum(['hand', 'review', 'extract', 'invitation']),
      by: z.string().nullable(),
      at: z.iso.datetime({ offset: true }),
    }),
  ),
  /** What the last recording moved, in sentences; empty when it is only read. */
  moved: z.array(z.string()),
  /** What the council usually agrees at home, to fill in the form with; null while it has not said. */
  usualMonths: z.number().int().nullable(),
});
export type LearnerDue = z.infer<typeof learnerDue>;

/**
 * Held is what the chair says, whoever came. Refusals: `stale`; `not-allowed-now` (cancelled, or an outcome is recorded);
 * `invalid` where `heldOn` (still to come), where `because` (not held, or late, without a reason); `concern` for words.
 */
export const recordOutcome = z.discriminatedUnion('outcome', [
  z.object({
    ...{ outcome: z.literal('held'), version: z.number().int(), nonce },
    heldOn: day,
    /** Attendee ids: everybody else who was invited was not there. */
    attended: z.array(z.uuid()).max(40),
    viewsAsked: z.string().trim().max(2000).optional(),
    lateBecause: z.string().trim().max(500).optional(),
  }),
  z.object({
    ...{ outcome: z.literal('not-held'), version: z.number().int(), nonce },
    because: z.string().trim().min(1).max(500),
  }),
]);
export type RecordOutcome = z.output<typeof recordOutcome>;

/** A review that social work or a school convenes: its date is ours to know, its invitations are not. */
export const recordOthers = z.object({
  nonce,
  learnerId: z.uuid(),
  convener: z.enum(['social-work', 'school']),
  series: z.enum(series),
  startsAt: z.iso.datetime({ offset: true }),
  minutes: z.number().int().min(15).max(240).default(60),
  /** Who goes from education. */
  people: z
    .array(z.object({ id: z.uuid(), required: z.boolean() }))
    .max(20)
    .default([]),
});
export type RecordOthers = z.output<typeof recordOthers>;
