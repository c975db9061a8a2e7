import { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { claimReference } from '../access/references.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { mayBeConcern } from '../requests/concern.js';
import { dateIn, toDate } from '../time.js';
import { changedBy } from './booking-service.js';
import type { LearnerDue, RecordOthers, RecordOutcome } from './due-contract.js';
import { isOverdue } from './due-dates.js';
import { boardLearners, readLearnerDue, readPolicy } from './due-reading.js';
import { insertFact } from './due-service.js';
import { clocksOf } from './due-rows.js';
import { inviteesFor } from './planning-service.js';
import * as repository from './repository.js';
import * as staffRepository from './staff-repository.js';

/**
 * What became of a review. Held is what its chair records, whoever came; joint is worked out from who did and moves no date.
 * Answers with the learner's dates as they now are. Refusals: due-contract.ts.
 */
export async function recordOutcome(ctx: Context, reviewId: string, input: RecordOutcome): Promise<LearnerDue> {
  const words = input.outcome === 'held' ? [input.viewsAsked ?? '', input.lateBecause ?? ''] : [input.because];
  if (mayBeConcern(words)) throw new AppError('concern');
  const learnerId = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.record');
    const press = { verb: 'review.outcome', targetId: reviewId, version: input.version, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      const review = await repository.findReviewForUpdate(trx, ctx.actor.authorityId, reviewId);
      if (!review) throw new AppError('not-found');
      if (review.version !== input.version) throw new AppError('stale');
      if (!['booked', 'recorded', 'not-booked'].includes(review.state)) throw new AppError('not-allowed-now');
      if (input.outcome === 'held') await held(ctx, trx, review, input);
      else await notHeld(ctx, trx, review, input.because);
      return { learnerId: review.learner_id };
    });
    return outcome.learnerId;
  });
  return readLearnerDue(ctx, learnerId);
}

type Held = Extract<RecordOutcome, { readonly outcome: 'held' }>;

async function held(ctx: Context, trx: Trx, review: repository.StoredReview, input: Held): Promise<void> {
  const { authorityId } = ctx.actor;
  if (input.heldOn > dateIn(ctx.clock.now())) throw new AppError('invalid', { where: 'heldOn', why: 'still-to-come' });
  await checkLate(ctx, trx, review, input);
  const attendees = await repository.listAttendees(trx, authorityId, [review.review_id]);
  const there = new Set(input.attended);
  for (const { attendee_id: id } of attendees)
    await repository.updateAttendee(trx, authorityId, id, { attended: there.has(id) });
  const came = (service: string) => attendees.some((one) => one.service === service && there.has(one.attendee_id));
  const joint = came('education') && came('social-work');
  await settle(ctx, trx, review, 'held', {
    ...{ held_on: input.heldOn, joint, views_asked: input.viewsAsked ?? null },
    late_because: input.lateBecause ?? null,
  });
  if (review.series === 'other') return;
  await insertFact(ctx, trx, {
    ...{ learnerId: review.learner_id, factId: ctx.random.id(), reviewId: review.review_id },
    ...{ event: 'review-held', on: input.heldOn, series: review.series },
  });
}

/** A statutory date is never exempted: a review held after it says why. */
async function checkLate(ctx: Context, trx: Trx, review: repository.StoredReview, input: Held): Promise<void> {
  const [one] = await boardLearners(ctx, trx, review.learner_id);
  if (!one || input.lateBecause) return;
  const clocks = clocksOf(one, await readPolicy(ctx, trx));
  const late = clocks.some((clock) => clock.series === review.series && isOverdue(clock, input.heldOn));
  if (late) throw new AppError('invalid', { where: 'lateBecause', why: 'missing' });
}

async function notHeld(ctx: Context, trx: Trx, review: repository.StoredReview, because: string): Promise<void> {
  await settle(ctx, trx, review, 'not-held', { not_held_because: because });
}

async function settle(
  ctx: Context,
  trx: Trx,
  review: repository.StoredReview,
  state: 'held' | 'not-held',
  change: Parameters<typeof repository.updateReview>[3],
): Promise<void> {
  const settled = { ...review, state, version: review.version + 1 };
  await repository.updateReview(trx, ctx.actor.authorityId, review.review_id, {
    ...{ ...change, state, version: settled.version, outcome_at: toDate(ctx.clock.now()) },
    outcome_by: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
  });
  await changedBy(ctx, trx, settled, `review.${state}`);
  await audit(ctx, trx, {
    ...{ verb: 'review.outcome', purpose: 'plan-review', subjectKind: 'review', subjectId: review.review_id },
    ...{ learnerIds: [review.learner_id], fields: ['review.state', 'review.attendees'] },
  });
}

/** A review that others convene: its date stands on the board, and nothing of it goes to any mailbox. */
export async function recordOthers(ctx: Context, input: RecordOthers): Promise<{ reviewId: string }> {
  const startAt = Temporal.Instant.from(input.startsAt);
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.record');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const learner = await staffRepository.findLearner(trx, authorityId, input.learnerId);
    if (!learner) throw new AppError('not-found', { where: 'learnerId' });
    const invited = input.people.length > 0 ? await inviteesFor(ctx, trx, input, dateIn(startAt)) : [];
    const press = { verb: 'review.record-others', targetId: input.learnerId, version: 0, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      const reviewId = ctx.random.id();
      const reference = await claimReference(ctx, trx, 'review', reviewId);
      await repository.insertReview(trx, {
        ...{ authority_id: authorityId, review_id: reviewId, reference, learner_id: input.learnerId },
        ...{ request_id: null, purpose: input.series === 'looked-after' ? 'looked-after-review' : 'plan-review' },
        ...{ convener: input.convener, state: 'recorded', series: input.series, online: false, place: null },
        ...{ starts_at: toDate(startAt), ends_at: toDate(startAt.add({ minutes: input.minutes })), due_on: null },
        ...{ version: 1, created_by: personId, created_at: toDate(ctx.clock.now()) },
      });
      if (invited.length > 0)
        await repository.insertAttendees(
          trx,
          invited.map((one) => ({
            ...{ authority_id: authorityId, attendee_id: ctx.random.id(), review_id: reviewId },
            ...{ learner_id: input.learnerId, person_id: one.id, email: one.email, service: one.service },
            ...{ required: one.required, response: 'none' as const },
          })),
        );
      await recordActivity(ctx, trx, {
        ...{ aggregateKind: 'review', aggregateId: reviewId, kind: 'review.recorded', version: 1 },
        ...{ learnerId: input.learnerId, askerId: null },
      });
      await audit(ctx, trx, {
        ...{ verb: 'review.record-others', purpose: 'plan-review', subjectKind: 'review', subjectId: reviewId },
        ...{ learnerIds: [input.learnerId], fields: ['review.time', 'review.attendees'] },
      });
      return { reviewId };
    });
    return outcome;
  });
}
