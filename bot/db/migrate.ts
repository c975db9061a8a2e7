import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/**
 * Our own runner rather than Kysely's Migrator: migrations are plain SQL that the Citus check and a database
 * administrator can read, an applied file may never change (its hash is kept), and running as a role that row level
 * security does not bind is refused. Kysely's keeps names only and runs TypeScript.
 */
interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/** Carries PostgreSQL's message, which names objects, but not its detail, which quotes rows; hence no `cause` either. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';

  constructor(file: string, error: unknown) {
    super(`Migration ${file} failed and was rolled back: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const shippedMigrations = fileURLToPath(new URL('./migrations/', import.meta.url));
const fileShape = /^(\d{4})-[a-z0-9-]+\.sql$/;
// Any number will do; it only has to be the same for every runner. Advisory locks are per database.
const runnerLock = 4_715_001;
// A migration that waits for a lock stands in front of everybody who comes after it. Better to fail and be run again.
const lockTimeout = '10s';
/** A file that begins with this line changes data: it is run once for each authority, with that authority set. */
const perAuthority = /^-- for each authority\b/;

/** Reads and orders the numbered files. Throws MigrationRefused on a file that does not fit or a number used twice. */
async function readMigrations(directory = shippedMigrations): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(directory, file)));
  const twice = migrations.find((migration, index) => migrations[index - 1]?.number === migration.number);
  if (twice)
    throw new MigrationRefused(`Two migrations have number ${twice.number}. Renumber the one that was never applied.`);
  return migrations;
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  const number = fileShape.exec(file)?.[1];
  if (!number) throw new MigrationRefused(`Migration ${file} is not named like 0002-what-it-does.sql.`);
  // Line ends are git's business: a checkout on Windows must not look like a changed file.
  const sql = (await readFile(`${directory}/${file}`, 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(number), name: file, sha256: createHash('sha256').update(sql).digest('hex'), sql };
}

/**
 * Applies what is not applied yet, each file in one transaction, and answers the names of the files applied. Safe to run
 * by several at once. Migrations of a newer release that are applied already are left alone: an older node may start on a
 * newer schema. Throws MigrationRefused or MigrationFailed.
 */
export async function migrate(ownerUrl: string, options: { directory?: string } = {}): Promise<string[]> {
  const migrations = await readMigrations(options.directory);
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined); // the query that meets the broken connection reports it
  await client.connect();
  try {
    await refuseUnboundRole(client);
    await client.query('select pg_advisory_lock($1)', [runnerLock]);
    await prepareLedger(client);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end(); // ends the session and with it the lock
  }
}

/** Tables made by a superuser would be owned by one, and nothing it reads or writes is bound by row level security. */
async function refuseUnboundRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; unbound: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  if (rows[0]?.unbound !== false)
    throw new MigrationRefused(
      `Migrations do not run as ${rows[0]?.name ?? 'this role'}: it is a superuser or bypasses row level security. Use the owner's URL.`,
    );
}

/** In a schema of its own that the app role cannot enter: it can neither read nor forge what was applied. */
async function prepareLedger(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('migration.schema_migration') is not null as there",
  );
  if (rows[0]?.there) return;
  await client.query(`
    create schema if not exists migration;
    create table migration.schema_migration (
      number integer primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null
    )`);
}

async function findPending(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration.schema_migration order by number',
  );
  const applied = new Map(rows.map((row) => [row.number, row]));
  const highest = rows.at(-1)?.number ?? 0;
  return migrations.filter((migration) => {
    const before = applied.get(migration.number);
    if (!before && migration.number < highest)
      throw new MigrationRefused(
        `Migration ${migration.name} comes before number ${highest}, which is applied. Give it the next number.`,
      );
    if (before && before.sha256 !== migration.sha256)
      throw new MigrationRefused(
        `Migration ${before.name} was changed after it was applied. Put it back and write the change as a new migration.`,
      );
    return !before;
  });
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(`begin; set local lock_timeout = '${lockTimeout}'`);
  try {
    if (perAuthority.test(migration.sql)) await forEachAuthority(client, () => client.query(migration.sql));
    else await client.query(migration.sql);
    // The database's own time: when this server changed, which no clock that a demo moves should decide.
    await client.query('insert into migration.schema_migration values ($1, $2, $3, now())', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new MigrationFailed(migration.name, error);
  }
}

/**
 * Runs `work` once for each authority with that authority, and reach over all of it, set for the rest of the present
 * transaction. Needed wherever the owner changes data: row level security is forced, so with no authority set an UPDATE
 * changes nothing and says nothing. Must be called inside a transaction.
 */
export async function forEachAuthority(
  client: pg.Client,
  work: (authorityId: string) => Promise<unknown>,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'select authority_id as id from directory.authority order by authority_id',
  );
  for (const { id } of rows) {
    const authority = client.escapeLiteral(id);
    await client.query(
      `set local app.authority_id = ${authority}; set local app.reach = 'authority'; set local app.reach_except = ''`,
    );
    await work(id);
  }
  await client.query("set local app.authority_id = ''; set local app.reach = ''");
}
