import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

export interface WorkloadDays {
  readonly now: Date;
  readonly endOfWeek: Date;
  readonly today: string;
  /** Absences that begin until then are told. */
  readonly soon: string;
}

export interface WorkloadRow {
  readonly person_id: string;
  readonly name: string;
  readonly job_title: string | null;
  readonly leaves_on: string | null;
  readonly in_team: boolean;
  readonly since: string | null;
  readonly open: number;
  readonly overdue: number;
  readonly due_this_week: number;
  readonly with_school: number;
  readonly promises: number;
  readonly from_on: string | null;
  readonly until_on: string | null;
  readonly cover_id: string | null;
  readonly cover_name: string | null;
}

/** Everybody in the team today, and everybody else who still holds something open. */
export async function listWorkload(trx: Trx, authorityId: string, days: WorkloadDays): Promise<WorkloadRow[]> {
  const { rows } = await sql<WorkloadRow>`
    with team as (
      select r.person_id, min(r.valid_from) as since from person_role r
      where r.authority_id = ${authorityId} and r.role in ('virtual-school', 'virtual-school-head')
        and r.valid_from <= ${days.today} and (r.valid_to is null or r.valid_to >= ${days.today})
      group by r.person_id
    ), held as (
      select r.assignee_id as person_id, count(*)::int as open,
        (count(*) filter (where r.due_at < coalesce(r.paused_at, ${days.now})))::int as overdue,
        (count(*) filter (where r.paused_at is null and r.due_at >= ${days.now} and r.due_at <= ${days.endOfWeek}))::int as due_this_week,
        (count(*) filter (where r.state = 'waiting-on-school'))::int as with_school
      from support_request r
      where r.authority_id = ${authorityId} and r.assignee_id is not null
        and r.state in ('submitted', 'assigned', 'waiting-on-school', 'in-progress')
      group by r.assignee_id
    ), noted as (
      select n.owner_id as person_id, count(*)::int as promises from call_note n
      where n.authority_id = ${authorityId} and n.done_at is null group by n.owner_id
    )
    select p.person_id, p.name, p.job_title, p.leaves_on, t.person_id is not null and (p.leaves_on is null or p.leaves_on > ${days.today}) as in_team,
      t.since, coalesce(h.open, 0) as open, coalesce(h.overdue, 0) as overdue, coalesce(h.due_this_week, 0) as due_this_week,
      coalesce(h.with_school, 0) as with_school, coalesce(n.promises, 0) as promises, a.from_on, a.until_on, c.person_id as cover_id, c.name as cover_name
    from person p
    left join team t on t.person_id = p.person_id
    left join held h on h.person_id = p.person_id
    left join noted n on n.person_id = p.person_id
    left join lateral (
      select * from absence a where a.authority_id = ${authorityId} and a.person_id = p.person_id
        and a.until_on >= ${days.today} and a.from_on <= ${days.soon} order by a.from_on limit 1
    ) a on true
    left join person c on c.authority_id = ${authorityId} and c.person_id = a.cover_person_id
    where p.authority_id = ${authorityId} and ((t.person_id is not null and (p.leaves_on is null or p.leaves_on > ${days.today})) or h.person_id is not null or n.person_id is not null)
    order by p.name, p.person_id`.execute(trx);
  return rows;
}

export interface PromiseRow {
  readonly id: string;
  readonly kind: 'call-note' | 'reply-waits' | 'reopened';
  readonly request_id: string | null;
  readonly reference: string | null;
  readonly who: string;
  readonly text: string | null;
  readonly by_on: string | null;
  readonly at: Date;
}

/**
 * What this person still owes somebody a word on: calls agreed and not done, schools whose reply was the last thing that
 * happened, and what was opened again after an answer. What was owed longest comes first.
 */
export async function listPromises(trx: Trx, authorityId: string, personId: string): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    with open as (
      select r.request_id, r.reference, r.asker_id from support_request r
      where r.authority_id = ${authorityId} and r.assignee_id = ${personId}
        and r.state in ('submitted', 'assigned', 'waiting-on-school', 'in-progress')
    ), last as (
      select distinct on (a.aggregate_id) a.aggregate_id, a.activity_id, a.kind, a.at from activity a
      where a.authority_id = ${authorityId} and a.aggregate_kind = 'request' and a.aggregate_id in (select request_id from open)
        and a.kind <> 'request.called'
      order by a.aggregate_id, a.seq desc
    )
    select n.note_id as id, 'call-note' as kind, r.request_id, r.reference, n.who, n.agreed as text, n.by_on, n.noted_at as at
    from call_note n
    left join support_request r on r.authority_id = ${authorityId} and r.request_id = n.request_id
    where n.authority_id = ${authorityId} and n.owner_id = ${personId} and n.done_at is null
    union all
    select l.activity_id, case l.kind when 'request.replied' then 'reply-waits' else 'reopened' end, o.request_id, o.reference, p.name, null, null, l.at
    from last l
    join open o on o.request_id = l.aggregate_id
    join person p on p.authority_id = ${authorityId} and p.person_id = o.asker_id
    where l.kind in ('request.replied', 'request.reopened')
    order by by_on nulls last, at, id`.execute(trx);
  return rows;
}

export interface RingRow {
  readonly person_id: string;
  readonly name: string;
  readonly job_title: string | null;
  readonly school: string | null;
  readonly telephone: string | null;
  readonly email: string | null;
  readonly requests: number;
}

/** Askers and allocated social workers of what this person has open, those of the most requests first. */
export async function listToRing(
  trx: Trx,
  authorityId: string,
  of: { readonly personId: string; readonly today: string },
): Promise<RingRow[]> {
  const { rows } = await sql<RingRow>`
    with open as (
      select r.request_id, r.asker_id, r.learner_id from support_request r
      where r.authority_id = ${authorityId} and r.assignee_id = ${of.personId}
        and r.state in ('submitted', 'assigned', 'waiting-on-school', 'in-progress')
    ), around as (
      select asker_id as person_id, request_id from open
      union
      select c.social_worker_id, o.request_id from open o
      join learner_scope c on c.authority_id = ${authorityId} and c.learner_id = o.learner_id and c.social_worker_id is not null
    )
    select p.person_id, p.name, p.job_title, p.telephone, p.email, count(distinct around.request_id)::int as requests,
      (select min(s.name) from person_role h join school s on s.authority_id = ${authorityId} and s.school_id = h.school_id
        where h.authority_id = ${authorityId} and h.person_id = p.person_id and h.valid_from <= ${of.today}
          and (h.valid_to is null or h.valid_to >= ${of.today})) as school
    from around
    join person p on p.authority_id = ${authorityId} and p.person_id = around.person_id and p.person_id <> ${of.personId}
      and (p.leaves_on is null or p.leaves_on > ${of.today})
    group by p.person_id, p.name, p.job_title, p.telephone, p.email
    order by requests desc, p.name, p.person_id limit 100`.execute(trx);
  return rows;
}
