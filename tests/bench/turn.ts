import autocannon from 'autocannon';
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createLog } from '../../bot/log.js';
import { cast } from '../../infra/local/demo/cast.js';
import { apps, strathlinn, teams } from '../../infra/local/demo/places.js';
import { serverEnvironment } from '../../infra/local/server-process.js';
import { type Stack, startStack } from '../../infra/local/stack.js';
import { invokeBody } from './invoke.js';
import { mad, median, ratios } from './ratios.js';

/**
 * One press of *Take*, as Teams sends it, to five servers in turn: bare node:http, botbuilder's and the Agents SDK's handlers
 * with authentication off and nothing stored, and our production route twice, with tokens it has seen and tokens it has not.
 * Ours checks the token, the sender and the press, commits the move with its activity, audit and card updates, and answers
 * with the new card. Interleaved; a claim is the median of the paired ratios.
 */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const connections = 16;

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

interface Slice {
  readonly rps: number;
  readonly p99: number;
  readonly cpuUs: number;
}

export async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'golden-thread-bench-'));
  const stack = await startStack({ dataDir, port: 0, log: createLog({ level: 'error' }), durable: true, origins: [] });
  const servers: ChildProcess[] = [];
  try {
    const start = async (file: string, args: string[], env: Record<string, string> = {}) => {
      const server = await startServer(file, args, env);
      servers.push(server.child);
      return server;
    };
    const presses = await createPresses(stack);
    const ours = await start('./ours.ts', [], { ...ownEnvironment(stack, dataDir), SERVER_ROLES: 'web', PORT: '0' });
    const lanes = {
      bare: { server: await start('./anchor.ts', ['bare']), tokens: presses.seen },
      echo: { server: await start('./anchor.ts', ['echo']), tokens: presses.seen },
      agents: { server: await start('./anchor.ts', ['agents']), tokens: presses.seen },
      ours: { server: ours, tokens: presses.seen },
      uncached: { server: ours, tokens: presses.unseen },
    };
    print(await measure(lanes, presses));
  } finally {
    await Promise.all(servers.map(ended));
    await stack.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await exit;
}

function ownEnvironment(stack: Stack, dataDir: string): Record<string, string> {
  return serverEnvironment({
    ...{ databaseUrl: stack.postgres.appUrl, microsoft365Url: stack.microsoft365.url, port: 3978, origins: [] },
    ...{ tabDirectory: null, auditHeadsDirectory: join(dataDir, 'heads'), shiftMs: () => 0, logLevel: 'error' },
  });
}

async function startServer(file: string, args: string[], env: Record<string, string>): Promise<Server> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env: { PATH: process.env['PATH'], ...env },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', () => reject(new Error(`${file} ended before it listened`)));
  });
  return { child, url: `http://127.0.0.1:${port}/api/messages` };
}

type Presses = Awaited<ReturnType<typeof createPresses>>;

/** A request of its own for every connection, so that each press finds the version that it names and commits. */
async function createPresses(stack: Stack) {
  const serviceUrl = `${stack.microsoft365.url}/connector/`;
  const mint = () => stack.microsoft365.mintBotToken({ aud: apps.strathlinnBot, serviceUrl });
  const ids = await addRequests(stack, connections);
  const versions = ids.map(() => 1);
  const seen = [await mint()];
  const unseen = await Promise.all(Array.from({ length: 3_000 }, mint));
  return {
    seen,
    unseen,
    body(connection: number): string {
      const press = { appId: apps.strathlinnBot, tenantId: cast.officer.tenantId, oid: cast.officer.oid, serviceUrl };
      const version = versions[connection] ?? 1;
      return invokeBody({
        ...press,
        channelId: teams.strathlinn.channelId,
        requestId: ids[connection] ?? '',
        version,
        nonce: randomBytes(12).toString('hex'),
      });
    },
    /** What the store holds: read after a slice, since a press under way at its end may have been committed. */
    async settle() {
      const rows = await asOwner(stack, (client) =>
        client.query<{ request_id: string; version: number }>(
          'select request_id, version from support_request where request_id = any($1)',
          [ids],
        ),
      );
      for (const row of rows.rows) versions[ids.indexOf(row.request_id)] = row.version;
    },
    committed: () =>
      asOwner(stack, (client) =>
        client.query<{ n: number }>('select sum(version)::int as n from support_request where request_id = any($1)', [
          ids,
        ]),
      ).then(({ rows }) => rows[0]?.n ?? 0),
    answered: (connection: number) => void (versions[connection] = (versions[connection] ?? 1) + 1),
  };
}

async function asOwner<T>(stack: Stack, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.postgres.ownerUrl });
  await client.connect();
  try {
    await client.query(
      `begin; set local app.authority_id = '${strathlinn.authorityId}'; set local app.reach = 'authority'`,
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

async function addRequests(stack: Stack, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await asOwner(stack, async (client) => {
    for (const [n, id] of ids.entries()) {
      await client.query(
        `insert into support_request (authority_id, request_id, reference, asker_id, level, need, urgency, what, state, version, routed_to, routed_because, submitted_at, due_because, origin)
         values ($1, $2, $3, $4, 'school', 'attendance', 'this-week', 'A bench.', 'assigned', 1, 'whole team', 'no rule', now(), 'no-target', 'chat')`,
        [strathlinn.authorityId, id, `VS-BENCH${n}`, cast.teacher.personId],
      );
      await client.query(
        `insert into posted_card (authority_id, card_id, kind, aggregate_id, tenant_id, bot_app_id, service_url, conversation_id, activity_id, created_at)
         select $1, gen_random_uuid(), kind, $2, $3, $4, 'http://127.0.0.1:1/', conversation, '1', now()
         from (values ('request-asker', 'a:bench'), ('request-channel', $5)) as place (kind, conversation)`,
        [strathlinn.authorityId, id, cast.officer.tenantId, apps.strathlinnBot, teams.strathlinn.channelId],
      );
    }
  });
  return ids;
}

async function cpuOf({ child }: Server): Promise<number> {
  const answer = new Promise<number>((resolve) => {
    child.once('message', ({ cpu }: { cpu: NodeJS.CpuUsage }) => resolve(cpu.user + cpu.system));
  });
  child.send({});
  return answer;
}

async function slice(
  server: Server,
  tokens: readonly string[],
  presses: Presses,
  overallRate?: number,
): Promise<Slice> {
  await presses.settle();
  const cpu = await cpuOf(server);
  let connection = 0;
  let token = 0;
  const result = await autocannon({
    ...{ url: server.url, connections, duration: seconds, ...(overallRate ? { overallRate } : {}) },
    setupClient(client) {
      const own = connection++;
      const next = () => {
        token = (token + 1) % tokens.length;
        client.setHeadersAndBody(
          { 'content-type': 'application/json', authorization: `Bearer ${tokens[token] ?? ''}` },
          presses.body(own),
        );
      };
      next();
      client.on('response', () => {
        presses.answered(own);
        next();
      });
    },
    ...{ method: 'POST' },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} broke`);
  const used = (await cpuOf(server)) - cpu;
  return { rps: result['2xx'] / result.duration, p99: result.latency.p99, cpuUs: used / Math.max(1, result['2xx']) };
}

type Lanes = Record<'bare' | 'echo' | 'agents' | 'ours' | 'uncached', { server: Server; tokens: readonly string[] }>;

async function measure(lanes: Lanes, presses: Presses) {
  const names = Object.keys(lanes) as (keyof Lanes)[];
  const found: Record<keyof Lanes, Slice[]> = { bare: [], echo: [], agents: [], ours: [], uncached: [] };
  for (const name of names) await slice(lanes[name].server, lanes[name].tokens, presses);
  for (let round = 0; round < rounds; round += 1) {
    // The order is turned each round, so that a machine that slows down slows everybody alike.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const before = await presses.committed();
      const one = await slice(lanes[name].server, lanes[name].tokens, presses);
      const own = name === 'ours' || name === 'uncached';
      const moved = (await presses.committed()) - before;
      if (own && moved < one.rps * seconds * 0.95) throw new Error(`answers without a commit: ${moved} moves`);
      found[name].push(one);
      process.stdout.write(`${name} ${one.rps.toFixed(0)} rps, p99 ${one.p99} ms, ${one.cpuUs.toFixed(0)} us\n`);
    }
  }
  const full = median(found.ours.map(({ rps }) => rps));
  const half = await slice(lanes.ours.server, lanes.ours.tokens, presses, Math.floor(full / 2));
  return { found, half };
}

function print({ found, half }: Awaited<ReturnType<typeof measure>>): void {
  const rps = (name: keyof typeof found) => found[name].map((one) => one.rps);
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const toEcho = ratios(rps('ours'), rps('echo'));
  process.stdout.write(
    `${JSON.stringify({
      bench: 'turn',
      bare_rps: round(median(rps('bare')), 0),
      echo_rps: round(median(rps('echo')), 0),
      agents_rps: round(median(rps('agents')), 0),
      ours_rps: round(median(rps('ours')), 0),
      ours_vs_bare: round(median(ratios(rps('ours'), rps('bare'))), 3),
      ours_vs_echo: round(median(toEcho), 3),
      ours_vs_agents: round(median(ratios(rps('ours'), rps('agents'))), 3),
      ours_cpu_us: round(median(found.ours.map(({ cpuUs }) => cpuUs)), 0),
      ours_uncached_rps: round(median(rps('uncached')), 0),
      p99_ms_half_load: half.p99,
      mad: round(mad(toEcho), 3),
    })}\n`,
  );
}
