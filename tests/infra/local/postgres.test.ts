import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { prepareHome } from '../../../infra/local/postgres-home.js';
import { processIdentity } from '../../../infra/local/postgres-lock.js';
import { withClient } from '../../../infra/local/postgres-roles.js';
import { discardAbandoned, startPostgres, type Postgres } from '../../../infra/local/postgres.js';

jest.setTimeout(60_000);

const asRoot = process.getuid?.() === 0;
const holderScript = join(process.cwd(), 'tests/support/postgres-holder.ts');
const nobody = 65_534;

let folder: string;
let dataDir: string;
const started: Postgres[] = [];
const holders: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-thread-postgres-'));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  for (const holder of holders.splice(0))
    if (holder.exitCode === null && holder.signalCode === null) await killed(holder);
  for (const postgres of started.splice(0)) await postgres.stop();
  if (existsSync(dataDir)) await discardAbandoned(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

async function start(over: Partial<Parameters<typeof startPostgres>[0]> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, durable: false, log: () => undefined, ...over });
  started.push(postgres);
  return postgres;
}

/** Another process that starts the database and holds it. */
async function startHolder(
  account: { uid?: number; gid?: number } = {},
): Promise<{ process: ChildProcess; ownerUrl: string }> {
  // Root's own Node may stand in a folder that is closed to the other account, as the one that npx fetches does.
  const node = account.uid === undefined ? process.execPath : join(folder, 'node');
  if (node !== process.execPath) copyFileSync(process.execPath, node);
  const holder = spawn(node, ['--import', 'tsx', holderScript, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...account,
  });
  holders.push(holder);
  const [line] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])) as [unknown];
  if (!Buffer.isBuffer(line)) throw new Error(`the holder ended with ${String(line)}`);
  const { ownerUrl } = JSON.parse(line.toString()) as { ownerUrl: string };
  return { process: holder, ownerUrl };
}

async function killed(holder: ChildProcess): Promise<void> {
  const exit = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exit;
}

function serverPid(home = dataDir): number {
  return Number(readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function ask(url: string, query: string): Promise<unknown> {
  return withClient(
    url,
    async (client) => Object.values((await client.query<Record<string, unknown>>(query)).rows[0] ?? {})[0],
  );
}

const makeNote = (url: string) =>
  withClient(url, (client) => client.query("create table note as select 'kept'::text as body"));
const readNote = (url: string) => ask(url, 'select body from note');

const whenRoot = asRoot ? test : test.skip;

describe('a first start', () => {
  const home = mkdtempSync(join(tmpdir(), 'golden-thread-postgres-'));
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres({ dataDir: home, durable: false, log: () => undefined });
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('answers to its three roles, in UTC, in UTF-8, folding letters beyond ASCII', async () => {
    expect(await ask(postgres.ownerUrl, 'select current_user::text')).toBe('golden_thread_owner');
    expect(
      await ask(
        postgres.appUrl,
        "select current_database() || ' ' || current_setting('timezone') || ' ' || current_setting('server_encoding')",
      ),
    ).toBe('golden_thread UTC UTF8');
    expect(await ask(postgres.appUrl, "select lower('ŁÒMÒ')")).toBe('łòmò');
    expect(
      await ask(postgres.adminFor('golden_thread'), 'select rolsuper from pg_roles where rolname = current_user'),
    ).toBe(true);
  });

  test('leaves the app role no way to make tables, and the owner no way round the walls', async () => {
    await expect(ask(postgres.appUrl, 'create table mine (id integer)')).rejects.toThrow('permission denied');
    await expect(ask(postgres.appUrl, 'create temporary table mine (id integer)')).rejects.toThrow('permission denied');
    await expect(ask(postgres.ownerUrl, 'create role another')).rejects.toThrow('permission denied');
    expect(
      await ask(postgres.ownerUrl, 'select rolsuper or rolbypassrls from pg_roles where rolname = current_user'),
    ).toBe(false);
  });

  test('keeps passwords for itself, and asks for them', async () => {
    expect(statSync(join(home, 'passwords.json')).mode & 0o777).toBe(0o600);
    const wrong = new URL(postgres.superuserUrl);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  test('listens on 127.0.0.1 and nowhere else', async () => {
    const { port } = postgres;
    const others = Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
    );
    if (others.length === 0) console.log('This machine has no other address: nothing to refuse.');
    for (const { address } of others) {
      const socket = connect(port, address);
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'open'),
        once(socket, 'error').then(() => 'refused'),
        wait(3_000, 'refused'),
      ]).catch(() => 'refused');
      socket.destroy();
      expect([address, outcome]).toEqual([address, 'refused']);
    }
  });

  test("a clone has the template's rows and not the rights that PUBLIC gets by default", async () => {
    await makeNote(postgres.ownerUrl);
    await postgres.createDatabase('copy', { template: 'golden_thread' });
    expect(await ask(postgres.adminFor('copy'), 'select body from note')).toBe('kept');
    expect(await ask(postgres.adminFor('copy'), "select has_database_privilege('public', 'copy', 'connect')")).toBe(
      false,
    );
    await postgres.dropDatabase('copy');
    await expect(ask(postgres.adminFor('copy'), 'select 1')).rejects.toThrow('does not exist');
  });

  test('what a failed statement held does not reach the log', async () => {
    const failing =
      "create table pupil (name text unique); insert into pupil values ('Somebody Real'), ('Somebody Real')";
    await expect(ask(postgres.ownerUrl, failing)).rejects.toThrow('duplicate key');
    expect(readFileSync(join(home, 'server.log'), 'utf8')).not.toContain('Somebody Real');
  });

  whenRoot('runs as an account without rights when root starts it', async () => {
    expect(statSync(`/proc/${serverPid(home)}`).uid).not.toBe(0);
  });
});

describe('a later start', () => {
  test('finds the data again, and leaves no lock when it stops', async () => {
    const first = await start();
    await makeNote(first.ownerUrl);
    await first.stop();
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    const second = await start({ durable: true });
    expect(await readNote(second.ownerUrl)).toBe('kept');
    expect(await ask(second.ownerUrl, "select current_setting('fsync')")).toBe('on');
  });

  test('is refused while somebody holds the data, naming them', async () => {
    const holder = await startHolder();
    await expect(start()).rejects.toThrow(
      new RegExp(`in use by process ${holder.process.pid}, .*database answers on port \\d+`),
    );
    expect(await ask(holder.ownerUrl, 'select 1')).toBe(1);
  });

  test('after kill -9 of the holder takes over the server that went on running', async () => {
    const holder = await startHolder();
    await makeNote(holder.ownerUrl);
    const pid = serverPid();
    await killed(holder.process);
    const postgres = await start();
    expect([postgres.adopted, serverPid()]).toEqual([true, pid]);
    expect(await readNote(postgres.ownerUrl)).toBe('kept');
    await postgres.stop();
    expect(processIdentity(pid)).toBeNull();
  });

  test('ends that server and starts anew when it was started with other settings', async () => {
    const holder = await startHolder();
    await makeNote(holder.ownerUrl);
    const pid = serverPid();
    await killed(holder.process);
    const postgres = await start({ durable: true });
    expect([postgres.adopted, processIdentity(pid)]).toEqual([false, null]);
    expect(await readNote(postgres.ownerUrl)).toBe('kept');
  });

  test('ends it too when it does not answer', async () => {
    const holder = await startHolder();
    await makeNote(holder.ownerUrl);
    const pid = serverPid();
    await killed(holder.process);
    process.kill(pid, 'SIGSTOP');
    const postgres = await start();
    expect([postgres.adopted, processIdentity(pid)]).toEqual([false, null]);
    expect(await readNote(postgres.ownerUrl)).toBe('kept');
  });

  test('recovers when holder and server were both killed', async () => {
    const holder = await startHolder();
    await makeNote(holder.ownerUrl);
    await killed(holder.process);
    process.kill(serverPid(), 'SIGKILL');
    const postgres = await start();
    expect([postgres.adopted, await readNote(postgres.ownerUrl)]).toEqual([false, 'kept']);
  });

  test('makes the cluster again when the first start was killed half-way', async () => {
    mkdirSync(join(dataDir, 'cluster.new'), { recursive: true });
    const postgres = await start();
    expect(await ask(postgres.ownerUrl, 'select 1')).toBe(1);
  });

  test('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken by another program`);
    other.close();
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });
});

describe('whoever starts it', () => {
  whenRoot('root in a folder that is closed to others: the data goes where that account can reach it', async () => {
    chmodSync(folder, 0o700);
    const postgres = await start();
    const { cluster } = prepareHome(dataDir);
    expect(cluster.startsWith('/var/lib/golden-thread/')).toBe(true);
    await makeNote(postgres.ownerUrl);
    await postgres.stop();
    expect(await readNote((await start()).ownerUrl)).toBe('kept');
  });

  whenRoot('a plain user: the server runs as that user', async () => {
    mkdirSync(dataDir);
    chownSync(dataDir, nobody, nobody);
    const holder = await startHolder({ uid: nobody, gid: nobody });
    expect(await ask(holder.ownerUrl, 'select 1')).toBe(1);
    expect(statSync(`/proc/${serverPid()}`).uid).toBe(nobody);
  });
});
