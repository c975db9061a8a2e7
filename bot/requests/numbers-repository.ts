import { sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Counted, Place } from './numbers.js';

export interface NumbersWanted {
  /** Instants: from included, until not. */
  readonly from: Date;
  readonly until: Date;
  readonly schoolId: string | null;
  readonly clusterId: string | null;
}

/** Requests asked in the span, as far as this transaction reaches; no learner and no word of them. */
export async function listCounted(trx: Trx, authorityId: string, wanted: NumbersWanted): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with moved as (
      select a.aggregate_id as request_id, bool_or(a.kind = 'request.reopened') as reopened, bool_or(a.kind = 'request.transferred') as transferred
      from activity a where a.authority_id = ${authorityId} and a.aggregate_kind = 'request' and a.at >= ${wanted.from}
        and a.kind in ('request.reopened', 'request.transferred')
      group by a.aggregate_id
    )
    select r.need, r.level, r.school_id, r.cluster_id, r.state, r.submitted_at, r.first_answered_at, r.closed_at, r.due_at, r.paused_at,
      coalesce(m.reopened, false) as reopened, coalesce(m.transferred, false) as transferred, f.helped
    from support_request r
    left join moved m on m.request_id = r.request_id
    left join request_feedback f on f.authority_id = ${authorityId} and f.request_id = r.request_id
    where r.authority_id = ${authorityId} and r.submitted_at >= ${wanted.from} and r.submitted_at < ${wanted.until}
      and (${wanted.schoolId}::uuid is null or r.school_id = ${wanted.schoolId}::uuid)
      and (${wanted.clusterId}::uuid is null or r.cluster_id = ${wanted.clusterId}::uuid)`.execute(trx);
  return rows;
}

export function listSchoolPlaces(trx: Trx, authorityId: string): Promise<Place[]> {
  return trx
    .selectFrom('school')
    .select(['school_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .execute();
}

export function listClusterPlaces(trx: Trx, authorityId: string): Promise<Place[]> {
  return trx
    .selectFrom('cluster')
    .select(['cluster_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .execute();
}

/** The council's own terms, the first of all first. */
export function listTerms(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('school_date')
    .select(['school_date_id as id', 'name', 'from_on', 'until_on'])
    .where('authority_id', '=', authorityId)
    .where('school_id', 'is', null)
    .where('kind', '=', 'term')
    .orderBy('from_on')
    .execute();
}
