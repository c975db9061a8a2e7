import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { later, type Trx } from '../db/database.js';
import type { OpenCard } from '../db/effects.js';
import type { ConcernNoticeRow, RequestMessageRow, SupportRequestRow } from '../db/schema.js';

export type StoredRequest = Selectable<SupportRequestRow>;

export async function insertRequest(trx: Trx, row: Insertable<SupportRequestRow>): Promise<void> {
  await trx.insertInto('support_request').values(row).execute();
}

export type LockedRequest = NonNullable<Awaited<ReturnType<typeof findRequestForUpdate>>>;

/** Locked, with the cards that show it, so that one read tells everything a move must know. */
export function findRequestForUpdate(trx: Trx, authorityId: string, id: string) {
  return trx
    .selectFrom('support_request as r')
    .selectAll('r')
    .select(
      sql<
        OpenCard[]
      >`coalesce((select json_agg(json_build_object('card_id', c.card_id, 'conversation_id', c.conversation_id) order by c.card_id)
        from posted_card c where c.authority_id = r.authority_id and c.aggregate_id = r.request_id and c.closed_at is null), '[]')`.as(
        'cards',
      ),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.request_id', '=', id)
    .forUpdate('r')
    .executeTakeFirst();
}

export async function updateRequest(
  trx: Trx,
  authorityId: string,
  id: string,
  change: Updateable<SupportRequestRow>,
): Promise<void> {
  const update = trx
    .updateTable('support_request')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', id);
  await later(trx, update.compile());
}

export async function insertMessage(trx: Trx, row: Insertable<RequestMessageRow>): Promise<void> {
  await later(trx, trx.insertInto('request_message').values(row).compile());
}

/** A request with the names that its row needs. The learner's columns are null for whom the database does not let see them. */
function listed(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('support_request as r')
    .innerJoin('person as asker', (join) =>
      join.onRef('asker.authority_id', '=', 'r.authority_id').onRef('asker.person_id', '=', 'r.asker_id'),
    )
    .leftJoin('person as assignee', (join) =>
      join.onRef('assignee.authority_id', '=', 'r.authority_id').onRef('assignee.person_id', '=', 'r.assignee_id'),
    )
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'r.authority_id').onRef('s.school_id', '=', 'r.school_id'),
    )
    .leftJoin('learner as l', (join) =>
      join.onRef('l.authority_id', '=', 'r.authority_id').onRef('l.learner_id', '=', 'r.learner_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .selectAll('r')
    .select([
      'asker.name as asker_name',
      'asker.job_title as asker_title',
      'assignee.name as assignee_name',
      's.name as school_name',
      'l.given_name',
      'l.family_name',
      'l.known_as',
      'l.stage',
    ]);
}

export type ListedRequest = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number];

export function getListed(trx: Trx, authorityId: string, id: string): Promise<ListedRequest | undefined> {
  return listed(trx, authorityId).where('r.request_id', '=', id).executeTakeFirst();
}

/** An asker's own requests, newest first: no learner, no story. */
export function listOwn(trx: Trx, authorityId: string, askerId: string, limit: number) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'reference', 'need', 'state', 'version', 'submitted_at'])
    .where('authority_id', '=', authorityId)
    .where('asker_id', '=', askerId)
    .orderBy('submitted_at', 'desc')
    .limit(limit)
    .execute();
}

export function listThread(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('activity as a')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.person_id', '=', 'a.actor_id'),
    )
    .leftJoin('request_message as m', (join) =>
      join.onRef('m.authority_id', '=', 'a.authority_id').on(sql<boolean>`m.message_id::text = a.data->>'messageId'`),
    )
    .where('a.authority_id', '=', authorityId)
    .where('a.aggregate_kind', '=', 'request')
    .where('a.aggregate_id', '=', requestId)
    .select(['a.activity_id as id', 'a.at', 'a.kind', 'p.name as by', 'm.body'])
    .orderBy('a.seq')
    .execute();
}

/** What a card may say and no more: neither the learner's columns nor the story are selected. */
export function getCardColumns(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('support_request as r')
    .leftJoin('person as a', (join) =>
      join.onRef('a.authority_id', '=', 'r.authority_id').onRef('a.person_id', '=', 'r.assignee_id'),
    )
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'r.authority_id').onRef('s.school_id', '=', 'r.school_id'),
    )
    .leftJoin('cluster as c', (join) =>
      join.onRef('c.authority_id', '=', 'r.authority_id').onRef('c.cluster_id', '=', 'r.cluster_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.request_id', '=', requestId)
    .select([
      'r.reference',
      'r.version',
      'r.asker_id',
      'r.level',
      'r.need',
      'r.urgency',
      'r.state',
      'r.due_at',
      'r.phone_them',
    ])
    .select(['a.name as assignee_name', 's.name as school_name', 'c.name as cluster_name'])
    .select(
      sql<number>`(select count(*)::int from learner_scope l where l.authority_id = r.authority_id and l.school_id = r.school_id)`.as(
        'learners_there',
      ),
    )
    .select(
      sql<Date | null>`(select max(m.at) from request_message m where m.authority_id = r.authority_id
        and m.request_id = r.request_id and m.direction = 'from-asker')`.as('replied_at'),
    )
    .executeTakeFirst();
}

export async function findLastWord(trx: Trx, authorityId: string, requestId: string) {
  const row = await trx
    .selectFrom('request_message as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'm.authority_id').onRef('p.person_id', '=', 'm.author_id'),
    )
    .where('m.authority_id', '=', authorityId)
    .where('m.request_id', '=', requestId)
    .where('m.direction', '=', 'to-asker')
    .orderBy('m.at', 'desc')
    .select(['m.body', 'p.name as by'])
    .executeTakeFirst();
  return row ?? null;
}

export function findSchool(trx: Trx, authorityId: string, schoolId: string) {
  return trx
    .selectFrom('school')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('school_id', '=', schoolId)
    .executeTakeFirst();
}

export function findLearner(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
}

export async function insertConcernNotice(trx: Trx, row: Insertable<ConcernNoticeRow>): Promise<void> {
  await trx.insertInto('concern_notice').values(row).execute();
}

/** Whether this person may be given requests today: in the virtual school team and not away. */
export async function isTriager(trx: Trx, authorityId: string, personId: string, on: string): Promise<boolean> {
  const row = await trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.person_id', '=', personId)
    .where('r.role', 'in', ['virtual-school', 'virtual-school-head'])
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .select('r.role_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Who is around a learner, as far as the scope says: the allocated social worker and the school's designated manager. */
export async function findPeopleAround(trx: Trx, authorityId: string, learnerId: string, on: string) {
  const scope = await trx
    .selectFrom('learner_scope as s')
    .leftJoin('school as c', (join) =>
      join.onRef('c.authority_id', '=', 's.authority_id').onRef('c.school_id', '=', 's.school_id'),
    )
    .leftJoin('person as w', (join) =>
      join.onRef('w.authority_id', '=', 's.authority_id').onRef('w.person_id', '=', 's.social_worker_id'),
    )
    .where('s.authority_id', '=', authorityId)
    .where('s.learner_id', '=', learnerId)
    .select(['s.school_id', 'c.name as school', 'w.person_id as worker_id', 'w.name as worker'])
    .executeTakeFirst();
  const manager = scope?.school_id
    ? await trx
        .selectFrom('person_role as r')
        .innerJoin('person as p', (join) =>
          join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
        )
        .where('r.authority_id', '=', authorityId)
        .where('r.school_id', '=', scope.school_id)
        .where('r.role', '=', 'designated-manager')
        .where('r.valid_from', '<=', on)
        .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
        .select(['p.person_id as id', 'p.name'])
        .executeTakeFirst()
    : undefined;
  return {
    school: scope?.school ?? null,
    socialWorker: scope?.worker_id && scope.worker ? { id: scope.worker_id, name: scope.worker } : null,
    designatedManager: manager ?? null,
  };
}

/** Ids of requests that the ladder may still climb. */
export async function listClimbing(trx: Trx, authorityId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('support_request')
    .select('request_id')
    .where('authority_id', '=', authorityId)
    .where('state', 'in', ['submitted', 'assigned', 'waiting-on-school', 'in-progress', 'transferred'])
    .orderBy('request_id')
    .execute();
  return rows.map((row) => row.request_id);
}
