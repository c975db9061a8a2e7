import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { audit } from '../../../bot/access/audit.js';
import { checkSeals, firstLink, type StoredSeal } from '../../../bot/access/audit-chain.js';
import { createHeadSigner, type AuditHead, type HeadStore } from '../../../bot/access/audit-head.js';
import { exportHead, sealEntries } from '../../../bot/access/audit-seal.js';
import { describeReport, verifyAudit } from '../../../bot/access/audit-verify.js';
import { listSeals } from '../../../bot/db/audit-log.js';
import { openDatabase, type Database } from '../../../bot/db/database.js';
import type { Context } from '../../../bot/context.js';
import { addAuthority } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { seededRandom, virtualTime } from '../../support/virtual-time.js';

// What somebody with every right on the database can do to the log, and whether verifying says so.

const entries = 300;
const exportedUpTo = 250;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = createHeadSigner(privateKey);
const heads: AuditHead[] = [];
const store: HeadStore = {
  put: async (head) => void heads.push(head),
  list: async () => heads,
};

let database: TestDatabase;
let db: Database;
let superuser: pg.Client;
let ctx: Context;
const time = virtualTime();

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 3, onIdleError: () => undefined });
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  const authorityId = await addAuthority(database);
  const random = seededRandom(time, 7);
  ctx = contextOn({ db, clock: time, random, actor: { kind: 'system', authorityId, job: 'test' } });
  await write(exportedUpTo);
  await sealEntries(ctx, { full: true, limit: 1_000 });
  await exportHead(ctx, { signer, store });
  await write(entries - exportedUpTo);
  await sealEntries(ctx, { full: false, limit: 1_000 });
  await superuser.query('create temp table kept_entry as select * from audit_entry');
  await superuser.query('create temp table kept_seal as select * from audit_seal');
});
afterAll(async () => {
  await superuser.end();
  await db.close();
  await database.close();
});

async function write(count: number): Promise<void> {
  await db.transact(ctx.actor, time, async (trx) => {
    for (let made = 0; made < count; made += 1) {
      time.advance(137);
      await audit(ctx, trx, {
        verb: 'learner.read',
        purpose: 'request',
        subjectKind: 'request',
        subjectId: ctx.random.id(),
        learnerIds: [ctx.random.id()],
        fields: ['name', 'school'],
      });
    }
  });
}

const verify = () => verifyAudit(ctx, { heads, publicKeys: [publicKey] });
const kinds = async () => [...new Set((await verify()).findings.map(({ kind }) => kind))];

/** Does something to the database as its superuser, asks, and puts it back exactly. */
async function after<T>(tamper: string, ask: () => Promise<T>): Promise<T> {
  try {
    await superuser.query(tamper);
    return await ask();
  } finally {
    await superuser.query('delete from audit_entry; delete from audit_seal');
    await superuser.query('insert into audit_entry select * from kept_entry');
    await superuser.query('insert into audit_seal select * from kept_seal');
  }
}

const entryAt = (seq: number) => `(select audit_id from audit_seal where seq = ${seq})`;

describe('what verifying proves', () => {
  test('an untouched log is proven up to the exported head, and the rest is named', async () => {
    const report = await verify();
    expect(report).toMatchObject({ sealed: '300', head: { seq: '250' }, findings: [], unsealed: { count: 0 } });
    expect(describeReport(report)).toEqual([
      `Proven: entries 1 to 250 are the ones exported at ${report.head?.at}, whole, unchanged and in order.`,
      'Entries 251 to 300 are whole, but not exported yet: whoever can write to the database could have made them anew or cut them off.',
      'No entry waits to be sealed.',
    ]);
  });

  test('entries that wait to be sealed are counted and dated', async () => {
    const report = await after(
      `insert into audit_entry select authority_id, gen_random_uuid(), '2026-11-01T09:00:00Z', actor_kind, actor_id, verb,
         purpose, subject_kind, subject_id, learner_ids, fields from audit_entry limit 1`,
      verify,
    );
    expect(report.findings).toEqual([]);
    expect(describeReport(report).at(-1)).toContain('1 entries are not sealed yet, the oldest of 2026-11-01T09:00:00');
  });
});

describe('tampering with the database', () => {
  // Each changes one character, digit, bit or microsecond of one column of one row.
  const flips: readonly [string, string, string][] = [
    ['audit_entry', 'at', `at + interval '1 microsecond'`],
    ['audit_entry', 'actor_kind', `case actor_kind when 'system' then 'person' else 'system' end`],
    ['audit_entry', 'actor_id', `'00000000-0000-7000-8000-000000000001'`],
    ['audit_entry', 'verb', `overlay(verb placing 'x' from 3 for 1)`],
    ['audit_entry', 'purpose', `purpose || ' '`],
    ['audit_entry', 'subject_kind', `upper(subject_kind)`],
    ['audit_entry', 'subject_id', `null`],
    ['audit_entry', 'learner_ids', `learner_ids || learner_ids`],
    ['audit_entry', 'fields', `array['school', 'name']`],
    ['audit_entry', 'audit_id', `gen_random_uuid()`],
    ['audit_entry', 'authority_id', `gen_random_uuid()`],
    ['audit_seal', 'hash', `set_byte(hash, 31, get_byte(hash, 31) # 1)`],
    ['audit_seal', 'previous_hash', `set_byte(previous_hash, 0, get_byte(previous_hash, 0) # 128)`],
    ['audit_seal', 'sealed_at', `sealed_at - interval '1 microsecond'`],
    ['audit_seal', 'seq', `seq + 1000000`],
    ['audit_seal', 'audit_id', `gen_random_uuid()`],
    ['audit_seal', 'authority_id', `gen_random_uuid()`],
  ];
  const places = [1, 250, 251, 300];

  test.each(flips)(
    '%s.%s changed in any place is found there',
    async (table, column, value) => {
      // The last seal of all taken away is the one change that leaves no trace while nothing was exported after it: see below.
      const untraceable = table === 'audit_seal' && column === 'authority_id' ? entries : null;
      for (const seq of places.filter((place) => place !== untraceable)) {
        const found = await after(
          `update ${table} set ${column} = ${value} where audit_id = ${entryAt(seq)}`,
          async () => (await verify()).findings.length,
        );
        expect([seq, found > 0]).toEqual([seq, true]);
      }
    },
    30_000,
  );

  test('an entry deleted, a seal deleted, or both', async () => {
    const entry = `delete from audit_entry where audit_id = ${entryAt(100)}`;
    const seal = 'delete from audit_seal where seq = 100';
    expect(await after(entry, kinds)).toEqual(['entry-missing']);
    expect(await after(seal, kinds)).toEqual(['seal-missing', 'link-broken']);
    expect(await after(`${entry}; ${seal}`, kinds)).toEqual(['seal-missing', 'link-broken']);
  });

  test('entries swapped, and a forged seal put in between', async () => {
    const swap = `update audit_seal s set audit_id = o.audit_id from audit_seal o
      where s.seq in (10, 11) and o.seq = 21 - s.seq`;
    const dropped = 'drop index audit_seal_entry';
    expect(await after(`${dropped}; ${swap}`, kinds)).toEqual(['changed']);
    const inserted = `update audit_seal set seq = -seq - 1 where seq > 200; update audit_seal set seq = -seq where seq < 0;
      insert into audit_seal select authority_id, 201, gen_random_uuid(), hash, sha256(hash), sealed_at from audit_seal where seq = 200`;
    expect(await after(inserted, kinds)).toEqual(expect.arrayContaining(['entry-missing', 'link-broken', 'changed']));
  });

  test('a tail cut off is found up to the exported head, and only up to there', async () => {
    const cut = (
      from: number,
    ) => `delete from audit_entry where audit_id in (select audit_id from audit_seal where seq >= ${from});
      delete from audit_seal where seq >= ${from}`;
    expect(await after(cut(250), kinds)).toEqual(['truncated']);
    expect(await after(cut(1), kinds)).toEqual(['truncated']);
    // Beyond the last exported head there is nothing to hold the chain against: the report never claims otherwise.
    const report = await after(cut(251), verify);
    expect(report).toMatchObject({ sealed: '250', head: { seq: '250' }, findings: [] });
  });

  test('a chain made anew from an altered entry on is whole in itself and found by the exported head', async () => {
    const anew = `update audit_entry set verb = 'learner.look' where audit_id = ${entryAt(40)};
      delete from audit_seal where seq >= 40`;
    const found = await after(anew, async () => {
      await sealEntries(ctx, { full: true, limit: 1_000 });
      return kinds();
    });
    expect(found).toEqual(['head-differs']);
  });

  test('an exported head that is altered, unsigned or of another key is found', async () => {
    const [head] = heads;
    if (!head) throw new Error('no head was exported');
    const other = createHeadSigner(generateKeyPairSync('ed25519').privateKey);
    const bad = [
      { ...head, seq: '249' },
      { ...head, signature: Buffer.alloc(64).toString('base64') },
      other.sign({ authorityId: head.authorityId, seq: head.seq, hash: head.hash, at: head.at }),
      signer.sign({ authorityId: '00000000-0000-7000-8000-000000000001', seq: '1', hash: head.hash, at: head.at }),
    ];
    for (const one of bad) {
      const report = await verifyAudit(ctx, { heads: [head, one], publicKeys: [publicKey] });
      expect(report.findings.map(({ kind }) => kind)).toEqual(['head-forged']);
    }
  });
});

describe('the chain itself', () => {
  test('any one character of any sealed column changed is found at that very seal', async () => {
    const { authorityId } = ctx.actor;
    const seals = await db.transact(ctx.actor, time, (trx) => listSeals(trx, authorityId, '0', entries));
    const begin = { seq: '0', hash: firstLink(authorityId) };
    expect(checkSeals(begin, seals).findings).toEqual([]);
    const place = fc.tuple(fc.nat(entries - 1), fc.nat(10), fc.nat(200), fc.integer({ min: 1, max: 127 }));
    fc.assert(
      fc.property(place, ([index, column, at, flip]) => {
        const seal = seals[index];
        if (!seal?.entry) throw new Error('no such seal');
        const columns = Object.entries(seal.entry).filter(([, text]) => text !== null && text !== '');
        const [name, text] = columns[column % columns.length] ?? ['', ''];
        const bytes = Buffer.from(text ?? '');
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
        const changed: StoredSeal = { ...seal, entry: { ...seal.entry, [name]: bytes.toString('latin1') } };
        const found = checkSeals(seals[index - 1] ?? begin, [changed, ...seals.slice(index + 1, index + 3)]).findings;
        expect(found).toEqual([{ kind: 'changed', seq: seal.seq, auditId: seal.auditId }]);
      }),
      { numRuns: 2_000 },
    );
  });
});
