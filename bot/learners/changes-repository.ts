import { type Insertable, type Selectable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { ChangeNoticeRow, LearnerChangeRow } from '../db/schema-extracts.js';

export type StoredChange = Selectable<LearnerChangeRow>;

export async function insertChanges(trx: Trx, rows: readonly Insertable<LearnerChangeRow>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('learner_change')
      .values([...rows])
      .execute();
}

export async function insertNotices(trx: Trx, rows: readonly Insertable<ChangeNoticeRow>[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('change_notice')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['authority_id', 'change_id', 'person_id']).doNothing())
    .execute();
}

/** Designated managers of these schools today. */
export async function listManagers(trx: Trx, authorityId: string, schoolIds: readonly string[], on: string) {
  return trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.person_id', 'r.school_id'])
    .where('r.authority_id', '=', authorityId)
    .where('r.role', '=', 'designated-manager')
    .where('r.school_id', '=', sql<string>`any(${[...schoolIds]}::uuid[])`)
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .execute();
}

export function findChangeForUpdate(
  trx: Trx,
  authorityId: string,
  changeId: string,
): Promise<StoredChange | undefined> {
  return trx
    .selectFrom('learner_change')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('change_id', '=', changeId)
    .forUpdate()
    .executeTakeFirst();
}

export function listChanges(
  trx: Trx,
  authorityId: string,
  which: { readonly open: boolean; readonly learnerId?: string | undefined; readonly limit: number },
): Promise<StoredChange[]> {
  let query = trx.selectFrom('learner_change').selectAll().where('authority_id', '=', authorityId);
  if (which.open) query = query.where('settled_at', 'is', null);
  if (which.learnerId) query = query.where('learner_id', '=', which.learnerId);
  return query.orderBy('found_at', 'desc').orderBy('change_id', 'desc').limit(which.limit).execute();
}

export function listNotices(trx: Trx, authorityId: string, changeIds: readonly string[]) {
  return trx
    .selectFrom('change_notice as n')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'n.authority_id').onRef('p.person_id', '=', 'n.person_id'),
    )
    .select(['n.change_id', 'n.person_id', 'n.told_at', 'n.acknowledged_at', 'p.name'])
    .where('n.authority_id', '=', authorityId)
    .where('n.change_id', '=', sql<string>`any(${[...changeIds]}::uuid[])`)
    .orderBy('p.name')
    .execute();
}

export async function acknowledge(
  trx: Trx,
  authorityId: string,
  which: { readonly changeId: string; readonly personId: string; readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('change_notice')
    .set({ acknowledged_at: which.at })
    .where('authority_id', '=', authorityId)
    .where('change_id', '=', which.changeId)
    .where('person_id', '=', which.personId)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function countWaiting(trx: Trx, authorityId: string, changeId: string): Promise<number> {
  const row = await trx
    .selectFrom('change_notice')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('authority_id', '=', authorityId)
    .where('change_id', '=', changeId)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function settleChange(
  trx: Trx,
  authorityId: string,
  changeId: string,
  settled: { readonly at: Date; readonly by: string | null; readonly because: string | null },
): Promise<void> {
  await trx
    .updateTable('learner_change')
    .set((set) => ({
      ...{ settled_at: settled.at, settled_by: settled.by, settled_because: settled.because },
      version: set('version', '+', 1),
    }))
    .where('authority_id', '=', authorityId)
    .where('change_id', '=', changeId)
    .execute();
}

export async function raiseVersion(trx: Trx, authorityId: string, changeId: string): Promise<void> {
  await trx
    .updateTable('learner_change')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where('authority_id', '=', authorityId)
    .where('change_id', '=', changeId)
    .execute();
}
