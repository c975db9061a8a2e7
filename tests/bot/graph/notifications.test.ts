import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';

import { clientStateHash, notificationRoutes } from '../../../bot/api/graph-notifications.js';

const [first, second] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
const tenantId = '5f1c1b0e-8a51-4c56-9e0f-0a4e5d8f7a11';
const subscriptions = new Map([
  ['one', { authorityId: first, tenantId, clientStateHash: clientStateHash('state-one') }],
  ['two', { authorityId: second, tenantId, clientStateHash: clientStateHash('state-two') }],
]);

let app: FastifyInstance;
let happened: string[];
let url: string;

beforeEach(async () => {
  happened = [];
  app = Fastify();
  await notificationRoutes(app, {
    subscription: async (id: string) => subscriptions.get(id) ?? null,
    hint: async (id: string) => void happened.push(`hint ${id.slice(-1)}`),
    resubscribe: async (id: string) => void happened.push(`resubscribe ${id.slice(-1)}`),
    log: (_level: string, event: string, fields?: { count?: number }) =>
      void happened.push(`${event} ${fields?.count}`),
  });
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/graph`;
});
afterEach(() => app.close());

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
    expect(happened).toEqual(['hint a', 'hint b']);
  });

  test.each([
    ['a wrong clientState', { clientState: 'state-two' }],
    ['no clientState', { clientState: '' }],
    ['another tenant', { tenantId: '9d2e7c44-1f6b-4c0a-8b52-77c1a3f0b922' }],
    ['a subscription that nobody made', { subscriptionId: 'three' }],
  ])('%s is answered like any other and moves nothing', async (_what, changes) => {
    expect(await send([item('one', changes), item('two')])).toBe(202);
    expect(happened).toEqual(['graph.notification-refused 1', 'hint b']);
  });

  test('what is not a batch moves nothing', async () => {
    const texts = ['', 'null', '{"value":{}}', '{"value":[1,null,{}]}', 'junk'];
    for (const text of texts) expect((await post('notifications', text)).status).toBe(202);
    expect(happened.filter((one) => one.startsWith('hint'))).toEqual([]);
  });

  test('when the hint cannot be kept, Graph is told to send again', async () => {
    const broken = Fastify();
    const refuse = () => Promise.reject(new Error('no database'));
    const options = { hint: refuse, resubscribe: refuse, log: () => undefined };
    await notificationRoutes(broken, {
      ...options,
      subscription: async (id: string) => subscriptions.get(id) ?? null,
    });
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
      expect(happened).toEqual(['resubscribe a', 'hint a']);
    },
  );

  test('an event that is none of them, or forged, moves nothing', async () => {
    await send([item('one'), item('one', { lifecycleEvent: 'other' })], 'lifecycle');
    await send([item('one', { lifecycleEvent: 'missed', clientState: 'x' })], 'lifecycle');
    expect(happened.filter((one) => !one.startsWith('graph'))).toEqual([]);
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
