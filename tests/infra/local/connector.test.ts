import { mkdtempSync, appendFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { createConnector, type ConnectorOptions } from '../../../infra/local/connector.js';
import { connectorRoutes } from '../../../infra/local/connector-routes.js';
import { createFaults } from '../../../infra/local/faults.js';

const tenantId = '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d01';
const botAppId = '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d02';
const otherBot = '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d03';
const teacher = { tenantId, oid: '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d04', name: 'Ailsa Murray', email: 'a@x.example' };
const head = { tenantId, oid: '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d05', name: 'Ewan Reid', email: 'e@x.example' };
const channelId = '19:0123456789abcdef0123456789abcdef@thread.tacv2';
const channel = {
  ...{ tenantId, teamId: '19:00000000000000000000000000000001@thread.tacv2', teamName: 'Virtual school' },
  ...{ id: channelId, name: 'Requests', members: [head.oid] },
};

function cardMessage(text: string) {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(options: Partial<ConnectorOptions> = {}) {
  let nowMs = Date.parse('2027-02-01T09:00:00Z');
  const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(nowMs) };
  const person = (oid: string) => [teacher, head].find((one) => one.oid === oid) ?? null;
  const connector = createConnector({ clock, person, channels: () => [channel], ...options });
  const faults = createFaults(() => 0);
  const app = Fastify({ routerOptions: { maxParamLength: 500 } });
  const bots: Record<string, string> = { ours: botAppId, theirs: otherBot };
  connectorRoutes(app, { connector, faults, botOf: async (token) => bots[token] ?? null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  open.push(() => app.close());

  async function call(method: string, path: string, body?: unknown, token = 'ours') {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
    const answer = await fetch(`${url}${path}`, init);
    const text = await answer.text();
    const json = text ? JSON.parse(text) : null;
    return { status: answer.status, json, retryAfter: answer.headers.get('retry-after') };
  }
  const conversations = '/connector/v3/conversations';
  const at = (id: string) => `${conversations}/${encodeURIComponent(id)}/activities`;
  const personal = async (oid = teacher.oid) =>
    (await call('POST', conversations, { members: [{ id: `29:${oid}` }], tenantId, isGroup: false })).json.id as string;
  return { connector, faults, call, conversations, at, personal, advance: (ms: number) => (nowMs += ms) };
}

describe('conversations', () => {
  test('a person has one personal conversation with a bot, by either of their ids', async () => {
    const { personal, call, conversations } = await start();
    const first = await personal();
    const again = await call('POST', conversations, { members: [{ id: teacher.oid }], tenantId });
    expect(first).toMatch(/^a:1/);
    expect(again).toMatchObject({ status: 201, json: { id: first } });
  });

  test('a thread of a channel starts with its first activity', async () => {
    const { call, conversations, at, connector } = await start();
    const body = { isGroup: true, channelData: { channel: { id: channelId } }, activity: cardMessage('one') };
    const { status, json } = await call('POST', conversations, body);
    expect(status).toBe(201);
    expect(json.id).toBe(`${channelId};messageid=${json.activityId}`);
    const reply = await call('POST', at(json.id), cardMessage('two'));
    const direct = await call('POST', at(channelId), cardMessage('three'));
    expect(reply.status).toBe(201);
    expect(connector.ledger().map((one) => one.conversationId)).toEqual([
      json.id,
      json.id,
      `${channelId};messageid=${direct.json.id}`,
    ]);
  });

  test.each([
    ['an unknown chat', 'a:1nobody', 'ours', 404, 'ConversationNotFound'],
    ['an unknown channel', '19:none@thread.tacv2', 'ours', 404, 'ConversationNotFound'],
    ['an unknown thread', `${channelId};messageid=1`, 'ours', 404, 'ConversationNotFound'],
    ['a token that is not a bot’s', channelId, 'stranger', 401, 'Unauthorized'],
  ])('%s is refused', async (_name, id, token, status, code) => {
    const { call, at } = await start();
    const refused = await call('POST', at(id), cardMessage('x'), token);
    expect(refused).toMatchObject({ status, json: { error: { code } } });
  });

  test('another bot may neither write into a chat nor change its activities', async () => {
    const { call, at, personal } = await start();
    const id = await personal();
    const posted = await call('POST', at(id), cardMessage('x'));
    expect((await call('POST', at(id), cardMessage('y'), 'theirs')).json.error.code).toBe('BotNotInConversationRoster');
    expect((await call('PUT', `${at(id)}/${posted.json.id}`, cardMessage('y'), 'theirs')).status).toBe(403);
  });

  test('another tenant, an unknown person and a group are not created', async () => {
    const { call, conversations } = await start();
    const members = [{ id: teacher.oid }];
    const tries = [
      { members, tenantId: botAppId },
      { members: [{ id: botAppId }] },
      { members: [...members, ...members] },
    ];
    const answers = await Promise.all(tries.map((body) => call('POST', conversations, body)));
    expect(answers.map((one) => one.status)).toEqual([403, 400, 400]);
  });

  test('members are the people there, each with name, address and object id', async () => {
    const { call, conversations } = await start();
    const path = `${conversations}/${encodeURIComponent(channelId)}`;
    const one = await call('GET', `${path}/members/29:${head.oid}`);
    expect(one.json).toMatchObject({
      aadObjectId: head.oid,
      name: 'Ewan Reid',
      givenName: 'Ewan',
      surname: 'Reid',
      tenantId,
    });
    expect((await call('GET', `${path}/pagedmembers?pageSize=50`)).json.members).toHaveLength(1);
    expect((await call('GET', `${path}/members/${teacher.oid}`)).json.error.code).toBe('MemberNotFoundInConversation');
  });
});

describe('the ledger', () => {
  test('an update adds a version to the same activity', async () => {
    const { call, at, personal, connector } = await start();
    const id = await personal();
    const { json } = await call('POST', at(id), cardMessage('Open'));
    expect((await call('PUT', `${at(id)}/${json.id}`, cardMessage('Taken'))).json).toEqual({ id: json.id });
    const [activity] = connector.ledger();
    expect(activity?.versions.map((version) => JSON.stringify(version.card).includes('Taken'))).toEqual([false, true]);
    expect(Object.keys(connector.tally().cards)).toEqual([json.id]);
  });

  test('a deleted activity cannot be updated and is not among the cards', async () => {
    const { call, at, personal, connector } = await start();
    const id = await personal();
    const { json } = await call('POST', at(id), cardMessage('Open'));
    expect((await call('DELETE', `${at(id)}/${json.id}`)).status).toBe(200);
    expect((await call('PUT', `${at(id)}/${json.id}`, cardMessage('x'))).json.error.code).toBe(
      'ActivityNotFoundInConversation',
    );
    expect(connector.tally().cards).toEqual({});
  });

  test('typing is taken and not kept', async () => {
    const { call, at, personal, connector } = await start();
    expect((await call('POST', at(await personal()), { type: 'typing' })).status).toBe(202);
    expect(connector.ledger()).toEqual([]);
  });

  test('a stub posted twice is an orphan; two cards with state are a duplicate', async () => {
    const { call, at, personal, connector } = await start();
    const id = await personal();
    const stub = cardMessage('VS-7K2M9Q Open');
    const ids = [await call('POST', at(id), stub), await call('POST', at(id), stub)].map(
      (one) => one.json.id as string,
    );
    expect(connector.tally()).toMatchObject({ posts: { [id]: 2 }, duplicates: [], orphans: [ids[1]] });
    await call('PUT', `${at(id)}/${ids[1]}`, cardMessage('VS-7K2M9Q Taken'));
    expect(connector.tally()).toMatchObject({ duplicates: [], orphans: [ids[0]] });
    await call('PUT', `${at(id)}/${ids[0]}`, cardMessage('VS-7K2M9Q Taken'));
    expect(connector.tally()).toMatchObject({ duplicates: [ids[1]], orphans: [] });
  });

  test('survives a restart, and a last line cut short by a kill is dropped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'connector-'));
    const stateFile = join(folder, 'connector.jsonl');
    const first = await start({ stateFile });
    const id = await first.personal();
    const posted = await first.call('POST', first.at(id), cardMessage('Open'));
    appendFileSync(stateFile, '{"did":"update","id":"');
    const second = await start({ stateFile });
    expect(second.connector.ledger()).toEqual(first.connector.ledger());
    expect((await second.call('PUT', `${second.at(id)}/${posted.json.id}`, cardMessage('Taken'))).status).toBe(200);
    const next = await second.call('POST', second.at(id), cardMessage('Open'));
    expect(Number(next.json.id)).toBeGreaterThan(Number(posted.json.id));
    rmSync(folder, { recursive: true });
  });
});

describe('refusals that a bot must live with', () => {
  test('a person who blocked the app', async () => {
    const { call, at, personal, connector } = await start();
    const id = await personal();
    await call('POST', '/_local/connector/blocked', { oid: teacher.oid, blocked: true });
    const refused = await call('POST', at(id), cardMessage('x'));
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'MessageWritesBlocked' } } });
    connector.setBlocked(teacher.oid, false);
    expect((await call('POST', at(id), cardMessage('x'))).status).toBe(201);
  });

  test('a post of nothing, and one of an unknown type', async () => {
    const { call, at, personal, connector } = await start();
    const id = await personal();
    expect((await call('POST', at(id), { type: 'message' })).status).toBe(400);
    expect((await call('POST', at(id), { type: 'event' })).status).toBe(400);
    expect(connector.ledger()).toEqual([]);
  });

  test('a post above 28 KB', async () => {
    const { call, at, personal, connector } = await start();
    const refused = await call('POST', at(await personal()), cardMessage('x'.repeat(29_000)));
    expect(refused).toMatchObject({ status: 413, json: { error: { code: 'MessageSizeTooBig' } } });
    expect(connector.ledger()).toEqual([]);
  });

  test('the eighth post within a second, until the second has passed', async () => {
    const { call, at, personal, advance } = await start();
    const id = await personal();
    advance(10_000);
    const answers = [];
    for (let n = 0; n < 8; n++) answers.push(await call('POST', at(id), cardMessage('x')));
    expect(answers.map((one) => one.status)).toEqual([...Array<number>(7).fill(201), 429]);
    expect(answers[7]?.retryAfter).toBe('1');
    advance(1001);
    expect((await call('POST', at(id), cardMessage('x'))).status).toBe(201);
    expect((await call('POST', at(id), cardMessage('x'))).status).toBe(429); // 8 in 2 seconds
  });

  test('an answer lost after the work: the post is in the ledger all the same', async () => {
    const { call, at, personal, faults, connector } = await start();
    const id = await personal();
    faults.once('connector', '504-after');
    expect((await call('POST', at(id), cardMessage('x'))).status).toBe(504);
    expect(connector.ledger()).toHaveLength(1);
    faults.once('connector', '429');
    expect((await call('POST', at(id), cardMessage('x'))).status).toBe(429);
    expect(connector.ledger()).toHaveLength(1);
  });
});
