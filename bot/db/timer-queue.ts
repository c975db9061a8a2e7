import { sql } from 'kysely';
import type { Trx } from './database.js';
import type { Claim, Leased, Settled } from './outbox-queue.js';

/**
 * As settleOutbox. A timer that was set again while it ran (bot/db/timer.ts) is pending under the same fence: it stays as
 * it was set, is free to run again from now, and a recurring run that ends takes the earlier of the two times.
 */
export async function settleTimers(trx: Trx, authorityId: string, settled: readonly Settled[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    update timer t
    set state = case when t.state = 'leased' then s.state else t.state end,
        due_at = case when t.state = 'leased' then coalesce(s.at, t.due_at)
                      when s.again then least(s.at, t.due_at) else t.due_at end,
        attempts = case when s.again then 0 else greatest(t.attempts - s.uncounted, 0) end,
        last_code = case when s.again then null else coalesce(s.code, t.last_code) end,
        lease_until = null
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ fence }) => fence)}::bigint[],
                ${settled.map(({ state }) => state)}::text[], ${settled.map(({ at }) => at)}::timestamptz[],
                ${settled.map(({ code }) => code)}::text[], ${settled.map(({ again }) => again)}::boolean[],
                ${settled.map(({ counts }) => (counts ? 0 : 1))}::int[])
         as s (id, fence, state, at, code, again, uncounted)
    where t.authority_id = ${authorityId} and t.timer_id = s.id and t.fence = s.fence
      and t.state in ('pending', 'leased')
    returning t.timer_id as id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Leases up to `room` timers that are due, the longest due first; one that runs, set again or not, is not run twice at once. */
export async function claimTimers(trx: Trx, claim: Claim): Promise<Leased[]> {
  const { authorityId, now, leaseUntil, room } = claim;
  const { rows } = await sql<Leased>`
    with chosen as (
      select timer_id from timer
      where authority_id = ${authorityId} and state in ('pending', 'leased') and due_at <= ${now}
        and (lease_until is null or lease_until <= ${now}) and timer_id <> all (${claim.holding}::uuid[])
      order by due_at limit ${room}
      for update skip locked
    )
    update timer set state = 'leased', fence = fence + 1, attempts = attempts + 1, lease_until = ${leaseUntil}
    from chosen
    where timer.authority_id = ${authorityId} and timer.timer_id = chosen.timer_id
    returning timer.timer_id as id, unique_key as lane, job, payload, attempts, fence, last_code as "lastCode"`.execute(
    trx,
  );
  return rows;
}

/** Sets a recurring job going where it is not; one that died is given another chance, one that is pending is left alone. */
export async function armTimer(
  trx: Trx,
  authorityId: string,
  timer: { id: string; job: string; payload: { readonly v: number }; key: string; now: Date },
): Promise<void> {
  await trx
    .insertInto('timer')
    .values({
      authority_id: authorityId,
      timer_id: timer.id,
      job: timer.job,
      payload: JSON.stringify(timer.payload),
      unique_key: timer.key,
      due_at: timer.now,
      created_at: timer.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['authority_id', 'unique_key'])
        .doUpdateSet({ state: 'pending', attempts: 0, due_at: timer.now })
        .where('timer.state', 'in', ['done', 'dead']),
    )
    .execute();
}
