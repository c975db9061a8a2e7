import { claimOutbox, settleOutbox } from '../db/outbox-queue.js';
import type { Queue } from './tenant-queue.js';

/**
 * What must reach Teams and Graph. Only the oldest open row of a lane is claimed, so a lane's effects keep their order. A
 * dead row does not hold its lane up: jobs hold ids and are rendered when they are delivered, so the next one brings the
 * newer state, while stopping would let one refused card silence a conversation for good. The dead one stays visible and,
 * when a person sends it again, brings the state of that day.
 */
export function outboxQueue(): Queue {
  let lastLane = '';
  return {
    name: 'outbox',
    settle: settleOutbox,
    async claim(trx, claim) {
      const claimed = await claimOutbox(trx, claim, lastLane);
      lastLane = claimed.lastLane;
      return claimed.leased;
    },
  };
}
