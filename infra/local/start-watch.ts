import { sql } from 'kysely';
import type { Database, Trx } from '../../bot/db/database.js';
import type { Clock } from '../../bot/time.js';
import type { AttendeeAnswer } from '../../bot/reviews/review.js';
import type { StorySeen } from './start-story.js';
import type { NewLine } from './start-thread.js';

/** Reads what the product wrote, as the system of one demo authority: ids, codes and references, never a learner's name. */
export interface Watch {
  /** What was written since the last call, oldest first. The first call answers with nothing: it finds where now is. */
  news(): Promise<NewLine[]>;
  /** The feed's newest number. */
  newest(): Promise<string>;
  /** The newest requests submitted after that number of the feed. */
  stories(since: string): Promise<StorySeen[]>;
}

/** Numbers of the feed become visible out of order: this many before the newest one seen are looked at again. */
const overlap = 100;
const recentMs = 120_000;

export function createWatch(db: Database, clock: Clock, authorityId: string): Watch {
  const read = <T>(work: (trx: Trx) => Promise<T>) =>
    db.transact({ kind: 'system', authorityId, job: 'start-page' }, clock, work);
  let feed: string | null = null;
  let seen = new Set<string>();
  let outbox = new Map<string, string>();

  return {
    newest: () => read((trx) => newestFeed(trx, authorityId)),
    stories: (since) => read((trx) => stories(trx, authorityId, since)),
    async news() {
      const first = feed === null;
      const found = await read(async (trx) => {
        feed ??= await newestFeed(trx, authorityId);
        const activity = await activitySince(trx, authorityId, feed);
        const commits = await commitsOf(
          trx,
          authorityId,
          activity.filter(({ activity_id }) => !seen.has(activity_id)),
        );
        const recent = new Date(clock.now().epochMilliseconds - recentMs);
        return { activity, commits, deliveries: await deliveriesSince(trx, authorityId, recent) };
      });
      const fresh = found.activity.filter(({ activity_id }) => !seen.has(activity_id));
      const changed = found.deliveries.filter((one) => outbox.get(one.outbox_id) !== signOf(one));
      seen = new Set(found.activity.map(({ activity_id }) => activity_id));
      outbox = new Map(found.deliveries.map((one) => [one.outbox_id, signOf(one)]));
      feed = found.activity.at(-1)?.feed ?? feed;
      if (first) return [];
      return [...fresh.map(activityLine), ...found.commits.map(commitLine), ...changed.map(deliveryLine)];
    },
  };
}

async function newestFeed(trx: Trx, authorityId: string): Promise<string> {
  const { rows } = await sql<{ feed: string }>`
    select coalesce(max(feed), 0)::text as feed from activity where authority_id = ${authorityId}`.execute(trx);
  return rows[0]?.feed ?? '0';
}

interface Happened {
  readonly activity_id: string;
  readonly feed: string;
  readonly kind: string;
  readonly version: number;
  readonly at: Date;
  readonly data: unknown;
  readonly reference: string | null;
  readonly by: string | null;
  readonly commit: string;
}

async function activitySince(trx: Trx, authorityId: string, feed: string): Promise<Happened[]> {
  const { rows } = await sql<Happened>`
    select a.activity_id, a.feed::text, a.kind, a.version, a.at, a.data, a.xmin::text as commit,
           coalesce(q.reference, r.reference) as reference, p.name as by
    from activity a
    left join support_request q on q.authority_id = ${authorityId} and q.request_id = a.aggregate_id
    left join review r on r.authority_id = ${authorityId} and r.review_id = a.aggregate_id
    left join person p on p.authority_id = ${authorityId} and p.person_id = a.actor_id
    where a.authority_id = ${authorityId} and a.feed > ${feed}::bigint - ${overlap}
    order by a.feed limit 500`.execute(trx);
  return rows;
}

interface Commit {
  readonly commit: string;
  readonly at: Date;
  readonly activity: number;
  readonly audited: readonly string[];
}

/** What one transaction wrote: rows that are never updated still carry the transaction that inserted them. */
async function commitsOf(trx: Trx, authorityId: string, activity: readonly Happened[]): Promise<Commit[]> {
  const ids = [...new Set(activity.map(({ commit }) => commit))];
  const [first] = activity;
  if (!first) return [];
  const { rows } = await sql<{ commit: string; verbs: string[] }>`
    select xmin::text as commit, array_agg(verb order by audit_id) as verbs from audit_entry
    where authority_id = ${authorityId} and at >= ${first.at}::timestamptz - interval '5 minutes'
      and xmin::text = any (${ids}::text[])
    group by xmin::text`.execute(trx);
  return ids.map((commit) => {
    const own = activity.filter((one) => one.commit === commit);
    const audited = rows.find((one) => one.commit === commit)?.verbs ?? [];
    return { commit, at: own[0]?.at ?? first.at, activity: own.length, audited };
  });
}

interface Delivery {
  readonly outbox_id: string;
  readonly lane: string;
  readonly job: string;
  readonly state: 'pending' | 'leased' | 'done' | 'dead';
  readonly attempts: number;
  readonly last_code: string | null;
  readonly available_at: Date;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

async function deliveriesSince(trx: Trx, authorityId: string, recent: Date): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select outbox_id, lane, job, state, attempts, last_code, available_at, created_at, finished_at from outbox
    where authority_id = ${authorityId}
      and (state in ('pending', 'leased') or created_at > ${recent} or finished_at > ${recent})
    order by outbox_id limit 500`.execute(trx);
  return rows;
}

/** A row on its way is no news beside the same row waiting. */
function signOf({ state, attempts, last_code }: Delivery): string {
  if (state === 'leased') return `pending ${attempts - 1} ${last_code ?? ''}`;
  return `${state} ${attempts} ${last_code ?? ''}`;
}

const at = (date: Date) => date.toISOString();

function activityLine(one: Happened): NewLine {
  return {
    ...{ at: at(one.at), kind: 'activity', failed: false },
    title: [one.kind, one.reference].filter(Boolean).join(' '),
    details: [
      ['By', one.by ?? 'the system'],
      ['Version', String(one.version)],
      ['Place in the feed', one.feed],
      ['Commit', one.commit],
      ['Data', JSON.stringify(one.data)],
    ],
  };
}

function commitLine(one: Commit): NewLine {
  return {
    ...{ at: at(one.at), kind: 'commit', failed: false },
    title: `Commit ${one.commit}: ${one.activity} activity, ${one.audited.length} audit`,
    details: [
      ['Activity rows', String(one.activity)],
      ['Audit entries', one.audited.join(', ') || 'none'],
    ],
  };
}

function deliveryLine(one: Delivery): NewLine {
  const state = one.state === 'leased' ? 'pending' : one.state;
  const trouble = one.state !== 'done' && one.last_code !== null;
  return {
    at: at(one.finished_at ?? one.created_at),
    kind: 'outbox',
    title: `${one.job} ${state}${trouble ? ` (${one.last_code})` : ''}`,
    failed: one.state === 'dead' || trouble,
    details: [
      ['State', one.state],
      ['Attempts', String(one.attempts)],
      ['Lane', one.lane],
      ['Written', at(one.created_at)],
      ['Next try', one.state === 'pending' ? at(one.available_at) : '-'],
      ['Last code', one.last_code ?? '-'],
      ['Row', one.outbox_id],
    ],
  };
}

interface StoryRow {
  readonly reference: string;
  readonly channel_card: boolean;
  readonly taken_version: number | null;
  readonly asker_shows: number | null;
  readonly review_id: string | null;
}

async function stories(trx: Trx, authorityId: string, since: string): Promise<StorySeen[]> {
  const { rows } = await sql<StoryRow>`
    select q.reference,
      exists (select 1 from posted_card c where c.authority_id = ${authorityId} and c.aggregate_id = q.request_id
        and c.kind = 'request-channel' and c.shown_version > 0) as channel_card,
      (select min(t.version) from activity t where t.authority_id = ${authorityId} and t.aggregate_id = q.request_id
        and t.kind in ('request.taken', 'request.given')) as taken_version,
      (select max(c.shown_version) from posted_card c where c.authority_id = ${authorityId}
        and c.aggregate_id = q.request_id and c.kind = 'request-asker') as asker_shows,
      (select r.review_id from review r where r.authority_id = ${authorityId}
        and (r.request_id = q.request_id or (r.learner_id = q.learner_id and r.created_at >= q.submitted_at))
        order by r.created_at desc limit 1) as review_id
    from activity a
    join support_request q on q.authority_id = ${authorityId} and q.request_id = a.aggregate_id
    where a.authority_id = ${authorityId} and a.kind = 'request.submitted' and a.feed > ${since}::bigint
    order by a.feed desc limit 5`.execute(trx);
  const seen: StorySeen[] = [];
  for (const row of rows) {
    seen.push({
      reference: row.reference,
      channelCard: row.channel_card,
      takenVersion: row.taken_version,
      askerShows: row.asker_shows,
      review: row.review_id ? await reviewOf(trx, authorityId, row.review_id) : null,
    });
  }
  return seen;
}

async function reviewOf(trx: Trx, authorityId: string, reviewId: string): Promise<StorySeen['review']> {
  const review = await trx
    .selectFrom('review')
    .select(['reference', 'state'])
    .where('authority_id', '=', authorityId)
    .where('review_id', '=', reviewId)
    .executeTakeFirst();
  if (!review) return null;
  const attendees: AttendeeAnswer[] = await trx
    .selectFrom('review_attendee')
    .select(['service', 'required', 'response'])
    .where('authority_id', '=', authorityId)
    .where('review_id', '=', reviewId)
    .execute();
  return { ...review, attendees };
}
