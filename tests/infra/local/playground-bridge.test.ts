import { afterEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { createConnector } from '../../../infra/local/connector.js';
import { connectorRoutes } from '../../../infra/local/connector-routes.js';
import { createFaults } from '../../../infra/local/faults.js';
import { createPlaygroundBridge } from '../../../infra/local/playground-bridge.js';

const tenantId = '3d7a9c10-6f5e-4b21-8a44-91c0d2e30001';
const botAppId = '3d7a9c10-6f5e-4b21-8a44-91c0d2e30002';
const people = ['Ewan Reid', 'Una Bain', 'Isla Shaw', 'Rory Bell', 'Nkem Obi', 'Zofia Kot'].map((name, n) => ({
  ...{ tenantId, name, oid: `3d7a9c10-6f5e-4b21-8a44-91c0d2e3001${n}`, email: `p${n}@x.example` },
}));
const [person = { tenantId, name: '', oid: '', email: '' }, ...users] = people;
const teamId = '19:00000000000000000000000000000001@thread.tacv2';
const channelId = '19:0123456789abcdef0123456789abcdef@thread.tacv2';
const members = people.map(({ oid }) => oid);
const channel = { tenantId, teamId, teamName: 'Virtual school', id: channelId, name: 'Requests', members };
const setting = {
  ...{
    botAppId,
    botName: 'Golden Thread',
    person,
    users,
    groupChatId: '19:00000000000000000000000000000002@thread.v2',
  },
  team: { id: teamId, name: 'Virtual school', aadGroupId: tenantId, channel: { id: channelId, name: 'Requests' } },
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly text: string;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Stands for the Playground's own connector: gives ids of its own, and knows only what it gave. */
async function fakePlayground() {
  const calls: Call[] = [];
  const given = new Set<string>();
  const app = Fastify();
  app.all<{ Params: { '*': string } }>('/_connector/v3/conversations/*', async (request, reply) => {
    const path = decodeURIComponent(request.params['*']);
    calls.push({
      method: request.method,
      path,
      text: /"text":"([^"]*)"/.exec(JSON.stringify(request.body))?.[1] ?? '',
    });
    const named = path.split('/').at(-1) ?? '';
    if (request.method === 'PUT') return given.has(named) ? { id: named } : reply.code(404).send({ error: {} });
    const id = `p${given.size + 1}`;
    given.add(id);
    return reply.code(201).send({ id });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  return { url, calls, forget: () => given.clear() };
}

async function start() {
  const clock = { now: () => Temporal.Instant.from('2027-02-01T09:00:00Z') };
  const find = (oid: string) => people.find((one) => one.oid === oid) ?? null;
  const connector = createConnector({ clock, person: find, channels: () => [channel] });
  const app = Fastify({ routerOptions: { maxParamLength: 500 } });
  connectorRoutes(app, { connector, faults: createFaults(() => 0), botOf: async () => botAppId });
  let url = '';
  let seed = 0;
  const received: { authorization: string; activity: Record<string, unknown> }[] = [];
  app.post<{ Body: Record<string, unknown> }>('/api/messages', async (request, reply) => {
    received.push({ authorization: request.headers.authorization ?? '', activity: request.body });
    return request.body['type'] === 'invoke' ? reply.code(200).send({ statusCode: 200, type: 'x', value: 'done' }) : {};
  });
  const bridge = createPlaygroundBridge({
    ...{ connector, url: () => url, random: () => (seed = (seed + 0.37) % 1) },
    mintBotToken: async ({ aud, serviceUrl }) => `for ${aud} from ${serviceUrl}`,
    get botUrl() {
      return `${url}/api/messages`;
    },
  });
  bridge.routes(app);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  const seat = bridge.attach(setting);
  const send = async (activity: object, path = seat.path) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(activity) });
    return { status: answer.status, body: await answer.text() };
  };
  return { connector, seat, send, received, url };
}

const card = (text: string) => {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
};

test('what the person does reaches the bot signed, from our connector, under their name and tenant whatever was sent', async () => {
  const { send, received, url } = await start();
  const forged = { id: '29:somebody', aadObjectId: 'somebody', name: 'Somebody else' };
  const conversation = { id: 'a:1x', tenantId: 'another' };
  const answer = await send({ type: 'invoke', from: forged, conversation, channelData: { tenant: { id: 'another' } } });
  expect(answer).toEqual({ status: 200, body: JSON.stringify({ statusCode: 200, type: 'x', value: 'done' }) });
  expect(received).toMatchObject([
    {
      authorization: `Bearer for ${botAppId} from ${url}/connector/`,
      activity: {
        from: { id: `29:${person.oid}`, aadObjectId: person.oid, name: person.name },
        recipient: { id: `28:${botAppId}` },
        serviceUrl: `${url}/connector/`,
        conversation: { tenantId },
        channelData: { tenant: { id: tenantId } },
      },
    },
  ]);
});

test('a key that was not given out, and a body that is no activity, reach no bot', async () => {
  const { send, received } = await start();
  const message = { type: 'message', conversation: { id: 'a:1x' } };
  expect((await send(message, '/_local/playground/00000000-0000-4000-8000-000000000000/messages')).status).toBe(404);
  expect((await send({ type: 'message' })).status).toBe(400);
  expect(received).toEqual([]);
});

test('the page’s arrival is told once, however often it is reloaded', async () => {
  const { send, received } = await start();
  const arrival = { type: 'installationUpdate', action: 'add', conversation: { id: 'a:1x' } };
  for (let n = 0; n < 3; n++) expect((await send(arrival)).status).toBe(200);
  await send({ ...arrival, action: 'remove' });
  await send(arrival);
  expect(received.map(({ activity }) => activity['action'])).toEqual(['add', 'remove', 'add']);
});

test('a channel nobody has spoken in is posted to, and an update changes the same card', async () => {
  const { connector, seat } = await start();
  const playground = await fakePlayground();
  const mirror = seat.show(playground.url);
  const made = connector.createConversation(botAppId, {
    channelData: { channel: { id: channelId } },
    activity: card('Open'),
  });
  connector.update(botAppId, made.id, made.activityId ?? '', card('Taken'));
  connector.post(botAppId, made.id, card('A reply'));
  await mirror.idle();
  expect(playground.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST ${channelId}/activities`,
    `PUT ${channelId}/activities/p1`,
    `POST ${channelId};messageid=p1/activities`,
  ]);
  expect(playground.calls.at(-1)?.text).toBe('A reply');
});

test('a press in the Playground names our activity and our thread', async () => {
  const { connector, seat, send, received } = await start();
  const playground = await fakePlayground();
  seat.show(playground.url);
  const posted = connector.post(botAppId, channelId, card('Open'));
  const conversation = { id: `${channelId};messageid=p1` };
  const value = { action: { verb: 'take' } };
  await send({ type: 'invoke', name: 'adaptiveCard/action', replyToId: 'p1', conversation, value });
  expect(received[0]?.activity).toMatchObject({
    replyToId: posted?.id,
    value: { trigger: 'manual', action: { verb: 'take' } },
    conversation: { id: `${channelId};messageid=${posted?.id}` },
  });
});

test('the bot can answer in a thread that the person began', async () => {
  const { connector, seat, send, received } = await start();
  const playground = await fakePlayground();
  const mirror = seat.show(playground.url);
  await send({ type: 'message', text: 'hello', conversation: { id: `${channelId};messageid=their-root` } });
  const conversation = received[0]?.activity['conversation'];
  const id = typeof conversation === 'object' && conversation && 'id' in conversation ? String(conversation.id) : '';
  connector.post(botAppId, id, card('hello yourself'));
  await mirror.idle();
  expect(playground.calls.map(({ path }) => path)).toEqual([`${channelId};messageid=their-root/activities`]);
});

test('a Playground started late, or again, is filled from the ledger', async () => {
  const { connector, seat } = await start();
  const posted = connector.post(botAppId, channelId, card('Open'));
  connector.update(botAppId, channelId, posted?.id ?? '', card('Taken'));
  const first = await fakePlayground();
  const mirror = seat.show(first.url);
  await mirror.idle();
  expect(first.calls).toMatchObject([{ method: 'POST', text: 'Taken' }]);
  first.forget();
  connector.update(botAppId, channelId, posted?.id ?? '', card('Held'));
  await mirror.idle();
  expect(first.calls.slice(1)).toMatchObject([
    { method: 'PUT', text: 'Held' },
    { method: 'POST', text: 'Held' },
  ]);
});

test('a Playground that is gone fails nothing: the ledger has it', async () => {
  const { connector, seat } = await start();
  const mirror = seat.show('http://127.0.0.1:9');
  const posted = connector.post(botAppId, channelId, card('Open'));
  await mirror.idle();
  expect(connector.ledger().map(({ id }) => id)).toEqual([posted?.id]);
});
