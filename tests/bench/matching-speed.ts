import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeExtracts } from './matching-files.js';
import { measureVectors } from './matching-vectors.js';

/**
 * How fast matching is: vectors against DuckDB in the same run; a million rows against fifty thousand from reading to the
 * review list; one new record against a million. Each of the last two in a process of its own. One line of JSON.
 */
const pupils = Number(process.env['BENCH_PUPILS'] ?? 1_160_000);
const known = Number(process.env['BENCH_KNOWN'] ?? 50_000);

export async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'golden-thread-matching-'));
  try {
    const vectors = await measureVectors(folder, Number(process.env['BENCH_ROUNDS'] ?? 5));
    const { education, socialWork } = await writeExtracts(folder, pupils, known);
    const linked = await measured('link', education, socialWork);
    const single = await measured('single', education, socialWork);
    console.log(JSON.stringify({ ...vectors, ...linked, ...single }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(
  what: 'link' | 'single',
  education: string,
  socialWork: string,
): Promise<Record<string, unknown>> {
  const script = fileURLToPath(new URL('./matching-million.ts', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    script,
    what,
    education,
    socialWork,
  ]);
  process.stderr.write(stderr);
  const figures: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  return typeof figures === 'object' && figures !== null ? { ...figures } : {};
}
