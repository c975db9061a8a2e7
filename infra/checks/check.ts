/**
 * `npm run check [-- part ...]`: everything that can be said of the project without running it. One line a part, two parts at
 * a time; what a failed part printed follows its line. Exit code 1 when any failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, parts } from './parts.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs at most `width` parts at a time; answers with the names of those that failed. */
async function checkAll(chosen: readonly Part[], width: number): Promise<string[]> {
  const waiting = [...chosen];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) if (!(await checkOne(part))) failed.push(part.name);
  };
  await Promise.all(Array.from({ length: width }, work));
  return failed;
}

async function checkOne({ name, command: [program, ...args] }: Part): Promise<boolean> {
  const startedAt = performance.now();
  const path = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  // A bin of npm's is a script of the shell on Windows.
  const child = spawn(path, args, { cwd: root, shell: process.platform === 'win32' && program !== 'node' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      printed += error.message;
      resolve(1);
    });
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(13)} ${seconds.padStart(6)} s`);
  if (code !== 0) console.log(printed.trimEnd());
  return code === 0;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const chosen = asked.length > 0 ? parts.filter(({ name }) => asked.includes(name)) : parts;
const failed = await checkAll(chosen, 2);
console.log(failed.length === 0 ? `All ${chosen.length} parts passed.` : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
