import { z } from 'zod';
import { series } from './due-rules.js';
import { planItemStates } from './plan-problem.js';

const nonce = z.string().min(8).max(64);
const instant = z.iso.datetime({ offset: true });
const named = z.object({ id: z.uuid(), name: z.string() });

/**
 * A draft of reviews that fall due in the coming weeks, placed together. Nothing of it reaches anybody until it is sent, which
 * is an act of its own. `gap`: how far it may be from the best there is (0.01 is one per cent).
 */
export const planDetail = z.object({
  id: z.uuid(),
  version: z.number().int(),
  state: z.enum(['draft', 'sent', 'dropped']),
  fromOn: z.iso.date(),
  untilOn: z.iso.date(),
  minutes: z.number().int(),
  gap: z.number(),
  madeAt: instant,
  readAt: instant.nullable(),
  counts: z.object({
    inTime: z.number().int(),
    late: z.number().int(),
    unplaced: z.number().int(),
    sent: z.number().int(),
  }),
  /** "412 in time, 6 late, 2 cannot be placed". */
  summary: z.string(),
  items: z.array(
    z.object({
      id: z.uuid(),
      learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }),
      series: z.enum(series),
      what: z.string(),
      dueOn: z.iso.date().nullable(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      locked: z.boolean(),
      state: z.enum(planItemStates),
      /** Why it has no place, or is late, in a sentence. */
      why: z.string().nullable(),
      people: z.array(named.extend({ required: z.boolean() })),
      reviewId: z.uuid().nullable(),
    }),
  ),
});
export type PlanDetail = z.infer<typeof planDetail>;

export const currentPlan = z.object({ plan: planDetail.nullable() });

/** `from`: a draft of this council to plan anew with as little moved as can be; its locked ones stay. */
export const makePlan = z.object({
  nonce,
  from: z.uuid().optional(),
  weeks: z.number().int().min(1).max(26).optional(),
});
export type MakePlan = z.output<typeof makePlan>;

/**
 * By hand: there, or nowhere when null. Checked at once. Refusals: `stale`; `not-allowed-now` (sent already; where `startsAt`:
 * somebody is busy, or it was not released).
 */
export const adjustItem = z.object({
  nonce,
  version: z.number().int(),
  startsAt: instant.nullable(),
  locked: z.boolean(),
});
export type AdjustItem = z.output<typeof adjustItem>;

/** `count` is what the presser was told would be sent: any other number of placed reviews refuses, where `count`. */
export const sendPlan = z.object({ nonce, version: z.number().int(), count: z.number().int().min(1) });
export type SendPlan = z.output<typeof sendPlan>;

export const releasedSearch = z.object({ fromOn: z.iso.date(), untilOn: z.iso.date() });
export const released = z.object({
  items: z.array(z.object({ id: z.uuid(), person: named, startsAt: instant, endsAt: instant })),
});
/** All that this person has released between the two days, from now on. Oneself, or anybody by whoever plans reviews. */
export const releaseSlots = z.object({
  personId: z.uuid(),
  fromOn: z.iso.date(),
  untilOn: z.iso.date(),
  slots: z.array(z.object({ startsAt: instant, endsAt: instant })).max(400),
});
export type ReleaseSlots = z.output<typeof releaseSlots>;
