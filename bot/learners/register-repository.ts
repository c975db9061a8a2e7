import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';

/** The register as the database lets this actor see it. */
export interface RegisterFilter {
  readonly view: string;
  readonly words: string;
  readonly schoolId: string | null;
}

type From = SelectQueryBuilder<Schema & { l: Schema['learner'] }, 'l', object>;

function filtered(trx: Trx, authorityId: string, { view, words, schoolId }: RegisterFilter): From {
  let query = trx.selectFrom('learner as l').where('l.authority_id', '=', authorityId);
  if (schoolId) query = query.where('l.school_id', '=', schoolId);
  if (view === 'looked-after' || view === 'care-experienced') query = query.where('l.status', '=', view);
  if (view === 'unknown-status') query = query.where('l.status', '=', 'unknown');
  if (view === 'no-school') query = query.where('l.school_id', 'is', null);
  if (view === 'outwith') query = query.where('l.education', '=', 'outwith');
  if (view === 'no-scn') query = query.where('l.scn', 'is', null);
  for (const word of words.split(/\s+/).filter((one) => one !== '')) query = query.where(named(word));
  return query;
}

/** Every word begins some part of some name, or is the SCN. */
function named(word: string): Expression<SqlBool> {
  const like = `%${word.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;
  return sql<SqlBool>`(l.given_name ilike ${like} or l.family_name ilike ${like} or l.known_as ilike ${like} or l.scn = ${word})`;
}

export async function countRegister(trx: Trx, authorityId: string, filter: RegisterFilter): Promise<number> {
  const row = await filtered(trx, authorityId, filter)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

export function listRegister(
  trx: Trx,
  authorityId: string,
  filter: RegisterFilter & { readonly offset: number; readonly limit: number; readonly learnerId?: string },
) {
  let query = filtered(trx, authorityId, filter);
  if (filter.learnerId) query = query.where('l.learner_id', '=', filter.learnerId);
  return query
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'l.authority_id').onRef('s.school_id', '=', 'l.school_id'),
    )
    .leftJoin('learner_scope as c', (join) =>
      join.onRef('c.authority_id', '=', 'l.authority_id').onRef('c.learner_id', '=', 'l.learner_id'),
    )
    .leftJoin('person as w', (join) =>
      join.onRef('w.authority_id', '=', 'c.authority_id').onRef('w.person_id', '=', 'c.social_worker_id'),
    )
    .selectAll('l')
    .select(['s.name as school_name', 'w.name as worker_name'])
    .orderBy('l.family_name')
    .orderBy('l.given_name')
    .orderBy('l.learner_id')
    .offset(filter.offset)
    .limit(filter.limit)
    .execute();
}

/** Learners of these with a non-disclosure fact that holds. */
export async function listNonDisclosure(
  trx: Trx,
  authorityId: string,
  learnerIds: readonly string[],
  on: string,
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('learner_fact')
    .select('learner_id')
    .distinct()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', sql<string>`any(${[...learnerIds]}::uuid[])`)
    .where('attribute', '=', 'non-disclosure')
    .where('known_to', 'is', null)
    .where(sql<SqlBool>`value = 'true'::jsonb`)
    .where((where) => where.or([where('valid_from', 'is', null), where('valid_from', '<=', on)]))
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .execute();
  return new Set(rows.map((row) => row.learner_id));
}

/** Facts as they were known at an instant. */
export function listFactsKnownAt(trx: Trx, authorityId: string, learnerId: string, at: Date) {
  return trx
    .selectFrom('learner_fact')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('known_from', '<=', at)
    .where((where) => where.or([where('known_to', 'is', null), where('known_to', '>', at)]))
    .orderBy('attribute')
    .orderBy('valid_from')
    .orderBy('fact_id')
    .execute();
}

export function listRecordsOf(trx: Trx, authorityId: string, learnerId: string, kinds: readonly string[]) {
  return trx
    .selectFrom('source_record as r')
    .innerJoin('extract_source as s', (join) =>
      join.onRef('s.authority_id', '=', 'r.authority_id').onRef('s.source_id', '=', 'r.source_id'),
    )
    .select(['r.record_id', 'r.kind', 's.system', 'r.valid_from', 'r.valid_to', 'r.content'])
    .where('r.authority_id', '=', authorityId)
    .where('r.learner_id', '=', learnerId)
    .where('r.known_to', 'is', null)
    .where('r.kind', 'in', [...kinds])
    .orderBy('r.valid_from', 'desc')
    .limit(2_000)
    .execute();
}

export function listPeopleAround(trx: Trx, authorityId: string, learnerId: string, on: string) {
  return trx
    .selectFrom('learner_link as k')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'k.authority_id').onRef('p.person_id', '=', 'k.person_id'),
    )
    .select(['p.person_id', 'p.name', 'p.telephone', 'k.kind'])
    .where('k.authority_id', '=', authorityId)
    .where('k.learner_id', '=', learnerId)
    .where('k.kind', 'in', ['class-teacher', 'named-person', 'reviewing-officer', 'virtual-school-worker'])
    .where('k.valid_from', '<=', on)
    .where((where) => where.or([where('k.valid_to', 'is', null), where('k.valid_to', '>=', on)]))
    .orderBy('k.kind')
    .orderBy('p.name')
    .execute();
}

export async function nameMap(trx: Trx, authorityId: string, learnerIds: readonly string[]) {
  const rows = await trx
    .selectFrom('learner')
    .select(['learner_id', 'given_name', 'family_name', 'known_as'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', sql<string>`any(${[...learnerIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.learner_id, row]));
}

export async function placeNames(
  trx: Trx,
  authorityId: string,
  ids: { readonly schools: readonly string[]; readonly people: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const schools = await trx
    .selectFrom('school')
    .select(['school_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .where('school_id', '=', sql<string>`any(${[...ids.schools]}::uuid[])`)
    .execute();
  const people = await trx
    .selectFrom('person')
    .select(['person_id as id', 'name'])
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', sql<string>`any(${[...ids.people]}::uuid[])`)
    .execute();
  return new Map([...schools, ...people].map(({ id, name }) => [id, name]));
}
