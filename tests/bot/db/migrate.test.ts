import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { migrate } from '../../../bot/db/migrate.js';
import { emptyDatabase, type TestDatabase } from '../../support/database.js';

const authorities = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];

const directorySql = `
  create schema directory;
  create table directory.authority (authority_id uuid primary key);
  insert into directory.authority values ('${authorities[0]}'), ('${authorities[1]}');`;

/** A table like every other: forced row level security, with the authority's setting as the only way in. */
const walledSql = `
  create table note (authority_id uuid not null, id integer not null, body text not null, primary key (authority_id, id));
  alter table note enable row level security;
  alter table note force row level security;
  create policy note_reach on note
    using (authority_id = nullif(current_setting('app.authority_id', true), '')::uuid)
    with check (authority_id = nullif(current_setting('app.authority_id', true), '')::uuid);`;

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await emptyDatabase();
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await database.close();
});

const put = (file: string, sql: string) => writeFileSync(join(directory, file), sql);
const run = () => migrate(database.ownerUrl, { directory });

async function count(table: string): Promise<number> {
  const { rows } = await database.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? -1;
}

describe('applying', () => {
  test('runs the files in order, once, and keeps number, name and hash', async () => {
    put('0002-second.sql', 'alter table first add column later text;');
    put('0001-first.sql', 'create table first (id integer primary key);');
    expect(await run()).toEqual(['0001-first.sql', '0002-second.sql']);
    expect(await run()).toEqual([]);
    const { rows } = await database.owner.query(
      'select number, name, length(sha256) as hash from migration.schema_migration order by number',
    );
    expect(rows).toEqual([
      { number: 1, name: '0001-first.sql', hash: 64 },
      { number: 2, name: '0002-second.sql', hash: 64 },
    ]);
  });

  test('a file that fails leaves nothing of itself, and keeps what came before it', async () => {
    put('0001-first.sql', 'create table first (id integer primary key);');
    put(
      '0002-broken.sql',
      'create table second (id integer primary key); insert into first values (1); select nonsense;',
    );
    await expect(run()).rejects.toThrow(
      'Migration 0002-broken.sql failed and was rolled back: column "nonsense" does not exist',
    );
    expect(await count('first')).toBe(0);
    await expect(count('second')).rejects.toThrow('does not exist');
    expect(await count('migration.schema_migration')).toBe(1);
  });

  test('a failure says the message but not the row that PostgreSQL puts into its detail', async () => {
    put(
      '0001-twice.sql',
      "create table pupil (name text primary key); insert into pupil values ('Somebody Real'), ('Somebody Real');",
    );
    const failure = await run().catch((error: unknown) => inspect(error));
    expect(failure).toContain('duplicate key');
    expect(failure).not.toContain('Somebody Real');
  });

  test('several runners at once apply each file once', async () => {
    put('0001-first.sql', 'create table first (id integer primary key); select pg_sleep(0.2);');
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['0001-first.sql']);
  });

  test('a schema that is ahead of this release is left alone', async () => {
    put('0001-first.sql', 'create table first (id integer primary key);');
    put('0002-second.sql', 'alter table first add column later text;');
    await run();
    rmSync(join(directory, '0002-second.sql'));
    expect(await run()).toEqual([]);
  });

  test('other line ends do not make it another file', async () => {
    put('0001-first.sql', 'create table first (\nid integer primary key);\n');
    await run();
    put('0001-first.sql', 'create table first (\r\nid integer primary key);\r\n');
    expect(await run()).toEqual([]);
  });
});

describe('refusing', () => {
  test('a file that was changed after it was applied', async () => {
    put('0001-first.sql', 'create table first (id integer primary key);');
    await run();
    put('0001-first.sql', 'create table first (id bigint primary key);');
    await expect(run()).rejects.toThrow('0001-first.sql was changed after it was applied');
  });

  test('a new file numbered before one that is applied', async () => {
    put('0002-second.sql', 'create table second (id integer primary key);');
    await run();
    put('0001-late.sql', 'create table late (id integer primary key);');
    await expect(run()).rejects.toThrow('Give it the next number');
  });

  test('a number used twice, and a name without one', async () => {
    put('0001-one.sql', 'select 1;');
    put('0001-other.sql', 'select 1;');
    await expect(run()).rejects.toThrow('Two migrations have number 1');
    rmSync(join(directory, '0001-other.sql'));
    put('second.sql', 'select 1;');
    await expect(run()).rejects.toThrow('second.sql is not named like');
  });

  test('to run as a superuser', async () => {
    put('0001-first.sql', 'create table first (id integer primary key);');
    await expect(migrate(database.superuserUrl, { directory })).rejects.toThrow(
      'superuser or bypasses row level security',
    );
    await expect(count('first')).rejects.toThrow('does not exist');
  });

  test('the app role, which may not make tables', async () => {
    put('0001-first.sql', 'create table first (id integer primary key);');
    await expect(migrate(database.appUrl, { directory })).rejects.toThrow('permission denied');
  });
});

describe('changing data', () => {
  test('a file marked "for each authority" changes every authority\'s rows', async () => {
    put('0001-tables.sql', directorySql + walledSql);
    put(
      '0002-seed.sql',
      "-- for each authority\ninsert into note select nullif(current_setting('app.authority_id'), '')::uuid, 1, 'old';",
    );
    put('0003-reword.sql', "-- for each authority\nupdate note set body = 'new';");
    await run();
    const client = await database.owner.connect();
    try {
      for (const authority of authorities) {
        await client.query(`begin; set local app.authority_id = '${authority}'`);
        const { rows } = await client.query('select authority_id, body from note');
        await client.query('commit');
        expect(rows).toEqual([{ authority_id: authority, body: 'new' }]);
      }
    } finally {
      client.release();
    }
  });

  test('without the mark the owner changes nothing, silently: the reason for the mark', async () => {
    put('0001-tables.sql', directorySql + walledSql);
    put(
      '0002-seed.sql',
      "-- for each authority\ninsert into note select nullif(current_setting('app.authority_id'), '')::uuid, 1, 'old';",
    );
    await run();
    const { rowCount } = await database.owner.query("update note set body = 'new'");
    expect(rowCount).toBe(0);
  });
});
