import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { audit } from '../../../bot/access/audit.js';
import { createHeadSigner } from '../../../bot/access/audit-head.js';
import { headFiles } from '../../../bot/access/audit-head-files.js';
import { sealEntries } from '../../../bot/access/audit-seal.js';
import { verifyAudit } from '../../../bot/access/audit-verify.js';
import { auditSealHandler, auditSealTimer } from '../../../bot/jobs/handlers/audit-seal.js';
import type { Context } from '../../../bot/context.js';
import { addAuthority } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { deliveryRig, type DeliveryRig } from '../../support/delivery.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { seededRandom } from '../../support/virtual-time.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const folder = mkdtempSync(join(tmpdir(), 'audit-heads-'));
const parts = { signer: createHeadSigner(privateKey), store: headFiles(folder) };

let database: TestDatabase;
let rig: DeliveryRig;
beforeAll(async () => {
  database = await testDatabase();
  rig = deliveryRig(database);
});
afterAll(async () => {
  await rig.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

let seed = 100;
function systemOf(authorityId: string): Context {
  const random = seededRandom(rig.time, (seed += 1));
  return contextOn({ db: rig.db, clock: rig.time, random, actor: { kind: 'system', authorityId, job: 'test' } });
}

function write(ctx: Context): Promise<void> {
  return rig.db.transact(ctx.actor, rig.time, (trx) => audit(ctx, trx, { verb: 'learner.read', purpose: 'request' }));
}

test('each council has its own chain, sealed within seconds, its head exported within a minute and a few seconds', async () => {
  const councils = [systemOf(await addAuthority(database)), systemOf(await addAuthority(database))];
  const node = rig.node({ 'audit.seal': auditSealHandler(parts) }, { recurring: [auditSealTimer] });
  await node.workers.drain();
  for (let minute = 0; minute < 2; minute += 1)
    for (let second = 0; second < 60; second += 5) {
      for (const ctx of councils) await write(ctx);
      rig.time.advance(5_000);
      await node.workers.drain();
    }
  for (const ctx of councils) {
    const heads = await parts.store.list(ctx.actor.authorityId);
    expect(heads.map(({ seq }) => seq)).toEqual(['1', '13']);
    const report = await verifyAudit(ctx, { heads, publicKeys: [publicKey] });
    expect(report).toMatchObject({ sealed: '24', head: { seq: '13' }, unsealed: { count: 0 }, findings: [] });
  }
});

test('two sealers at once and entries that commit out of order make one chain', async () => {
  const authorityId = await addAuthority(database);
  const councils = [systemOf(authorityId), systemOf(authorityId)];
  const [ctx] = councils;
  if (!ctx) throw new Error('no context');
  for (let round = 0; round < 10; round += 1) {
    rig.time.advance(1_000);
    await Promise.all([
      ...councils.flatMap((one) => [write(one), write(one)]),
      ...councils.map((one) => sealEntries(one, { full: false, limit: 3 })),
    ]);
  }
  while ((await sealEntries(ctx, { full: false, limit: 3 })).sealed > 0);
  const report = await verifyAudit(ctx, { heads: [], publicKeys: [] });
  expect(report).toMatchObject({ sealed: '40', head: null, unsealed: { count: 0 }, findings: [] });
});

test('an entry older than the look back is found by the full look', async () => {
  const ctx = systemOf(await addAuthority(database));
  await write(ctx);
  rig.time.advance(3_600_000);
  await write(ctx);
  await sealEntries(ctx, { full: true, limit: 10 });
  rig.time.advance(-3_600_000); // a node whose clock is an hour behind
  await write(ctx);
  rig.time.advance(3_600_000);
  expect((await sealEntries(ctx, { full: false, limit: 10 })).sealed).toBe(0);
  expect((await sealEntries(ctx, { full: true, limit: 10 })).sealed).toBe(1);
});

test('the app itself can neither change nor remove what was written or sealed', async () => {
  const ctx = systemOf(await addAuthority(database));
  await write(ctx);
  await sealEntries(ctx, { full: true, limit: 10 });
  for (const statement of [
    `update audit_entry set verb = 'x'`,
    'delete from audit_entry',
    `update audit_seal set seq = 2`,
    'delete from audit_seal',
    'truncate audit_entry',
  ])
    await expect(database.app.query(statement)).rejects.toThrow('permission denied');
});
