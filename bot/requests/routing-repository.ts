import { sql } from 'kysely';
import { later, type Trx } from '../db/database.js';

/** Everybody who may be given requests on that day: in the virtual school team, not left. With what a route asks of them. */
export function listTeam(trx: Trx, authorityId: string, on: string) {
  return trx
    .selectFrom('person as p')
    .where('p.authority_id', '=', authorityId)
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .where(
      sql<boolean>`exists (select 1 from person_role r where r.authority_id = p.authority_id and r.person_id = p.person_id
        and r.role in ('virtual-school', 'virtual-school-head') and r.valid_from <= ${on} and (r.valid_to is null or r.valid_to >= ${on}))`,
    )
    .select(['p.person_id as id', 'p.name'])
    .select([
      sql<number>`(select count(*)::int from request_load l where l.authority_id = p.authority_id and l.person_id = p.person_id)`.as(
        'open',
      ),
      sql<
        string | null
      >`(select max(a.until_on)::text from absence a where a.authority_id = p.authority_id and a.person_id = p.person_id
        and a.from_on <= ${on} and a.until_on >= ${on})`.as('away_until'),
      sql<
        string | null
      >`(select a.cover_person_id::text from absence a where a.authority_id = p.authority_id and a.person_id = p.person_id
        and a.from_on <= ${on} and a.until_on >= ${on} order by a.until_on desc, a.absence_id limit 1)`.as('cover'),
    ])
    .orderBy('p.name')
    .orderBy('p.person_id')
    .execute();
}

/** Who of the team works with the learner (oldest first), and who may not see them: conflicts, and restricted without a grant. */
export async function readAround(trx: Trx, authorityId: string, learnerId: string, on: string) {
  const links = await trx
    .selectFrom('learner_link')
    .select(['person_id', 'kind', 'valid_from'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('kind', 'in', ['virtual-school-worker', 'conflict', 'grant'])
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .orderBy('valid_from')
    .orderBy('link_id')
    .execute();
  const scope = await trx
    .selectFrom('learner_scope')
    .select('restricted')
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  const of = (kind: (typeof links)[number]['kind']) =>
    links.filter((one) => one.kind === kind).map((one) => one.person_id);
  return {
    workers: of('virtual-school-worker'),
    conflicts: new Set(of('conflict')),
    granted: scope?.restricted ? new Set(of('grant')) : null,
  };
}

export function listNames(trx: Trx, authorityId: string, ids: readonly string[]) {
  if (ids.length === 0) return Promise.resolve([]);
  return trx
    .selectFrom('person')
    .select(['person_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', [...ids])
    .execute();
}

/** Schools and clusters that a line of the table may name. */
export async function listPlaces(trx: Trx, authorityId: string) {
  const schools = await trx
    .selectFrom('school')
    .select(['school_id as id', 'name', 'cluster_id as clusterId', 'locality'])
    .where('authority_id', '=', authorityId)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute();
  const clusters = await trx
    .selectFrom('cluster')
    .select(['cluster_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .execute();
  return { schools, clusters };
}

/** Who has it, while it is open; nobody once it is not. Two ids, so that the least loaded can be told without reading requests. */
export async function saveLoad(
  trx: Trx,
  authorityId: string,
  requestId: string,
  personId: string | null,
): Promise<void> {
  if (personId === null) {
    const remove = trx
      .deleteFrom('request_load')
      .where('authority_id', '=', authorityId)
      .where('request_id', '=', requestId);
    return later(trx, remove.compile());
  }
  const keep = trx
    .insertInto('request_load')
    .values({ authority_id: authorityId, request_id: requestId, person_id: personId })
    .onConflict((conflict) => conflict.columns(['authority_id', 'request_id']).doUpdateSet({ person_id: personId }));
  await later(trx, keep.compile());
}
