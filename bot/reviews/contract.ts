import { z } from 'zod';
import { series } from './due-rules.js';
import { conveners, purposes, responses, reviewStates, services } from './review.js';

const instant = z.iso.datetime({ offset: true });
const named = z.object({ id: z.uuid(), name: z.string() });

export const reviewSearch = z.object({
  view: z.enum(['coming', 'waiting', 'past', 'everything']),
  /** 'VR-…': only that one. A link to a review holds its reference. */
  reference: z.string().trim().max(20).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});

export const serviceAnswer = z.object({
  service: z.enum(services),
  invited: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  tentative: z.number().int(),
});

export const reviewRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  version: z.number().int(),
  state: z.enum(reviewStates),
  purpose: z.enum(purposes),
  series: z.enum(series),
  convener: z.enum(conveners),
  /** What its chair recorded, once it has taken place. */
  heldOn: z.iso.date().nullable(),
  learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }),
  startsAt: instant,
  endsAt: instant,
  online: z.boolean(),
  place: z.string().nullable(),
  request: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  answers: z.array(serviceAnswer),
  joint: z.enum(['yes', 'no', 'not-yet']),
});
export type ReviewRow = z.infer<typeof reviewRow>;

export const reviewList = z.object({ items: z.array(reviewRow) });

export const reviewDetail = reviewRow.extend({
  attendees: z.array(
    z.object({
      id: z.uuid(),
      person: named.nullable(),
      service: z.enum(services),
      required: z.boolean(),
      response: z.enum(responses),
      respondedAt: instant.nullable(),
      attended: z.boolean().nullable(),
      proposed: z.object({ startsAt: instant, endsAt: instant }).nullable(),
    }),
  ),
  thread: z.array(z.object({ id: z.string(), at: instant, kind: z.string(), by: z.string().nullable() })),
});
export type ReviewDetail = z.infer<typeof reviewDetail>;

/** Whom a review for this request or learner would need, before a time is looked for. */
export const reviewProposal = z.object({
  learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }),
  request: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      service: z.enum(services),
      why: z.string(),
      required: z.boolean(),
      calendar: z.enum(['graph', 'unknown']),
    }),
  ),
  /** Who should be there but cannot be invited, and why in words: show it, so that nobody is silently left out. */
  cannotInvite: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type ReviewProposal = z.infer<typeof reviewProposal>;

export const findSlots = z.object({
  learnerId: z.uuid(),
  people: z
    .array(z.object({ id: z.uuid(), required: z.boolean() }))
    .min(2)
    .max(20),
  minutes: z.number().int().min(15).max(240),
  earliestOn: z.iso.date(),
  latestOn: z.iso.date(),
});
export type FindSlots = z.infer<typeof findSlots>;

/**
 * `why` is a whole sentence. A slot with `unknown` people is only known not to clash with the others; it comes after all that
 * are known. Window: at most 92 days, ending at most 300 days from today (else `invalid`, where `latestOn`).
 * free: everybody asked is known to be free. Otherwise who is busy (optional people) or unknown, by name, never as free. */
export const slotAnswer = z.object({
  slots: z.array(
    z.object({
      startsAt: instant,
      endsAt: instant,
      why: z.string(),
      busy: z.array(named),
      unknown: z.array(named),
    }),
  ),
  unknown: z.array(named.extend({ reason: z.string() })),
  readAt: instant.nullable(),
  /** When there is no slot: what stands in the way, in a sentence. */
  none: z.string().nullable(),
  /** And what would unlock one: the fewest commitments that would have to move, whom it could do without, how late the next is. */
  unlocking: z.array(z.string()),
});
export type SlotAnswer = z.infer<typeof slotAnswer>;

/**
 * Refusals: `not-allowed-now` where `startsAt` (somebody required is busy: find times again), where `acceptUnknown` (somebody
 * required is unknown and was not accepted), where `requestId` (the request has a review already); `invalid` where `people`
 * or `place`; `setting-unset` where `review-mailbox`; `concern` for words in `place`. A repeat of the nonce is the same review.
 */
export const scheduleReview = z.object({
  nonce: z.string().min(8).max(64),
  learnerId: z.uuid(),
  requestId: z.uuid().optional(),
  purpose: z.enum(purposes),
  /** Which clock it is to meet, when it is held. Without it the purpose says. */
  series: z.enum(series).optional(),
  startsAt: instant,
  minutes: z.number().int().min(15).max(240),
  online: z.boolean(),
  place: z.string().trim().max(120).optional(),
  people: z
    .array(z.object({ id: z.uuid(), required: z.boolean() }))
    .min(2)
    .max(20),
  /** Somebody's calendar could not be read: book all the same, having asked them otherwise. Required people only with this. */
  acceptUnknown: z.boolean().default(false),
});
export type ScheduleReview = z.infer<typeof scheduleReview>;

export const cancelReview = z.object({ version: z.number().int(), nonce: z.string().min(8).max(64) });

/**
 * A booked review is given another time; its event, its join link and its card stay. Refusals as for scheduling, and `stale`;
 * `not-allowed-now` when it is over, or was never ours to move. Everybody's answer is asked for again.
 */
export const moveReview = z.object({
  ...{ version: z.number().int(), nonce: z.string().min(8).max(64) },
  startsAt: instant,
  minutes: z.number().int().min(15).max(240),
  acceptUnknown: z.boolean().default(false),
});
export type MoveReview = z.output<typeof moveReview>;

/** The time that an attendee proposed, taken with one press. Refusals as for moving; `not-found` when nothing is proposed. */
export const acceptProposed = z.object({
  ...{ version: z.number().int(), nonce: z.string().min(8).max(64), attendeeId: z.uuid() },
  acceptUnknown: z.boolean().default(false),
});
export type AcceptProposed = z.output<typeof acceptProposed>;

/** Refusals: `invalid` where `people` (not staff, a conflict, there already, or nobody left who must be there). */
export const changeAttendees = z.object({
  ...{ version: z.number().int(), nonce: z.string().min(8).max(64) },
  add: z
    .array(z.object({ id: z.uuid(), required: z.boolean() }))
    .max(20)
    .default([]),
  /** Attendee ids. */
  remove: z.array(z.uuid()).max(20).default([]),
});
export type ChangeAttendees = z.output<typeof changeAttendees>;
