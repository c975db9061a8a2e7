import type { Kysely } from 'kysely';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import type { Schema } from '../db/schema.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import { audit } from './audit.js';
import { readGuid } from './guid.js';

/** What one council's tenant is made of, as infra/registrations.md names it. Ids are GUIDs. */
export interface TenantOfCouncil {
  readonly tenantId: string;
  /** What its people call it: "Council", "Glow". Shown to whoever is asked to add somebody. */
  readonly name: string;
  readonly botAppId: string | null;
  readonly apiClientId: string | null;
  readonly workerClientId: string | null;
  /** The address from which this council's invitations go. One a council. */
  readonly reviewMailbox: string | null;
}

type Surroundings = Pick<Context, 'db' | 'clock' | 'random'>;

/**
 * Makes a council, or finds it when its code is here already; the database is then a real installation, into
 * which no demo can be loaded. Needs the owner's handle. Throws AppError('invalid') where the demo is.
 */
export async function addCouncil(
  { db, clock, random }: Surroundings,
  council: { readonly code: string; readonly name: string },
): Promise<{ authorityId: string; made: boolean }> {
  await refuseDemo(db.directory);
  const now = toDate(clock.now());
  await db.directory
    .insertInto('directory.installation')
    .values({ one: true, demo: false, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await db.directory
    .insertInto('directory.authority')
    .values({ authority_id: random.id(), ...council, created_at: now })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('authority_id')
    .executeTakeFirst();
  const found = await db.directory
    .selectFrom('directory.authority')
    .select('authority_id')
    .where('code', '=', council.code)
    .executeTakeFirstOrThrow();
  return { authorityId: found.authority_id, made: made !== undefined };
}

/**
 * Needs the owner's handle too. Lets a tenant's people and registrations in for the council of `ctx`; what is there already stays. Answers what was
 * added. Throws AppError('invalid') naming what is wrong: no GUID, no address, a second review mailbox, the demo.
 */
export async function addTenant(ctx: Context, given: TenantOfCouncil): Promise<string[]> {
  const { authorityId } = ctx.actor;
  const tenant = readTenant(given);
  await refuseDemo(ctx.db.directory);
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    if (tenant.reviewMailbox && (await hasOtherMailbox(trx, authorityId, tenant.reviewMailbox)))
      throw new AppError('invalid', { where: 'reviewMailbox', why: 'this council has another one' });
    await trx
      .insertInto('directory.tenant')
      .values({ tenant_id: tenant.tenantId, name: tenant.name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto('directory.tenant_authority')
      .values({ tenant_id: tenant.tenantId, authority_id: authorityId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const added: string[] = [];
    for (const { kind, value } of registrationsOf(tenant)) {
      const belongs = kind === 'review-mailbox' ? authorityId : null;
      const row = await trx
        .insertInto('directory.registration')
        .values({ tenant_id: tenant.tenantId, kind, value, authority_id: belongs })
        .onConflict((conflict) => conflict.doNothing())
        .returning('kind')
        .executeTakeFirst();
      if (row) added.push(row.kind);
    }
    await audit(ctx, trx, { verb: 'council.tenant', purpose: 'installation', fields: added });
    return added;
  });
}

/** The same with every id in lower case, as tokens are compared with it. */
function readTenant(given: TenantOfCouncil): TenantOfCouncil {
  const id = (where: string, value: string) => {
    const read = readGuid(value);
    if (read === null) throw new AppError('invalid', { where, why: 'not a GUID' });
    return read;
  };
  const optional = (where: string, value: string | null) => (value === null ? null : id(where, value));
  if (given.reviewMailbox !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.reviewMailbox))
    throw new AppError('invalid', { where: 'reviewMailbox', why: 'not an address' });
  return {
    name: given.name,
    tenantId: id('tenantId', given.tenantId),
    botAppId: optional('botAppId', given.botAppId),
    apiClientId: optional('apiClientId', given.apiClientId),
    workerClientId: optional('workerClientId', given.workerClientId),
    reviewMailbox: given.reviewMailbox?.toLowerCase() ?? null,
  };
}

function registrationsOf(tenant: TenantOfCouncil) {
  const named = [
    { kind: 'bot', value: tenant.botAppId },
    { kind: 'api', value: tenant.apiClientId },
    { kind: 'worker', value: tenant.workerClientId },
    { kind: 'review-mailbox', value: tenant.reviewMailbox },
  ] as const;
  return named.flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value }]));
}

async function hasOtherMailbox(trx: Trx, authorityId: string, mailbox: string): Promise<boolean> {
  const rows = await trx
    .selectFrom('directory.registration')
    .select('value')
    .where('kind', '=', 'review-mailbox')
    .where('authority_id', '=', authorityId)
    .execute();
  return rows.some(({ value }) => value !== mailbox);
}

async function refuseDemo(directory: Kysely<Schema>): Promise<void> {
  const row = await directory.selectFrom('directory.installation').select('demo').executeTakeFirst();
  if (row?.demo) throw new AppError('invalid', { where: 'database', why: 'it holds the demo council' });
}
