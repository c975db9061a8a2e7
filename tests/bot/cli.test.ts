import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { addAuthority, asOwner } from '../support/builders.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let council: string;
const heads = mkdtempSync(join(tmpdir(), 'audit-heads-'));
const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

beforeAll(async () => {
  database = await testDatabase();
  council = await addAuthority(database, { name: 'Strathlinn Council' });
});
afterAll(async () => {
  await database.close();
  rmSync(heads, { recursive: true });
});

function cli(...given: string[]): { status: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(process.cwd(), 'bot/cli.ts'), ...given],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: database.appUrl,
        DATABASE_OWNER_URL: database.ownerUrl,
        AUDIT_HEADS_DIRECTORY: heads,
        AUDIT_SIGNING_KEY: key,
      },
    },
  );
  return { status, out: stdout, error: stderr };
}

test('migrates as the owner, and says when there is nothing to apply', () => {
  expect(cli('migrate')).toMatchObject({ status: 0, out: 'Nothing to apply.\n' });
}, 30_000);

test('verifies the audit log, and ends with 1 when it was touched', async () => {
  await asOwner(database, council, (client) =>
    client.query(
      `insert into audit_entry (authority_id, audit_id, at, actor_kind, verb, purpose)
       select $1, gen_random_uuid(), now(), 'system', 'learner.read', 'request' from generate_series(1, 3)`,
      [council],
    ),
  );
  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  await superuser.query(
    `insert into audit_seal select authority_id, 1, audit_id, '\\x00', '\\x00', now() from audit_entry limit 1`,
  );
  await superuser.end();
  const touched = cli('audit', 'verify');
  expect([touched.status, touched.out]).toEqual([1, expect.stringContaining('FOUND at 1 (')]);
  expect(touched.out).toContain('2 entries are not sealed yet');
  expect(cli('audit', 'export-head')).toMatchObject({ status: 0, out: expect.stringContaining('head 1 exported') });
}, 60_000);

test('prints the first administrator’s code for the council that is named', () => {
  const made = cli('people', 'first-administrator', '--council', `D${council.slice(0, 8)}`, '--name', 'A. Person');
  expect([made.status, made.out]).toEqual([
    0,
    expect.stringMatching(/^Strathlinn Council \(D.{8}\): \S+, once, until /),
  ]);
}, 60_000);

test('takes a council on: made once, its tenant and registrations let in, wrong ids named', async () => {
  expect(cli('council', 'add', '--council', 's12000014')).toMatchObject({
    ...{ status: 0, out: 'Falkirk (S12000014): made\n' },
  });
  expect(cli('council', 'add', '--council', 'S12000014').out).toBe('Falkirk (S12000014): was here already\n');
  expect(cli('council', 'add', '--council', 'S99')).toMatchObject({
    ...{ status: 1, error: 'That is no code of a Scottish council.\n' },
  });
  const tenant = (...more: string[]) =>
    cli('council', 'tenant', '--council', 'S12000014', '--name', 'Council', '--tenant', ...more);
  const guid = (last: number) => `0F000000-0000-4000-8000-00000000000${last}`;
  expect(tenant('nowhere')).toMatchObject({ status: 1, error: 'invalid: tenantId (not a GUID)\n' });
  const given = [guid(1), '--bot', guid(2), '--api', guid(3), '--review-mailbox', 'Reviews@falkirk.example'];
  expect(tenant(...given)).toMatchObject({ status: 0, out: 'Falkirk (S12000014): added bot, api, review-mailbox\n' });
  expect(tenant(...given).out).toBe('Falkirk (S12000014): nothing new\n');
  expect(tenant(guid(1), '--review-mailbox', 'other@falkirk.example')).toMatchObject({
    ...{ status: 1, error: 'invalid: reviewMailbox (this council has another one)\n' },
  });
  const { rows } = await database.owner.query(
    `select kind, value, a.name from directory.registration r left join directory.authority a using (authority_id)
     where r.tenant_id = $1 order by kind`,
    [guid(1)],
  );
  expect(rows).toEqual([
    { kind: 'api', value: guid(3).toLowerCase(), name: null },
    { kind: 'bot', value: guid(2).toLowerCase(), name: null },
    { kind: 'review-mailbox', value: 'reviews@falkirk.example', name: 'Falkirk' },
  ]);
}, 90_000);
