import { createDirectory } from '../access/resolve.js';
import { audit } from '../access/audit.js';
import { type Context, DeliveryError, type EventDraft, type ReviewMailbox } from '../context.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { placeCard, refreshCards } from '../db/posted-cards.js';
import { readSetting, virtualSchoolSetting } from '../people/settings.js';
import { dateIn, fromDate, toDate } from '../time.js';
import * as repository from './repository.js';
import * as staffRepository from './staff-repository.js';
import { makeDue, readTimer } from './timer-service.js';
import { say } from './words.js';

/** The review mailbox's side of a review: what the worker does with it. Every step may be repeated. */

/**
 * Makes the event, and then says so in one transaction. The event carries the review's id as its transaction, so that a
 * repeat after a lost answer finds it. A refusal makes the review 'not-booked', which a person sees, and is thrown on.
 */
export async function bookReview(ctx: Context, mailbox: ReviewMailbox | null, reviewId: string): Promise<void> {
  const draft = await ctx.db.transact(ctx.actor, ctx.clock, (trx) => draftFor(ctx, trx, reviewId));
  if (draft === null) return;
  try {
    if (mailbox === null) throw new DeliveryError('refused', { code: 'no-review-mailbox' });
    if (draft === 'too-late') throw new DeliveryError('refused', { code: 'already-past' });
    if (draft.attendees.length === 0) throw new DeliveryError('refused', { code: 'nobody-to-invite' });
    const { eventId } = await ctx.calendar.createEvent(mailbox, draft);
    await recordBooked(ctx, reviewId, eventId);
  } catch (error) {
    const refused = error instanceof DeliveryError && (error.kind === 'refused' || error.kind === 'gone');
    if (refused) await recordNotBooked(ctx, reviewId, error);
    throw error;
  }
}

/** Null when there is nothing to make: it is made, cancelled, or gone. Access is checked again: a leaver is not invited. */
async function draftFor(ctx: Context, trx: Trx, reviewId: string): Promise<EventDraft | 'too-late' | null> {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  const review = await repository.findReview(trx, authorityId, reviewId);
  if (!review || review.event_id !== null || review.state === 'cancelled') return null;
  if (review.starts_at <= toDate(now)) return 'too-late';
  return eventOf(ctx, trx, review);
}

/** What the event says of the review as it stands: who has left or must not be concerned is not in it. */
export async function eventOf(ctx: Context, trx: Trx, review: repository.StoredReview): Promise<EventDraft> {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  const conflicts = await staffRepository.listConflicts(trx, authorityId, review.learner_id, dateIn(now));
  const attendees = await repository.listAttendees(trx, authorityId, [review.review_id]);
  const school = await readSetting(trx, ctx, virtualSchoolSetting);
  return {
    transactionId: review.review_id,
    ...wordsOf(review.reference, school?.telephone ?? null),
    ...{ startAt: fromDate(review.starts_at), endAt: fromDate(review.ends_at), online: review.online },
    locationText: review.online ? say('invitation.online') : (review.place ?? ''),
    attendees: attendees
      .filter((one) => one.leaves_on === null || one.leaves_on > dateIn(now))
      .filter((one) => one.person_id === null || !conflicts.has(one.person_id))
      .map(({ email, required }) => ({ email, required })),
  };
}

/** No name, no reason: subjects and bodies reach lock screens, delegates and external mail (microsoft365.md 9.20). */
function wordsOf(reference: string, telephone: string | null): { subject: string; bodyText: string } {
  const body = say('invitation.body', { reference });
  return {
    subject: say('invitation.subject', { reference }),
    bodyText: telephone ? `${body}\n${say('invitation.telephone', { telephone })}` : body,
  };
}

/** Idempotent. A review that was cancelled while its event was being made keeps the id, for the cancelling that follows. */
async function recordBooked(ctx: Context, reviewId: string, eventId: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findReviewForUpdate(trx, ctx.actor.authorityId, reviewId);
    if (!review || review.event_id !== null) return;
    if (review.state === 'cancelled') {
      await repository.updateReview(trx, ctx.actor.authorityId, reviewId, { event_id: eventId });
      return;
    }
    const booked = { ...review, state: 'booked' as const, version: review.version + 1 };
    const { state, version } = booked;
    const changed = { state, version, event_id: eventId, event_version: review.event_version + 1 };
    await repository.updateReview(trx, ctx.actor.authorityId, reviewId, changed);
    await changedBy(ctx, trx, booked, 'review.booked');
    await recordInvited(ctx, trx, booked);
    // An event that comes and goes between two readings is in neither: the delta is to know it from the start.
    await makeDue(ctx, trx, readTimer);
  });
}

async function recordNotBooked(ctx: Context, reviewId: string, error: DeliveryError): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findReviewForUpdate(trx, ctx.actor.authorityId, reviewId);
    if (review?.state !== 'booking') return;
    const notBooked = { ...review, state: 'not-booked' as const, version: review.version + 1 };
    const { state, version } = notBooked;
    await repository.updateReview(trx, ctx.actor.authorityId, reviewId, { state, version });
    await changedBy(ctx, trx, notBooked, 'review.not-booked', { code: error.detail.code ?? error.kind });
  });
}

/** One line of activity at the review's new version, and every card that shows it drawn again. */
export async function changedBy(
  ctx: Context,
  trx: Trx,
  review: repository.StoredReview,
  kind: string,
  data: Readonly<Record<string, string | null>> = {},
): Promise<void> {
  const { review_id: reviewId, learner_id: learnerId, version } = review;
  const what = { aggregateKind: 'review', aggregateId: reviewId, kind, version } as const;
  await recordActivity(ctx, trx, { ...what, learnerId, askerId: null, data });
  await refreshCards(ctx, trx, reviewId, version);
  if (review.request_id) await refreshCards(ctx, trx, review.request_id, `review-${reviewId}-${version}`);
}

/** What follows once the event stands in the mailbox, whether its booking or a reading of the mailbox learns of it first. */
export async function recordInvited(ctx: Context, trx: Trx, review: repository.StoredReview): Promise<void> {
  await audit(ctx, trx, {
    ...{ verb: 'review.invite', purpose: 'plan-review', subjectKind: 'review', subjectId: review.review_id },
    ...{ learnerIds: [review.learner_id], fields: ['review.reference', 'review.time'] },
  });
  await showToAttendees(ctx, trx, review.review_id);
}

/** Each invited member of staff who has a chat with the bot gets the same bare card there. */
export async function showToAttendees(ctx: Context, trx: Trx, reviewId: string): Promise<void> {
  const directory = createDirectory(trx, ctx.clock);
  for (const { person_id: personId } of await repository.listAttendees(trx, ctx.actor.authorityId, [reviewId])) {
    const target = personId ? await directory.personalChat(ctx.actor.authorityId, personId) : null;
    const place = { kind: 'review-person', aggregateId: reviewId, personId, activityId: null } as const;
    if (target) await placeCard(ctx, trx, { ...place, target });
  }
}

/** Takes the event of a cancelled review out of everybody's calendar; one that was never made needs nothing. */
export async function cancelEvent(ctx: Context, mailbox: ReviewMailbox | null, reviewId: string): Promise<void> {
  const review = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    repository.findReview(trx, ctx.actor.authorityId, reviewId),
  );
  if (!review?.event_id || review.state !== 'cancelled') return;
  if (mailbox === null) throw new DeliveryError('refused', { code: 'no-review-mailbox' });
  const { reference } = review;
  await ctx.calendar.cancelEvent(mailbox, review.event_id, say('invitation.cancelled', { reference }));
}
