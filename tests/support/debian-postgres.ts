/**
 * `node --import tsx tests/support/debian-postgres.ts [jest's arguments]`: the database tests once more on the server that
 * the distribution installs (Debian's PostgreSQL 15), so that "PostgreSQL 15 to 18" is tested at both ends. Without
 * arguments, every test that uses a database for what a database does. POSTGRES_BIN names another bin folder.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../bot/log.js';
import { startPostgres } from '../../infra/local/postgres.js';

const binaries = process.env['POSTGRES_BIN'] ?? '/usr/lib/postgresql/15/bin';
const runTests = fileURLToPath(new URL('./run-tests.ts', import.meta.url));
const everyDatabaseTest = [
  ...['--findRelatedTests', fileURLToPath(new URL('./database.ts', import.meta.url))],
  // What these two look at is what leaves the service and what is delivered: the same whichever server holds the rows.
  ...['--testPathIgnorePatterns', 'tests/(faults|canaries)/'],
];

const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-test-'));
const postgres = await startPostgres({ dataDir, binaries, durable: false, log: createLog({ level: 'warn' }) });
try {
  const given = process.argv.slice(2);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', runTests, ...(given.length > 0 ? given : everyDatabaseTest)],
    {
      stdio: 'inherit',
      env: { ...process.env, TEST_POSTGRES_SUPERUSER_URL: postgres.superuserUrl },
    },
  );
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
