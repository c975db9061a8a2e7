import { Temporal } from 'temporal-polyfill';
import type { Clock, Random } from '../../bot/context.js';
import type { Sleep } from '../../bot/jobs/sleep.js';

/** A clock that stands still until it is told, and sleeps that end when it has moved far enough. */
export interface VirtualTime extends Clock {
  readonly sleep: Sleep;
  advance(ms: number): void;
}

export function virtualTime(start = '2026-11-23T09:00:00Z'): VirtualTime {
  let at = Temporal.Instant.from(start);
  const sleepers = new Set<{ until: number; end: () => void }>();
  return {
    now: () => at,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const sleeper = { until: at.epochMilliseconds + ms, end };
        if (signal?.aborted) return resolve();
        signal?.addEventListener('abort', end);
        sleepers.add(sleeper);
      }),
    advance(ms) {
      at = at.add({ milliseconds: ms });
      for (const sleeper of [...sleepers]) if (sleeper.until <= at.epochMilliseconds) sleeper.end();
    },
  };
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same seed gives the same ids and codes. Ids ascend within a millisecond, as the real ones do. */
export function seededRandom(clock: Clock, seed: number): Random {
  let state = seed >>> 0 || 1;
  let count = 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('');
  return {
    id() {
      count += 1;
      const time = clock.now().epochMilliseconds.toString(16).padStart(12, '0');
      const order = (count % 0x1000).toString(16).padStart(3, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-8${hex(3)}-${hex(12)}`;
    },
    code: (length) => Array.from({ length }, () => crockford[Math.floor(next() * 32)]).join(''),
  };
}
