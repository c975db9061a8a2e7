import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../../bot/log.js';
import { findBinaries, giveTo, prepareHome, type Home } from './postgres-home.js';
import { DataInUse, takeLock, type Lock } from './postgres-lock.js';
import {
  appRole,
  createDatabase,
  dropDatabase,
  mainDatabase,
  ownerRole,
  prepareServer,
  urlFor,
} from './postgres-roles.js';
import {
  createCluster,
  endOrphan,
  endServer,
  interruptServer,
  refuseOtherMajor,
  settleOrphan,
  startServer,
  type Running,
} from './postgres-server.js';

export interface PostgresOptions {
  /** Absolute. Holds lock, passwords, log and (see postgres-home.ts) the cluster. */
  readonly dataDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly log: Log;
  /** fsync. Off only where the data is thrown away: without it a power cut (not a crash) may lose or break the database. */
  readonly durable?: boolean;
  /** A bin folder with initdb and postgres instead of the npm package's, e.g. /usr/lib/postgresql/15/bin. */
  readonly binaries?: string;
}

export interface Postgres {
  readonly port: number;
  /** True when the server of a killed process was found running and was taken over. */
  readonly adopted: boolean;
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The superuser's URL of another database. */
  adminFor(database: string): string;
  createDatabase(name: string, options?: { template?: string }): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Passwords on loopback rather than trust: every account of the machine can open a loopback port, and trust would give
 * each of them the superuser. They come from the system's generator and never from an injected, seedable source.
 */
interface Passwords {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

/** Starts PostgreSQL on 127.0.0.1 over `dataDir`, creating it the first time. Throws DataInUse when somebody holds it. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const startedAt = performance.now();
  const home = prepareHome(options.dataDir);
  const lock = takeLock(join(home.dataDir, 'lock'));
  try {
    const binaries = findBinaries(home, options.binaries);
    const passwords = keepPasswords(home);
    const settings = { port: options.port ?? 0, durable: options.durable !== false };
    const first = !existsSync(join(home.cluster, 'PG_VERSION'));
    if (first) createCluster(home, binaries, { superuserPassword: passwords.superuser, durable: settings.durable });
    refuseOtherMajor(home, binaries);
    const orphan = first ? null : await settleOrphan(home.cluster, passwords.superuser, settings);
    const running = orphan ?? (await startServer(home, binaries, settings));
    lock.note(running.port);
    const url = `postgresql://postgres:${passwords.superuser}@127.0.0.1:${running.port}/postgres`;
    await prepareServer(url, passwords).catch(async (error: unknown) => {
      await endServer(running.pid);
      throw error;
    });
    options.log('info', first ? 'postgres-created' : orphan ? 'postgres-adopted' : 'postgres-started', {
      port: running.port,
      ms: Math.round(performance.now() - startedAt),
    });
    return handle(url, passwords, running, lock, orphan !== null);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Ends what a killed process left running on `dataDir` and deletes the data. False when somebody still holds it. */
export async function discardAbandoned(dataDir: string): Promise<boolean> {
  const home = prepareHome(dataDir);
  try {
    takeLock(join(home.dataDir, 'lock'));
  } catch (error) {
    if (error instanceof DataInUse) return false;
    throw error;
  }
  await endOrphan(home.cluster);
  rmSync(dirname(home.cluster), { recursive: true, force: true });
  rmSync(home.dataDir, { recursive: true, force: true });
  return true;
}

function handle(url: string, passwords: Passwords, running: Running, lock: Lock, adopted: boolean): Postgres {
  let stopped: Promise<void> | undefined;
  const onExit = () => {
    interruptServer(running.pid);
    lock.release();
  };
  process.once('exit', onExit);
  return {
    port: running.port,
    adopted,
    superuserUrl: url,
    ownerUrl: urlFor(url, mainDatabase, { name: ownerRole, password: passwords.owner }),
    appUrl: urlFor(url, mainDatabase, { name: appRole, password: passwords.app }),
    adminFor: (database) => urlFor(url, database),
    createDatabase: (name, from) => createDatabase(url, name, from),
    dropDatabase: (name) => dropDatabase(url, name),
    stop() {
      stopped ??= endServer(running.pid).then(() => {
        process.off('exit', onExit);
        lock.release();
      });
      return stopped;
    },
  };
}

function keepPasswords(home: Home): Passwords {
  const file = join(home.dataDir, 'passwords.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
  if (existsSync(home.cluster))
    throw new Error(
      `${file} is missing, so the database beside it cannot be opened. Put it back, or remove ${home.dataDir}.`,
    );
  const secret = () => randomBytes(24).toString('hex');
  const passwords = { superuser: secret(), owner: secret(), app: secret() };
  const draft = `${file}.new`;
  writeFileSync(draft, JSON.stringify(passwords), { mode: 0o600 });
  giveTo(home.account, draft);
  renameSync(draft, file);
  return passwords;
}
