import { z } from 'zod';
import { discardFinished } from '../../db/housekeeping.js';
import { addDays, dateIn, instantAt } from '../../time.js';
import type { Handler } from '../handler.js';
import type { RecurringTimer } from '../workers.js';

const payload = z.object({ v: z.literal(1) });

export const discardFinishedTimer: RecurringTimer = {
  job: 'housekeeping.discard-finished',
  payload: { v: 1 },
  key: 'housekeeping.discard-finished',
};

/** At night, a few thousand rows at a time, so that nobody waits for it. */
export const housekeepingHandlers = {
  [discardFinishedTimer.job]: {
    payload,
    async run(ctx, _payload, job) {
      const { more } = await discardFinished(ctx);
      const now = ctx.clock.now();
      job.scheduleNext?.(more ? now.add({ seconds: 10 }) : instantAt(addDays(dateIn(now), 1), '03:20'));
    },
  },
} satisfies Record<string, Handler<z.infer<typeof payload>>>;
