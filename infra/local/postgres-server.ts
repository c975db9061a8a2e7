import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asAccount, giveTo, type Account, type Binaries, type Home } from './postgres-home.js';
import { processIdentity } from './postgres-lock.js';
import { withClient } from './postgres-roles.js';

export interface Running {
  readonly pid: number;
  readonly port: number;
}

export interface ServerSettings {
  /** 0: any free port. */
  readonly port: number;
  /** fsync, and what goes with it. */
  readonly durable: boolean;
}

/** Made under another name and moved when whole, so that a first start that was killed is simply made again. */
export function createCluster(
  home: Home,
  { initdb, major }: Binaries,
  options: { superuserPassword: string; durable: boolean },
): void {
  const draft = `${home.cluster}.new`;
  const passwordFile = join(dirname(home.cluster), 'initdb-password');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
  giveTo(home.account, passwordFile);
  // Code point order and Unicode case rules, the same on every machine. The builtin provider exists from version 17.
  const locale =
    major >= 17 ? ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8'];
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-instructions',
    ...(options.durable ? [] : ['--no-sync']),
    ...locale,
  ];
  const made = spawnSync(initdb, [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...flags], {
    ...childSettings(home.account, home.dataDir),
    encoding: 'utf8',
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb could not create the database: ${made.error?.message ?? made.stderr}`);
  renameSync(draft, home.cluster);
}

export function refuseOtherMajor(home: Home, binaries: Binaries): void {
  const major = Number(readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8'));
  if (major === binaries.major) return;
  throw new Error(
    `The data in ${home.cluster} is PostgreSQL ${major}'s, the programs are ${binaries.major}. Dump and restore it, or remove ${home.dataDir} and ${home.cluster} to start afresh.`,
  );
}

/** Only what the server needs: its environment must not hold the application's secrets. */
function childSettings(account: Account | null, cwd: string) {
  const { PATH, SystemRoot } = process.env;
  const env = { LC_ALL: 'C', TZ: 'UTC', ...(PATH ? { PATH } : {}), ...(SystemRoot ? { SystemRoot } : {}) };
  return { ...asAccount(account), cwd: account ? '/' : cwd, env };
}

/** A server left by a killed process is taken over when it answers to our password with our data, and ended when not. */
export async function settleOrphan(
  cluster: string,
  superuserPassword: string,
  settings: ServerSettings,
): Promise<Running | null> {
  const found = readPostmaster(cluster);
  if (found && isServerOf(found.pid, cluster)) {
    const url = `postgresql://postgres:${superuserPassword}@127.0.0.1:${found.port}/postgres`;
    const fsync = await readFsync(url, cluster);
    const fits = fsync === (settings.durable ? 'on' : 'off') && (settings.port === 0 || settings.port === found.port);
    if (fits) return { pid: found.pid, port: found.port };
    await (fsync === null ? endServer(found.pid, unanswering) : endServer(found.pid));
  }
  await clearStalePid(cluster);
  return null;
}

/** null when nobody answers within a few seconds, or not with our data. */
function readFsync(url: string, cluster: string): Promise<string | null> {
  const query = "select current_setting('fsync') as fsync where current_setting('data_directory') = $1";
  return withClient(url, (client) => client.query<{ fsync: string }>(query, [cluster]), 3_000).then(
    ({ rows }) => rows[0]?.fsync ?? null,
    () => null,
  );
}

/**
 * PostgreSQL refuses to start while the pid in postmaster.pid exists, and a pid exists that is a zombie (a container whose
 * first process reaps nobody) or was given to another of our processes. The file goes when no process works in the
 * cluster's folder any more: a server's sessions outlive a killed server by moments, and must not meet a new one.
 */
async function clearStalePid(cluster: string): Promise<void> {
  if (process.platform !== 'linux' || !readPostmaster(cluster)) return;
  const deadline = performance.now() + 5_000;
  while (worksIn(cluster)) {
    if (performance.now() > deadline) return; // PostgreSQL will say that it is in use
    await wait(20);
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function worksIn(folder: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false; // ended meanwhile, a zombie, or another user's, which cannot be a server of ours
    }
  });
}

/** Ends the server that a killed process left on `cluster`, if one runs. */
export async function endOrphan(cluster: string): Promise<void> {
  const found = readPostmaster(cluster);
  if (found && isServerOf(found.pid, cluster)) await endServer(found.pid);
}

/** postmaster.pid: 1 pid, 2 data directory, 3 start, 4 port, …, 8 status (postmaster's lock file, miscinit.h). */
function readPostmaster(cluster: string): (Running & { ready: boolean }) | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** Guards against ending a stranger that was given the dead server's pid. */
function isServerOf(pid: number, cluster: string): boolean {
  if (processIdentity(pid) === null) return false;
  if (process.platform === 'win32') return true;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- stdout is null when there is no such program
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes(cluster) ?? false;
}

export async function startServer(home: Home, binaries: Binaries, settings: ServerSettings): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const port = settings.port || (await freePort());
    const logFile = join(home.dataDir, 'server.log');
    const output = openSync(logFile, 'w', 0o600);
    // Detached: Ctrl-C in a terminal reaches us alone, and we end the server after our last query.
    const child = spawn(
      binaries.postgres,
      ['-D', home.cluster, ...serverFlags(port, binaries.major, settings.durable)],
      {
        ...childSettings(home.account, home.dataDir),
        stdio: ['ignore', output, output],
        detached: true,
      },
    );
    closeSync(output);
    child.unref();
    if (await becomesReady(child, home.cluster)) return { pid: child.pid ?? 0, port };
    const said = readFileSync(logFile, 'utf8').trim();
    const portTaken = /could not bind|Address already in use/i.test(said);
    if (!portTaken) throw new Error(`PostgreSQL did not start. It said: ${said.slice(-2000)}`);
    if (settings.port || attempt === 5)
      throw new Error(`Port ${port} is taken by another program. Choose another port for the database.`);
  }
}

function serverFlags(port: number, major: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // What a failed statement held may name a child: errors, their detail and the statement stay out of the server's log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Passwords hold 192 random bits, so repeated hashing adds no safety and costs each connection milliseconds.
    ...(major >= 16 ? { scram_iterations: '1' } : {}),
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port on 127.0.0.1.')),
      );
    });
  });
}

/** True when the server takes connections, false when it ended instead. Recovery after a crash may take a while. */
async function becomesReady(child: ChildProcess, cluster: string): Promise<boolean> {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const deadline = performance.now() + 60_000;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the child's events set it
  while (!ended && performance.now() < deadline) {
    const found = readPostmaster(cluster);
    if (found?.ready && found.pid === child.pid) return true;
    await wait(10);
  }
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the child's events set it
  if (!ended) signal(child.pid ?? 0, 'SIGKILL');
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {
    // it has ended already
  }
}

/** For the moment when nothing can be awaited any more. */
export function interruptServer(pid: number): void {
  signal(pid, 'SIGINT');
}

type Step = readonly [signal: NodeJS.Signals, patienceMs: number];
/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, the data is left clean. SIGQUIT leaves recovery to the next start. */
const orderly: readonly Step[] = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
const unanswering: readonly Step[] = [
  ['SIGQUIT', 1_000],
  ['SIGKILL', 5_000],
];

/** Ends the server and waits until it is gone. */
export async function endServer(pid: number, steps: readonly Step[] = orderly): Promise<void> {
  const born = processIdentity(pid);
  for (const [name, patienceMs] of steps) {
    if (born === null || processIdentity(pid) !== born) return;
    signal(pid, name);
    const deadline = performance.now() + patienceMs;
    while (processIdentity(pid) === born && performance.now() < deadline) await wait(10);
  }
}
