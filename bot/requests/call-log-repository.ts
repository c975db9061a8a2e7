import type { Insertable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

export async function insertCallNote(trx: Trx, row: Insertable<Schema['call_note']>): Promise<void> {
  await trx.insertInto('call_note').values(row).execute();
}

export function findCallNoteForUpdate(trx: Trx, authorityId: string, noteId: string) {
  return trx
    .selectFrom('call_note')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('note_id', '=', noteId)
    .forUpdate()
    .executeTakeFirst();
}

export async function setCallNoteDone(
  trx: Trx,
  key: { readonly authorityId: string; readonly noteId: string },
  done: { readonly at: Date; readonly by: string } | null,
): Promise<void> {
  await trx
    .updateTable('call_note')
    .set({ done_at: done?.at ?? null, done_by: done?.by ?? null })
    .where('authority_id', '=', key.authorityId)
    .where('note_id', '=', key.noteId)
    .execute();
}

/** Locked, so that the activity's next number is this transaction's to give. */
export function findRequestForNote(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'learner_id', 'asker_id', 'version', 'assignee_id'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
}

export function findLearnerForNote(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner')
    .select(['learner_id', 'version'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertHeard(trx: Trx, row: Insertable<Schema['request_heard']>): Promise<void> {
  await trx.insertInto('request_heard').values(row).execute();
}

export function findPersonHeard(trx: Trx, authorityId: string, personId: string, on: string) {
  return trx
    .selectFrom('person')
    .select(['person_id'])
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .where((where) => where.or([where('leaves_on', 'is', null), where('leaves_on', '>', on)]))
    .executeTakeFirst();
}
