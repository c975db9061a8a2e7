import type { Insertable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

/** How a request stands before it is handed over; undefined when it is out of reach. */
export function findStanding(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'state', 'assignee_id', 'version'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}

/** A repeat finds the row that the first made. */
export async function insertHandOver(trx: Trx, row: Insertable<Schema['hand_over']>): Promise<void> {
  await trx
    .insertInto('hand_over')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function insertItem(trx: Trx, row: Insertable<Schema['hand_over_item']>): Promise<void> {
  await trx
    .insertInto('hand_over_item')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function findHandOver(trx: Trx, authorityId: string, handOverId: string) {
  return trx
    .selectFrom('hand_over')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('hand_over_id', '=', handOverId)
    .executeTakeFirst();
}

export function listItems(trx: Trx, authorityId: string, handOverId: string) {
  return trx
    .selectFrom('hand_over_item')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('hand_over_id', '=', handOverId)
    .orderBy('request_id')
    .execute();
}

export async function markUndone(trx: Trx, authorityId: string, handOverId: string, at: Date): Promise<void> {
  await trx
    .updateTable('hand_over')
    .set({ undone_at: at })
    .where('authority_id', '=', authorityId)
    .where('hand_over_id', '=', handOverId)
    .where('undone_at', 'is', null)
    .execute();
}
