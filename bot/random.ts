import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, Random } from './context.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `fill` is the source of bytes: the machine's in production, a seeded one in tests. */
export function createRandom(
  clock: Clock,
  fill: (bytes: Uint8Array) => Uint8Array = (bytes) => randomFillSync(bytes),
): Random {
  return {
    // Same layout as any UUIDv7: 48 bits of clock, so that ids sort by when they were made.
    id: () => v7({ msecs: clock.now().epochMilliseconds, random: fill(new Uint8Array(16)) }),
    code(length) {
      const bytes = fill(new Uint8Array(length));
      return Array.from(bytes, (byte) => crockford[byte % 32]).join('');
    },
  };
}
