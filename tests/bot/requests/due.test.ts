import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type DueRules, requestDue } from '../../../bot/requests/due.js';
import { dateIn, weekdayOf } from '../../../bot/time.js';

const nineToFive = new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: '17:00' }]));
const rules: DueRules = {
  targets: { today: 0, 'this-week': 2 },
  byNeed: {},
  officeHours: nineToFive,
  closedOn: () => false,
};
const due = (urgency: 'today' | 'this-week' | 'no-hurry', at: string, more: Partial<DueRules> = {}) =>
  requestDue({ need: 'attendance', urgency, at: Temporal.Instant.from(at) }, { ...rules, ...more });

describe('when a request is due', () => {
  test('today means by the close of the office today', () => {
    expect(due('today', '2026-11-23T10:00Z').at?.toString()).toBe('2026-11-23T17:00:00Z');
  });
  test('asked after closing counts as the next working day', () => {
    expect(due('today', '2026-11-20T18:00Z').at?.toString()).toBe('2026-11-23T17:00:00Z');
  });
  test('two working days over a weekend', () => {
    expect(due('this-week', '2026-11-20T10:00Z').at?.toString()).toBe('2026-11-24T17:00:00Z');
  });
  test('a closure does not count', () => {
    const closedOn = (on: string) => on === '2026-11-23';
    expect(due('this-week', '2026-11-20T10:00Z', { closedOn }).at?.toString()).toBe('2026-11-25T17:00:00Z');
  });
  test('over the spring change the office still closes at five by the clock on the wall', () => {
    expect(due('this-week', '2027-03-26T10:00Z').at?.toString()).toBe('2027-03-30T16:00:00Z');
  });
  test('over the autumn change too', () => {
    expect(due('this-week', '2026-10-23T10:00Z').at?.toString()).toBe('2026-10-27T17:00:00Z');
  });
  test('no target is built in', () =>
    expect(due('no-hurry', '2026-11-20T10:00Z')).toMatchObject({ at: null, because: 'no-target' }));
  test('a council without office hours has no due time', () => {
    expect(due('today', '2026-11-20T10:00Z', { officeHours: new Map() })).toMatchObject({
      at: null,
      because: 'no-office-hours',
    });
  });
  test('never before it was asked, always on a day that is worked', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2034-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20 }),
        (asked, days) => {
          const at = Temporal.Instant.fromEpochMilliseconds(asked.getTime());
          const found = requestDue({ need: 'other', urgency: 'today', at }, { ...rules, targets: { today: days } });
          if (!found.at) throw new Error('there are office hours');
          expect(Temporal.Instant.compare(found.at, at)).toBeGreaterThanOrEqual(0);
          expect(weekdayOf(dateIn(found.at))).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 200 },
    );
  });
});
