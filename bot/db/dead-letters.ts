import { sql } from 'kysely';
import type { Trx } from './database.js';

export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  readonly attempts: number;
  readonly code: string | null;
  readonly createdAt: Date;
  /** Of the request or review it was about, when the reader's own reach shows that record; else null. */
  readonly reference: string | null;
}

/** Jobs that no worker will take up again, the latest first. What they were about is found under the reader's reach. */
export async function listDead(trx: Trx, authorityId: string, limit: number): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`
    with dead as (
      (select outbox_id as id, job, attempts, last_code, created_at, finished_at as ended_at, payload
       from outbox where authority_id = ${authorityId} and state = 'dead' order by finished_at desc limit ${limit})
      union all
      (select timer_id, job, attempts, last_code, created_at, due_at, payload
       from timer where authority_id = ${authorityId} and state = 'dead' order by due_at desc limit ${limit})
    ), named as (
      select dead.id, word.value from dead cross join lateral jsonb_each_text(dead.payload) word
      where word.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    ), about as (
      select named.id, named.value::uuid as subject from named
      union
      select named.id, card.aggregate_id from named
      join posted_card card on card.authority_id = ${authorityId} and card.card_id = named.value::uuid
    )
    select dead.id, dead.job, dead.attempts, dead.last_code as code, dead.created_at as "createdAt", (
      select min(coalesce(request.reference, review.reference)) from about
      left join support_request request on request.authority_id = ${authorityId} and request.request_id = about.subject
      left join review on review.authority_id = ${authorityId} and review.review_id = about.subject
      where about.id = dead.id) as reference
    from dead order by dead.ended_at desc limit ${limit}`.execute(trx);
  return rows;
}

/** Outbox rows that wait or are on their way. */
export async function countWaiting(trx: Trx, authorityId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from outbox
    where authority_id = ${authorityId} and state in ('pending', 'leased')`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** Lets a dead job run again from now, its attempts counted anew. False when there is no dead job by that id. */
export async function reviveDead(trx: Trx, authorityId: string, id: string, now: Date): Promise<boolean> {
  const revived = { state: 'pending' as const, attempts: 0, lease_until: null };
  const outbox = await trx
    .updateTable('outbox')
    .set({ ...revived, available_at: now, finished_at: null })
    .where('authority_id', '=', authorityId)
    .where('outbox_id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  if (outbox.numUpdatedRows > 0n) return true;
  const timer = await trx
    .updateTable('timer')
    .set({ ...revived, due_at: now })
    .where('authority_id', '=', authorityId)
    .where('timer_id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  return timer.numUpdatedRows > 0n;
}
