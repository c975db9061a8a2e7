import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../bot/db/catalogue.js';
import { appRole, ownerRole } from '../../../infra/local/postgres-roles.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

/** Read before an authority is known (architecture.md, "Tenancy"). A table added here is one that the walls do not protect. */
const directoryTables = [
  'authority',
  'binding_attempt',
  'binding_code',
  'chosen_authority',
  'conversation',
  'identity',
  'installation',
  'reference',
  'registration',
  'subscription',
  'tenant',
  'tenant_authority',
];
/** What happened stays as it was written. */
const appendOnly = ['activity', 'audit_entry', 'audit_seal', 'authority_setting', 'break_glass', 'concern_notice'];
/** Made by the installation, not by the running app. */
const readOnlyDirectory = ['authority', 'installation', 'registration', 'tenant', 'tenant_authority'];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function column(query: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ item: string }>(query);
  return rows.map(({ item }) => item);
}

/** schema.table of our own schemas. */
const tables = `select n.nspname as schema, c.relname as name, c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'directory') and c.relkind in ('r', 'p')`;

describe('every column is declared', () => {
  test('and every declaration is of a column that exists', async () => {
    const actual = await column(`
      select case table_schema when 'public' then '' else table_schema || '.' end || table_name || '.' || column_name as item
      from information_schema.columns where table_schema in ('public', 'directory') order by 1`);
    const declared = Object.entries(catalogue).flatMap(([table, columns]) =>
      Object.keys(columns).map((name) => `${table}.${name}`),
    );
    expect({
      undeclared: actual.filter((name) => !declared.includes(name)),
      gone: declared.filter((name) => !actual.includes(name)),
    }).toEqual({
      undeclared: [],
      gone: [],
    });
    expect(actual.length).toBeGreaterThan(100);
  });

  test('there are no schemas, views or sequences beside the tables that the catalogue could not see', async () => {
    expect(
      await column(
        `select nspname as item from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
      ),
    ).toEqual(['directory', 'migration', 'public']);
    expect(
      await column(`select c.relname as item from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'directory') and c.relkind in ('v', 'm', 'f')`),
    ).toEqual([]);
  });
});

describe('every table outside schema directory', () => {
  test('is walled: row level security on and forced', async () => {
    expect(
      await column(
        `select name as item from (${tables}) t where schema = 'public' and not (relrowsecurity and relforcerowsecurity)`,
      ),
    ).toEqual([]);
  });

  test.each(['r', 'a', 'w', 'd'])('has a policy for the app role for command %s', async (command) => {
    expect(
      await column(`select name as item from (${tables}) t where schema = 'public' and not exists (
      select from pg_policy p where p.polrelid = t.oid and p.polpermissive and p.polcmd in ('*', '${command}')
        and (p.polroles = '{0}' or '${appRole}'::regrole = any (p.polroles)))`),
    ).toEqual([]);
  });

  test('has only policies that ask for the authority, when reading and when writing', async () => {
    const asks = `like '%authority_id = app_authority()%'`;
    expect(
      await column(`select policyname as item from pg_policies where schemaname = 'public'
      and (cmd <> 'INSERT' and coalesce(qual, '') not ${asks} or cmd not in ('SELECT', 'DELETE') and coalesce(with_check, '') not ${asks})`),
    ).toEqual([]);
  });

  test('names its learner to the policy, where it has one', async () => {
    const open = await column(`select c.tablename as item from pg_policies c join information_schema.columns k
      on k.table_schema = c.schemaname and k.table_name = c.tablename and k.column_name = 'learner_id'
      where c.schemaname = 'public' and c.qual not like '%app_reaches(learner_id)%' order by 1`);
    // Reach is worked out from learner_scope, so it cannot stand behind reach; it holds ids only.
    expect(open).toEqual(['learner_scope']);
  });

  test('begins its primary key with authority_id, which is never empty', async () => {
    expect(
      await column(`select name as item from (${tables}) t where schema = 'public' and not exists (
      select from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where i.indrelid = t.oid and i.indisprimary and a.attname = 'authority_id' and a.attnotnull)`),
    ).toEqual([]);
  });
});

test('every table has a primary key', async () => {
  expect(
    await column(
      `select name as item from (${tables}) t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
    ),
  ).toEqual([]);
});

test('schema directory holds the tables that are listed here and no others', async () => {
  expect(await column(`select name as item from (${tables}) t where schema = 'directory' order by 1`)).toEqual(
    directoryTables,
  );
});

describe('the two roles', () => {
  test.each([appRole, ownerRole])('%s is nobody special and belongs to no other role', async (role) => {
    const { rows } = await database.owner.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = $1',
      [role],
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ]);
    expect(
      await column(`select roleid::regrole::text as item from pg_auth_members where member = '${role}'::regrole`),
    ).toEqual([]);
  });

  test('the app owns nothing and may make nothing', async () => {
    expect(await column(`select relname as item from pg_class where relowner = '${appRole}'::regrole`)).toEqual([]);
    expect(
      await column(
        `select nspname as item from pg_namespace where has_schema_privilege('${appRole}', oid, 'create') and nspname !~ '^pg_temp'`,
      ),
    ).toEqual([]);
    expect(
      await column(
        `select p as item from unnest(array['create', 'temporary']) p where has_database_privilege('${appRole}', current_database(), p)`,
      ),
    ).toEqual([]);
  });

  test('the app cannot look into what migrations wrote', async () => {
    await expect(database.app.query('select from migration.schema_migration')).rejects.toThrow(
      'permission denied for schema migration',
    );
  });

  test('nobody else has been granted anything', async () => {
    expect(
      await column(`select distinct grantee || ' on ' || table_schema || '.' || table_name as item from information_schema.table_privileges
      where table_schema in ('public', 'directory', 'migration') and grantee not in ('${appRole}', '${ownerRole}')`),
    ).toEqual([]);
    expect(
      await column(
        `select datname as item from pg_database where datname = current_database() and has_database_privilege('public', oid, 'connect')`,
      ),
    ).toEqual([]);
  });
});

describe('what the app may do with a table', () => {
  const granted = (schema: string) => `
    select name || ': ' || coalesce(string_agg(p, ' ' order by p), '') as item
    from (${tables}) t left join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p
      on has_table_privilege('${appRole}', t.oid, p) or (p in ('insert', 'update') and has_any_column_privilege('${appRole}', t.oid, p))
    where schema = '${schema}' group by name order by name`;

  test('is reading and adding, where what happened is written down', async () => {
    const rights = await column(granted('public'));
    expect(rights.filter((right) => appendOnly.includes(right.split(':')[0] ?? ''))).toEqual(
      appendOnly.map((table) => `${table}: insert select`),
    );
  });

  test('is never to empty it, nor to hang anything on it', async () => {
    const rights = [...(await column(granted('public'))), ...(await column(granted('directory')))];
    expect(rights.filter((right) => /truncate|references|trigger/.test(right))).toEqual([]);
  });

  test('is reading only, where the installation is described; and nothing in the directory is deleted', async () => {
    const rights = await column(granted('directory'));
    expect(rights.filter((right) => readOnlyDirectory.includes(right.split(':')[0] ?? ''))).toEqual(
      readOnlyDirectory.map((table) => `${table}: select`),
    );
    expect(rights.filter((right) => right.includes('delete'))).toEqual([]);
  });
});

describe('functions and triggers', () => {
  test("no function runs with its owner's rights", async () => {
    expect(
      await column(`select proname as item from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'directory', 'migration') and p.prosecdef`),
    ).toEqual([]);
  });

  test('no table has a trigger', async () => {
    expect(await column(`select tgname as item from pg_trigger where not tgisinternal`)).toEqual([]);
  });
});
