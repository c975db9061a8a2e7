import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AskingSchema } from '../db/schema-asking.js';
import { openStates } from './request.js';

type DraftRow = AskingSchema['request_draft'];
export type StoredDraft = Selectable<DraftRow>;

export async function insertDraft(trx: Trx, row: Insertable<DraftRow>): Promise<void> {
  await trx.insertInto('request_draft').values(row).execute();
}

/** The newest that this person has and that is not yet a day old. */
/** Whoever begins a form holds this to the end, so that a double press begins one and not two. */
export async function lockAsker(trx: Trx, authorityId: string, personId: string): Promise<void> {
  await trx
    .selectFrom('person')
    .select('person_id')
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .forNoKeyUpdate()
    .execute();
}

export function findDraftOf(trx: Trx, authorityId: string, personId: string, now: Date) {
  return trx
    .selectFrom('request_draft')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findDraftForUpdate(trx: Trx, authorityId: string, draftId: string, now: Date) {
  return trx
    .selectFrom('request_draft')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('draft_id', '=', draftId)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateDraft(
  trx: Trx,
  authorityId: string,
  draftId: string,
  change: Updateable<DraftRow>,
): Promise<void> {
  await trx
    .updateTable('request_draft')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('draft_id', '=', draftId)
    .execute();
}

export async function deleteDraft(trx: Trx, authorityId: string, draftId: string): Promise<void> {
  await trx
    .deleteFrom('request_draft')
    .where('authority_id', '=', authorityId)
    .where('draft_id', '=', draftId)
    .execute();
}

export async function deleteDraftsOf(trx: Trx, authorityId: string, personId: string): Promise<void> {
  await trx
    .deleteFrom('request_draft')
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .execute();
}

/** Somebody still owes an answer about this learner and need. Whoever does not reach the learner finds none. */
export function findOpenLike(trx: Trx, authorityId: string, learnerId: string, need: string) {
  return trx
    .selectFrom('support_request as r')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.assignee_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.learner_id', '=', learnerId)
    .where('r.need', '=', need)
    .where('r.state', 'in', [...openStates])
    .orderBy('r.submitted_at', 'desc')
    .select(['r.request_id', 'r.reference', 'r.state', 'r.need', 'r.version', 'r.asker_id', 'p.name as assignee'])
    .limit(1)
    .executeTakeFirst();
}

/** Which message in Teams a request began as; set once, when it is made. */
export async function updateSource(trx: Trx, authorityId: string, requestId: string, source: string): Promise<void> {
  await trx
    .updateTable('support_request')
    .set({ source_activity: source })
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .execute();
}

export async function isReached(trx: Trx, authorityId: string, learnerId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('learner')
    .select('learner_id')
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row !== undefined;
}
