import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import type { ReviewDetail, reviewList, reviewSearch } from './contract.js';
import * as repository from './repository.js';
import { attendeeOf, cardViewOf, type ReviewCardView, reviewRowOf, threadEntryOf } from './rows.js';

/** The reviews of learners that the viewer reaches. Audited by learner before the answer leaves. Throws AppError: forbidden. */
export async function searchReviews(
  ctx: Context,
  search: z.output<typeof reviewSearch>,
): Promise<z.infer<typeof reviewList>> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.read');
    const { authorityId } = ctx.actor;
    const reviews = await repository.listReviews(trx, authorityId, search, toDate(ctx.clock.now()));
    const ids = reviews.map((review) => review.review_id);
    const attendees = await repository.listAttendees(trx, authorityId, ids);
    await audit(ctx, trx, {
      ...{ verb: 'review.list', purpose: 'plan-review', fields: ['learner.name', 'learner.stage', 'review.answers'] },
      learnerIds: [...new Set(reviews.map((review) => review.learner_id))],
    });
    return { items: reviews.map((review) => reviewRowOf(review, attendees)) };
  });
}

/** Throws AppError: forbidden, not-found. */
export async function readReview(ctx: Context, id: string): Promise<ReviewDetail> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.read');
    const { authorityId } = ctx.actor;
    const review = await repository.getListed(trx, authorityId, id);
    if (!review) throw new AppError('not-found');
    const attendees = await repository.listAttendees(trx, authorityId, [id]);
    const thread = await repository.listThread(trx, authorityId, id);
    await audit(ctx, trx, {
      ...{ verb: 'review.read', purpose: 'plan-review', subjectKind: 'review', subjectId: id },
      ...{
        learnerIds: [review.learner_id],
        fields: ['learner.name', 'learner.stage', 'review.answers', 'review.thread'],
      },
    });
    return {
      ...reviewRowOf(review, attendees),
      attendees: attendees.map(attendeeOf),
      thread: thread.map((entry) => threadEntryOf(entry, attendees)),
    };
  });
}

/** For rendering a card; null when it is gone or out of the actor's reach. */
export async function readReviewCard(ctx: Context, reviewId: string): Promise<ReviewCardView | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const review = await repository.findReview(trx, ctx.actor.authorityId, reviewId);
    if (!review) return null;
    return cardViewOf(review, await repository.listAttendees(trx, ctx.actor.authorityId, [reviewId]));
  });
}
