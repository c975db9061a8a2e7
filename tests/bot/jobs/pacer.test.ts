import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conversationLimits, createPacer, tenantLimits, waitBeforeSend } from '../../../bot/jobs/pacer.js';

const published = [
  { count: 7, withinMs: 1_000 },
  { count: 8, withinMs: 2_000 },
  { count: 60, withinMs: 30_000 },
  { count: 1_800, withinMs: 3_600_000 },
];

/** The most that any window of that length held. */
function most(times: readonly number[], withinMs: number): number {
  let first = 0;
  let highest = 0;
  times.forEach((time, index) => {
    while (time - (times[first] ?? time) >= withinMs) first += 1;
    highest = Math.max(highest, index - first + 1);
  });
  return highest;
}

/** One conversation with always more to say; Teams receives each message at some moment while it is on its way. */
function talk(pacer: ReturnType<typeof createPacer>, untilMs: number, travelMs: (index: number) => number): number[] {
  const received: number[] = [];
  for (let now = 0; now < untilMs;) {
    const wait = pacer.begin('chat:a', 'tenant', now);
    if (wait > 0) {
      now += wait;
      continue;
    }
    const travel = travelMs(received.length);
    received.push(now + Math.floor(travel / 2));
    now += travel;
    pacer.end('chat:a', 'tenant', now);
  }
  return received;
}

describe('how fast Teams is spoken to', () => {
  test('a conversation keeps every published limit for two hours and uses at least 95 in 100 of what is allowed', () => {
    const received = talk(createPacer(), 7_200_000, () => 2);
    for (const { count, withinMs } of published) expect(most(received, withinMs)).toBeLessThanOrEqual(count);
    expect(received.length).toBeGreaterThanOrEqual(0.95 * 2 * 1_800);
    expect(received.filter((at) => at < 30_000).length).toBeGreaterThanOrEqual(57);
  });

  test('whatever a message takes on its way, no window holds more than is published', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 20, maxLength: 20 }), (travels) => {
        const received = talk(createPacer(), 90_000, (index) => travels[index % travels.length] ?? 0);
        for (const { count, withinMs } of published) expect(most(received, withinMs)).toBeLessThanOrEqual(count);
      }),
      { numRuns: 50 },
    );
  });

  test('a tenant is sent at most 50 a second over all its conversations, those on their way counted', () => {
    const pacer = createPacer();
    const begun = Array.from({ length: 80 }, (_, index) => pacer.begin(`chat:${index}`, 'tenant', 0));
    expect(begun.filter((wait) => wait === 0)).toHaveLength(50);
    expect(pacer.begin('chat:elsewhere', 'another tenant', 0)).toBe(0);
    pacer.end('chat:0', 'tenant', 500);
    expect(pacer.begin('chat:79', 'tenant', 900)).toBeGreaterThan(0);
    expect(pacer.begin('chat:79', 'tenant', 1_600)).toBe(0);
  });

  test('a clock set back makes nobody wait, and quiet conversations are forgotten', () => {
    const pacer = createPacer();
    for (let sent = 0; sent < 7; sent += 1) {
      pacer.begin('chat:a', 'tenant', 10_000_000);
      pacer.end('chat:a', 'tenant', 10_000_000);
    }
    expect(pacer.begin('chat:a', 'tenant', 10_000_010)).toBeGreaterThan(0);
    expect(pacer.begin('chat:a', 'tenant', 5_000)).toBe(0);
    pacer.end('chat:a', 'tenant', 5_000);
    pacer.begin('chat:b', 'tenant', 20_000_000);
    expect(pacer.size).toBe(1);
  });

  test('the wait ends when enough have left the window', () => {
    const sent = { endedAt: [0, 100, 200, 300, 400, 500, 600], open: 0 };
    expect(waitBeforeSend(sent, 700, conversationLimits)).toBe(340);
    expect(waitBeforeSend({ endedAt: [], open: 50 }, 700, tenantLimits)).toBe(50);
  });
});
