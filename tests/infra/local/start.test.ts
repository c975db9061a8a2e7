import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const start = fileURLToPath(new URL('../../../infra/local/start.ts', import.meta.url));

function run(args: readonly string[], env: Record<string, string>): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const all = { env: { PATH: process.env['PATH'], ...env } };
    execFile(process.execPath, ['--import', 'tsx', start, ...args], all, (error, out, err) =>
      resolve({ code: error ? 1 : 0, said: out + err }),
    );
  });
}

test('it refuses production in a sentence, before anything is started', async () => {
  const { code, said } = await run(['--no-open'], { NODE_ENV: 'production' });
  expect(code).toBe(1);
  expect(said).toBe('npm start signs anybody in and is for one machine alone: it refuses NODE_ENV=production.\n');
}, 30_000);

test('what it does not understand is said without a stack', async () => {
  const { code, said } = await run(['--port', 'x'], {});
  expect(code).toBe(1);
  expect(said).toMatch(/^--port takes a whole number[^\n]*\n$/);
}, 30_000);
