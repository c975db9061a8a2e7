import { type Selectable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { ExtractRowRow } from '../db/schema-extracts.js';

export type StoredRow = Selectable<ExtractRowRow>;

export interface StagedRow {
  readonly row_number: number;
  readonly outcome: StoredRow['outcome'];
  readonly reasons: unknown;
  readonly person_key: string | null;
  readonly record_key: string | null;
  readonly row_hash: string | null;
  readonly content: unknown;
  readonly changes: unknown;
  readonly learner_id: string | null;
}

/** Many rows in one statement of one parameter, so that its text and its plan are always the same. */
export async function insertRows(
  trx: Trx,
  authorityId: string,
  extractId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into extract_row (authority_id, extract_id, row_number, outcome, reasons, person_key, record_key, row_hash, content, changes, learner_id)
    select ${authorityId}::uuid, ${extractId}::uuid, r.row_number, r.outcome, r.reasons, r.person_key, r.record_key, r.row_hash, r.content, r.changes, r.learner_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row_number integer, outcome text, reasons jsonb, person_key text,
      record_key text, row_hash text, content jsonb, changes jsonb, learner_id uuid)`.execute(trx);
}

export function listRowsByKey(trx: Trx, authorityId: string, extractId: string, keys: readonly string[]) {
  return trx
    .selectFrom('extract_row')
    .select(['record_key', 'row_hash'])
    .where('authority_id', '=', authorityId)
    .where('extract_id', '=', extractId)
    .where('record_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
}

export function listKnownRecords(trx: Trx, authorityId: string, sourceId: string, keys: readonly string[]) {
  return trx
    .selectFrom('source_record')
    .select(['record_id', 'record_key', 'row_hash', 'content', 'learner_id'])
    .where('authority_id', '=', authorityId)
    .where('source_id', '=', sourceId)
    .where('known_to', 'is', null)
    .where('record_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
}

export function listPersonsByKey(trx: Trx, authorityId: string, system: string, keys: readonly string[]) {
  return trx
    .selectFrom('source_person')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system', '=', system)
    .where('person_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
}

/** The next rows to take, in order. */
export function listRowsToTake(
  trx: Trx,
  authorityId: string,
  extractId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<StoredRow[]> {
  return trx
    .selectFrom('extract_row')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('extract_id', '=', extractId)
    .where('row_number', '>', page.after)
    .where('outcome', 'in', ['added', 'changed'])
    .orderBy('row_number')
    .limit(page.limit)
    .execute();
}

export function listRowsOf(
  trx: Trx,
  authorityId: string,
  extractId: string,
  page: { readonly outcome: StoredRow['outcome']; readonly after: number; readonly limit: number },
): Promise<StoredRow[]> {
  return trx
    .selectFrom('extract_row')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('extract_id', '=', extractId)
    .where('outcome', '=', page.outcome)
    .where('row_number', '>', page.after)
    .orderBy('row_number')
    .limit(page.limit)
    .execute();
}

/** Some of what is staged; answers how many rows went. */
export async function deleteRows(trx: Trx, authorityId: string, extractId: string, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from extract_row where authority_id = ${authorityId} and extract_id = ${extractId} and row_number = any(array(
      select row_number from extract_row where authority_id = ${authorityId} and extract_id = ${extractId} order by row_number limit ${limit}))`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

/** Records of a source that is complete and did not name them: no longer in the extract. */
export async function countMissing(
  trx: Trx,
  authorityId: string,
  which: { readonly sourceId: string; readonly extractId: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from source_record r
    where r.authority_id = ${authorityId} and r.source_id = ${which.sourceId} and r.known_to is null
      and not exists (select 1 from extract_row x where x.authority_id = ${authorityId} and x.extract_id = ${which.extractId}
        and x.record_key = r.record_key)`.execute(trx);
  return rows[0]?.n ?? 0;
}
