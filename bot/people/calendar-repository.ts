import type { Insertable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { SchoolDateRow } from '../db/schema.js';
import type { CalendarImportRow } from '../db/schema-states.js';

export function listOfficeHours(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('office_hours')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('weekday')
    .execute();
}

/** Days on which the council's offices are closed; school holidays and in-service days are working days there. */
export function listClosedDays(trx: Trx, authorityId: string, from: string) {
  return trx
    .selectFrom('school_date')
    .select(['from_on', 'until_on'])
    .where('authority_id', '=', authorityId)
    .where('school_id', 'is', null)
    .where('kind', '=', 'closure')
    .where('until_on', '>=', from)
    .execute();
}

/** The council's dates and the school's own that end on or after that day; with null, the council's alone. */
export function listDatesOf(trx: Trx, authorityId: string, schoolId: string | null, from: string) {
  return trx
    .selectFrom('school_date')
    .select(['kind', 'from_on', 'until_on'])
    .where('authority_id', '=', authorityId)
    .where('until_on', '>=', from)
    .where((where) =>
      schoolId
        ? where.or([where('school_id', 'is', null), where('school_id', '=', schoolId)])
        : where('school_id', 'is', null),
    )
    .orderBy('from_on')
    .execute();
}

/** Everything that touches the span, for the page of calendars: the council's and every school's. */
export function listDates(trx: Trx, authorityId: string, span: { fromOn: string; untilOn: string }) {
  return trx
    .selectFrom('school_date as d')
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'd.authority_id').onRef('s.school_id', '=', 'd.school_id'),
    )
    .where('d.authority_id', '=', authorityId)
    .where('d.from_on', '<=', span.untilOn)
    .where('d.until_on', '>=', span.fromOn)
    .select([
      'd.school_date_id as id',
      'd.kind',
      'd.from_on',
      'd.until_on',
      'd.name',
      'd.school_id',
      's.name as school',
    ])
    .orderBy('d.from_on')
    .orderBy('d.school_date_id')
    .execute();
}

export async function insertDates(trx: Trx, rows: readonly Insertable<SchoolDateRow>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('school_date')
      .values([...rows])
      .execute();
}

export async function deleteDate(trx: Trx, authorityId: string, id: string): Promise<boolean> {
  const row = await trx
    .deleteFrom('school_date')
    .where('authority_id', '=', authorityId)
    .where('school_date_id', '=', id)
    .returning('school_date_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertImport(trx: Trx, row: Insertable<CalendarImportRow>): Promise<void> {
  await trx.insertInto('calendar_import').values(row).execute();
}

export function listSchoolNames(trx: Trx, authorityId: string) {
  return trx.selectFrom('school').select(['school_id as id', 'name']).where('authority_id', '=', authorityId).execute();
}
