import { z } from 'zod';
import type { Temporal } from 'temporal-polyfill';
import { tendAll, tendRequest } from '../../requests/escalation-service.js';
import { addDays, dateIn, instantAt } from '../../time.js';
import type { Handler } from '../handler.js';
import type { RecurringTimer } from '../workers.js';

const oneRequest = z.object({ v: z.literal(1), requestId: z.uuid() });
const plain = z.object({ v: z.literal(1) });

const tend: Handler<z.infer<typeof oneRequest>> = {
  payload: oneRequest,
  async run(ctx, { requestId }, job) {
    const next = await tendRequest(ctx, requestId);
    if (next) job.scheduleNext?.(next);
  },
};

/** Before the offices open, so that a ladder that was changed yesterday holds today. */
const nextMorning = (now: Temporal.Instant): Temporal.Instant => instantAt(addDays(dateIn(now), 1), '05:30');

const everyMorning: Handler<z.infer<typeof plain>> = {
  payload: plain,
  async run(ctx, _payload, job) {
    await tendAll(ctx);
    job.scheduleNext?.(nextMorning(ctx.clock.now()));
  },
};

export const tendAllTimer: RecurringTimer = { job: 'request.tend-all', payload: { v: 1 }, key: 'request.tend-all' };

export const requestHandlers = { 'request.tend': tend, [tendAllTimer.job]: everyMorning };
