import type { Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/**
 * True the first time that this delivery is seen. Kept: conversation, activity id and a digest of the body; never the body.
 * A press is told apart by its action instead (actions.ts), because a client's retry may carry a new activity id.
 */
export async function firstSeen(
  ctx: Context,
  trx: Trx,
  delivery: { conversationKey: string; activityId: string; digest: string },
): Promise<boolean> {
  const row = await trx
    .insertInto('inbox')
    .values({
      authority_id: ctx.actor.authorityId,
      conversation_key: delivery.conversationKey,
      activity_id: delivery.activityId,
      digest: Buffer.from(delivery.digest, 'hex'),
      received_at: toDate(ctx.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('activity_id')
    .executeTakeFirst();
  return row !== undefined;
}
