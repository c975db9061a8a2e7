import { join } from 'node:path';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { migrate } from '../../bot/db/migrate.js';
import type { Log } from '../../bot/log.js';
import { dateIn } from '../../bot/time.js';
import { createShiftingClock, type ShiftingClock } from './clock.js';
import type { Connector } from './connector.js';
import { installConnector } from './connector-routes.js';
import { demoCouncil, type DemoCouncil } from './demo/demo.js';
import { loadDemo } from './demo/load.js';
import { startMicrosoft365, type Microsoft365 } from './microsoft365.js';
import { type Postgres, startPostgres } from './postgres.js';
import type { Shared } from './shared.js';

export interface StackOptions {
  /** Absolute; everything kept between starts is under it. */
  readonly dataDir: string;
  readonly port: number;
  readonly log: Log;
  readonly durable: boolean;
  /** 0 <= n < 1: what the local Microsoft 365 draws its ids and faults from; a run that can be repeated gives a seeded one. */
  readonly random?: () => number;
  /** Origins of the pages beside our own that may call the local Microsoft 365. */
  readonly origins: readonly string[];
  readonly routes?: readonly ((app: FastifyInstance, shared: Shared, connector: Connector) => void | Promise<void>)[];
}

/** Database, demo councils, local Microsoft 365 and its connector: everything that the server needs around it. */
export interface Stack {
  readonly postgres: Postgres;
  readonly demo: DemoCouncil;
  readonly microsoft365: Microsoft365;
  readonly connector: Connector;
  readonly clock: ShiftingClock;
  /** PEM, made at the first start and kept beside the data. */
  readonly auditSigningKey: string;
  /** Moves the clock on and keeps it moved over a restart. */
  shift(ms: number): Promise<void>;
  close(): Promise<void>;
}

interface Kept {
  readonly seed: string;
  readonly today: string;
  readonly shiftMs: number;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  await mkdir(options.dataDir, { recursive: true });
  const keptFile = join(options.dataDir, 'demo.json');
  const postgres = await startPostgres({
    dataDir: join(options.dataDir, 'postgres'),
    log: options.log,
    durable: options.durable,
  });
  try {
    await migrate(postgres.ownerUrl);
    const kept = await readKept(keptFile);
    const clock = createShiftingClock(kept?.shiftMs ?? 0);
    const { seed, today } = kept ?? { seed: 'strathlinn', today: dateIn(clock.now()) };
    const demo = demoCouncil(seed, today);
    const { microsoft365, connector } = await around(options, demo, clock);
    await loadDemo(postgres.ownerUrl, demo, {
      at: clock.now().toString(),
      serviceUrl: `${microsoft365.url}/connector/`,
    });
    if (!kept) await writeFile(keptFile, JSON.stringify({ seed, today, shiftMs: 0 }));
    return {
      ...{ postgres, demo, microsoft365, connector, clock },
      auditSigningKey: await signingKey(join(options.dataDir, 'audit-key.pem')),
      async shift(ms) {
        clock.shift(ms);
        await writeFile(keptFile, JSON.stringify({ seed, today, shiftMs: clock.shiftMs }));
      },
      async close() {
        await microsoft365.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function around(options: StackOptions, demo: DemoCouncil, clock: ShiftingClock) {
  let connector: Connector | undefined;
  const microsoft365 = await startMicrosoft365({
    port: options.port,
    stateFile: join(options.dataDir, 'microsoft365.json'),
    clock,
    random: options.random ?? (() => randomBytes(4).readUInt32BE() / 2 ** 32),
    tenants: demo.tenants,
    apps: demo.apps,
    people: demo.people,
    origins: options.origins,
    routes: [
      async (app, shared) => {
        const installed = installConnector(app, shared, {
          channels: () => demo.channels,
          stateFile: join(options.dataDir, 'connector.json'),
        });
        connector = installed;
        for (const route of options.routes ?? []) await route(app, shared, installed);
      },
    ],
  });
  if (!connector) throw new Error('the connector was not installed');
  return { microsoft365, connector };
}

async function readKept(file: string): Promise<Kept | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Kept);
}

/** From the system's generator and never from an injected, seedable source: it proves who kept the records. */
async function signingKey(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(file, pem, { mode: 0o600 });
  return pem;
}
