import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../bot/log.js';
import { startStack } from '../../infra/local/stack.js';
import { createPresses, type Presses } from './presses.js';
import { mad, median, ratios } from './ratios.js';
import { ended, ownEnvironment, startServer } from './servers.js';
import { type Lane, type Slice, slice } from './slice.js';

/**
 * One press of *Take*, as Teams sends it, to five servers in turn: bare node:http, botbuilder's and the Agents SDK's handlers
 * with authentication off and nothing stored, and our production route twice, with tokens it has seen and tokens it has not.
 * Ours checks the token, the sender and the press, commits the move with its activity, audit and card updates, and answers
 * with the new card. Interleaved; a claim is the median of the paired ratios.
 */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const connections = 16;

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
    const presses = await createPresses(stack, connections);
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

type Lanes = Record<'bare' | 'echo' | 'agents' | 'ours' | 'uncached', Lane>;

async function measure(lanes: Lanes, presses: Presses) {
  const names = Object.keys(lanes) as (keyof Lanes)[];
  const found: Record<keyof Lanes, Slice[]> = { bare: [], echo: [], agents: [], ours: [], uncached: [] };
  for (const name of names) await slice(lanes[name], presses, { seconds });
  for (let round = 0; round < rounds; round += 1) {
    // The order is turned each round, so that a machine that slows down slows everybody alike.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const before = await presses.committed();
      const one = await slice(lanes[name], presses, { seconds });
      const own = name === 'ours' || name === 'uncached';
      const moved = (await presses.committed()) - before;
      if (own && moved < one.rps * seconds * 0.95) throw new Error(`answers without a commit: ${moved} moves`);
      found[name].push(one);
      process.stdout.write(`${name} ${one.rps.toFixed(0)} rps, p99 ${one.p99} ms, ${one.cpuUs.toFixed(0)} us\n`);
    }
  }
  const full = median(found.ours.map(({ rps }) => rps));
  const half = await slice(lanes.ours, presses, { seconds, rate: Math.floor(full / 2) });
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
