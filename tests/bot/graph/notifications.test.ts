import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { clientStateHash } from '../../../bot/access/client-state.js';
import { notificationRoutes } from '../../../bot/api/graph-notifications.js';
import { type Database, openDatabase } from '../../../bot/db/database.js';
import { addAuthority, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { seededRandom, virtualTime } from '../../support/virtual-time.js';

const tenantId = '5f1c1b0e-8a51-4c56-9e0f-0a4e5d8f7a11';
const time = virtualTime();
const random = seededRandom(time, 5);
let database: TestDatabase;
let db: Database;
let authorities: readonly string[];
let app: FastifyInstance;
let url: string;
let logged: string[];
let nudged: number;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 2, onIdleError: () => undefined });
  authorities = [await addAuthority(database), await addAuthority(database)];
});
afterAll(async () => {
  await db.close();
  await database.close();
});

beforeEach(async () => {
  [logged, nudged] = [[], 0];
  app = Fastify();
  await notificationRoutes(app, options());
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/graph`;
});
afterEach(async () => {
  await app.close();
  for (const id of authorities) await asOwner(database, id, (client) => client.query('delete from timer'));
});

function options() {
  const [one = '', two = ''] = authorities;
  const known = new Map([
    ['one', { authorityId: one, tenantId, clientStateHash: clientStateHash('state-one') }],
    ['two', { authorityId: two, tenantId, clientStateHash: clientStateHash('state-two') }],
  ]);
  return {
    directory: { subscription: async (id: string) => known.get(id) ?? null },
    contextFor: (actor: Parameters<typeof contextOn>[0]['actor']) => contextOn({ db, clock: time, random, actor }),
    nudge: () => void (nudged += 1),
    log: (_level: string, event: string, fields?: { count?: number }) => void logged.push(`${event} ${fields?.count}`),
  };
}

/** What is due now: 'one review.read-changes'. */
async function due(): Promise<string[]> {
  const found: string[] = [];
  for (const [index, id] of authorities.entries()) {
    const { rows } = await asOwner(database, id, (client) =>
      client.query<{ job: string }>(`select job from timer where state = 'pending' and due_at = $1 order by job`, [
        time.now().toString(),
      ]),
    );
    found.push(...rows.map(({ job }) => `${['one', 'two'][index]} ${job}`));
  }
  return found;
}

const json = { 'content-type': 'application/json' };
const post = (path: string, body: string) => fetch(`${url}/${path}`, { method: 'POST', headers: json, body });

const item = (subscriptionId: string, changes: Record<string, unknown> = {}) => ({
  ...{ subscriptionId, clientState: `state-${subscriptionId}`, tenantId, changeType: 'updated' },
  ...{ resource: 'Users/x/Events/y', resourceData: { id: 'y' }, ...changes },
});
const send = async (value: unknown[], path = 'notifications') => (await post(path, JSON.stringify({ value }))).status;

describe('change notifications', () => {
  test('every item of a batch counts, not the first alone, and each authority is read once', async () => {
    expect(await send([item('one'), item('two'), item('one'), item('two')])).toBe(202);
    expect(await due()).toEqual(['one review.read-changes', 'two review.read-changes']);
    expect(nudged).toBe(1);
  });

  test.each([
    ['a wrong clientState', { clientState: 'state-two' }],
    ['no clientState', { clientState: '' }],
    ['another tenant', { tenantId: '9d2e7c44-1f6b-4c0a-8b52-77c1a3f0b922' }],
    ['a subscription that nobody made', { subscriptionId: 'three' }],
  ])('%s is answered like any other and moves nothing', async (_what, changes) => {
    expect(await send([item('one', changes), item('two')])).toBe(202);
    expect(await due()).toEqual(['two review.read-changes']);
    expect(logged).toEqual(['graph.notification-refused 1']);
  });

  test('what is not a batch moves nothing', async () => {
    const texts = ['', 'null', '{"value":{}}', '{"value":[1,null,{}]}', 'junk'];
    for (const text of texts) expect((await post('notifications', text)).status).toBe(202);
    expect(await due()).toEqual([]);
  });

  test('when the hint cannot be kept, Graph is told to send again', async () => {
    const broken = Fastify();
    const contextFor = () => {
      throw new Error('no database');
    };
    await notificationRoutes(broken, { ...options(), contextFor });
    const base = await broken.listen({ host: '127.0.0.1', port: 0 });
    const body = JSON.stringify({ value: [item('one')] });
    const answer = await fetch(`${base}/api/graph/notifications`, { method: 'POST', headers: json, body });
    expect(answer.status).toBe(500);
    await broken.close();
  });
});

describe('lifecycle', () => {
  test.each(['reauthorizationRequired', 'subscriptionRemoved', 'missed'])(
    '%s: subscribe anew and read',
    async (lifecycleEvent) => {
      expect(await send([item('one', { lifecycleEvent })], 'lifecycle')).toBe(202);
      expect(await due()).toEqual(['one review.read-changes', 'one review.subscribe']);
    },
  );

  test('an event that is none of them, or forged, moves nothing', async () => {
    await send([item('one'), item('one', { lifecycleEvent: 'other' })], 'lifecycle');
    await send([item('one', { lifecycleEvent: 'missed', clientState: 'x' })], 'lifecycle');
    expect(await due()).toEqual([]);
  });
});

describe('the handshake', () => {
  const ask = (token: string, path: string) =>
    fetch(`${url}/${path}?validationToken=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });

  test.each(['notifications', 'lifecycle'])('%s sends the decoded token back as plain text', async (path) => {
    const token = 'Validation: Testing client application reachability for subscription Request-Id: 1+2/3=';
    const answer = await ask(token, path);
    expect([answer.status, await answer.text()]).toEqual([200, token]);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['<script>alert(1)</script>', 'x'.repeat(2049), 'a\nb', ''])(
    'a token that Graph would not send is refused',
    async (token) => {
      const answer = await ask(token, 'notifications');
      expect([answer.status, await answer.text()]).toEqual([400, '']);
    },
  );
});
