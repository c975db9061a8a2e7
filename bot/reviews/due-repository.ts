import { type Insertable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

/** Facts that stand, by learner, oldest recorded first. `learnerIds` null: of everybody reached. */
export function listFacts(trx: Trx, authorityId: string, learnerIds: readonly string[] | null) {
  let query = trx
    .selectFrom('review_fact as f')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'f.authority_id').onRef('p.person_id', '=', 'f.recorded_by'),
    )
    .selectAll('f')
    .select('p.name as recorded_by_name')
    .where('f.authority_id', '=', authorityId)
    .where('f.ended_at', 'is', null);
  if (learnerIds) query = query.where('f.learner_id', 'in', learnerIds);
  return query.orderBy('f.learner_id').orderBy('f.recorded_at').orderBy('f.fact_id').execute();
}
export type ListedFact = Awaited<ReturnType<typeof listFacts>>[number];

export async function insertFact(trx: Trx, row: Insertable<Schema['review_fact']>): Promise<void> {
  await trx.insertInto('review_fact').values(row).execute();
}

/** False when it does not stand, or is another learner's. */
export async function endFact(
  trx: Trx,
  authorityId: string,
  fact: { readonly id: string; readonly learnerId: string; readonly replacedBy: string | null; readonly at: Date },
): Promise<boolean> {
  const ended = await trx
    .updateTable('review_fact')
    .set({ ended_at: fact.at, replaced_by: fact.replacedBy })
    .where('authority_id', '=', authorityId)
    .where('fact_id', '=', fact.id)
    .where('learner_id', '=', fact.learnerId)
    .where('ended_at', 'is', null)
    .returning('fact_id')
    .execute();
  return ended.length > 0;
}

/** Learners whose reviews may be due: looked after today by the record, or with any fact. */
export function listLearners(trx: Trx, authorityId: string, learnerId: string | null) {
  let query = trx
    .selectFrom('learner as l')
    .select(['l.learner_id', 'l.given_name', 'l.family_name', 'l.known_as', 'l.stage', 'l.school_id', 'l.status'])
    .where('l.authority_id', '=', authorityId);
  query = learnerId
    ? query.where('l.learner_id', '=', learnerId)
    : query.where((where) =>
        where.or([
          where('l.status', '=', 'looked-after'),
          where.exists(
            where
              .selectFrom('review_fact as f')
              .select('f.fact_id')
              .whereRef('f.authority_id', '=', 'l.authority_id')
              .whereRef('f.learner_id', '=', 'l.learner_id')
              .where('f.ended_at', 'is', null),
          ),
        ]),
      );
  return query.orderBy('l.family_name').orderBy('l.given_name').orderBy('l.learner_id').execute();
}

/** Held by row until the transaction ends: what is recorded of one learner is recorded one after another. */
export function lockLearner(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner')
    .select('learner_id')
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .forUpdate()
    .executeTakeFirst();
}

/** Meetings that are still to come, by learner and time. */
export function listComing(trx: Trx, authorityId: string, from: Date, learnerId: string | null) {
  let query = trx
    .selectFrom('review')
    .select(['review_id', 'learner_id', 'reference', 'state', 'convener', 'series', 'purpose', 'starts_at'])
    .where('authority_id', '=', authorityId)
    .where('state', 'in', ['booking', 'booked', 'recorded'])
    .where('ends_at', '>=', from);
  if (learnerId) query = query.where('learner_id', '=', learnerId);
  return query.orderBy('starts_at').orderBy('review_id').execute();
}
export type ComingReview = Awaited<ReturnType<typeof listComing>>[number];

/** The council's own closed days and every school's terms, for working days and warnings. */
export function listDates(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('school_date')
    .select(['kind', 'from_on as fromOn', 'until_on as untilOn', 'school_id as schoolId'])
    .where('authority_id', '=', authorityId)
    .execute();
}

export async function nextFactVersion(trx: Trx, authorityId: string, learnerId: string): Promise<number> {
  const row = await trx
    .selectFrom('review_fact')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirstOrThrow();
  return row.count;
}
