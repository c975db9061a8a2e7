import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Checks } from './checks.js';

const line = z.object({
  faults: z.number(),
  actions: z.number(),
  kills: z.number(),
  lost: z.number(),
  duplicated: z.number(),
  stuck: z.number(),
  disagreeing: z.number(),
});

/**
 * The journey again, on the local connector, while a third of all Graph and connector calls fails and the server is killed in
 * the middle: ten requests, each taken by two people at once, one with a review. What is left is counted from the ledgers.
 */
export async function journeyUnderFaults(checks: Checks): Promise<void> {
  const run = fileURLToPath(new URL('../faults/run.ts', import.meta.url));
  const args = ['--import', 'tsx', run, 'delivery', '--requests', '10', '--kills', '1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'exit');
  const last = said.trim().split('\n').at(-1) ?? '';
  console.log(last);
  const found = line.parse(JSON.parse(last));
  checks.check('under faults something did fail, and the server was killed', found.faults > 20 && found.kills === 1);
  checks.check('under faults nothing that was acknowledged is lost', found.lost === 0);
  checks.check('one request, one event and one live card of each', found.duplicated === 0);
  checks.check('nothing is stuck, and every card says what the database says', found.stuck + found.disagreeing === 0);
}
