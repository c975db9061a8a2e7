import type { Temporal } from 'temporal-polyfill';
import { later, type Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

export interface TimerEntry {
  readonly job: string;
  readonly payload: { readonly v: number } & Readonly<Record<string, string | number | boolean | null>>;
  readonly key: string;
  /** By ctx.clock, not by the database's. */
  readonly dueAt: Temporal.Instant;
}

/** Sets a timed job; one that is pending under the same key is moved to the new time, one that ran is armed again. */
export async function setTimer(ctx: Context, trx: Trx, entry: TimerEntry): Promise<void> {
  const due = {
    due_at: toDate(entry.dueAt),
    payload: JSON.stringify(entry.payload),
    state: 'pending' as const,
    attempts: 0,
  };
  const insert = trx
    .insertInto('timer')
    .values({
      authority_id: ctx.actor.authorityId,
      timer_id: ctx.random.id(),
      job: entry.job,
      unique_key: entry.key,
      created_at: toDate(ctx.clock.now()),
      ...due,
    })
    .onConflict((conflict) => conflict.columns(['authority_id', 'unique_key']).doUpdateSet(due));
  await later(trx, insert.compile());
}
