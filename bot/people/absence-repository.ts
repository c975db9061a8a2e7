import { type Insertable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AbsenceRow } from '../db/schema.js';

export function listAbsences(trx: Trx, authorityId: string, span: { fromOn: string; untilOn: string }) {
  return trx
    .selectFrom('absence as a')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.person_id', '=', 'a.person_id'),
    )
    .leftJoin('person as c', (join) =>
      join.onRef('c.authority_id', '=', 'a.authority_id').onRef('c.person_id', '=', 'a.cover_person_id'),
    )
    .where('a.authority_id', '=', authorityId)
    .where('a.from_on', '<=', span.untilOn)
    .where('a.until_on', '>=', span.fromOn)
    .select(['a.absence_id as id', 'a.person_id', 'p.name as person', 'a.from_on', 'a.until_on'])
    .select(['a.cover_person_id as cover_id', 'c.name as cover'])
    .orderBy('a.from_on')
    .orderBy('a.absence_id')
    .execute();
}

export async function countPeople(trx: Trx, authorityId: string, ids: readonly string[]): Promise<number> {
  const row = await trx
    .selectFrom('person')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', [...ids])
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function insertAbsence(trx: Trx, row: Insertable<AbsenceRow>): Promise<void> {
  await trx.insertInto('absence').values(row).execute();
}

export function findAbsence(trx: Trx, authorityId: string, id: string) {
  return trx
    .selectFrom('absence')
    .select('person_id')
    .where('authority_id', '=', authorityId)
    .where('absence_id', '=', id)
    .executeTakeFirst();
}

export async function deleteAbsence(trx: Trx, authorityId: string, id: string): Promise<void> {
  await trx.deleteFrom('absence').where('authority_id', '=', authorityId).where('absence_id', '=', id).execute();
}
