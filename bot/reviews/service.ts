import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { claimReference } from '../access/references.js';
import { createDirectory } from '../access/resolve.js';
import type { Context, ReviewMailbox } from '../context.js';
import { type Action, findOutcome, once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { enqueue } from '../db/outbox.js';
import { placeCard, refreshCards } from '../db/posted-cards.js';
import { AppError } from '../errors.js';
import { mayBeConcern } from '../requests/concern.js';
import { addDays, dateIn, toDate, zone } from '../time.js';
import { readCalendars } from './availability-service.js';
import type { cancelReview as cancelShape, ScheduleReview } from './contract.js';
import { horizonDays, inviteesFor, mailboxOf, takenOf } from './planning-service.js';
import * as repository from './repository.js';
import { cardViewOf, type ReviewCardView } from './rows.js';
import { seriesOf } from './review.js';
import { inTheWay } from './slots.js';
import type { Invited } from './staff.js';
import * as staffRepository from './staff-repository.js';

export interface Scheduled {
  readonly reviewId: string;
  readonly reference: string;
  readonly repeated: boolean;
}

/** The review that a request led to, for the request's own card and page; null when there is none in the actor's reach. */
export async function reviewOfRequest(ctx: Context, requestId: string): Promise<ReviewCardView | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findOfRequest(trx, ctx.actor.authorityId, requestId);
    if (!review) return null;
    return cardViewOf(review, await repository.listAttendees(trx, ctx.actor.authorityId, [review.review_id]));
  });
}

/**
 * Plans a review and sends it on its way to the review mailbox. Calendars are read again just before: somebody required who
 * is busy refuses it, and who is unknown refuses it unless `acceptUnknown`. Refusals: contract.ts. A repeat of the press
 * answers with the review that it made.
 */
export async function scheduleReview(ctx: Context, input: ScheduleReview): Promise<Scheduled> {
  const mailbox = await mailboxOf(ctx);
  const at = timesOf(input, ctx.clock.now());
  const press = { verb: 'review.schedule', targetId: input.learnerId, version: 0, nonce: input.nonce };
  const before = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    return (await repeatOf(ctx, trx, press)) ?? { facts: await check(ctx, trx, input, at, false) };
  });
  if ('reviewId' in before) return before;
  const { invited, taken } = before.facts;
  const people = await readCalendars(ctx, mailbox, invited, taken, wholeDayOf(at));
  const { busy, unknown } = inTheWay(people, at);
  const refused =
    busy.length > 0
      ? inTheWayError('startsAt')
      : unknown.length > 0 && !input.acceptUnknown
        ? inTheWayError('acceptUnknown')
        : null;
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    // The same press may have gone through meanwhile: then they are busy with this very review.
    const repeat = refused ? await repeatOf(ctx, trx, press) : null;
    if (repeat) return repeat;
    if (refused) throw refused;
    const { outcome, repeated } = await once(ctx, trx, press, () => create(ctx, trx, mailbox, input, at));
    return { ...outcome, repeated };
  });
}

export function inTheWayError(where: 'startsAt' | 'acceptUnknown'): AppError {
  return new AppError('not-allowed-now', { where, why: where === 'startsAt' ? 'busy' : 'unknown' });
}

async function repeatOf(ctx: Context, trx: Trx, press: Action): Promise<Scheduled | null> {
  const earlier = await findOutcome(ctx, trx, press);
  const [reviewId, reference] = [earlier?.['reviewId'], earlier?.['reference']];
  return typeof reviewId === 'string' && typeof reference === 'string' ? { reviewId, reference, repeated: true } : null;
}

export interface Times {
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
}

export function timesOf(input: Pick<ScheduleReview, 'startsAt' | 'minutes'>, now: Temporal.Instant): Times {
  const startAt = Temporal.Instant.from(input.startsAt);
  if (Temporal.Instant.compare(startAt, now) <= 0) throw new AppError('invalid', { where: 'startsAt', why: 'past' });
  if (dateIn(startAt) > addDays(dateIn(now), horizonDays))
    throw new AppError('invalid', { where: 'startsAt', why: 'too-far' });
  return { startAt, endAt: startAt.add({ minutes: input.minutes }) };
}

/** Free/busy is asked for whole days: some servers refuse a window shorter than the view's step. */
export function wholeDayOf({ startAt, endAt }: Times) {
  const midnight = (at: Temporal.Instant, days: number) =>
    at.toZonedDateTimeISO(zone).toPlainDate().add({ days }).toZonedDateTime(zone).toInstant();
  return { from: midnight(startAt, 0), until: midnight(endAt, 1) };
}

/** What the store can say: learner and request reached, everybody staff that may be invited, the place says nobody's name. */
async function check(ctx: Context, trx: Trx, input: ScheduleReview, at: Times, lock: boolean) {
  const { authorityId } = ctx.actor;
  const learner = await staffRepository.findLearner(trx, authorityId, input.learnerId);
  if (!learner) throw new AppError('not-found', { where: 'learnerId' });
  const place = input.online ? null : (input.place ?? '').trim() || null;
  checkPlace(place, learner);
  if (input.requestId)
    await checkRequest(trx, authorityId, { ...input, requestId: input.requestId, now: toDate(ctx.clock.now()) }, lock);
  const invited = await inviteesFor(ctx, trx, input, dateIn(at.startAt));
  if (lock)
    await staffRepository.lockPeople(
      trx,
      authorityId,
      invited.map(({ id }) => id),
    );
  return { invited, place, taken: await takenOf(trx, authorityId, invited, { from: at.startAt, until: at.endAt }) };
}

/** The place reaches phones' lock screens, room panels and other people's calendars (microsoft365.md 9.20). */
function checkPlace(place: string | null, learner: staffRepository.FoundLearner): void {
  if (place === null) return;
  if (mayBeConcern([place])) throw new AppError('concern');
  const words = (text: string) => text.toLocaleLowerCase('en-GB').split(/[^\p{L}\p{M}]+/u);
  const said = new Set(words(place));
  const names = [learner.given_name, learner.family_name, learner.known_as ?? ''].flatMap(words);
  const named = names.some((name) => name.length > 1 && said.has(name));
  if (named) throw new AppError('invalid', { where: 'place', why: 'names-somebody' });
}

async function checkRequest(
  trx: Trx,
  authorityId: string,
  input: { readonly requestId: string; readonly learnerId: string; readonly now: Date },
  lock: boolean,
): Promise<void> {
  const request = await staffRepository.findRequest(trx, authorityId, input.requestId, lock);
  if (!request || request.learner_id !== input.learnerId) throw new AppError('not-found', { where: 'requestId' });
  const standing = await repository.findOfRequest(trx, authorityId, input.requestId);
  const stands = standing?.state === 'booking' || standing?.state === 'booked';
  if (stands && standing.ends_at > input.now)
    throw new AppError('not-allowed-now', { where: 'requestId', why: 'has-review' });
}

async function create(ctx: Context, trx: Trx, mailbox: ReviewMailbox, input: ScheduleReview, at: Times) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId } = ctx.actor;
  const { invited, place, taken } = await check(ctx, trx, input, at, true);
  const required = new Set(invited.filter((one) => one.required).map(({ id }) => id));
  // Another review took somebody's hour between reading the calendars and now.
  if (taken.some((one) => one.personId !== null && required.has(one.personId))) throw inTheWayError('startsAt');
  // One that the mailbox refused gives way to this one, so that trying it again later makes no second meeting.
  const earlier = input.requestId ? await repository.findOfRequest(trx, authorityId, input.requestId) : undefined;
  if (earlier?.state === 'not-booked') await cancel(ctx, trx, mailbox, earlier);
  const reviewId = ctx.random.id();
  const reference = await claimReference(ctx, trx, 'review', reviewId);
  await repository.insertReview(trx, {
    ...{ authority_id: authorityId, review_id: reviewId, reference, learner_id: input.learnerId },
    ...{ request_id: input.requestId ?? null, purpose: input.purpose, convener: 'virtual-school', state: 'booking' },
    series: input.series ?? seriesOf(input.purpose),
    ...{ starts_at: toDate(at.startAt), ends_at: toDate(at.endAt), online: input.online, place, due_on: null },
    ...{ version: 1, created_by: personId, created_at: toDate(ctx.clock.now()) },
  });
  await repository.insertAttendees(
    trx,
    invited.map((one) => attendeeRow(ctx, reviewId, input.learnerId, one)),
  );
  await recordActivity(ctx, trx, {
    ...{ aggregateKind: 'review', aggregateId: reviewId, kind: 'review.scheduled', version: 1 },
    ...{ learnerId: input.learnerId, askerId: null, data: { requestId: input.requestId ?? null } },
  });
  await audit(ctx, trx, {
    ...{ verb: 'review.schedule', purpose: 'plan-review', subjectKind: 'review', subjectId: reviewId },
    ...{ learnerIds: [input.learnerId], fields: ['review.attendees', 'review.time'] },
  });
  await enqueue(ctx, trx, {
    ...{ lane: `mailbox:${mailbox.address}`, job: 'review.book' },
    ...{ payload: { v: 1, reviewId }, key: `review.book:${reviewId}` },
  });
  await showInChannel(ctx, trx, { reviewId, requestId: input.requestId ?? null });
  return { reviewId, reference };
}

function attendeeRow(ctx: Context, reviewId: string, learnerId: string, one: Invited) {
  return {
    ...{
      authority_id: ctx.actor.authorityId,
      attendee_id: ctx.random.id(),
      review_id: reviewId,
      learner_id: learnerId,
    },
    ...{ person_id: one.id, email: one.email, service: one.service, required: one.required, response: 'none' as const },
  };
}

async function showInChannel(
  ctx: Context,
  trx: Trx,
  of: { reviewId: string; requestId: string | null },
): Promise<void> {
  const channel = await createDirectory(trx, ctx.clock).requestsChannel(ctx.actor.authorityId);
  const place = { kind: 'review-channel', aggregateId: of.reviewId, personId: null, activityId: null } as const;
  if (channel) await placeCard(ctx, trx, { ...place, target: channel });
  if (of.requestId) await refreshCards(ctx, trx, of.requestId, `review-${of.reviewId}-1`);
}

/** Throws AppError: forbidden, not-found, stale, not-allowed-now (already cancelled). A repeat of the press does nothing more. */
export async function cancelReview(ctx: Context, id: string, input: z.output<typeof cancelShape>): Promise<void> {
  const mailbox = await mailboxOf(ctx);
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const press = { verb: 'review.cancel', targetId: id, version: input.version, nonce: input.nonce };
    await once(ctx, trx, press, async () => {
      const review = await repository.findReviewForUpdate(trx, ctx.actor.authorityId, id);
      if (!review) throw new AppError('not-found');
      if (review.version !== input.version) throw new AppError('stale');
      if (review.state === 'cancelled') throw new AppError('not-allowed-now');
      await cancel(ctx, trx, mailbox, review);
      return { reviewId: id };
    });
  });
}

async function cancel(ctx: Context, trx: Trx, mailbox: ReviewMailbox, review: repository.StoredReview): Promise<void> {
  const { review_id: reviewId, learner_id: learnerId } = review;
  const version = review.version + 1;
  await repository.updateReview(trx, ctx.actor.authorityId, reviewId, { state: 'cancelled', version });
  const what = { aggregateKind: 'review', aggregateId: reviewId, kind: 'review.cancelled', version } as const;
  await recordActivity(ctx, trx, { ...what, learnerId, askerId: null });
  await audit(ctx, trx, {
    ...{ verb: 'review.cancel', purpose: 'plan-review', subjectKind: 'review', subjectId: reviewId },
    ...{ learnerIds: [learnerId], fields: ['review.state'] },
  });
  // Behind the booking in the same lane: what is cancelled before it was made is not made.
  await enqueue(ctx, trx, {
    ...{ lane: `mailbox:${mailbox.address}`, job: 'review.cancel-event' },
    ...{ payload: { v: 1, reviewId }, key: `review.cancel-event:${reviewId}:${version}` },
  });
  await refreshCards(ctx, trx, reviewId, version);
  if (review.request_id) await refreshCards(ctx, trx, review.request_id, `review-${reviewId}-${version}`);
}
