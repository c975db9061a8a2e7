import { z } from 'zod';
import { type Context, DeliveryError, type ReviewMailbox } from '../../context.js';
import { bookReview, cancelEvent } from '../../reviews/booking-service.js';
import { updateEvent } from '../../reviews/moving-service.js';
import { readMailboxChanges, subscribeToMailbox } from '../../reviews/following-service.js';
import { sendPlanned } from '../../reviews/plan-service.js';
import { readTimer, subscribeTimer } from '../../reviews/timer-service.js';
import type { Handler, Job } from '../handler.js';

/** What reviews leave for the worker. Lane of the first two: the review mailbox, so that it is asked one thing at a time. */
export interface ReviewHandlerOptions {
  mailboxOf(authorityId: string): Promise<ReviewMailbox | null>;
}

const aboutReview = z.object({ v: z.literal(1), reviewId: z.uuid() });
const aboutItem = z.object({ v: z.literal(1), itemId: z.uuid() });
const plain = z.object({ v: z.literal(1) });

/** Recurring: every authority has these two from its first meeting with a worker (createWorkers' `recurring`). */
export const reviewTimers = [readTimer, subscribeTimer] as const;

const minutes = { least: 10, spread: 5, afterFailure: 2, renew: 12 * 60 } as const;

export function reviewHandlers({ mailboxOf }: ReviewHandlerOptions) {
  const mailbox = (ctx: Context) => mailboxOf(ctx.actor.authorityId);
  const book: Handler<z.infer<typeof aboutReview>> = {
    payload: aboutReview,
    run: async (ctx, { reviewId }) => bookReview(ctx, await mailbox(ctx), reviewId),
  };
  const cancel: Handler<z.infer<typeof aboutReview>> = {
    payload: aboutReview,
    run: async (ctx, { reviewId }) => cancelEvent(ctx, await mailbox(ctx), reviewId),
  };
  const update: Handler<z.infer<typeof aboutReview>> = {
    payload: aboutReview,
    run: async (ctx, { reviewId }) => updateEvent(ctx, await mailbox(ctx), reviewId),
  };
  const planned: Handler<z.infer<typeof aboutItem>> = {
    payload: aboutItem,
    run: (ctx, { itemId }) => sendPlanned(ctx, itemId),
  };
  const read: Handler<z.infer<typeof plain>> = {
    payload: plain,
    // At most a quarter of an hour apart, each authority at its own moment (performance-reliability-security.md B2.4).
    run: (ctx, _payload, job) =>
      regularly(ctx, job, minutes.least + minutes.spread * chance(ctx), async () => {
        const found = await mailbox(ctx);
        if (found) await readMailboxChanges(ctx, found);
      }),
  };
  const subscribe: Handler<z.infer<typeof plain>> = {
    payload: plain,
    run: (ctx, _payload, job) =>
      regularly(ctx, job, minutes.renew + minutes.spread * chance(ctx), async () => {
        const found = await mailbox(ctx);
        if (found) await subscribeToMailbox(ctx, found);
      }),
  };
  return {
    'review.book': book,
    'review.update-event': update,
    'review.send-planned': planned,
    'review.cancel-event': cancel,
    [readTimer.job]: read,
    [subscribeTimer.job]: subscribe,
  };
}

/** What Graph refuses now it may allow in a while: a reading that never comes again would be worse than one that fails. */
async function regularly(ctx: Context, job: Job, next: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    job.scheduleNext?.(ctx.clock.now().add({ seconds: Math.round(next * 60) }));
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { status, code = error.kind, retryAfterMs = 0 } = error.detail;
    ctx.log('warn', 'review-mailbox.not-read', { code, ...(status === undefined ? {} : { status }), jobId: job.id });
    const wait = Math.max(retryAfterMs, minutes.afterFailure * 60_000);
    job.scheduleNext?.(ctx.clock.now().add({ milliseconds: Math.min(wait, minutes.least * 60_000) }));
  }
}

/** 0 <= n < 1 */
function chance(ctx: Context): number {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const [first = '0', second = '0'] = ctx.random.code(2);
  return (digits.indexOf(first) * 32 + digits.indexOf(second)) / 1024;
}
