import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { setTimer } from '../db/timer.js';

/** The two timers that every authority has for its review mailbox; both jobs set themselves again. */
export const readTimer = { job: 'review.read-changes', key: 'review.read-changes', payload: { v: 1 } } as const;
export const subscribeTimer = { job: 'review.subscribe', key: 'review.subscribe', payload: { v: 1 } } as const;
type Timer = typeof readTimer | typeof subscribeTimer;

export function makeDue(ctx: Context, trx: Trx, timer: Timer): Promise<void> {
  return setTimer(ctx, trx, { ...timer, dueAt: ctx.clock.now() });
}

/** From a notification: read the mailbox now, or see to the subscription now. */
export async function hint(ctx: Context, timer: Timer): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) => makeDue(ctx, trx, timer));
}
