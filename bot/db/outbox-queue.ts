import { sql } from 'kysely';
import type { Trx } from './database.js';

/** A leased row of the outbox or of the timers. `fence` goes back with what became of it. */
export interface Leased {
  readonly id: string;
  readonly lane: string;
  readonly job: string;
  readonly payload: unknown;
  /** This run included. */
  readonly attempts: number;
  readonly fence: string;
  readonly lastCode: string | null;
}

export interface Settled {
  readonly id: string;
  readonly fence: string;
  readonly state: 'pending' | 'done' | 'dead';
  /** When it may run again; null leaves the row's own time. */
  readonly at: Date | null;
  /** Null leaves what was written before. */
  readonly code: string | null;
  /** False takes the attempt back: the run did not count. */
  readonly counts: boolean;
  /** Timers: this is the next of a recurring row, which begins its attempts anew and yields to an earlier time. */
  readonly again: boolean;
}

export interface Claim {
  readonly authorityId: string;
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly room: number;
  /** Rows whose handler still runs in this process: not claimed again, even when a clock moved past their lease. */
  readonly holding: readonly string[];
}

/**
 * Writes what became of leased rows and answers the ids that were still this worker's to settle. A row that was leased to
 * another since has another fence and is left alone; one whose lease ran out but that nobody took is still settled.
 */
export async function settleOutbox(
  trx: Trx,
  authorityId: string,
  now: Date,
  settled: readonly Settled[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    update outbox o
    set state = s.state, lease_until = null, available_at = coalesce(s.at, o.available_at),
        last_code = coalesce(s.code, o.last_code), attempts = o.attempts - s.uncounted,
        finished_at = case when s.state = 'pending' then null else ${now}::timestamptz end
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ fence }) => fence)}::bigint[],
                ${settled.map(({ state }) => state)}::text[], ${settled.map(({ at }) => at)}::timestamptz[],
                ${settled.map(({ code }) => code)}::text[], ${settled.map(({ counts }) => (counts ? 0 : 1))}::int[])
         as s (id, fence, state, at, code, uncounted)
    where o.authority_id = ${authorityId} and o.outbox_id = s.id and o.fence = s.fence
      and o.state in ('pending', 'leased')
    returning o.outbox_id as id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Leases the oldest open row of up to `room` lanes, the lanes after `afterLane` first so that each gets its turn. A lane
 * with a row in flight, or whose oldest row must wait, gives nothing: order within it is kept. `full` says that there may
 * be more. Claims of one authority take turns (advisory lock), because two that began at once could each see another row
 * as the oldest: ids are made before their transactions commit, and commit in any order.
 */
export async function claimOutbox(
  trx: Trx,
  claim: Claim,
  afterLane: string,
): Promise<{ leased: Leased[]; lastLane: string }> {
  const { authorityId, now } = claim;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outbox ${authorityId}`}, 0))`.execute(trx);
  // A row that is locked is just being settled by whoever holds it, and who waits for the lock above: not waited for here.
  await sql`
    with late as (
      select outbox_id from outbox
      where authority_id = ${authorityId} and state = 'leased' and lease_until <= ${now}
        and outbox_id <> all (${claim.holding}::uuid[])
      for update skip locked
    )
    update outbox set state = 'pending', lease_until = null
    from late where outbox.authority_id = ${authorityId} and outbox.outbox_id = late.outbox_id`.execute(trx);
  const leased = await claimHeads(trx, claim, afterLane);
  const left = claim.room - leased.length;
  // Round the end of the alphabet: what was claimed just now is in flight and is passed over.
  if (left > 0 && afterLane !== '') leased.push(...(await claimHeads(trx, { ...claim, room: left }, '')));
  return { leased, lastLane: leased.length < claim.room ? '' : (leased.at(-1)?.lane ?? '') };
}

/** Steps from lane to lane along the index outbox_lane, so that a long backlog in one lane costs what a short one does. */
async function claimHeads(trx: Trx, claim: Claim, afterLane: string): Promise<Leased[]> {
  const { authorityId, now, leaseUntil, room } = claim;
  const { rows } = await sql<Leased>`
    with recursive head as (
      (select lane, outbox_id from outbox
       where authority_id = ${authorityId} and state in ('pending', 'leased') and lane > ${afterLane}
       order by lane, outbox_id limit 1)
      union all
      select next.lane, next.outbox_id from head cross join lateral (
        select lane, outbox_id from outbox
        where authority_id = ${authorityId} and state in ('pending', 'leased') and lane > head.lane
        order by lane, outbox_id limit 1) next
    ), chosen as (
      select o.outbox_id from head join outbox o on o.outbox_id = head.outbox_id
      where o.authority_id = ${authorityId} and o.state = 'pending' and o.available_at <= ${now}
        and not exists (select 1 from outbox busy
          where busy.authority_id = ${authorityId} and busy.lane = head.lane and busy.state = 'leased')
      limit ${room}
      for update of o skip locked
    )
    update outbox set state = 'leased', fence = fence + 1, attempts = attempts + 1, lease_until = ${leaseUntil}
    from chosen
    where outbox.authority_id = ${authorityId} and outbox.outbox_id = chosen.outbox_id
    returning outbox.outbox_id as id, lane, job, payload, attempts, fence, last_code as "lastCode"`.execute(trx);
  return rows.sort((a, b) => (a.lane < b.lane ? -1 : 1));
}
