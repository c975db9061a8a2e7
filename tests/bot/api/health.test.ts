import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { createDirectory } from '../../../bot/access/resolve.js';
import { createServer } from '../../../bot/api/server.js';
import { type Database, openDatabase } from '../../../bot/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { virtualTime } from '../../support/virtual-time.js';

let database: TestDatabase;
let db: Database;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 2, onIdleError: () => undefined });
  const clock = virtualTime();
  const never = () => {
    throw new Error('nobody signs in here');
  };
  const { app } = await createServer({
    ...{ log: () => undefined, directory: createDirectory(db.directory, clock), clock },
    ...{
      checkToken: never,
      contextFor: never,
      tabDirectory: null,
      frameAncestors: [],
      connectSources: [],
      local: null,
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  close = () => app.close();
});
afterAll(async () => {
  await close();
  await database.close();
});

const ask = async (path: string) => {
  const answer = await fetch(url + path);
  const body: unknown = await answer.json();
  return [answer.status, body];
};

test('ready while the database answers; alive without it, and not ready', async () => {
  expect(await ask('/healthz')).toEqual([200, { ok: true }]);
  expect(await Promise.all([ask('/readyz'), ask('/readyz')])).toEqual([
    [200, { ok: true }],
    [200, { ok: true }],
  ]);
  await db.close();
  expect(await ask('/readyz')).toEqual([503, { ok: false }]);
  expect(await ask('/healthz')).toEqual([200, { ok: true }]);
});
