import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isSchoolDay, lastSchoolDay, schoolDayAfter, type SchoolDates } from '../../../bot/people/school-year.js';
import {
  addWorkingMs,
  subtractWorkingMs,
  type WorkingCalendar,
  workingMsBetween,
} from '../../../bot/people/working-time.js';

const hour = 3_600_000;
const calendar: WorkingCalendar = {
  officeHours: new Map([
    ...[1, 2, 3, 4].map((day) => [day, { opens: '08:45', closes: '17:00' }] as const),
    [5, { opens: '08:45', closes: '15:45' }],
  ]),
  closedOn: (on) => on === '2026-12-25' || on === '2026-12-28',
};
const at = (text: string) => Temporal.Instant.from(text);
const add = (from: string, hours: number) => addWorkingMs(at(from), hours * hour, calendar)?.toString();

describe('office time', () => {
  test('over a night, a short Friday, a weekend and two closures', () => {
    expect(add('2026-12-24T16:00:00Z', 1)).toBe('2026-12-24T17:00:00Z');
    expect(add('2026-12-24T16:00:00Z', 2)).toBe('2026-12-29T09:45:00Z');
  });
  test('from outside office hours it begins with the next opening', () => {
    expect(add('2026-11-21T12:00:00Z', 1)).toBe('2026-11-23T09:45:00Z');
  });
  test('over the change of the clocks nine o’clock stays nine o’clock', () => {
    expect(add('2026-10-23T14:45:00Z', 1)).toBe('2026-10-26T09:45:00Z');
    expect(add('2027-03-26T15:45:00Z', 1)).toBe('2027-03-29T08:45:00Z');
  });
  test('without office hours there is no answer', () => {
    expect(addWorkingMs(at('2026-11-23T12:00Z'), hour, { ...calendar, officeHours: new Map() })).toBeNull();
    expect(subtractWorkingMs(at('2026-11-23T12:00Z'), hour, { ...calendar, officeHours: new Map() })).toBeNull();
  });

  const instant = fc
    .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  const span = fc.integer({ min: 1, max: 60 * hour });
  test('adding and measuring agree, whatever clock changes, weekends and closures lie between', () => {
    fc.assert(
      fc.property(instant, span, (from, ms) => {
        const until = addWorkingMs(from, ms, calendar);
        if (!until) throw new Error('there are office hours');
        expect(workingMsBetween(from, until, calendar)).toBe(ms);
        const back = subtractWorkingMs(until, ms, calendar);
        if (!back) throw new Error('there are office hours');
        expect(workingMsBetween(back, until, calendar)).toBe(ms);
      }),
      { numRuns: 150 },
    );
  });
  test('two spans one after the other are the sum of both', () => {
    fc.assert(
      fc.property(instant, span, span, (from, one, two) => {
        const step = addWorkingMs(from, one, calendar);
        const both = step && addWorkingMs(step, two, calendar);
        expect(both?.epochMilliseconds).toBe(addWorkingMs(from, one + two, calendar)?.epochMilliseconds);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the school year', () => {
  const dates: SchoolDates[] = [
    { kind: 'term', fromOn: '2026-10-26', untilOn: '2026-12-22' },
    { kind: 'term', fromOn: '2027-01-06', untilOn: '2027-04-02' },
    { kind: 'in-service', fromOn: '2026-12-22', untilOn: '2026-12-22' },
    { kind: 'holiday', fromOn: '2026-11-30', untilOn: '2026-11-30' },
  ];
  test('a school day is a weekday in a term, not in service, not a holiday', () => {
    expect(
      ['2026-11-27', '2026-11-28', '2026-11-30', '2026-12-22', '2026-12-23'].map((on) => isSchoolDay(on, dates)),
    ).toEqual([...[true, false, false, false, false]]);
  });
  test('while no term is known, weekdays are', () => expect(isSchoolDay('2026-12-23', [])).toBe(true));
  test('days are counted over a holiday', () => {
    expect(schoolDayAfter('2026-12-21', 1, dates)).toBe('2027-01-06');
    expect(schoolDayAfter('2027-06-21', 1, dates)).toBeNull();
  });
  test('the last school day is before an in-service day at the end', () => {
    expect(lastSchoolDay('2026-12-01', dates)).toBe('2026-12-21');
    expect(lastSchoolDay('2026-12-25', dates)).toBeNull();
  });
});
