import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApp } from '../../bot/app.js';
import { ConfigError, readConfig } from '../../bot/config.js';
import { serverEnvironment } from '../../infra/local/server-process.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

/** Local mode signs anybody in as anybody, so it must not be reachable from, or run, anywhere else. */
const environment = (databaseUrl: string) =>
  serverEnvironment({
    ...{ databaseUrl, microsoft365Url: 'http://127.0.0.1:1', port: 1, origins: ['http://127.0.0.1:2'] },
    ...{ tabDirectory: null, auditHeadsDirectory: '', shiftMs: () => 0 },
  });

describe('local mode does not start', () => {
  const good = environment('postgres://127.0.0.1/x');
  test.each([
    ['in production', { NODE_ENV: 'production' }, 'LOCAL_MICROSOFT365_URL'],
    ['with a Microsoft 365 elsewhere', { LOCAL_MICROSOFT365_URL: 'http://10.0.0.1:80' }, 'LOCAL_MICROSOFT365_URL'],
    [
      'with a name that only looks like this machine',
      { LOCAL_MICROSOFT365_URL: 'http://127.0.0.1.example:80' },
      'LOCAL_MICROSOFT365_URL',
    ],
    ['with pages elsewhere', { LOCAL_ORIGINS: 'http://127.0.0.1:2,https://example.org' }, 'LOCAL_ORIGINS'],
    ['with an address of its own elsewhere', { PUBLIC_URL: 'https://example.org' }, 'PUBLIC_URL'],
  ])('%s', (_why, wrong, setting) => {
    expect(() => readConfig({ ...good, ...wrong })).toThrow(ConfigError);
    expect(() => readConfig({ ...good, ...wrong })).toThrow(setting);
  });

  test('and otherwise listens on this machine alone', () => {
    expect(readConfig({ ...good, HOST: '0.0.0.0' }).host).toBe('127.0.0.1');
  });

  describe('on a database', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await testDatabase();
    });
    afterAll(() => database.close());

    test('without the demo marker', async () => {
      await expect(createApp(readConfig(environment(database.appUrl)))).rejects.toThrow('demo marker');
      await database.owner.query(`insert into directory.installation (demo, created_at) values (false, now())`);
      await expect(createApp(readConfig(environment(database.appUrl)))).rejects.toThrow('demo marker');
    });
  });
});

describe('local mode answers this machine alone', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  }, 600_000);
  afterAll(() => app.close());

  // Not fetch: it does not let a caller say whose Host it is.
  const status = (path: string, headers: Readonly<Record<string, string>>) =>
    new Promise<number>((resolve, reject) => {
      const sent = request(`${app.url}${path}`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject).end();
    });
  const paths = ['/healthz', '/api/me', '/api/docs/json', '/config/5c0a1001-4a7e-4d10-9c51-000000000001', '/nowhere'];

  test.each([
    ['a name that was made to point here', { host: 'golden-thread.example' }],
    ['a name that begins like this machine', { host: '127.0.0.1.example' }],
    ['a page elsewhere', { origin: 'https://example.org' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['another port of this machine that is not listed', { origin: 'http://127.0.0.1:9' }],
    ['a proxy', { forwarded: 'for=10.0.0.1' }],
    ['a proxy that says for whom', { 'x-forwarded-for': '10.0.0.1' }],
    ['a proxy that says by what name', { 'x-forwarded-host': 'golden-thread.example' }],
    ['a proxy that says how', { 'x-forwarded-proto': 'https' }],
    ['a proxy that says by which port', { 'x-forwarded-port': '443' }],
    ['a proxy in front of a proxy', { 'x-forwarded-server': 'one' }],
    ['a proxy of another make', { 'x-real-ip': '10.0.0.1' }],
  ])('%s is refused on every path', async (_what, headers) => {
    for (const path of paths) expect([path, await status(path, headers)]).toEqual([path, 403]);
  });

  test('and who is here is let in', async () => {
    expect(await status('/healthz', {})).toBe(200);
    expect(await status('/healthz', { origin: 'http://127.0.0.1:1' })).toBe(200);
  });
});
