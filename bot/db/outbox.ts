import type { Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/**
 * What must reach Teams or Graph is written here in the transaction that made it true, and delivered at least once by
 * bot/jobs/. A payload holds ids, never text: content is rendered at delivery, after access is checked again.
 */
export interface OutboxEntry {
  /** Entries of one lane are delivered one at a time, in order: a conversation, a mailbox. */
  readonly lane: string;
  readonly job: string;
  readonly payload: { readonly v: number } & Readonly<Record<string, string | number | boolean | null>>;
  /** A second entry with the same key is the same work and is not written again. */
  readonly key: string;
}

export async function enqueue(ctx: Context, trx: Trx, entry: OutboxEntry): Promise<void> {
  const now = toDate(ctx.clock.now());
  await trx
    .insertInto('outbox')
    .values({
      authority_id: ctx.actor.authorityId,
      outbox_id: ctx.random.id(),
      lane: entry.lane,
      job: entry.job,
      payload: JSON.stringify(entry.payload),
      unique_key: entry.key,
      available_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['authority_id', 'unique_key']).doNothing())
    .execute();
}
