import { z } from 'zod';
import type { Temporal } from 'temporal-polyfill';
import { stopUnconfirmed } from '../../people/list-service.js';
import { addDays, dateIn, instantAt } from '../../time.js';
import type { Handler } from '../handler.js';

const payload = z.object({ v: z.literal(1) });

/** Early in the morning, before anybody acts on what they no longer have. */
const nextMorning = (now: Temporal.Instant): Temporal.Instant => instantAt(addDays(dateIn(now), 1), '04:30');

export const peopleHandlers = {
  'people.stop-unconfirmed': {
    payload,
    async run(ctx, _payload, job) {
      await stopUnconfirmed(ctx);
      job.scheduleNext?.(nextMorning(ctx.clock.now()));
    },
  },
} satisfies Record<string, Handler<z.infer<typeof payload>>>;
