import { Temporal } from 'temporal-polyfill';
import { openDatabase } from '../../bot/db/database.js';
import { createSheets } from '../../bot/files/sheets.js';
import { learnerHandlers } from '../../bot/jobs/handlers/learners.js';
import { extractState } from '../../bot/learners/extract-reading.js';
import { createRandom } from '../../bot/random.js';
import { contextOn } from '../support/context.js';

/**
 * A process that works on one extract until it is done, and may be killed at any moment: the job as a worker runs it, again
 * and again. Tells its memory as it goes. Arguments: database, authority, extract.
 */
const [url = '', authorityId = '', extractId = ''] = process.argv.slice(2);
const clock = { now: () => Temporal.Now.instant() };
const db = openDatabase({ url, maxConnections: 2, onIdleError: () => undefined });
const actor = { kind: 'system', authorityId, job: 'learners.extract' } as const;
const ctx = { ...contextOn({ db, clock, random: createRandom(clock), actor }), sheets: createSheets() };
const job = { id: extractId, lane: '', previousCode: null, signal: new AbortController().signal };
const tell = () => process.stdout.write(`${JSON.stringify({ rss: process.memoryUsage().rss })}\n`);
const timer = setInterval(tell, 500);
for (let attempt = 1; ; attempt += 1) {
  const state = await extractState(ctx, extractId);
  if (!state || !['reading', 'importing', 'undoing'].includes(state)) break;
  await learnerHandlers['learners.extract'].run(
    ctx,
    { v: 1, extractId },
    { ...job, attempt, scheduleNext: () => undefined },
  );
}
clearInterval(timer);
tell();
await db.close();
