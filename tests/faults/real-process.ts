import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../bot/log.js';
import { createChatClient } from '../../infra/local/chat-client.js';
import { apps } from '../../infra/local/demo/places.js';
import { mainDatabase } from '../../infra/local/postgres-roles.js';
import { startServerProcess } from '../../infra/local/server-process.js';
import { startStack } from '../../infra/local/stack.js';
import { doubling } from './doubling.js';
import { seededDraw } from './seeded.js';
import { closeOldRequests } from './old-requests.js';
import { openReader } from './rows.js';
import type { World } from './world.js';

export interface RealProcess extends World {
  /** kill -9 of the server, once the one before is up again. Answers when it happened, in product time. */
  kill(): Promise<number>;
  close(): Promise<void>;
}

const tickMs = 100;
/** While a worker holds a row its lease runs out in product time: 25 s of it must be long enough for this machine. */
const workingSpeed = 30;

/**
 * The server as a process of its own on an embedded PostgreSQL of its own, in a folder that goes with the run. Product time
 * runs up to `speed` times as fast as the wall clock: Teams takes 1,800 messages an hour in one channel, and the channel of a
 * council that asks a thousand times at once is busy for hours. It slows down while something is being delivered, so that a
 * busy machine is not taken for a dead worker.
 */
export async function startRealProcess(seed: number, speed: number, processes = 1): Promise<RealProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-faults-'));
  const stack = await startStack({
    ...{ dataDir, port: 0, log: createLog({ level: 'error' }), durable: true, origins: [] },
    random: seededDraw(seed + 1),
  });
  const { clock, microsoft365, connector, demo, postgres } = stack;
  const start = async () =>
    startServerProcess({
      ...{
        databaseUrl: postgres.appUrl,
        microsoft365Url: microsoft365.url,
        port: await freePort(),
        tabDirectory: null,
      },
      ...{ origins: ['http://127.0.0.1:1'], auditHeadsDirectory: join(dataDir, 'heads') },
      ...{ auditSigningKey: stack.auditSigningKey, shiftMs: () => clock.shiftMs, logLevel: 'error' },
    });
  await closeOldRequests(postgres.adminFor(mainDatabase));
  const first = await start();
  const servers = [first, ...(await Promise.all(Array.from({ length: processes - 1 }, start)))];
  let turns = 0;
  /** Every call to the next of the servers, as a balancer in front of them would. */
  const next = () => servers[(turns += 1) % servers.length] ?? first;
  const forward = (ms: number) => {
    clock.shift(clock.shiftMs + ms);
    for (const server of servers) server.shift(clock.shiftMs);
  };
  const reader = await openReader(postgres.adminFor(mainDatabase));
  let stopped = false;
  const ticking = (async () => {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- close() sets it
    while (!stopped) {
      forward(tickMs * ((await reader.working()) ? Math.min(workingSpeed, speed) : speed));
      await pause(tickMs);
    }
  })();
  return {
    ...{ microsoft365, connector, demo, superuserUrl: postgres.adminFor(mainDatabase) },
    get url() {
      return next().url;
    },
    chat: createChatClient({
      ...{ botUrl: `${first.url}/api/messages`, botAppId: apps.strathlinnBot, clock, newId: randomUUID },
      ...{ serviceUrl: `${microsoft365.url}/connector/`, mintBotToken: microsoft365.mintBotToken },
      fetch: doubling(
        seededDraw(seed),
        { sameId: 0.2, newId: 0.15 },
        balanced(first.url, () => next().url),
      ),
    }),
    now: () => clock.now(),
    moment: () => pause(tickMs),
    pass: (minutes) => forward(minutes * 60_000),
    async kill() {
      const server = next();
      await server.ready();
      server.kill();
      return clock.now().epochMilliseconds;
    },
    async close() {
      stopped = true;
      await ticking.catch(() => undefined);
      await reader.close();
      await Promise.all(servers.map((server) => server.stop()));
      await stack.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What is sent to the one address goes to whichever server is next. */
function balanced(from: string, to: () => string): typeof fetch {
  return (target, init) => {
    const url = target instanceof Request ? target.url : String(target);
    return fetch(url.startsWith(from) ? url.replace(from, to()) : url, init);
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
