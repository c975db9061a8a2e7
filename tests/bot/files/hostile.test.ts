import { existsSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { SheetRefused } from '../../../bot/context.js';
import { createSheets } from '../../../bot/files/sheets.js';
import { hostileFiles } from './hostile-corpus.js';

const seen: string[] = [];

afterAll(() => void process.stdout.write(`${seen.join('\n')}\n`));

test.each(hostileFiles)('$name', async ({ name, bytes, outcome }) => {
  const made = bytes();
  async function* source() {
    if (made instanceof Uint8Array) {
      for (let at = 0; at < made.length; at += 65_536) yield made.subarray(at, at + 65_536);
      return;
    }
    const again = bytes();
    if (!(again instanceof Uint8Array)) yield* again;
  }
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  const started = performance.now();
  let rows = 0;
  let refused: string | null = null;
  const held = new Set<string>();
  try {
    for await (const part of createSheets().read(source)) {
      rows += part.length;
      if (rows < 5_000) for (const { fields } of part) for (const field of fields) held.add(field);
      peak = Math.max(peak, process.memoryUsage().rss);
    }
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    refused = error.code;
  } finally {
    clearInterval(watch);
  }
  const ms = Math.round(performance.now() - started);
  seen.push(`${name}: ${refused ?? `${rows} rows`}, ${ms} ms, ${Math.round((peak - before) / 1e6)} MB more`);
  if ('refused' in outcome) expect(refused).toBe(outcome.refused);
  else {
    expect(refused).toBeNull();
    expect(rows).toBeGreaterThanOrEqual(outcome.rows);
    for (const one of outcome.holds ?? []) expect(held).toContain(one);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('nothing was written where a package said', () => {
  expect(existsSync('/tmp/golden-thread-slip')).toBe(false);
  expect(hostileFiles.length).toBeGreaterThanOrEqual(40);
});
