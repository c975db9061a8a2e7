import { request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { loopbackOnly } from '../../../infra/local/loopback-only.js';
import type { Desk } from '../../../infra/local/start-desk.js';
import { callLine, cardLine } from '../../../infra/local/start-lines.js';
import { startPageRoutes } from '../../../infra/local/start-page.js';
import { createThread } from '../../../infra/local/start-thread.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const setup = {
  people: { chat: [], team: [], tab: [], calendar: [] },
  mailboxes: {},
  docsUrl: 'http://127.0.0.1:1/api/docs',
};

async function serve(ready = true) {
  const did: unknown[] = [];
  const thread = createThread();
  const desk: Desk = {
    ...{ thread, now: () => '2026-11-23T09:00:00Z' },
    look: async () => ({
      ...{ now: '2026-11-23T09:00:00Z', shiftMs: 0, steps: [], serverUp: true },
      chats: { chat: { person: 'teacher', url: null, why: 'x' }, team: { person: 'officer', url: null, why: 'x' } },
      failing: { graph: false, connector: false },
    }),
    nextMorning: async () => void did.push('next-morning'),
    fail: (what, on) => void did.push([what, on]),
    killServer: () => void did.push('kill'),
    storyAgain: async () => void did.push('again'),
    sit: async (seat, person) => void did.push([seat, person]),
  };
  const app = Fastify({ forceCloseConnections: true });
  loopbackOnly(app);
  await startPageRoutes(app, { setup, desk: () => (ready ? desk : null) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  const post = async (path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { url, did, thread, post };
}

/** fetch does not let a Host be chosen. */
function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once('error', reject).end();
  });
}

test('the page and the calendar come with a policy that runs only their own scripts', async () => {
  const { url } = await serve();
  for (const path of ['/', '/calendar']) {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe/);
    expect(await answer.text()).not.toMatch(/<script(?![^>]*src=)|style=|onclick/);
  }
});

test('every script that a page names, and every script that one of those names, is there without types', async () => {
  const { url } = await serve();
  const waiting = ['/start/start-page-client.js', '/start/start-page-calendar-client.js'];
  const seen = new Set<string>();
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await fetch(url + path);
    expect([path, answer.status]).toEqual([path, 200]);
    const text = await answer.text();
    for (const [, name] of text.matchAll(/from ["']\.\/([\w-]+\.js)["']/g)) waiting.push(`/start/${name}`);
  }
  expect(seen.size).toBe(8);
});

test('another Host, a foreign page and a proxy are refused, whatever they ask for', async () => {
  const { url, did } = await serve();
  const { host } = new URL(url);
  const foreign = [
    { host: 'evil.example' },
    { host, origin: 'https://evil.example' },
    { host, 'x-forwarded-for': '10.0.0.1' },
  ];
  for (const headers of foreign)
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/calendar'],
      ['GET', '/start/events'],
      ['GET', '/start/setup'],
      ['POST', '/start/next-morning'],
      ['POST', '/start/kill-server'],
    ] as const)
      expect(await statusOf(url + path, method, headers)).toBe(403);
  expect(did).toEqual([]);
});

test('its buttons do what they say, and take nothing else', async () => {
  const { post, did } = await serve();
  expect((await post('/start/next-morning', {})).status).toBe(204);
  expect((await post('/start/fail', { what: 'graph', on: true })).status).toBe(204);
  expect((await post('/start/sit', { seat: 'chat', person: 'schoolHead' })).status).toBe(204);
  expect((await post('/start/fail', { what: 'database', on: true })).status).toBe(400);
  expect((await post('/start/sit', { seat: 'throne', person: 'x' })).status).toBe(400);
  expect(did).toEqual(['next-morning', ['graph', true], ['chat', 'schoolHead']]);
});

test('while everything is still starting it says so', async () => {
  const { post, url } = await serve(false);
  expect((await post('/start/next-morning', {})).status).toBe(503);
  expect((await fetch(`${url}/start/events`)).status).toBe(503);
});

test('a viewer is sent what there is, and then each new line', async () => {
  const { url, thread } = await serve();
  const line = (title: string) =>
    ({ at: '2026-11-23T09:00:00Z', kind: 'card', title, failed: false, details: [] }) as const;
  thread.add(line('before'));
  const answer = await fetch(`${url}/start/events`);
  let text = '';
  const reader = answer.body?.getReader();
  while (reader && !/event: line\n/.test(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += new TextDecoder().decode(value);
    if (/event: state\n/.test(text) && thread.lines().length === 1) thread.add(line('after'));
  }
  await reader?.cancel();
  expect(text).toMatch(/event: lines\ndata: \[.*"before"/);
  expect(text).toMatch(/event: line\ndata: .*"after"/);
});

test('the thread keeps the newest 200', () => {
  const thread = createThread();
  for (let n = 0; n < 250; n += 1)
    thread.add({ at: '2026-11-23T09:00:00Z', kind: 'graph', title: `${n}`, failed: false, details: [] });
  expect(thread.lines()).toHaveLength(200);
  expect(thread.lines()[0]?.title).toBe('249');
});

test('a card is told by its summary and a call by its address: what stands on the card is not', () => {
  const card = { fallbackText: 'Request VS-7K2M9Q', body: [{ text: 'Jamie Macrae has not been in' }] };
  const versions = [{ at: '2026-11-23T09:00:00Z', card, text: 'Jamie' }];
  const activity = { id: '1', conversationId: 'a:1', top: 'a:1', botAppId: 'x', versions, deletedAt: null };
  const told = cardLine({ kind: 'update', activity }, '2026-11-23T09:00:00Z');
  expect(told.title).toBe('Request VS-7K2M9Q: changed in place');
  expect(JSON.stringify(told)).not.toMatch(/Jamie/);
  const call = { kind: 'graph', method: 'GET', path: '/graph/v1.0/users/a%40b.example/events', status: 0 } as const;
  expect(callLine({ ...call, at: '2026-11-23T09:00:00Z' })).toMatchObject({
    ...{ title: 'GET /users/a@b.example/events cut', failed: true },
  });
});
