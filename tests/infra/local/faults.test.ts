import { afterEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { applyFaults, createFaults, type Fault, type Faults } from '../../../infra/local/faults.js';
import { loopbackOnly } from '../../../infra/local/loopback-only.js';

let app: FastifyInstance | undefined;
afterEach(async () => app?.close());

async function serve(faults: Faults): Promise<{ url: string; worked: () => number }> {
  let worked = 0;
  app = Fastify({ forceCloseConnections: true });
  await app.register(async (scope) => {
    applyFaults(scope, 'graph', faults);
    scope.post('/work', async (_request, reply) => {
      worked += 1;
      return reply.code(201).send({ id: worked });
    });
  });
  app.get('/other', async () => ({ ok: true }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, worked: () => worked };
}

const post = (url: string) => fetch(`${url}/work?secret=1`, { method: 'POST' });

describe('a fault that was asked for once', () => {
  const seen: [Fault, number | 'no answer', number][] = [
    ['429', 429, 0],
    ['503', 503, 0],
    ['504-after', 504, 1],
    ['cut', 'no answer', 0],
    ['cut-after', 'no answer', 1],
    ['slow', 201, 1],
  ];
  test.each(seen)('%s answers %s after %d pieces of work, and the next call is well', async (fault, status, work) => {
    const faults = createFaults(() => 0.5);
    faults.set('graph', { rate: 0, kinds: [], retryAfterSeconds: 7, slowMs: 30 });
    const { url, worked } = await serve(faults);
    faults.once('graph', fault);
    const answer = await post(url).catch(() => null);
    expect(answer?.status ?? 'no answer').toBe(status);
    expect(answer?.headers.get('retry-after') ?? null).toBe(fault === '429' ? '7' : null);
    expect(worked()).toBe(work);
    expect(faults.injected).toEqual([{ surface: 'graph', fault, method: 'POST', path: '/work', didWork: work === 1 }]);
    expect((await post(url)).status).toBe(201);
  });

  test('waits for the call that it was meant for', async () => {
    const faults = createFaults(() => 0.5);
    const { url } = await serve(faults);
    faults.once('graph', '503', (_method, path) => path.startsWith('/else'));
    expect((await post(url)).status).toBe(201);
    faults.clear();
    expect(faults.draw('graph', 'GET', '/else')).toBeNull();
  });
});

test('a rate draws that share of the calls, of the kinds named, on that surface alone', async () => {
  let state = 1;
  const faults = createFaults(() => (state = (state * 16807) % 2147483647) / 2147483647);
  faults.set('graph', { rate: 0.3, kinds: ['429', 'cut'] });
  const drawn = Array.from({ length: 2000 }, () => faults.draw('graph', 'GET', '/x')).filter((fault) => fault !== null);
  expect(drawn.length).toBeGreaterThan(520);
  expect(drawn.length).toBeLessThan(680);
  expect(new Set(drawn)).toEqual(new Set(['429', 'cut']));
  expect(faults.draw('connector', 'GET', '/x')).toBeNull();
});

test('routes outside the scope never meet a fault', async () => {
  const faults = createFaults(() => 0);
  faults.set('graph', { rate: 1, kinds: ['503'] });
  const { url } = await serve(faults);
  expect((await fetch(`${url}/other`)).status).toBe(200);
});

describe('a local server answers to this machine only', () => {
  const asked: [string, Record<string, string>, number][] = [
    ['its own address', { host: '127.0.0.1:4000' }, 200],
    ['localhost without a port', { host: 'localhost' }, 200],
    ['its own origin', { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000' }, 200],
    ['a listed origin', { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4800' }, 200],
    ['another name (rebinding)', { host: 'evil.example:4000' }, 403],
    ['a name that begins like ours', { host: '127.0.0.1.evil.example' }, 403],
    ['another machine', { host: '10.0.0.5:4000' }, 403],
    ['another local server', { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:9999' }, 403],
    ['a foreign origin', { host: '127.0.0.1:4000', origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { host: '127.0.0.1:4000', origin: 'null' }, 403],
    ['X-Forwarded-For', { host: '127.0.0.1:4000', 'x-forwarded-for': '1.2.3.4' }, 403],
    ['X-Forwarded-Host', { host: '127.0.0.1:4000', 'x-forwarded-host': 'x' }, 403],
    ['Forwarded', { host: '127.0.0.1:4000', forwarded: 'for=1.2.3.4' }, 403],
  ];
  test.each(asked)('%s', async (_name, headers, status) => {
    app = Fastify({ forceCloseConnections: true });
    loopbackOnly(app, { origins: ['http://127.0.0.1:4800'] });
    app.get('/', async () => ({}));
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    expect(await statusOf(url, headers)).toBe(status);
  });
});

/** fetch would not let a test choose its Host. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
}
