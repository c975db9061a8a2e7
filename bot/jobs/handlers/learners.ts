import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../../context.js';
import { clearUploads } from '../../learners/clearing-service.js';
import { takeExtract } from '../../learners/import-service.js';
import { clearRows, stageExtract } from '../../learners/staging-service.js';
import { extractState } from '../../learners/extract-reading.js';
import { undoExtract } from '../../learners/undo-service.js';
import { addDays, dateIn, instantAt } from '../../time.js';
import type { Handler, Job } from '../handler.js';

const extractPayload = z.object({ v: z.literal(1), extractId: z.uuid() });
const clearPayload = z.object({ v: z.literal(1) });

/** Well inside the time that one run may take; the rest is the next run's. */
const runLimit = Temporal.Duration.from({ seconds: 9 });

/** One stage of an extract, for as long as a run may last. Each batch is committed with how far it came. */
async function work(ctx: Context, extractId: string, job: Job): Promise<boolean> {
  const until = ctx.clock.now().add(runLimit);
  const pace = { over: () => job.signal.aborted || Temporal.Instant.compare(ctx.clock.now(), until) >= 0 };
  const state = await extractState(ctx, extractId);
  if (state === 'reading') return stageExtract(ctx, extractId, pace);
  if (state === 'importing') return takeExtract(ctx, extractId, pace);
  if (state === 'undoing') return undoExtract(ctx, extractId, pace);
  if (state === 'cancelled') return clearRows(ctx, extractId, pace);
  return true;
}

export const learnerHandlers = {
  'learners.extract': {
    payload: extractPayload,
    async run(ctx: Context, { extractId }: z.infer<typeof extractPayload>, job: Job) {
      if (!(await work(ctx, extractId, job))) job.scheduleNext?.(ctx.clock.now());
    },
  },
  'learners.clear-uploads': {
    payload: clearPayload,
    async run(ctx: Context, _payload: z.infer<typeof clearPayload>, job: Job) {
      await clearUploads(ctx);
      job.scheduleNext?.(instantAt(addDays(dateIn(ctx.clock.now()), 1), '03:30'));
    },
  },
} satisfies {
  'learners.extract': Handler<z.infer<typeof extractPayload>>;
  'learners.clear-uploads': Handler<z.infer<typeof clearPayload>>;
};

/** Uploaded files are removed when the council's time for them is over. */
export const clearUploadsTimer = {
  job: 'learners.clear-uploads',
  payload: { v: 1 },
  key: 'learners.clear-uploads',
} as const;
