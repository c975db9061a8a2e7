import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

/** A line of Today as SQL answers it; what a section does not speak of is null. Names withheld by the database stay null. */
export interface TodayLine {
  readonly id: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly reference: string | null;
  readonly learner_id: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly known_as: string | null;
  readonly stage: string | null;
  readonly school_id: string | null;
  readonly school_name: string | null;
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly telephone: string | null;
  readonly about: string | null;
  readonly text: string | null;
  readonly at: Date | null;
  readonly day: string | null;
  /** Of all that match, whatever the limit. */
  readonly total: number;
}

const learnerColumns = sql`l.learner_id, l.given_name, l.family_name, l.known_as, l.stage`;
const none = (names: readonly string[]) => sql.join(names.map((name) => sql`null as ${sql.ref(name)}`));

/**
 * What happened to learners since a moment, the latest of each kind of change a learner. Read from the activity feed, so that
 * a later feature's changes are here as soon as it records them.
 */
export async function listChanged(trx: Trx, authorityId: string, since: Date, limit: number): Promise<TodayLine[]> {
  const { rows } = await sql<TodayLine>`
    with latest as (
      select distinct on (a.aggregate_kind, a.aggregate_id, a.kind, a.data->>'attribute') a.*
      from activity a
      where a.authority_id = ${authorityId} and a.at > ${since} and a.aggregate_kind in ('learner', 'change') and a.kind <> 'learner.called'
      order by a.aggregate_kind, a.aggregate_id, a.kind, a.data->>'attribute', a.seq desc
    )
    select a.activity_id as id, a.kind, a.aggregate_id as subject_id, null as reference, ${learnerColumns},
      s.school_id, s.name as school_name, p.person_id, p.name as person_name, p.telephone,
      coalesce(a.data->>'attribute', t.kind) as about, a.at, t.since_on as day,
      case when a.learner_id is null then nullif(concat_ws(', ', t.learner_initials, t.learner_class), '') end as text,
      (count(*) over ())::int as total
    from latest a
    left join learner l on l.authority_id = ${authorityId} and l.learner_id = a.learner_id
    left join change_told t on t.authority_id = ${authorityId} and t.told_id = a.aggregate_id and a.aggregate_kind = 'change'
    left join school s on s.authority_id = ${authorityId} and s.school_id = coalesce(l.school_id, t.school_id)
    left join person p on p.authority_id = ${authorityId} and p.person_id = a.actor_id
    order by a.at desc, a.activity_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

// Written out, so that the partial index of what is open is used.
const open = sql`r.state in ('submitted', 'assigned', 'waiting-on-school', 'in-progress')`;

const requestJoins = (authorityId: string) => sql`
  left join learner l on l.authority_id = ${authorityId} and l.learner_id = r.learner_id
  left join school s on s.authority_id = ${authorityId} and s.school_id = r.school_id`;

/** Open requests due before the end of today, the longest overdue first; the person is who has it. */
export async function listDue(
  trx: Trx,
  authorityId: string,
  when: { readonly now: Date; readonly endOfToday: Date },
  limit: number,
): Promise<TodayLine[]> {
  const { rows } = await sql<TodayLine>`
    select r.request_id as id, case when r.due_at < coalesce(r.paused_at, ${when.now}) then 'overdue' else 'today' end as kind, r.request_id as subject_id,
      r.reference, ${learnerColumns}, s.school_id, s.name as school_name, p.person_id, p.name as person_name, null as telephone,
      r.need as about, null as text, r.due_at as at, null as day, (count(*) over ())::int as total
    from support_request r ${requestJoins(authorityId)}
    left join person p on p.authority_id = ${authorityId} and p.person_id = r.assignee_id
    where r.authority_id = ${authorityId} and ${open}
      and (r.due_at < coalesce(r.paused_at, ${when.now}) or r.paused_at is null and r.due_at <= ${when.endOfToday})
    order by r.due_at, r.request_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

/** Requests that wait for their school, the longest first, since when, and whom to ring. */
export async function listWaiting(trx: Trx, authorityId: string, limit: number): Promise<TodayLine[]> {
  const { rows } = await sql<TodayLine>`
    select r.request_id as id, 'school' as kind, r.request_id as subject_id, r.reference, ${learnerColumns},
      s.school_id, s.name as school_name, p.person_id, p.name as person_name, p.telephone,
      r.need as about, null as text, coalesce(asked.at, r.submitted_at) as at, null as day, (count(*) over ())::int as total
    from support_request r ${requestJoins(authorityId)}
    join person p on p.authority_id = ${authorityId} and p.person_id = r.asker_id
    left join lateral (
      select max(a.at) as at from activity a where a.authority_id = ${authorityId} and a.aggregate_kind = 'request'
        and a.aggregate_id = r.request_id and a.kind = 'request.asked'
    ) asked on true
    where r.authority_id = ${authorityId} and ${open} and r.state = 'waiting-on-school'
    order by coalesce(asked.at, r.submitted_at), r.request_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

/** What was agreed on the telephone and is not done: one's own, and anybody's whose day has passed. */
export async function listAgreed(
  trx: Trx,
  authorityId: string,
  viewer: { readonly personId: string; readonly today: string },
  limit: number,
): Promise<TodayLine[]> {
  const { rows } = await sql<TodayLine>`
    select n.note_id as id, case when n.by_on < ${viewer.today} then 'late' else 'open' end as kind, n.note_id as subject_id,
      r.reference, ${learnerColumns}, ${none(['school_id', 'school_name'])}, p.person_id, p.name as person_name, null as telephone,
      n.who as about, n.agreed as text, n.noted_at as at, n.by_on as day, (count(*) over ())::int as total
    from call_note n
    join person p on p.authority_id = ${authorityId} and p.person_id = n.owner_id
    left join support_request r on r.authority_id = ${authorityId} and r.request_id = n.request_id
    left join learner l on l.authority_id = ${authorityId} and l.learner_id = n.learner_id
    where n.authority_id = ${authorityId} and n.done_at is null and (n.owner_id = ${viewer.personId} or n.by_on < ${viewer.today})
    order by n.by_on nulls last, n.noted_at, n.note_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

/** Learners of ours, or here, who have no school place now. */
export async function listWithoutSchool(trx: Trx, authorityId: string, limit: number): Promise<TodayLine[]> {
  const { rows } = await sql<TodayLine>`
    select l.learner_id as id, 'no-school' as kind, l.learner_id as subject_id, null as reference, ${learnerColumns},
      ${none(['school_id', 'school_name'])}, p.person_id, p.name as person_name, p.telephone,
      null as about, null as text, null::timestamptz as at, null as day, (count(*) over ())::int as total
    from learner l
    left join learner_scope c on c.authority_id = ${authorityId} and c.learner_id = l.learner_id
    left join person p on p.authority_id = ${authorityId} and p.person_id = c.social_worker_id
    where l.authority_id = ${authorityId} and l.school_id is null and l.education <> 'outwith'
    order by l.family_name, l.given_name, l.learner_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

export async function findLooked(trx: Trx, authorityId: string, personId: string): Promise<Date | null> {
  const row = await trx
    .selectFrom('last_looked')
    .select('at')
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .where('place', '=', 'today')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Never back: an older tab that says it late must not bring seen changes up again. Answers with what holds. */
export async function putLooked(trx: Trx, authorityId: string, personId: string, at: Date): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    insert into last_looked (authority_id, person_id, place, at) values (${authorityId}, ${personId}, 'today', ${at})
    on conflict (authority_id, person_id, place) do update set at = greatest(last_looked.at, excluded.at)
    returning at`.execute(trx);
  return rows[0]?.at ?? at;
}
