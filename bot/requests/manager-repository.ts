import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AskingSchema } from '../db/schema-asking.js';

type WaitingRow = AskingSchema['request_waiting'];
export type StoredWaiting = Selectable<WaitingRow>;

export async function insertWaiting(trx: Trx, row: Insertable<WaitingRow>): Promise<void> {
  await trx.insertInto('request_waiting').values(row).execute();
}

export function findWaiting(trx: Trx, authorityId: string, waitingId: string) {
  return trx
    .selectFrom('request_waiting')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('waiting_id', '=', waitingId)
    .executeTakeFirst();
}

export function findWaitingForUpdate(trx: Trx, authorityId: string, waitingId: string) {
  return trx
    .selectFrom('request_waiting')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('waiting_id', '=', waitingId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateWaiting(
  trx: Trx,
  authorityId: string,
  waitingId: string,
  change: Updateable<WaitingRow>,
): Promise<void> {
  await trx
    .updateTable('request_waiting')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('waiting_id', '=', waitingId)
    .execute();
}

/** Those who are designated manager of the learner's school today, in the order in which they came to be. */
export function listManagersFor(trx: Trx, authorityId: string, learnerId: string, on: string) {
  return trx
    .selectFrom('learner_scope as s')
    .innerJoin('person_role as r', (join) =>
      join
        .onRef('r.authority_id', '=', 's.authority_id')
        .onRef('r.school_id', '=', 's.school_id')
        .on('r.role', '=', 'designated-manager'),
    )
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .where('s.authority_id', '=', authorityId)
    .where('s.learner_id', '=', learnerId)
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .orderBy('r.valid_from')
    .orderBy('p.person_id')
    .select(['p.person_id', 'p.name'])
    .execute();
}

export function findPersonName(trx: Trx, authorityId: string, personId: string) {
  return trx
    .selectFrom('person')
    .select(['name', 'telephone', 'job_title'])
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export async function findLearnerOf(trx: Trx, authorityId: string, requestId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('support_request')
    .select('learner_id')
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row?.learner_id ?? null;
}
