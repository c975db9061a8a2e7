import { type Insertable, sql, type Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AskingSchema } from '../db/schema-asking.js';

type AlertRow = AskingSchema['exclusion_alert'];

export async function insertAlert(trx: Trx, row: Insertable<AlertRow>): Promise<void> {
  await trx.insertInto('exclusion_alert').values(row).execute();
}

export function findAlertForUpdate(trx: Trx, authorityId: string, alertId: string) {
  return trx
    .selectFrom('exclusion_alert')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('alert_id', '=', alertId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateAlert(
  trx: Trx,
  authorityId: string,
  alertId: string,
  change: Updateable<AlertRow>,
): Promise<void> {
  await trx
    .updateTable('exclusion_alert')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('alert_id', '=', alertId)
    .execute();
}

function shown(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('exclusion_alert as a')
    .innerJoin('person as asker', (join) =>
      join.onRef('asker.authority_id', '=', 'a.authority_id').onRef('asker.person_id', '=', 'a.asker_id'),
    )
    .leftJoin('person as taker', (join) =>
      join.onRef('taker.authority_id', '=', 'a.authority_id').onRef('taker.person_id', '=', 'a.taken_by'),
    )
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'a.authority_id').onRef('s.school_id', '=', 'a.school_id'),
    )
    .leftJoin('cluster as c', (join) =>
      join.onRef('c.authority_id', '=', 'a.authority_id').onRef('c.cluster_id', '=', 'a.cluster_id'),
    )
    .where('a.authority_id', '=', authorityId)
    .selectAll('a')
    .select(['asker.name as asker_name', 'asker.telephone as asker_telephone', 'taker.name as taker_name'])
    .select(['s.name as school_name', 'c.name as cluster_name']);
}

/** With the names that its card needs. */
export function getAlert(trx: Trx, authorityId: string, alertId: string) {
  return shown(trx, authorityId).where('a.alert_id', '=', alertId).executeTakeFirst();
}

/** The asker's own that is not settled, raised since then. */
export function findAlertOf(trx: Trx, authorityId: string, askerId: string, since: Date) {
  return shown(trx, authorityId)
    .where('a.asker_id', '=', askerId)
    .where('a.raised_at', '>=', since)
    .where('a.state', '<>', 'stood-down')
    .orderBy('a.raised_at', 'desc')
    .executeTakeFirst();
}

export function findSchoolOf(trx: Trx, authorityId: string, schoolId: string) {
  return trx
    .selectFrom('school')
    .select(['school_id', 'cluster_id'])
    .where('authority_id', '=', authorityId)
    .where('school_id', '=', schoolId)
    .executeTakeFirst();
}

export async function countLearnersAt(trx: Trx, authorityId: string, schoolId: string): Promise<number> {
  const row = await trx
    .selectFrom('learner_scope')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('authority_id', '=', authorityId)
    .where('school_id', '=', schoolId)
    .executeTakeFirstOrThrow();
  return row.n;
}
