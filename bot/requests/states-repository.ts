import type { Insertable, Selectable } from 'kysely';
import type { Trx } from '../db/database.js';
import type {
  RequestDecisionRow,
  RequestNoticeRow,
  RequestPauseRow,
  RequestStepRow,
  RequestToldRow,
} from '../db/schema-states.js';

export type StoredPause = Selectable<RequestPauseRow>;

export async function insertPause(trx: Trx, row: Insertable<RequestPauseRow>): Promise<void> {
  await trx.insertInto('request_pause').values(row).execute();
}

/** Ends the pause that lasts; answers with every pause of the request, oldest first. */
export async function endPause(
  trx: Trx,
  authorityId: string,
  requestId: string,
  ended: { at: Date; by: NonNullable<StoredPause['ended_by']> },
): Promise<StoredPause[]> {
  await trx
    .updateTable('request_pause')
    .set({ until_at: ended.at, ended_by: ended.by })
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .where('until_at', 'is', null)
    .execute();
  return listPauses(trx, authorityId, requestId);
}

export function listPauses(trx: Trx, authorityId: string, requestId: string): Promise<StoredPause[]> {
  return trx
    .selectFrom('request_pause')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .orderBy('from_at')
    .orderBy('pause_id')
    .execute();
}

/** Whoever is answerable for a pause that outlasts a term (product.md B.5). */
export async function namePauseOwner(trx: Trx, authorityId: string, requestId: string, ownerId: string): Promise<void> {
  await trx
    .updateTable('request_pause')
    .set({ owner_id: ownerId })
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .where('until_at', 'is', null)
    .execute();
}

export async function insertDecision(trx: Trx, row: Insertable<RequestDecisionRow>): Promise<void> {
  await trx.insertInto('request_decision').values(row).execute();
}

/** Newest first. */
export function listDecisions(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('request_decision')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .orderBy('at', 'desc')
    .orderBy('decision_id', 'desc')
    .execute();
}

export async function insertTold(trx: Trx, row: Insertable<RequestToldRow>): Promise<void> {
  await trx.insertInto('request_told').values(row).execute();
}

export function listTold(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('request_told as t')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 't.authority_id').onRef('p.person_id', '=', 't.noted_by'),
    )
    .where('t.authority_id', '=', authorityId)
    .where('t.request_id', '=', requestId)
    .select(['t.who', 't.told_at', 'p.name as noted_by'])
    .orderBy('t.told_at')
    .execute();
}

/** False when this step of this round was taken before, by whichever process. */
export async function claimStep(trx: Trx, row: Insertable<RequestStepRow>): Promise<boolean> {
  const claimed = await trx
    .insertInto('request_step')
    .values(row)
    .onConflict((conflict) => conflict.columns(['authority_id', 'request_id', 'round', 'step']).doNothing())
    .returning('step_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

export function listSteps(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('request_step as s')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 's.authority_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .where('s.authority_id', '=', authorityId)
    .where('s.request_id', '=', requestId)
    .select(['s.round', 's.step', 's.at', 'p.name as told'])
    .orderBy('s.at')
    .orderBy('s.step_id')
    .execute();
}

export async function insertNotice(trx: Trx, row: Insertable<RequestNoticeRow>): Promise<void> {
  await trx.insertInto('request_notice').values(row).execute();
}

export function findNotice(trx: Trx, authorityId: string, noticeId: string) {
  return trx
    .selectFrom('request_notice')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst();
}

/** Whether somebody was asked to help with a request that is not theirs: a designated manager, of a question that waits. */
export async function wasToldOf(
  trx: Trx,
  authorityId: string,
  asked: { requestId: string; personId: string; about: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('request_notice')
    .select('notice_id')
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', asked.requestId)
    .where('person_id', '=', asked.personId)
    .where('about', '=', asked.about)
    .executeTakeFirst();
  return row !== undefined;
}

/** Today's designated managers of a school, and everybody of the authority with one of the roles. */
export function listHolders(
  trx: Trx,
  authorityId: string,
  held: { role: 'designated-manager' | 'virtual-school-head'; schoolId?: string; on: string },
) {
  let query = trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.role', '=', held.role)
    .where('r.valid_from', '<=', held.on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', held.on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', held.on)]));
  if (held.schoolId) query = query.where('r.school_id', '=', held.schoolId);
  return query.select(['p.person_id as id', 'p.name']).distinct().orderBy('p.person_id').execute();
}
