import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFeedWindow } from '../../../bot/api/feed-window.js';

test('numbers that become visible in any order, within the time looked back, are each told exactly once', () => {
  const steps = fc.array(fc.record({ appears: fc.nat(9), gap: fc.nat(1) }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (entries) => {
      const looksBack = 12;
      const window = createFeedWindow({ floor: '0', seen: [] }, looksBack);
      const told: string[] = [];
      // Entry n gets number n + 1 at some look, and appears up to nine looks later.
      let begun = 0;
      const numbered = entries.map(({ appears, gap }, index) => ({
        feed: String(index + 1),
        at: (begun += gap) + appears,
      }));
      for (let look = 0; look <= begun + 10; look += 1) {
        const visible = numbered.filter(({ feed, at }) => at <= look && BigInt(feed) > BigInt(window.floor));
        told.push(...window.look(visible).map(({ feed }) => feed));
      }
      expect(told.length).toBe(new Set(told).size);
      expect(told.map(Number).sort((a, b) => a - b)).toEqual(numbered.map(({ feed }) => Number(feed)));
    }),
    { numRuns: 300 },
  );
});

test('what is remembered does not grow, and what was seen before it began is not told', () => {
  const window = createFeedWindow({ floor: '40', seen: ['41', '43'] }, 3);
  expect(window.top).toBe('43');
  expect(window.look([{ feed: '41' }, { feed: '42' }, { feed: '43' }])).toEqual([{ feed: '42' }]);
  for (let feed = 44; feed < 200; feed += 1) window.look([{ feed: String(feed) }]);
  expect(window.seen.length).toBeLessThanOrEqual(3);
  expect(window.floor).toBe('196');
});
