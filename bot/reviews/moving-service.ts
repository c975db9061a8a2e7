import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { BusyBlock, Context, ReviewMailbox } from '../context.js';
import { DeliveryError, type EventDraft } from '../context.js';
import { findOutcome, once } from '../db/actions.js';
import type { Trx } from '../db/database.js';
import { enqueue } from '../db/outbox.js';
import { AppError } from '../errors.js';
import { dateIn, fromDate, toDate } from '../time.js';
import { readCalendars } from './availability-service.js';
import { changedBy, eventOf, showToAttendees } from './booking-service.js';
import type { AcceptProposed, ChangeAttendees, MoveReview } from './contract.js';
import { inviteesFor, mailboxOf, takenOf } from './planning-service.js';
import * as repository from './repository.js';
import { inTheWayError, type Times, timesOf, wholeDayOf } from './service.js';
import { inTheWay, type SlotPerson } from './slots.js';
import * as staffRepository from './staff-repository.js';

/** A review of ours that was booked is changed: the event stays the same one, with its join link. Refusals: contract.ts. */
export async function moveReview(ctx: Context, id: string, input: MoveReview): Promise<void> {
  const mailbox = await mailboxOf(ctx);
  const at = timesOf(input, ctx.clock.now());
  const press = { verb: 'review.move', targetId: id, version: input.version, nonce: input.nonce };
  const before = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    return (await findOutcome(ctx, trx, press)) ? null : factsFor(ctx, trx, id, { version: input.version, at });
  });
  if (before === null) return;
  const people = await readCalendars(ctx, mailbox, before.invited, before.taken, wholeDayOf(at));
  const { busy, unknown } = inTheWay(
    people.map((one) => withoutOwn(one, before.review)),
    at,
  );
  if (busy.length > 0) throw inTheWayError('startsAt');
  if (unknown.length > 0 && !input.acceptUnknown) throw inTheWayError('acceptUnknown');
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    await once(ctx, trx, press, async () => {
      const { review, invited } = await factsFor(ctx, trx, id, { version: input.version, at });
      await staffRepository.lockPeople(
        trx,
        ctx.actor.authorityId,
        invited.map((one) => one.id),
      );
      const { taken } = await factsFor(ctx, trx, id, { version: input.version, at });
      const required = new Set(invited.filter((one) => one.required).map((one) => one.id));
      if (taken.some(({ personId }) => personId !== null && required.has(personId))) throw inTheWayError('startsAt');
      await repository.updateReview(trx, ctx.actor.authorityId, id, {
        ...{ starts_at: toDate(at.startAt), ends_at: toDate(at.endAt) },
      });
      await askAgain(ctx, trx, id);
      await rewrite(ctx, trx, mailbox, review, 'review.moved', ['review.time']);
      return { reviewId: id };
    });
  });
}

/** Somebody proposed it in Outlook: the others' calendars are looked at as for any other time. */
export async function acceptProposed(ctx: Context, id: string, input: AcceptProposed): Promise<void> {
  const proposed = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const attendees = await repository.listAttendees(trx, ctx.actor.authorityId, [id]);
    const one = attendees.find(({ attendee_id: attendeeId }) => attendeeId === input.attendeeId);
    const press = { verb: 'review.move', targetId: id, version: input.version, nonce: input.nonce };
    if (await findOutcome(ctx, trx, press)) return null;
    if (!one?.proposed_start_at || !one.proposed_end_at) throw new AppError('not-found');
    return { from: one.proposed_start_at, until: one.proposed_end_at };
  });
  if (proposed === null) return;
  const minutes = Math.round((proposed.until.getTime() - proposed.from.getTime()) / 60_000);
  const { version, nonce, acceptUnknown } = input;
  await moveReview(ctx, id, { version, nonce, minutes, acceptUnknown, startsAt: proposed.from.toISOString() });
}

/** Review that may be changed now, who is invited to it, and what else takes their time then. */
async function factsFor(ctx: Context, trx: Trx, id: string, change: { readonly version: number; readonly at: Times }) {
  const { authorityId } = ctx.actor;
  const review = await changeable(ctx, trx, id, change.version);
  const attendees = await repository.listAttendees(trx, authorityId, [id]);
  const wanted = attendees.flatMap(({ person_id: person, required }) => (person ? [{ id: person, required }] : []));
  const on = dateIn(change.at.startAt);
  const invited = await inviteesFor(ctx, trx, { learnerId: review.learner_id, people: wanted }, on);
  const window = { from: change.at.startAt, until: change.at.endAt, but: id };
  return { review, invited, taken: await takenOf(trx, authorityId, invited, window) };
}

async function changeable(ctx: Context, trx: Trx, id: string, version: number): Promise<repository.StoredReview> {
  const review = await repository.findReviewForUpdate(trx, ctx.actor.authorityId, id);
  if (!review) throw new AppError('not-found');
  if (review.version !== version) throw new AppError('stale');
  const ours = review.state === 'booking' || review.state === 'booked';
  if (!ours || review.starts_at <= toDate(ctx.clock.now())) throw new AppError('not-allowed-now');
  return review;
}

/** The meeting itself is in everybody's calendar and does not stand in its own way. */
function withoutOwn(person: SlotPerson, { starts_at: from, ends_at: until }: repository.StoredReview): SlotPerson {
  const { availability } = person;
  if (!availability.known) return person;
  const own = ({ startAt, endAt }: BusyBlock) =>
    startAt.epochMilliseconds === from.getTime() && endAt.epochMilliseconds === until.getTime();
  return { ...person, availability: { ...availability, busy: availability.busy.filter((block) => !own(block)) } };
}

/** A new time is a new question: Exchange forgets the answers to the old one. */
async function askAgain(ctx: Context, trx: Trx, id: string): Promise<void> {
  const none = { response: 'none' as const, responded_at: null, proposed_start_at: null, proposed_end_at: null };
  for (const { attendee_id: attendeeId } of await repository.listAttendees(trx, ctx.actor.authorityId, [id]))
    await repository.updateAttendee(trx, ctx.actor.authorityId, attendeeId, none);
}

export async function changeAttendees(ctx: Context, id: string, input: ChangeAttendees): Promise<void> {
  const mailbox = await mailboxOf(ctx);
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const { authorityId } = ctx.actor;
    const press = { verb: 'review.attendees', targetId: id, version: input.version, nonce: input.nonce };
    await once(ctx, trx, press, async () => {
      const review = await changeable(ctx, trx, id, input.version);
      const present = await repository.listAttendees(trx, authorityId, [id]);
      const removed = new Set(input.remove);
      if (input.remove.some((one) => !present.some((other) => other.attendee_id === one)))
        throw new AppError('not-found', { where: 'remove' });
      const stay = present.filter((one) => !removed.has(one.attendee_id));
      const wanted = [
        ...stay.flatMap((one) => (one.person_id ? [{ id: one.person_id, required: one.required }] : [])),
        ...input.add,
      ];
      // Everybody is checked anew: who has left, or must not be concerned since, is refused by name of the field.
      const invited = await inviteesFor(
        ctx,
        trx,
        { learnerId: review.learner_id, people: wanted },
        dateIn(fromDate(review.starts_at)),
      );
      const added = invited.slice(wanted.length - input.add.length);
      for (const attendeeId of removed)
        await repository.updateAttendee(trx, authorityId, attendeeId, { removed_at: toDate(ctx.clock.now()) });
      if (added.length > 0)
        await repository.insertAttendees(
          trx,
          added.map((one) => ({
            ...{
              authority_id: authorityId,
              attendee_id: ctx.random.id(),
              review_id: id,
              learner_id: review.learner_id,
            },
            ...{ person_id: one.id, email: one.email, service: one.service, required: one.required },
            response: 'none' as const,
          })),
        );
      await rewrite(ctx, trx, mailbox, review, 'review.attendees-changed', ['review.attendees']);
      if (review.state === 'booked') await showToAttendees(ctx, trx, id);
      return { reviewId: id };
    });
  });
}

/** The new version, and the event written anew behind whatever is on its way to the same mailbox. */
async function rewrite(
  ctx: Context,
  trx: Trx,
  mailbox: ReviewMailbox,
  review: repository.StoredReview,
  kind: string,
  fields: readonly string[],
): Promise<void> {
  const { review_id: reviewId, learner_id: learnerId } = review;
  const changed = { ...review, version: review.version + 1, event_version: review.event_version + 1 };
  const { version, event_version } = changed;
  await repository.updateReview(trx, ctx.actor.authorityId, reviewId, { version, event_version, write_pending: true });
  await changedBy(ctx, trx, changed, kind);
  await audit(ctx, trx, {
    ...{ verb: kind, purpose: 'plan-review', subjectKind: 'review', subjectId: reviewId },
    ...{ learnerIds: [learnerId], fields },
  });
  await enqueue(ctx, trx, {
    ...{ lane: `mailbox:${mailbox.address}`, job: 'review.update-event' },
    ...{ payload: { v: 1, reviewId }, key: `review.update-event:${reviewId}:${version}` },
  });
}

/** For the worker. What was changed again meanwhile stays to be written by the job of that change. */
export async function updateEvent(ctx: Context, mailbox: ReviewMailbox | null, reviewId: string): Promise<void> {
  const { authorityId } = ctx.actor;
  const found = await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findReview(trx, authorityId, reviewId);
    const stands = review?.state === 'booked' && review.event_id !== null && review.write_pending;
    return review && stands ? { review, draft: await eventOf(ctx, trx, review) } : null;
  });
  if (!found?.review.event_id) return;
  if (mailbox === null) throw new DeliveryError('refused', { code: 'no-review-mailbox' });
  await write(ctx, mailbox, found.review.event_id, found.draft);
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findReviewForUpdate(trx, authorityId, reviewId);
    if (review?.event_version !== found.review.event_version) return;
    await repository.updateReview(trx, authorityId, reviewId, { write_pending: false });
  });
}

/** An event that is gone is found gone by the next reading of the mailbox, which tells people. */
async function write(ctx: Context, mailbox: ReviewMailbox, eventId: string, draft: EventDraft): Promise<void> {
  try {
    await ctx.calendar.updateEvent(mailbox, eventId, draft);
  } catch (error) {
    if (!(error instanceof DeliveryError && error.kind === 'gone')) throw error;
  }
}
