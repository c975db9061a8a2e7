import { claimTimers, settleTimers } from '../db/timer-queue.js';
import type { Queue } from './tenant-queue.js';

/** What is due at a time, by ctx.clock. A recurring job sets itself again, by job.scheduleNext or bot/db/timer.ts. */
export function timerQueue(): Queue {
  return {
    name: 'timer',
    settle: (trx, authorityId, _now, settled) => settleTimers(trx, authorityId, settled),
    claim: claimTimers,
  };
}
