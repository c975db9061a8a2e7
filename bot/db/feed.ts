import { sql } from 'kysely';
import type { Trx } from './database.js';

/**
 * The activity feed of one authority in the order of `feed`. Numbers are given when a row is written and become visible
 * when its transaction commits, so a lower one may appear after a higher one: readers look back (bot/api/feed-window.ts).
 */
export interface FeedEntry {
  readonly activityId: string;
  readonly feed: string;
}

/** Entries after `floor` that are not among `seen`, ascending. As the system: what a person may know of them is asked by readEvents. */
export async function listFeed(
  trx: Trx,
  authorityId: string,
  options: { floor: string; seen: readonly string[]; limit: number },
): Promise<FeedEntry[]> {
  const { rows } = await sql<FeedEntry>`
    select activity_id as "activityId", feed from activity
    where authority_id = ${authorityId} and feed > ${options.floor} and feed <> all (${options.seen}::bigint[])
    order by feed limit ${options.limit}`.execute(trx);
  return rows;
}

/** The last entries up to and including `upTo` (all of them when null) that happened within so many seconds of the last of these. */
export async function listRecentFeed(
  trx: Trx,
  authorityId: string,
  options: { upTo: string | null; seconds: number; limit: number },
): Promise<FeedEntry[]> {
  const upTo = options.upTo === null ? sql`` : sql`and feed <= ${options.upTo}`;
  const { rows } = await sql<FeedEntry>`
    with last as (
      select activity_id, feed, at from activity where authority_id = ${authorityId} ${upTo}
      order by feed desc limit ${options.limit}
    )
    select activity_id as "activityId", feed from last
    where at >= (select at from last order by feed desc limit 1) - make_interval(secs => ${options.seconds})
    order by feed`.execute(trx);
  return rows;
}

export interface FeedEvent {
  readonly kind: string;
  readonly id: string;
  readonly seq: number;
  readonly feed: string;
}

/** Of the given entries those within this transaction's reach: the latest of each thing that something happened to. */
export async function readEvents(trx: Trx, authorityId: string, activityIds: readonly string[]): Promise<FeedEvent[]> {
  const { rows } = await sql<FeedEvent>`
    select kind, id, seq, feed from (
      select distinct on (aggregate_kind, aggregate_id)
        aggregate_kind as kind, aggregate_id as id, seq, feed
      from activity where authority_id = ${authorityId} and activity_id = any (${activityIds}::uuid[])
      order by aggregate_kind, aggregate_id, seq desc
    ) latest order by feed`.execute(trx);
  return rows;
}
