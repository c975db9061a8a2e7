import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { countWaiting, type DeadLetter, listDead, reviveDead } from '../db/dead-letters.js';
import { AppError } from '../errors.js';
import { fromDate, toDate } from '../time.js';

const most = 200;

export interface DeliveryState {
  readonly dead: (Omit<DeadLetter, 'createdAt'> & { readonly createdAt: string })[];
  /** Jobs that wait or are on their way. */
  readonly waiting: number;
}

/** What could not be delivered and needs a person, the latest first, and how much is on its way. */
export async function listDeliveries(ctx: Context): Promise<DeliveryState> {
  const { authorityId } = ctx.actor;
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'delivery.read');
    const dead = await listDead(trx, authorityId, most);
    const waiting = await countWaiting(trx, authorityId);
    return { dead: dead.map((row) => ({ ...row, createdAt: fromDate(row.createdAt).toString() })), waiting };
  });
}

/** Puts a dead job back. What it delivers is made when it runs, so it brings the state of that moment. */
export async function retryDelivery(ctx: Context, id: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'delivery.retry');
    if (!(await reviveDead(trx, ctx.actor.authorityId, id, toDate(ctx.clock.now())))) throw new AppError('not-found');
    await audit(ctx, trx, { verb: 'delivery.retry', purpose: 'delivery', subjectKind: 'delivery', subjectId: id });
  });
}
