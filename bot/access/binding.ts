import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Clock, Random } from '../context.js';
import type { Schema } from '../db/schema.js';
import { AppError, isAppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';

/**
 * Joins an account (tenant, object id) to a person of an authority, and parts them again: the only writer of
 * directory.identity. resolve.ts reads it. Every function takes the handle that it is to work on, so that inside a
 * service's transaction the joining is part of it.
 */
export interface Account {
  readonly tenantId: string;
  readonly objectId: string;
}

export type BoundBy = 'list' | 'code' | 'designated-manager' | 'console';

interface Belonging {
  readonly authorityId: string;
  readonly personId: string;
}

/**
 * Throws AppError('invalid') when the tenant is not one that this authority's people come from, or when the account is
 * somebody else's in this authority already: an account never moves from one person to another in silence.
 */
export async function bindAccount(
  db: Kysely<Schema>,
  clock: Clock,
  account: Account,
  to: Belonging & { readonly by: BoundBy },
): Promise<void> {
  if (!(await tenantServes(db, account.tenantId, to.authorityId)))
    throw new AppError('invalid', { where: 'tenantId', why: 'not a tenant of this council' });
  const kept = await db
    .insertInto('directory.identity')
    .values({
      ...{ tenant_id: account.tenantId, object_id: account.objectId, authority_id: to.authorityId },
      ...{ person_id: to.personId, bound_at: toDate(clock.now()), bound_by: to.by },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'object_id', 'authority_id'])
        .doUpdateSet({ ended_on: null, bound_at: toDate(clock.now()), bound_by: to.by })
        // Their own again, after a return.
        .where('directory.identity.person_id', '=', to.personId),
    )
    .returning('person_id')
    .executeTakeFirst();
  if (!kept) throw new AppError('invalid', { where: 'objectId', why: 'joined to somebody else' });
}

export async function tenantServes(db: Kysely<Schema>, tenantId: string, authorityId: string): Promise<boolean> {
  const row = await db
    .selectFrom('directory.tenant_authority')
    .select('tenant_id')
    .where('tenant_id', '=', tenantId)
    .where('authority_id', '=', authorityId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The tenant that a list's object ids are of when it does not say: the council's only one, else null. */
export async function onlyTenantOf(db: Kysely<Schema>, authorityId: string): Promise<string | null> {
  const rows = await db
    .selectFrom('directory.tenant_authority')
    .select('tenant_id')
    .where('authority_id', '=', authorityId)
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.tenant_id ?? null) : null;
}

/** Object id -> the person of this authority who holds, or held, that account. */
export async function accountsIn(
  db: Kysely<Schema>,
  where: { readonly authorityId: string; readonly tenantId: string },
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (objectIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('directory.identity')
    .select(['object_id', 'person_id'])
    .where('authority_id', '=', where.authorityId)
    .where('tenant_id', '=', where.tenantId)
    .where('object_id', 'in', [...objectIds])
    .execute();
  return new Map(rows.map((row) => [row.object_id, row.person_id]));
}

/** A tenant's name as the directory has it: never one that somebody claims. */
export async function tenantNames(db: Kysely<Schema>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('directory.tenant')
    .selectAll()
    .where('tenant_id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.tenant_id, row.name]));
}

/** From that day on these accounts answer to nobody in this authority. */
export async function endAccounts(db: Kysely<Schema>, whose: Belonging, endedOn: string): Promise<void> {
  await db
    .updateTable('directory.identity')
    .set({ ended_on: endedOn })
    .where('authority_id', '=', whose.authorityId)
    .where('person_id', '=', whose.personId)
    .execute();
}

/** Which of these people have an account joined today. */
export async function boundAmong(
  db: Kysely<Schema>,
  clock: Clock,
  authorityId: string,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('directory.identity')
    .select('person_id')
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', [...personIds])
    .where((where) => where.or([where('ended_on', 'is', null), where('ended_on', '>', dateIn(clock.now()))]))
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}

export type CodePurpose = 'bind' | 'first-administrator';

const codeLife = Temporal.Duration.from({ hours: 24 * 7 });
const consoleLife = Temporal.Duration.from({ hours: 1 });

/** A single-use code for one person, 'XXXX-XXXX-XXXX' (60 bits). Only its hash is kept; this is the one time it is seen. */
export async function issueCode(
  db: Kysely<Schema>,
  parts: { readonly clock: Clock; readonly random: Random },
  whose: Belonging & { readonly purpose: CodePurpose },
): Promise<{ code: string; expiresAt: Temporal.Instant }> {
  const code = parts.random.code(12);
  const expiresAt = parts.clock.now().add(whose.purpose === 'bind' ? codeLife : consoleLife);
  await db
    .insertInto('directory.binding_code')
    .values({
      ...{ code_hash: hashOf(code), authority_id: whose.authorityId, person_id: whose.personId },
      ...{ purpose: whose.purpose, expires_at: toDate(expiresAt) },
    })
    .execute();
  return { code: `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`, expiresAt };
}

/** As people type them: any case, dashes or none, and the letters that Crockford's alphabet reads as digits. */
function hashOf(code: string): string {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest('hex');
}

export interface Binding {
  /** True when the code was good and the account is now joined. Every other reason is the same false. */
  byCode(tenantId: string, objectId: string, code: string): Promise<boolean>;
}

const attemptsAllowed = 5;
const attemptsWithin = Temporal.Duration.from({ hours: 1 });

export function createBinding(db: Kysely<Schema>, clock: Clock): Binding {
  return {
    async byCode(tenantId, objectId, code) {
      // Counted by itself: a guess that fails must stay counted.
      if (!(await mayTry(db, clock, { tenantId, objectId }))) return false;
      try {
        await db.transaction().execute((trx) => useCode(trx, clock, { tenantId, objectId }, code));
        return true;
      } catch (error) {
        if (isAppError(error)) return false;
        throw error;
      }
    },
  };
}

async function mayTry(db: Kysely<Schema>, clock: Clock, account: Account): Promise<boolean> {
  const now = toDate(clock.now());
  const stale = toDate(clock.now().subtract(attemptsWithin));
  const row = await db
    .insertInto('directory.binding_attempt')
    .values({ tenant_id: account.tenantId, object_id: account.objectId, since: now, attempts: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'object_id']).doUpdateSet({
        attempts: sql<number>`case when directory.binding_attempt.since < ${stale} then 1 else directory.binding_attempt.attempts + 1 end`,
        since: sql<Date>`case when directory.binding_attempt.since < ${stale} then ${now}::timestamptz else directory.binding_attempt.since end`,
      }),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return row.attempts <= attemptsAllowed;
}

/** Throws AppError, and uses nothing up, when the code is none or is not for this account. */
async function useCode(trx: Kysely<Schema>, clock: Clock, account: Account, code: string): Promise<void> {
  const now = toDate(clock.now());
  const used = await trx
    .updateTable('directory.binding_code')
    .set({ used_at: now })
    .where('code_hash', '=', hashOf(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['authority_id', 'person_id', 'purpose'])
    .executeTakeFirst();
  if (!used) throw new AppError('not-found');
  const by = used.purpose === 'bind' ? 'code' : 'console';
  await bindAccount(trx, clock, account, { authorityId: used.authority_id, personId: used.person_id, by });
}
