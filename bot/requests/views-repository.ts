import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

export type StoredView = Selectable<Schema['saved_view']>;

/** Own and shared ones: the database shows no others. */
export function listSaved(trx: Trx, authorityId: string): Promise<StoredView[]> {
  return trx
    .selectFrom('saved_view')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .orderBy('view_id')
    .execute();
}

export function findView(trx: Trx, authorityId: string, viewId: string): Promise<StoredView | undefined> {
  return trx
    .selectFrom('saved_view')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('view_id', '=', viewId)
    .executeTakeFirst();
}

export function findViewForUpdate(trx: Trx, authorityId: string, viewId: string): Promise<StoredView | undefined> {
  return trx
    .selectFrom('saved_view')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('view_id', '=', viewId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertView(trx: Trx, row: Insertable<Schema['saved_view']>): Promise<void> {
  await trx.insertInto('saved_view').values(row).execute();
}

export async function updateView(
  trx: Trx,
  { authority_id, view_id }: StoredView,
  change: Updateable<Schema['saved_view']>,
): Promise<void> {
  await trx
    .updateTable('saved_view')
    .set(change)
    .where('authority_id', '=', authority_id)
    .where('view_id', '=', view_id)
    .execute();
}

export async function deleteView(trx: Trx, { authority_id, view_id }: StoredView): Promise<void> {
  await trx.deleteFrom('saved_view').where('authority_id', '=', authority_id).where('view_id', '=', view_id).execute();
}

const tables = {
  schoolId: ['school', 'school_id'],
  clusterId: ['cluster', 'cluster_id'],
  assigneeId: ['person', 'person_id'],
  learnerId: ['learner', 'learner_id'],
} as const;

/** Whether each of the ids stands for something within this transaction's reach. */
export async function allKnown(
  trx: Trx,
  authorityId: string,
  field: keyof typeof tables,
  ids: readonly string[],
): Promise<boolean> {
  const [table, column] = tables[field];
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(table)} where authority_id = ${authorityId} and ${sql.ref(column)} = any (${ids}::uuid[])`.execute(
    trx,
  );
  return rows[0]?.n === new Set(ids).size;
}
