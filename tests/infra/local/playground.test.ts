import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Playground, startPlayground } from '../../../infra/local/playground.js';

const tenantId = '3d7a9c10-6f5e-4b21-8a44-91c0d2e30001';
const [person = { tenantId, name: '', oid: '', email: '' }, ...users] = [0, 1, 2, 3, 4, 5].map((n) => ({
  ...{ tenantId, name: `Person ${n}`, oid: `3d7a9c10-6f5e-4b21-8a44-91c0d2e3001${n}`, email: `p${n}@x.example` },
}));
const channelId = '19:0123456789abcdef0123456789abcdef@thread.tacv2';
const dir = mkdtempSync(join(tmpdir(), 'playground-'));
const options = {
  ...{ botAppId: '3d7a9c10-6f5e-4b21-8a44-91c0d2e30002', botName: 'Golden Thread', person, users, dir },
  groupChatId: '19:00000000000000000000000000000002@thread.v2',
  team: {
    ...{ id: '19:00000000000000000000000000000001@thread.tacv2', name: 'Virtual school', aadGroupId: tenantId },
    channel: { id: channelId, name: 'Requests' },
  },
  bridgeUrl: 'http://127.0.0.1:9/messages',
};
const preload = new URL('../../../infra/local/playground-preload.cjs', import.meta.url).pathname;

/** 'open', or the code of the refusal. */
function knock(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.setTimeout(3000, () => resolve('timeout'));
    socket
      .once('connect', () => resolve('open'))
      .once('error', (error) => resolve('code' in error ? String(error.code) : ''));
    socket.once('close', () => resolve('closed')).unref();
    socket.once('connect', () => socket.destroy());
  });
}

function get(port: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/_debug/ping', headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once('error', reject).end();
  });
}

describe('the Playground', () => {
  let playground: Playground;
  let port = '';

  beforeAll(async () => {
    playground = await startPlayground(options);
    port = new URL(playground.url).port;
  }, 90_000);
  afterAll(async () => {
    await playground.stop();
    rmSync(dir, { recursive: true });
  });

  test('cannot be reached at another address of this machine', async () => {
    const other = createServer().listen({ host: '127.0.0.2', port: 0 });
    const listening = await Promise.race([
      once(other, 'listening').then(() => true),
      once(other, 'error').then(() => false),
    ]);
    if (!listening) {
      console.log('Not tried: this machine has no address but 127.0.0.1.');
      return;
    }
    const address = other.address();
    // The control: 127.0.0.2 reaches whoever listens there, as a server on every address would.
    expect(await knock('127.0.0.2', typeof address === 'object' && address ? address.port : 0)).toBe('open');
    other.close();
    expect(await knock('127.0.0.1', Number(port))).toBe('open');
    expect(await knock('127.0.0.2', Number(port))).toBe('ECONNREFUSED');
  });

  test('listens on 127.0.0.1 and nowhere else, as the kernel sees it', () => {
    if (!existsSync('/proc/net/tcp')) {
      console.log('Not tried: this system has no /proc/net/tcp.');
      return;
    }
    const suffix = `:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`;
    const listeners = ['/proc/net/tcp', '/proc/net/tcp6']
      .filter((file) => existsSync(file))
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === '0A' && local?.endsWith(suffix));
    expect(listeners.map(([, local]) => local)).toEqual([`0100007F${suffix}`]);
  });

  test('answers no other Host and no foreign page', async () => {
    expect(await get(port, {})).toBe(200);
    expect(await get(port, { host: 'evil.example' })).toBe(403);
    expect(await get(port, { origin: 'https://evil.example' })).toBe(403);
  });

  test('takes a post into a channel that nobody has spoken in, and an update of it', async () => {
    const place = `${playground.url}/_connector/v3/conversations/${encodeURIComponent(channelId)}/activities`;
    const headers = { 'content-type': 'application/json' };
    const posted = await fetch(place, { method: 'POST', headers, body: '{"type":"message","text":"Open"}' });
    const answer: unknown = await posted.json();
    expect(posted.status).toBe(201);
    expect(answer).toMatchObject({ id: expect.stringMatching(/^\d+/) });
    const { id } = Object(answer);
    const updated = await fetch(`${place}/${id}`, {
      method: 'PUT',
      headers,
      body: '{"type":"message","text":"Taken"}',
    });
    expect(updated.status).toBe(200);
  });

  test('says why it did not start', async () => {
    const bad = { ...options, dir: join(dir, 'bad'), team: { ...options.team, id: options.groupChatId } };
    await expect(startPlayground(bad)).rejects.toThrow(/must be unique/);
  }, 90_000);
});

/** Runs a line under the preload, with a stand-in beneath it for the real connect: nothing can leave even if the preload fails. */
async function underPreload(line: string): Promise<string> {
  const beneath = `require('node:net').Socket.prototype.connect = function (...args) {
    console.log('WENT OUT'); process.nextTick(() => this.destroy(new Error('beneath'))); return this; };
    require('node:dgram').Socket.prototype.send = () => console.log('WENT OUT');
    require('node:dns').lookup = (name, ...rest) => { console.log('WENT OUT'); rest.at(-1)(new Error('beneath')); };`;
  const script = `${beneath} require(${JSON.stringify(preload)}); ${line}`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  await once(child, 'exit');
  return said.trim();
}

describe('the preload', () => {
  const done = 'process.exit(0)';
  test.each([
    ['net', `require('net').connect(80, '169.254.169.254').on('error', (e) => { console.log(e.code); ${done}; })`],
    [
      'net with options',
      `require('net').connect({ port: 80, host: 'x.example' }).on('error', (e) => { console.log(e.code); ${done}; })`,
    ],
    ['https', `require('https').get('https://x.example').on('error', (e) => { console.log(e.code); ${done}; })`],
    ['fetch', `fetch('http://x.example').catch((e) => { console.log(e.cause.code); ${done}; })`],
    ['dns', `require('dns').lookup('x.example', (e) => { console.log(e.code); ${done}; })`],
    [
      'udp',
      `try { require('dgram').createSocket('udp4').send('x', 53, '192.0.2.1') } catch (e) { console.log(e.code); ${done}; }`,
    ],
  ])('lets nothing out by %s', async (_name, line) => {
    expect(await underPreload(line)).toBe('ECONNREFUSED');
  });

  test('lets this machine be reached', async () => {
    const line = `require('net').connect(1, '127.0.0.1').on('error', () => ${done})`;
    expect(await underPreload(line)).toBe('WENT OUT');
  });

  test('ends when the process that started it is gone', async () => {
    const child = spawn(
      process.execPath,
      ['--require', preload, '-e', 'setInterval(() => {}, 1000); console.log("up")'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    child.stdin.destroy();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
