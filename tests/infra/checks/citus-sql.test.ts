import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { sqlTexts } from '../../../infra/checks/citus-queries.js';
import { checkSql, describeFinding } from '../../../infra/checks/citus-sql.js';

const good =
  'create table note (authority_id uuid not null, note_id uuid not null, primary key (authority_id, note_id));';

async function broken(sql: string): Promise<string[]> {
  const findings = await checkSql([{ file: '0001-planted.sql', line: 1, sql }]);
  return findings.map(({ rule, subject }) => `${rule}: ${subject}`);
}

describe('tables', () => {
  test.each([
    ['a key that begins with authority_id', good],
    [
      'a key added later',
      'create table note (authority_id uuid, id uuid); alter table note add primary key (authority_id, id);',
    ],
    [
      'a key made of an index',
      `create table note (authority_id uuid not null, id uuid not null);
       create unique index note_key on note (authority_id, id);
       alter table note add constraint note_pk primary key using index note_key;`,
    ],
    ['schema directory', 'create table directory.tenant (tenant_id uuid primary key, name text unique);'],
    ["the migrations' own table", 'create table migration.schema_migration (number integer primary key);'],
    ['a table that is gone again', 'create table note (id uuid primary key); drop table note;'],
    ['an index that is not unique', `${good} create index note_by on note (note_id);`],
    [
      'a partial unique index with authority_id',
      `${good} create unique index one on note (authority_id, note_id) where true;`,
    ],
    [
      'a bigint identity',
      'create table note (authority_id uuid, seq bigint generated always as identity, primary key (authority_id, seq));',
    ],
  ])('pass: %s', async (_, sql) => {
    expect(await broken(sql)).toEqual([]);
  });

  test.each([
    ['no key at all', 'create table note (authority_id uuid);', ['primary-key: note']],
    [
      'a key without authority_id',
      'create table note (authority_id uuid, id uuid primary key);',
      ['primary-key: note'],
    ],
    [
      'authority_id second',
      'create table note (authority_id uuid, id uuid, primary key (id, authority_id));',
      ['primary-key: note'],
    ],
    ['a table made of a query', 'create table note as select 1 as authority_id;', ['primary-key: note']],
    ['a renamed table', 'create table a (id uuid primary key); alter table a rename to b;', ['primary-key: b']],
    ['a unique column', `${good} alter table note add column code text unique;`, ['unique: note (code)']],
    ['a unique constraint', `${good} alter table note add constraint one unique (note_id);`, ['unique: one']],
    ['a unique index', `${good} create unique index one on note (note_id);`, ['unique: one']],
    ['a unique expression', `${good} create unique index one on note (lower(note_id::text));`, ['unique: one']],
    [
      'an exclusion that does not compare authority_id',
      `${good} alter table note add constraint apart exclude using gist (note_id with =, during with &&);`,
      ['unique: apart'],
    ],
    ['serial', 'create table note (authority_id uuid, n serial, primary key (authority_id, n));', ['identity: note.n']],
    [
      'a small identity',
      'create table note (authority_id uuid, n integer generated always as identity, primary key (authority_id, n));',
      ['identity: note.n'],
    ],
  ])('refused: %s', async (_, sql, findings) => {
    expect(await broken(sql)).toEqual(findings);
  });
});

describe('references', () => {
  const child = (reference: string) =>
    `${good} create table child (authority_id uuid, id uuid, note_id uuid, primary key (authority_id, id), ${reference});`;

  test.each([
    [
      'by authority_id and the rest',
      child('foreign key (authority_id, note_id) references note (authority_id, note_id)'),
    ],
    ["by the target's key", child('foreign key (authority_id, note_id) references note')],
    ['to the directory by authority_id', child('foreign key (authority_id) references directory.authority')],
    [
      'setting the other column to null',
      child('foreign key (authority_id, note_id) references note on delete set null (note_id)'),
    ],
  ])('pass: %s', async (_, sql) => {
    expect(await broken(sql)).toEqual([]);
  });

  test.each([
    ['by the id alone', child('foreign key (note_id) references note (note_id)'), ['foreign-key: child -> note']],
    [
      'written behind a column',
      `${good} alter table note add column other uuid references note;`,
      ['foreign-key: note -> note'],
    ],
    [
      'crossed',
      child('foreign key (authority_id, note_id) references note (note_id, authority_id)'),
      ['foreign-key: child -> note'],
    ],
    [
      'setting authority_id to null',
      child('foreign key (authority_id, note_id) references note on delete set null'),
      ['foreign-key-action: child -> note'],
    ],
  ])('refused: %s', async (_, sql, findings) => {
    expect(await broken(sql)).toEqual(findings);
  });
});

describe('policies, functions, triggers', () => {
  const settingFunction = `create function mine() returns uuid language sql stable as $$ select nullif(current_setting('app.authority_id', true), '')::uuid $$;`;
  const policy = (condition: string) => `create policy p on note using (${condition});`;

  test.each([
    ['a setting', policy("authority_id = current_setting('app.authority_id')::uuid")],
    ['a function of settings', settingFunction + policy('authority_id = mine()')],
  ])('pass: %s', async (_, sql) => {
    expect(await broken(sql)).toEqual([]);
  });

  test.each([
    [
      'the usual speed pattern',
      policy("authority_id = (select current_setting('app.authority_id')::uuid)"),
      ['policy-sub-select: p on note'],
    ],
    ['a look into another table', policy('exists (select from person)'), ['policy-sub-select: p on note']],
    [
      'a sub-select in the check only',
      'create policy p on note using (true) with check (exists (select 1));',
      ['policy-sub-select: p on note'],
    ],
    ['a policy altered to one', 'alter policy p on note using (exists (select 1));', ['policy-sub-select: p on note']],
    [
      'a function that reads a table',
      `create function sees() returns boolean language sql as $$ select exists (select from person) $$; ${policy('sees()')}`,
      ['policy-function: p on note'],
    ],
    [
      'a function that cannot be read',
      `create function sees() returns boolean language plpgsql as $$ begin return true; end $$; ${policy('sees()')}`,
      ['policy-function: p on note'],
    ],
    [
      "a function with its owner's rights",
      'create function peek() returns bigint language sql security definer as $$ select count(*) from person $$;',
      ['security-definer: peek'],
    ],
    ['a trigger', 'create trigger t before insert on note for each row execute function f();', ['trigger: t on note']],
    ['a rule', 'create rule r as on insert to note do nothing;', ['trigger: rule r']],
    [
      'set_config inside a function',
      "create function enter() returns text language plpgsql as $$ begin\n return set_config('app.authority_id', 'x', true); end $$;",
      ["set-config: return set_config('app.authority_id', 'x', true); end $$;"],
    ],
  ])('refused: %s', async (_, sql, findings) => {
    expect(await broken(sql)).toEqual(findings);
  });
});

describe('queries in TypeScript', () => {
  async function brokenIn(source: string): Promise<string[]> {
    const findings = await checkSql([], sqlTexts('bot/planted.ts', source));
    return findings.map(({ rule, line }) => `${line} ${rule}`);
  }

  test.each([
    [
      'a lock within one authority',
      'sql`select * from outbox where authority_id = ${id} and state = 1 for update skip locked`',
    ],
    ['now() in an update', "sql.raw('update note set at = now() where authority_id = $1')"],
    ['a clause by itself', 'sql`authority_id = ${id}`'],
    ['prose that begins like a query', "const text = 'Select the people to invite.';"],
  ])('pass: %s', async (_, source) => {
    expect(await brokenIn(source)).toEqual([]);
  });

  test.each([
    [
      'set_config, whatever its value',
      "const a = 1;\nconst b = sql`\n  select set_config('app.authority_id', ${id}, true)`;",
      ['3 set-config'],
    ],
    ['set_config in a fragment', "sql<string>`set_config('a', 'b', true)`", ['1 set-config']],
    [
      'a queue drained over all authorities',
      '\nsql`select * from outbox where state = ${s} for update skip locked`',
      ['2 lock-one-authority'],
    ],
    [
      'a volatile function in an update',
      "pool.query('update note set nonce = gen_random_uuid() where authority_id = $1')",
      ['1 volatile-update'],
    ],
    ['a query inside a query', 'sql`${sql`select * from timer for update`}`', ['1 lock-one-authority']],
  ])('refused: %s', async (_, source, findings) => {
    expect(await brokenIn(source)).toEqual(findings);
  });
});

test('a finding teaches: file, line, table, why, and what to do instead', async () => {
  const [finding] = await checkSql([
    { file: '0007-notes.sql', line: 1, sql: '-- A note.\n\ncreate table note (id uuid primary key);' },
  ]);
  expect(finding && describeFinding(finding)).toBe(
    `0007-notes.sql:3  note
  primary-key: a distributed table needs a primary key that begins with the column it is distributed by.
  Instead: begin it with authority_id: primary key (authority_id, …), or put the table into schema directory and say why.`,
  );
});

test('a migration that does not parse is an error, not a pass', async () => {
  await expect(broken('create tabel note ();')).rejects.toThrow('0001-planted.sql: syntax error at or near "tabel"');
});

test('the migrations of this project pass, and are really read', async () => {
  const file = 'bot/db/migrations/0001-foundation.sql';
  const sql = readFileSync(file, 'utf8');
  expect(await checkSql([{ file, line: 1, sql }])).toEqual([]);
  const spoilt = sql.replace('primary key (authority_id, review_id)', 'primary key (review_id, authority_id)');
  expect((await checkSql([{ file, line: 1, sql: spoilt }])).map(({ subject }) => subject)).toEqual(['review']);
});
