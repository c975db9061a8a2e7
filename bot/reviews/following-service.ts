import { Temporal } from 'temporal-polyfill';
import { audit } from '../access/audit.js';
import { clientStateHash } from '../access/client-state.js';
import { createDirectory } from '../access/resolve.js';
import type { Context, EventChange, ReviewMailbox } from '../context.js';
import type { Trx } from '../db/database.js';
import { enqueue } from '../db/outbox.js';
import { fromDate, toDate } from '../time.js';
import { changedBy, recordInvited } from './booking-service.js';
import * as links from './link-repository.js';
import { type Effects, effectsOf, type KnownReview } from './mailbox-changes.js';
import * as repository from './repository.js';

/**
 * Keeping step with the review mailbox. The delta is the truth, read on a timer; notifications only move the timer to now
 * (microsoft365.md 9.17).
 */
const windowBackDays = 30;
const windowAheadDays = 400;
/** A window is fixed in its link: before its end comes as near as anything may be booked, a new one is opened. */
const leastAheadDays = 310;
/** Reading everything once a week finds what no change ever said. */
const fullEveryDays = 7;
const days = (count: number) => ({ hours: count * 24 });

/** Reads what changed and records it, with the link to go on from, in one transaction. Throws DeliveryError. */
export async function readMailboxChanges(ctx: Context, mailbox: ReviewMailbox): Promise<void> {
  const now = ctx.clock.now();
  const fresh = { from: now.subtract(days(windowBackDays)), until: now.add(days(windowAheadDays)) };
  const known = await ctx.db.transact(ctx.actor, ctx.clock, (trx) => links.openLink(trx, ctx, mailbox.address, fresh));
  const worn =
    Temporal.Instant.compare(known.window.until, now.add(days(leastAheadDays))) < 0 ||
    known.fullReadAt === null ||
    Temporal.Instant.compare(known.fullReadAt, now.subtract(days(fullEveryDays))) < 0;
  const window = worn ? fresh : known.window;
  const read = await ctx.calendar.changes(mailbox, worn ? null : known.link, window);
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    // Another reader was quicker: what it stored covers what we saw, or the next read will.
    if ((await links.lockLink(trx, ctx, mailbox.address)) !== known.link) return;
    for (const change of read.changes) await recordChange(ctx, trx, mailbox, change);
    if (read.full) await recordMissing(ctx, trx, read.changes, window);
    await links.keepLink(trx, ctx, mailbox.address, { link: read.link, window, full: read.full });
  });
}

async function recordChange(ctx: Context, trx: Trx, mailbox: ReviewMailbox, change: EventChange): Promise<void> {
  const { eventId, transactionId } = change;
  const reviewId = transactionId !== null && uuidShape.test(transactionId) ? transactionId : null;
  const review = await repository.findByEventForUpdate(trx, ctx.actor.authorityId, { eventId, reviewId });
  if (!review) return;
  const attendees = await repository.listAttendees(trx, ctx.actor.authorityId, [review.review_id]);
  await apply(ctx, trx, mailbox, review, effectsOf(knownOf(review, attendees), change));
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function knownOf(review: repository.StoredReview, attendees: readonly repository.ListedAttendee[]): KnownReview {
  return {
    ...{ state: review.state, eventId: review.event_id, writePending: review.write_pending },
    ...{ startAt: fromDate(review.starts_at), endAt: fromDate(review.ends_at) },
    attendees: attendees.map((one) => {
      const { proposed_start_at: start, proposed_end_at: end } = one;
      const proposed = start && end ? { startAt: fromDate(start), endAt: fromDate(end) } : null;
      return { id: one.attendee_id, email: one.email, response: one.response, proposed };
    }),
  };
}

async function apply(
  ctx: Context,
  trx: Trx,
  mailbox: ReviewMailbox,
  stored: repository.StoredReview,
  effects: Effects,
): Promise<void> {
  const { authorityId } = ctx.actor;
  const id = stored.review_id;
  if (effects.foundEventId) await repository.updateReview(trx, authorityId, id, { event_id: effects.foundEventId });
  if (effects.cancelEvent) await cancelAgain(ctx, trx, mailbox, id);
  if (effects.removed) return recordRemoved(ctx, trx, stored);
  let review = stored;
  const step = async (kind: string, data?: Readonly<Record<string, string | null>>) => {
    review = { ...review, version: review.version + 1 };
    await repository.updateReview(trx, authorityId, id, { version: review.version });
    await changedBy(ctx, trx, review, kind, data);
  };
  if (effects.foundEventId && stored.state !== 'cancelled' && stored.state !== 'booked') {
    review = { ...review, state: 'booked' };
    await repository.updateReview(trx, authorityId, id, { state: 'booked' });
    await step('review.booked');
    // The mailbox was read before the booking had its answer: the booking then finds it done, and nobody else would.
    await recordInvited(ctx, trx, review);
  }
  if (effects.moved) {
    const { startAt, endAt } = effects.moved;
    await repository.updateReview(trx, authorityId, id, { starts_at: toDate(startAt), ends_at: toDate(endAt) });
    await step('review.moved');
  }
  for (const answer of effects.answers) {
    const { attendeeId, response, respondedAt, proposed, news } = answer;
    await repository.updateAttendee(trx, authorityId, attendeeId, {
      ...{ response, responded_at: respondedAt && toDate(respondedAt) },
      proposed_start_at: proposed && toDate(proposed.startAt),
      proposed_end_at: proposed && toDate(proposed.endAt),
    });
    if (news) await step(`review.${news}`, { attendeeId, response });
  }
}

async function cancelAgain(ctx: Context, trx: Trx, mailbox: ReviewMailbox, reviewId: string): Promise<void> {
  await enqueue(ctx, trx, {
    ...{ lane: `mailbox:${mailbox.address}`, job: 'review.cancel-event' },
    ...{ payload: { v: 1, reviewId }, key: `review.cancel-event:${reviewId}:found` },
  });
}

async function recordRemoved(ctx: Context, trx: Trx, review: repository.StoredReview): Promise<void> {
  const { authorityId } = ctx.actor;
  const removed = { ...review, state: 'cancelled' as const, version: review.version + 1 };
  const { state, version } = removed;
  await repository.updateReview(trx, authorityId, review.review_id, { state, version });
  await changedBy(ctx, trx, removed, 'review.removed');
  await audit(ctx, trx, {
    ...{ verb: 'review.removed', purpose: 'mailbox', subjectKind: 'review', subjectId: review.review_id },
    ...{ learnerIds: [review.learner_id], fields: ['review.state'] },
  });
}

/** A whole window was read: what should be in it and is not was taken out by somebody. */
async function recordMissing(
  ctx: Context,
  trx: Trx,
  changes: readonly EventChange[],
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<void> {
  const { authorityId } = ctx.actor;
  const there = new Set(changes.filter(({ removed }) => !removed).map(({ eventId }) => eventId));
  const booked = await repository.listBookedBetween(trx, authorityId, toDate(from), toDate(until));
  for (const { reviewId, eventId } of booked) {
    if (eventId === null || there.has(eventId)) continue;
    const review = await repository.findReviewForUpdate(trx, authorityId, reviewId);
    if (review?.state === 'booked') await recordRemoved(ctx, trx, review);
  }
}

/** Makes or renews the mailbox's subscription, and keeps its id and what recognises its notifications. Throws DeliveryError. */
export async function subscribeToMailbox(ctx: Context, mailbox: ReviewMailbox): Promise<void> {
  const directory = createDirectory(ctx.db.directory, ctx.clock);
  const known = await directory.subscriptionOf(ctx.actor.authorityId, mailbox.address);
  const clientState = ctx.random.code(40);
  const { id, expiresAt } = await ctx.calendar.subscribe(mailbox, { id: known?.id ?? null, clientState });
  await directory.keepSubscription({
    ...{ id, authorityId: ctx.actor.authorityId, tenantId: mailbox.tenantId, mailbox: mailbox.address },
    clientStateHash: known?.id === id ? known.clientStateHash : clientStateHash(clientState),
    expiresAt: toDate(expiresAt),
  });
}
