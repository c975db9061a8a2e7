import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, dropDatabase, urlFor } from '../../infra/local/postgres-roles.js';

/** The server of this run, as run-tests.ts hands it to jest in one variable. */
export interface TestServer {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The migrated database that test files clone. */
  readonly template: string;
}

export const serverVariable = 'GOLDEN_THREAD_TEST_SERVER';

export interface TestDatabase {
  readonly name: string;
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** As the owner: bound by row level security like everybody, so set an authority before touching its rows. */
  readonly owner: pg.Pool;
  /** As the app role, with no authority set. */
  readonly app: pg.Pool;
  close(): Promise<void>;
}

function testServer(): TestServer {
  const given = process.env[serverVariable];
  if (!given)
    throw new Error('This test needs PostgreSQL, which npm test starts. Run it with: npm test -- <path of the test>');
  return JSON.parse(given) as TestServer;
}

/** A database of this test file's own, a clone of the migrated template. In beforeAll; `close` in afterAll drops it. */
export function testDatabase(): Promise<TestDatabase> {
  return makeDatabase({ template: testServer().template });
}

/** The same without a single table, for tests of migrations. */
export function emptyDatabase(): Promise<TestDatabase> {
  return makeDatabase({});
}

async function makeDatabase(from: { template?: string }): Promise<TestDatabase> {
  const server = testServer();
  const name = `golden_thread_test_${randomBytes(6).toString('hex')}`;
  await createDatabase(server.superuserUrl, name, from);
  const urls = {
    superuserUrl: urlFor(server.superuserUrl, name),
    ownerUrl: urlFor(server.ownerUrl, name),
    appUrl: urlFor(server.appUrl, name),
  };
  const owner = openPool(urls.ownerUrl);
  const app = openPool(urls.appUrl);
  return {
    name,
    ...urls,
    owner,
    app,
    async close() {
      await Promise.all([owner.end(), app.end()]);
      await dropDatabase(server.superuserUrl, name);
    },
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined); // a database dropped by force ends idle clients; without a listener, the process too
  return pool;
}
