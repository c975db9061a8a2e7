/**
 * `npm test -- [jest's arguments]`: one PostgreSQL for the whole run, one migrated template database, then jest, whose
 * test files clone the template. TEST_POSTGRES_SUPERUSER_URL names another server (15 to 18) to run against instead.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../bot/db/migrate.js';
import { createLog } from '../../bot/log.js';
import {
  appRole,
  createDatabase,
  dropDatabase,
  ownerRole,
  prepareServer,
  urlFor,
  withClient,
} from '../../infra/local/postgres-roles.js';
import { discardAbandoned, startPostgres } from '../../infra/local/postgres.js';
import { serverVariable, type TestServer } from './database.js';

interface Server extends Omit<TestServer, 'template'> {
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
// A folder a run: several runs in one checkout do not meet, and /tmp can be entered by the account root runs the server as.
const folderPrefix = 'golden-thread-test-';

const startedAt = performance.now();
const otherServer = process.env['TEST_POSTGRES_SUPERUSER_URL'];
const server = otherServer ? await useServer(otherServer) : await startServer();
try {
  process.exitCode = await runOn(server);
} finally {
  await server.stop();
}

async function startServer(): Promise<Server> {
  await discardOldRuns();
  const dataDir = mkdtempSync(join(tmpdir(), folderPrefix));
  const postgres = await startPostgres({ dataDir, log: createLog({ level: 'warn' }), durable: false });
  return {
    ...postgres,
    async stop() {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A killed run leaves its server and its folder behind. A folder without a lock is somebody's who is just starting. */
async function discardOldRuns(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));
  for (const folder of folders.map((name) => join(tmpdir(), name)))
    if (existsSync(join(folder, 'lock'))) await discardAbandoned(folder).catch(() => undefined); // another user's
}

async function useServer(superuserUrl: string): Promise<Server> {
  const passwords = { owner: randomBytes(16).toString('hex'), app: randomBytes(16).toString('hex') };
  await prepareServer(superuserUrl, passwords);
  return {
    superuserUrl,
    ownerUrl: urlFor(superuserUrl, 'postgres', { name: ownerRole, password: passwords.owner }),
    appUrl: urlFor(superuserUrl, 'postgres', { name: appRole, password: passwords.app }),
    stop: () => Promise.resolve(),
  };
}

async function runOn({ superuserUrl, ownerUrl, appUrl }: Server): Promise<number> {
  const template = `golden_thread_template_${randomBytes(6).toString('hex')}`;
  await createDatabase(superuserUrl, template);
  try {
    await migrate(urlFor(ownerUrl, template));
    const version = await withClient(superuserUrl, (client) =>
      client.query<{ server_version: string }>('show server_version'),
    );
    const ready = Math.round(performance.now() - startedAt);
    console.log(`Tests run on PostgreSQL ${version.rows[0]?.server_version}, ready after ${ready} ms.`);
    return await runJest({ superuserUrl, ownerUrl, appUrl, template });
  } finally {
    await dropDatabase(superuserUrl, template);
  }
}

function runJest(testServer: TestServer): Promise<number> {
  const given = process.argv.slice(2);
  const workersGiven = given.some((argument) => /^(-i|--runInBand|-w|--maxWorkers)/.test(argument));
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...(workersGiven ? [] : ['--maxWorkers=2']),
    ...given,
  ];
  const child = spawn(process.execPath, [...node, ...jest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, [serverVariable]: JSON.stringify(testServer) },
  });
  // Ctrl-C reaches jest by itself, a signal to us alone is passed on; either way the server is stopped once jest has ended.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
