import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

export type StoredPlan = Selectable<Schema['review_plan']>;

export async function insertPlan(
  trx: Trx,
  plan: Insertable<Schema['review_plan']>,
  items: readonly Insertable<Schema['review_plan_item']>[],
): Promise<void> {
  await trx.insertInto('review_plan').values(plan).execute();
  for (let from = 0; from < items.length; from += 500)
    await trx
      .insertInto('review_plan_item')
      .values(items.slice(from, from + 500))
      .execute();
}

export function findPlan(trx: Trx, authorityId: string, planId: string, lock = false): Promise<StoredPlan | undefined> {
  const query = trx
    .selectFrom('review_plan')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('plan_id', '=', planId);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** The one that was made last and was not dropped. */
export function findCurrent(trx: Trx, authorityId: string): Promise<StoredPlan | undefined> {
  return trx
    .selectFrom('review_plan')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('state', '<>', 'dropped')
    .orderBy('made_at', 'desc')
    .orderBy('plan_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function updatePlan(trx: Trx, plan: StoredPlan, change: Updateable<Schema['review_plan']>): Promise<void> {
  await trx
    .updateTable('review_plan')
    .set(change)
    .where('authority_id', '=', plan.authority_id)
    .where('plan_id', '=', plan.plan_id)
    .execute();
}

/** Of learners that the viewer reaches, by name. */
export function listItems(trx: Trx, authorityId: string, planId: string) {
  return trx
    .selectFrom('review_plan_item as i')
    .innerJoin('learner as l', (join) =>
      join.onRef('l.authority_id', '=', 'i.authority_id').onRef('l.learner_id', '=', 'i.learner_id'),
    )
    .selectAll('i')
    .select(['l.given_name', 'l.family_name', 'l.known_as', 'l.stage'])
    .where('i.authority_id', '=', authorityId)
    .where('i.plan_id', '=', planId)
    .orderBy('i.due_on')
    .orderBy('l.family_name')
    .orderBy('i.item_id')
    .execute();
}
export type ListedItem = Awaited<ReturnType<typeof listItems>>[number];

export function findItem(trx: Trx, authorityId: string, itemId: string) {
  return trx
    .selectFrom('review_plan_item as i')
    .innerJoin('review_plan as p', (join) =>
      join.onRef('p.authority_id', '=', 'i.authority_id').onRef('p.plan_id', '=', 'i.plan_id'),
    )
    .selectAll('i')
    .select(['p.minutes', 'p.made_by', 'p.state as plan_state'])
    .where('i.authority_id', '=', authorityId)
    .where('i.item_id', '=', itemId)
    .executeTakeFirst();
}

export async function updateItem(
  trx: Trx,
  authorityId: string,
  itemId: string,
  change: Updateable<Schema['review_plan_item']>,
): Promise<void> {
  await trx
    .updateTable('review_plan_item')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('item_id', '=', itemId)
    .execute();
}

export function listReleased(trx: Trx, authorityId: string, from: Date, until: Date) {
  return trx
    .selectFrom('released_slot as s')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 's.authority_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select(['s.slot_id', 's.person_id', 's.from_at', 's.until_at', 'p.name'])
    .where('s.authority_id', '=', authorityId)
    .where('s.from_at', '<', until)
    .where('s.until_at', '>', from)
    .orderBy('s.from_at')
    .orderBy('s.slot_id')
    .execute();
}

export async function replaceReleased(
  trx: Trx,
  of: { readonly authorityId: string; readonly personId: string; readonly from: Date; readonly until: Date },
  rows: readonly Insertable<Schema['released_slot']>[],
): Promise<void> {
  await trx
    .deleteFrom('released_slot')
    .where('authority_id', '=', of.authorityId)
    .where('person_id', '=', of.personId)
    .where('from_at', '>=', of.from)
    .where('from_at', '<', of.until)
    .execute();
  if (rows.length > 0)
    await trx
      .insertInto('released_slot')
      .values([...rows])
      .execute();
}
