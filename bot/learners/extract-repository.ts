import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { ExtractMappingRow, ExtractRow, ExtractSourceRow } from '../db/schema-extracts.js';

export type StoredExtract = Selectable<ExtractRow>;
export type StoredSource = Selectable<ExtractSourceRow>;
export type StoredMapping = Selectable<ExtractMappingRow>;

export async function insertExtract(trx: Trx, row: Insertable<ExtractRow>): Promise<void> {
  await trx.insertInto('extract').values(row).execute();
}

export function findExtract(trx: Trx, authorityId: string, extractId: string): Promise<StoredExtract | undefined> {
  return extractById(trx, authorityId, extractId).executeTakeFirst();
}

export function findExtractForUpdate(
  trx: Trx,
  authorityId: string,
  extractId: string,
): Promise<StoredExtract | undefined> {
  return extractById(trx, authorityId, extractId).forUpdate().executeTakeFirst();
}

function extractById(trx: Trx, authorityId: string, extractId: string) {
  return trx
    .selectFrom('extract')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('extract_id', '=', extractId);
}

export function listExtracts(trx: Trx, authorityId: string, limit: number): Promise<StoredExtract[]> {
  return trx
    .selectFrom('extract')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('uploaded_at', 'desc')
    .orderBy('extract_id', 'desc')
    .limit(limit)
    .execute();
}

export async function updateExtract(
  trx: Trx,
  authorityId: string,
  extractId: string,
  change: Updateable<ExtractRow>,
): Promise<void> {
  await trx
    .updateTable('extract')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('authority_id', '=', authorityId)
    .where('extract_id', '=', extractId)
    .execute();
}

export function listSources(trx: Trx, authorityId: string): Promise<StoredSource[]> {
  return trx
    .selectFrom('extract_source')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('system')
    .orderBy('kind')
    .execute();
}

export function findSource(trx: Trx, authorityId: string, sourceId: string): Promise<StoredSource | undefined> {
  return trx
    .selectFrom('extract_source')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
}

/** The source of that system and kind, made when it is new; what was said of it last holds. */
export async function putSource(trx: Trx, row: Insertable<ExtractSourceRow>): Promise<StoredSource> {
  return trx
    .insertInto('extract_source')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['authority_id', 'system', 'kind'])
        .doUpdateSet({ registers: row.registers, complete: row.complete }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The newest mapping of each source. */
export function listMappings(trx: Trx, authorityId: string): Promise<StoredMapping[]> {
  return trx
    .selectFrom('extract_mapping')
    .selectAll()
    .distinctOn('source_id')
    .where('authority_id', '=', authorityId)
    .orderBy('source_id')
    .orderBy('version', 'desc')
    .execute();
}

export function findMapping(trx: Trx, authorityId: string, mappingId: string): Promise<StoredMapping | undefined> {
  return trx
    .selectFrom('extract_mapping')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('mapping_id', '=', mappingId)
    .executeTakeFirst();
}

export async function insertMapping(trx: Trx, row: Insertable<ExtractMappingRow>): Promise<void> {
  await trx.insertInto('extract_mapping').values(row).execute();
}

export async function countKnownRecords(trx: Trx, authorityId: string, sourceId: string): Promise<number> {
  const row = await trx
    .selectFrom('source_record')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('authority_id', '=', authorityId)
    .where('source_id', '=', sourceId)
    .where('known_to', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Whether one taken after this is still standing. */
export async function takenSince(trx: Trx, authorityId: string, extract: StoredExtract): Promise<boolean> {
  const row = await trx
    .selectFrom('extract')
    .select('extract_id')
    .where('authority_id', '=', authorityId)
    .where('source_id', '=', extract.source_id)
    .where('extract_id', '<>', extract.extract_id)
    .where('state', 'in', ['importing', 'imported', 'undoing'])
    .where('imported_at', '>=', extract.imported_at)
    .executeTakeFirst();
  return row !== undefined;
}

/** Another extract that is being taken or undone: they wait for each other. */
export async function otherUnderWay(trx: Trx, authorityId: string, extractId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('extract')
    .select('extract_id')
    .where('authority_id', '=', authorityId)
    .where('extract_id', '<>', extractId)
    .where('state', 'in', ['importing', 'undoing'])
    .executeTakeFirst();
  return row !== undefined;
}

export function listSchools(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .execute();
}

/** Whether a learner that it touched was touched again, or one that it brought has been worked with. */
export async function touchedSince(trx: Trx, authorityId: string, extractId: string): Promise<boolean> {
  const { rows } = await sql<{ touched: boolean }>`
    select exists (
      select 1 from extract_before b join learner l on l.authority_id = b.authority_id and l.learner_id = b.learner_id
      where b.authority_id = ${authorityId} and b.extract_id = ${extractId} and l.version <> b.after_version
    ) or exists (
      select 1 from extract_before b join activity a on a.authority_id = b.authority_id and a.learner_id = b.learner_id
      where b.authority_id = ${authorityId} and b.extract_id = ${extractId} and b.learner is null
        and a.aggregate_kind not in ('learner', 'change')
    ) as touched`.execute(trx);
  return rows[0]?.touched ?? true;
}
