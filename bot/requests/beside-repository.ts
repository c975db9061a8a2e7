import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

/** What the asker of the question must know of the request first; undefined when it is out of reach. */
export function findRequestSubject(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'learner_id', 'asker_id'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}

export function findLearnerBeside(trx: Trx, authorityId: string, learnerId: string, on: string) {
  return trx
    .selectFrom('learner as l')
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'l.authority_id').onRef('s.school_id', '=', 'l.school_id'),
    )
    .where('l.authority_id', '=', authorityId)
    .where('l.learner_id', '=', learnerId)
    .select([
      'l.learner_id',
      'l.given_name',
      'l.family_name',
      'l.known_as',
      'l.birth_on',
      'l.stage',
      'l.school_id',
      's.name as school_name',
      'l.education',
      'l.home',
      'l.status',
      'l.status_since',
    ])
    .select((from) =>
      from
        .exists(
          from
            .selectFrom('learner_fact as f')
            .select('f.fact_id')
            .where('f.authority_id', '=', authorityId)
            .where('f.learner_id', '=', learnerId)
            .where('f.attribute', '=', 'non-disclosure')
            .where('f.known_to', 'is', null)
            .where('f.value', 'is not', null)
            .where(sql<boolean>`(f.valid_to is null or f.valid_to >= ${on})`),
        )
        .as('non_disclosure'),
    )
    .executeTakeFirst();
}

export interface PersonBeside {
  readonly person_id: string;
  readonly name: string;
  readonly telephone: string | null;
  readonly email: string | null;
  readonly role: 'social-worker' | 'designated-manager' | 'virtual-school-worker' | 'named-person';
  readonly from_on: string | null;
  readonly until_on: string | null;
  readonly cover_id: string | null;
  readonly cover_name: string | null;
}

/** Who works with the learner today: by allocation, by link, by post at the school; with the absence they are in. */
export async function listPeopleBeside(
  trx: Trx,
  authorityId: string,
  learnerId: string,
  on: string,
): Promise<PersonBeside[]> {
  const { rows } = await sql<PersonBeside>`
    with around as (
      select s.social_worker_id as person_id, 'social-worker' as role, 1 as place from learner_scope s
      where s.authority_id = ${authorityId} and s.learner_id = ${learnerId} and s.social_worker_id is not null
      union
      select r.person_id, 'designated-manager', 2 from learner_scope s
      join person_role r on r.authority_id = s.authority_id and r.school_id = s.school_id and r.role = 'designated-manager'
        and r.valid_from <= ${on} and (r.valid_to is null or r.valid_to >= ${on})
      where s.authority_id = ${authorityId} and s.learner_id = ${learnerId}
      union
      select k.person_id, k.kind, case k.kind when 'virtual-school-worker' then 3 else 4 end from learner_link k
      where k.authority_id = ${authorityId} and k.learner_id = ${learnerId} and k.kind in ('virtual-school-worker', 'named-person')
        and k.valid_from <= ${on} and (k.valid_to is null or k.valid_to >= ${on})
    )
    select p.person_id, p.name, p.telephone, p.email, around.role, a.from_on, a.until_on, c.person_id as cover_id, c.name as cover_name
    from around
    join person p on p.authority_id = ${authorityId} and p.person_id = around.person_id and (p.leaves_on is null or p.leaves_on > ${on})
    left join absence a on a.authority_id = ${authorityId} and a.person_id = p.person_id and a.from_on <= ${on} and a.until_on >= ${on}
    left join person c on c.authority_id = ${authorityId} and c.person_id = a.cover_person_id
    order by around.place, p.name, p.person_id`.execute(trx);
  return rows;
}

export function listOtherRequests(trx: Trx, authorityId: string, learnerId: string, requestId: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'reference', 'need', 'state', 'submitted_at', 'closed_at'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('request_id', '<>', requestId)
    .orderBy('submitted_at', 'desc')
    .limit(10)
    .execute();
}

/** Of the request, and of its learner. */
export function listCallNotesBeside(trx: Trx, authorityId: string, requestId: string, learnerId: string | null) {
  return trx
    .selectFrom('call_note as n')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'n.authority_id').onRef('p.person_id', '=', 'n.author_id'),
    )
    .where('n.authority_id', '=', authorityId)
    .where((where) =>
      where.or([where('n.request_id', '=', requestId), ...(learnerId ? [where('n.learner_id', '=', learnerId)] : [])]),
    )
    .select(['n.note_id', 'n.noted_at', 'p.name as by', 'n.who', 'n.agreed', 'n.by_on', 'n.done_at'])
    .orderBy('n.noted_at', 'desc')
    .limit(20)
    .execute();
}

export function listAuditOf(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('audit_entry as a')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.person_id', '=', 'a.actor_id'),
    )
    .where('a.authority_id', '=', authorityId)
    .where('a.subject_id', '=', requestId)
    .select(['a.at', 'p.name as by', 'a.verb', 'a.purpose', 'a.fields'])
    .orderBy('a.at', 'desc')
    .limit(200)
    .execute();
}
