import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { workingMsBetween } from '../../../bot/people/working-time.js';
import { officeClock } from '../../../bot/requests/office-clock.js';

const calendar = {
  officeHours: new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: day === 5 ? '16:00' : '17:00' }])),
  closedOn: (on: string) => on === '2026-12-25' || on === '2026-12-28',
};

test('says the same as walking through the days, also over both changes of the clocks', () => {
  const clock = officeClock('2026-03-01', '2027-04-30', calendar);
  const start = Temporal.Instant.from('2026-03-01T00:00:00Z').epochMilliseconds;
  const minute = fc.integer({ min: 0, max: 60 * 24 * 420 });
  fc.assert(
    fc.property(minute, minute, (a, b) => {
      const [from, until] = [Math.min(a, b), Math.max(a, b)].map((one) => start + one * 60_000) as [number, number];
      const walked = workingMsBetween(
        Temporal.Instant.fromEpochMilliseconds(from),
        Temporal.Instant.fromEpochMilliseconds(until),
        calendar,
      );
      expect(clock(new Date(from), new Date(until))).toBe(walked / 60_000);
    }),
    { numRuns: 60, seed: 5 },
  );
});

test('is unknown while the council has set no hours', () => {
  const clock = officeClock('2026-03-01', '2026-04-30', { officeHours: new Map(), closedOn: () => false });
  expect(clock(new Date('2026-03-02T10:00:00Z'), new Date('2026-03-03T10:00:00Z'))).toBeNull();
});
