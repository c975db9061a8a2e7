import type { Insertable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AskingSchema } from '../db/schema-asking.js';

/** Said again, the newer words stand. */
export async function keepFeedback(trx: Trx, row: Insertable<AskingSchema['request_feedback']>): Promise<void> {
  const { helped, changed, at } = row;
  await trx
    .insertInto('request_feedback')
    .values(row)
    .onConflict((conflict) => conflict.columns(['authority_id', 'request_id']).doUpdateSet({ helped, changed, at }))
    .execute();
}

export function findAsked(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'asker_id', 'learner_id', 'state', 'version'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
}

/** Requests that began as this message in Teams. */
export function listFromSource(trx: Trx, authorityId: string, askerId: string, source: string) {
  return trx
    .selectFrom('support_request')
    .select(['request_id', 'reference', 'asker_id', 'learner_id', 'version'])
    .where('authority_id', '=', authorityId)
    .where('asker_id', '=', askerId)
    .where('source_activity', '=', source)
    .execute();
}

export function findFeedback(trx: Trx, authorityId: string, requestId: string) {
  return trx
    .selectFrom('request_feedback')
    .select(['helped', 'changed'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}
