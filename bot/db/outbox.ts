import { CompiledQuery } from 'kysely';
import { later, type Trx } from './database.js';
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

const insertEntry = `
  insert into outbox (authority_id, outbox_id, lane, job, payload, unique_key, available_at, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $7)
  on conflict (authority_id, unique_key) do nothing`;

export async function enqueue(ctx: Context, trx: Trx, entry: OutboxEntry): Promise<void> {
  const { lane, job, key } = entry;
  const now = toDate(ctx.clock.now());
  const values = [ctx.actor.authorityId, ctx.random.id(), lane, job, JSON.stringify(entry.payload), key, now];
  await later(trx, CompiledQuery.raw(insertEntry, values));
}
