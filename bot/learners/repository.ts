import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { LearnerFactRow, LearnerLinkRow, LearnerRow, LearnerScopeRow } from '../db/schema.js';
import type { LinkKind } from './learner.js';

export type StoredLearner = Selectable<LearnerRow>;

/** Those whom the database lets this actor reach, in school order. */
export function listLearners(trx: Trx, authorityId: string, limit: number): Promise<StoredLearner[]> {
  return trx
    .selectFrom('learner')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('stage')
    .orderBy('family_name')
    .orderBy('given_name')
    .orderBy('learner_id')
    .limit(limit)
    .execute();
}

export function findLearnerForUpdate(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateLearner(
  trx: Trx,
  authorityId: string,
  learnerId: string,
  change: Updateable<LearnerRow>,
): Promise<void> {
  await trx
    .updateTable('learner')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .execute();
}

/** The scope says who reaches whom and is no row about the learner: it is found without reaching them. */
export function findScope(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner_scope')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
}

export async function updateScope(
  trx: Trx,
  authorityId: string,
  learnerId: string,
  change: Updateable<LearnerScopeRow>,
): Promise<void> {
  await trx
    .updateTable('learner_scope')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .execute();
}

/** Believed now, of every time. */
export function listFactsKnown(
  trx: Trx,
  authorityId: string,
  learnerId: string,
): Promise<Selectable<LearnerFactRow>[]> {
  return trx
    .selectFrom('learner_fact')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('known_to', 'is', null)
    .orderBy('fact_id')
    .execute();
}

export async function closeFacts(trx: Trx, authorityId: string, factIds: readonly string[], at: Date): Promise<void> {
  if (factIds.length === 0) return;
  await trx
    .updateTable('learner_fact')
    .set({ known_to: at })
    .where('authority_id', '=', authorityId)
    .where('fact_id', 'in', [...factIds])
    .where('known_to', 'is', null)
    .execute();
}

export async function insertFacts(trx: Trx, rows: readonly Insertable<LearnerFactRow>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('learner_fact')
      .values([...rows])
      .execute();
}

export async function insertLink(trx: Trx, row: Insertable<LearnerLinkRow>): Promise<void> {
  await trx.insertInto('learner_link').values(row).execute();
}

function listLinks(trx: Trx, authorityId: string, learnerId: string, on: string) {
  return trx
    .selectFrom('learner_link')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .execute();
}

/** The actor's own declared conflict: readable by them though the learner is not. */
export async function hasConflict(
  trx: Trx,
  authorityId: string,
  learnerId: string,
  personId: string,
  on: string,
): Promise<boolean> {
  const links = await listLinks(trx, authorityId, learnerId, on);
  return links.some((link) => link.person_id === personId && link.kind === 'conflict');
}

export async function endLinks(
  trx: Trx,
  authorityId: string,
  which: { readonly learnerId: string; readonly kind: LinkKind; readonly personId?: string | undefined },
  until: string,
): Promise<number> {
  let query = trx
    .updateTable('learner_link')
    .set({ valid_to: until })
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', which.learnerId)
    .where('kind', '=', which.kind)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', until)]));
  if (which.personId) query = query.where('person_id', '=', which.personId);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function insertBreakGlass(
  trx: Trx,
  row: {
    authority_id: string;
    break_glass_id: string;
    learner_id: string;
    person_id: string;
    reason: string;
    started_at: Date;
    ends_at: Date;
  },
): Promise<void> {
  await trx.insertInto('break_glass').values(row).execute();
}

export function listRolesOf(trx: Trx, authorityId: string, personId: string, on: string) {
  return trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select(['r.role', 'r.school_id', 'r.team_id'])
    .where('r.authority_id', '=', authorityId)
    .where('r.person_id', '=', personId)
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .execute();
}
