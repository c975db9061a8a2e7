import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, Random } from './context.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `fill` is the source of bytes: the machine's in production, a seeded one in tests. */
export function createRandom(
  clock: Clock,
  fill: (bytes: Uint8Array) => Uint8Array = (bytes) => randomFillSync(bytes),
): Random {
  let [msecs, seq] = [0, 0];
  return {
    // Same layout as any UUIDv7: 48 bits of clock, then a count within the millisecond, so that ids of one process sort by
    // when they were made, whatever its clock does. What one transaction writes to a lane of the outbox keeps its order.
    id() {
      const now = clock.now().epochMilliseconds;
      [msecs, seq] = now > msecs ? [now, 0] : [msecs, seq + 1];
      return v7({ msecs, seq, random: fill(new Uint8Array(16)) });
    },
    code(length) {
      const bytes = fill(new Uint8Array(length));
      return Array.from(bytes, (byte) => crockford[byte % 32]).join('');
    },
  };
}
