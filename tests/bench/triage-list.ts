import autocannon from 'autocannon';
import type { ChildProcess } from 'node:child_process';
import { strathlinn } from '../../infra/local/demo/places.js';
import type { Stack } from '../../infra/local/stack.js';
import { mad, median, ratios } from './ratios.js';
import { cpuOf, ended, ownEnvironment, type Server, startServer } from './servers.js';
import { fillRequests, makeReaders } from './triage-rows.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const connections = 8;
/** Fewer for a trial; the figures that count are of as many. */
const requests = Number(process.env['BENCH_REQUESTS'] ?? 100_000);
interface Slice {
  readonly rps: number;
  readonly p99: number;
  readonly cpuUs: number;
}

/**
 * The first window of the triage list, 50 rows with names under row level security out of 100,000, its reading audited with a
 * durable commit, against a fastify that answers a constant: same connections, in turns. `p99` is at the same offered rate,
 * half of what ours can do: with every connection always busy it would only say once more how many a second are answered, and
 * is given beside it.
 */
export async function measureList(stack: Stack, dataDir: string) {
  await fillRequests(stack, strathlinn.authorityId, requests);
  // A person may ask 600 times a minute (bot/api/server.ts).
  const people = await makeReaders(stack, strathlinn.authorityId);
  const tokens = await Promise.all(
    people.map(({ tenantId, oid }) => stack.microsoft365.mintUserToken({ tid: tenantId, oid })),
  );
  const children: ChildProcess[] = [];
  const start = async (file: string, env: Record<string, string> = {}) => {
    const server = await startServer(file, [], env);
    children.push(server.child);
    return { ...server, url: new URL('/api/requests/search', server.url).href };
  };
  try {
    const hello = await start('./hello.ts');
    const ours = await start('./ours.ts', { ...ownEnvironment(stack, dataDir), SERVER_ROLES: 'web', PORT: '0' });
    return figures(await inTurns({ hello, ours }, tokens));
  } finally {
    await Promise.all(children.map(ended));
  }
}

interface Lanes {
  readonly hello: Server;
  readonly ours: Server;
}
type Found = Record<'hello' | 'ours' | 'helloAtRate' | 'oursAtRate', Slice[]>;

async function inTurns({ hello, ours }: Lanes, tokens: readonly string[]): Promise<Found> {
  const found: Found = { hello: [], ours: [], helloAtRate: [], oursAtRate: [] };
  await slice(hello, tokens, {});
  // Everybody has asked before: a token is checked in full the first time that it is shown.
  for (const token of tokens) await askOnce(ours, token);
  const warm = await slice(ours, tokens, {});
  for (let round = 0; round < rounds; round += 1) {
    const rate = Math.max(connections, Math.floor(median([warm, ...found.ours].map(({ rps }) => rps)) / 2));
    const turns: [keyof Found, Server, { rate?: number }][] = [
      ['hello', hello, {}],
      ['ours', ours, {}],
      ['helloAtRate', hello, { rate }],
      ['oursAtRate', ours, { rate }],
    ];
    // The order is turned each round, so that a machine that slows down slows both alike.
    for (const [name, server, how] of round % 2 === 0 ? turns : turns.reverse()) {
      const one = await slice(server, tokens, how);
      found[name].push(one);
      process.stdout.write(`${name} ${one.rps.toFixed(0)} rps, p99 ${one.p99} ms, ${one.cpuUs.toFixed(0)} us\n`);
    }
  }
  return found;
}

const body = JSON.stringify({ view: 'everything', counts: false, limit: 50 });
const headersOf = (token: string) => ({ 'content-type': 'application/json', authorization: `Bearer ${token}` });

async function askOnce(server: Server, token: string): Promise<void> {
  const answer = await fetch(server.url, { method: 'POST', headers: headersOf(token), body });
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
  await answer.arrayBuffer();
}

let person = 0;

async function slice(server: Server, tokens: readonly string[], how: { rate?: number }): Promise<Slice> {
  const cpu = await cpuOf(server);
  const result = await autocannon({
    ...{ url: server.url, connections, duration: seconds, method: 'POST' as const },
    ...(how.rate ? { overallRate: how.rate } : {}),
    setupClient(client) {
      const next = () => {
        person = (person + 1) % tokens.length;
        client.setHeadersAndBody(headersOf(tokens[person] ?? ''), body);
      };
      next();
      client.on('response', next);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} broke`);
  const used = (await cpuOf(server)) - cpu;
  return { rps: result['2xx'] / result.duration, p99: result.latency.p99, cpuUs: used / Math.max(1, result['2xx']) };
}

function figures(found: Found) {
  const of = (name: keyof Found, field: keyof Slice) => found[name].map((one) => one[field]);
  const round = (value: number) => Number(value.toFixed(3));
  const p99 = ratios(of('oursAtRate', 'p99'), of('helloAtRate', 'p99'));
  const rps = ratios(of('ours', 'rps'), of('hello', 'rps'));
  return {
    list_p99_vs_hello: round(median(p99)),
    list_rps_vs_hello: round(median(rps)),
    list_p99_vs_hello_mad: round(mad(p99)),
    list_p99_vs_hello_full_load: round(median(ratios(of('ours', 'p99'), of('hello', 'p99')))),
    list_p99_ms: median(of('oursAtRate', 'p99')),
    hello_p99_ms: median(of('helloAtRate', 'p99')),
    list_rps: Math.round(median(of('ours', 'rps'))),
    hello_rps: Math.round(median(of('hello', 'rps'))),
    list_cpu_us: Math.round(median(of('ours', 'cpuUs'))),
  };
}
