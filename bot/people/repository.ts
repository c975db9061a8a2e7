import { type Insertable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { PersonRoleRow, PersonRow, SchoolRow } from '../db/schema.js';
import { foldedLetters, foldLetters } from './person.js';

export interface PeopleWanted {
  readonly search: string;
  readonly role?: string | undefined;
  readonly schoolId?: string | undefined;
  readonly limit: number;
}

/** Names, addresses and posts as people without the right keyboard type them. */
const folded = (column: string) =>
  sql<string>`translate(lower(${sql.ref(column)}), ${foldedLetters.from}, ${foldedLetters.to})`;

/** Present staff, by name. `total` counts all that match, not only those within the limit. */
export async function listPeople(trx: Trx, authorityId: string, on: string, wanted: PeopleWanted) {
  let query = trx
    .selectFrom('person as p')
    .where('p.authority_id', '=', authorityId)
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]));
  if (wanted.search) {
    const like = `%${foldLetters(wanted.search).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where((where) =>
      where.or(['p.name', 'p.email', 'p.job_title'].map((column) => sql<boolean>`${folded(column)} like ${like}`)),
    );
  }
  if (wanted.role ?? wanted.schoolId)
    query = query.where('p.person_id', 'in', (from) => {
      let held = from
        .selectFrom('person_role as r')
        .select('r.person_id')
        .where('r.authority_id', '=', authorityId)
        .where('r.valid_from', '<=', on)
        .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]));
      if (wanted.role) held = held.where('r.role', '=', wanted.role);
      if (wanted.schoolId) held = held.where('r.school_id', '=', wanted.schoolId);
      return held;
    });
  const { total } = await query.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
  const items = await query.selectAll('p').orderBy('p.name').orderBy('p.person_id').limit(wanted.limit).execute();
  return { items, total };
}

export async function listRolesHeld(trx: Trx, authorityId: string, on: string, personIds: readonly string[]) {
  if (personIds.length === 0) return [];
  return trx
    .selectFrom('person_role as r')
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'r.authority_id').onRef('s.school_id', '=', 'r.school_id'),
    )
    .leftJoin('team as t', (join) =>
      join.onRef('t.authority_id', '=', 'r.authority_id').onRef('t.team_id', '=', 'r.team_id'),
    )
    .select([
      'r.person_id',
      'r.role',
      'r.school_id',
      'r.confirmed_on',
      'r.valid_from',
      's.name as school',
      't.name as team',
    ])
    .where('r.authority_id', '=', authorityId)
    .where('r.person_id', 'in', [...personIds])
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .orderBy('r.role')
    .execute();
}

export function findPerson(trx: Trx, authorityId: string, personId: string) {
  return trx
    .selectFrom('person')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export function findPersonForUpdate(trx: Trx, authorityId: string, personId: string) {
  return trx
    .selectFrom('person')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
}

export function listPeopleByEmail(trx: Trx, authorityId: string, emails: readonly string[]) {
  return trx
    .selectFrom('person')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where(sql<string>`lower(email)`, 'in', [...emails])
    .forUpdate()
    .execute();
}

/** Held today or to come: a second list must not give again what the first gave for next term. */
export function listRolesToCome(trx: Trx, authorityId: string, on: string, personIds: readonly string[]) {
  return trx
    .selectFrom('person_role')
    .select(['person_id', 'role', 'school_id'])
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', [...personIds])
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .execute();
}

export function listSchools(trx: Trx, authorityId: string): Promise<SchoolRow[]> {
  return trx.selectFrom('school').selectAll().where('authority_id', '=', authorityId).orderBy('name').execute();
}

export async function insertPeople(trx: Trx, rows: readonly Insertable<PersonRow>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000)
    await trx
      .insertInto('person')
      .values(rows.slice(at, at + 1000))
      .execute();
}

export async function insertRoles(trx: Trx, rows: readonly Insertable<PersonRoleRow>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000)
    await trx
      .insertInto('person_role')
      .values(rows.slice(at, at + 1000))
      .execute();
}

export async function updatePerson(
  trx: Trx,
  authorityId: string,
  personId: string,
  change: { name?: string; telephone?: string; job_title?: string; leaves_on?: string },
): Promise<void> {
  await trx
    .updateTable('person')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .execute();
}

/** Roles last through `until` at most; one that would only begin after it never does. */
export async function endRoles(
  trx: Trx,
  authorityId: string,
  whose: { readonly personIds: readonly string[]; readonly schoolId?: string },
  until: string,
): Promise<number> {
  if (whose.personIds.length === 0) return 0;
  let query = trx
    .updateTable('person_role')
    .set({ valid_to: until })
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', [...whose.personIds])
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', until)]));
  if (whose.schoolId) query = query.where('school_id', '=', whose.schoolId);
  const result = await query.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function confirmRoles(
  trx: Trx,
  authorityId: string,
  whose: { readonly personIds: readonly string[]; readonly schoolId: string },
  on: string,
): Promise<number> {
  if (whose.personIds.length === 0) return 0;
  const result = await trx
    .updateTable('person_role')
    .set({ confirmed_on: on })
    .where('authority_id', '=', authorityId)
    .where('school_id', '=', whose.schoolId)
    .where('person_id', 'in', [...whose.personIds])
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** School roles that began before `since` and were not confirmed since then end on `until`. Answers how many. */
export async function endUnconfirmedRoles(
  trx: Trx,
  authorityId: string,
  since: string,
  until: string,
): Promise<number> {
  const result = await trx
    .updateTable('person_role')
    .set({ valid_to: until })
    .where('authority_id', '=', authorityId)
    .where('school_id', 'is not', null)
    .where('valid_from', '<', since)
    .where((where) => where.or([where('confirmed_on', 'is', null), where('confirmed_on', '<', since)]))
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', until)]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
