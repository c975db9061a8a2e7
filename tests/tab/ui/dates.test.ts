import { expect, test } from '@jest/globals';
import {
  addDays,
  instantOfLocal,
  localOf,
  sayLength,
  dateOf,
  sayAgo,
  sayCalendarDay,
  sayDay,
  sayExact,
  sayNearDay,
  sayTime,
  sayWhen,
} from '../../../tab/ui/dates.js';

const at = (text: string) => Date.parse(text);
const now = at('2026-02-10T14:00:00Z');

test('what is to come is said by the day and the hour', () => {
  expect(sayWhen(at('2026-02-10T16:00:00Z'), now)).toBe('today, 16:00');
  expect(sayWhen(at('2026-02-11T09:30:00Z'), now)).toBe('tomorrow, 09:30');
  expect(sayWhen(at('2026-02-09T09:30:00Z'), now)).toBe('yesterday, 09:30');
  expect(sayWhen(at('2026-02-12T09:30:00Z'), now)).toBe('Thu 12 Feb, 09:30');
  expect(sayWhen(at('2027-02-12T09:30:00Z'), now)).toBe('Fri 12 Feb 2027, 09:30');
});

test('what was done is said by how long ago, then by the day', () => {
  expect(sayAgo(now - 20_000, now)).toBe('just now');
  expect(sayAgo(now - 60_000, now)).toBe('1 minute ago');
  expect(sayAgo(now - 59 * 60_000, now)).toBe('59 minutes ago');
  expect(sayAgo(now - 2 * 3_600_000, now)).toBe('2 hours ago');
  expect(sayAgo(now - 7 * 3_600_000, now)).toBe('today, 07:00');
  expect(sayAgo(at('2026-02-05T10:00:00Z'), now)).toBe('Thu 5 Feb, 10:00');
});

test('days are counted by midnight in London, in summer too', () => {
  const late = at('2026-07-01T22:30:00Z');
  expect(dateOf(late)).toBe('2026-07-01');
  expect(sayTime(late)).toBe('23:30');
  expect(sayWhen(at('2026-07-01T23:30:00Z'), late)).toBe('tomorrow, 00:30');
  expect(sayNearDay(at('2026-07-01T23:30:00Z'), late)).toBe('tomorrow');
});

test('both clock changes', () => {
  expect(sayTime(at('2026-10-25T00:30:00Z'))).toBe('01:30');
  expect(sayTime(at('2026-10-25T01:30:00Z'))).toBe('01:30');
  expect(sayTime(at('2027-03-28T00:59:00Z'))).toBe('00:59');
  expect(sayTime(at('2027-03-28T01:00:00Z'))).toBe('02:00');
  expect([addDays('2026-10-24', 1), addDays('2026-10-25', 1), addDays('2027-03-27', 2)]).toEqual([
    ...['2026-10-25', '2026-10-26', '2027-03-29'],
  ]);
});

test('the exact date is whole', () => {
  expect(sayExact(at('2026-02-12T09:30:00Z'))).toBe('Thursday 12 February 2026 at 09:30');
  expect(sayDay(at('2026-02-12T09:30:00Z'), now)).toBe('Thu 12 Feb');
  expect([sayCalendarDay('2024-12-19', now), sayCalendarDay('in May', now)]).toEqual(['Thu 19 Dec 2024', 'in May']);
});

test('a wall time typed in a form is London’s, on either side of the clock’s change', () => {
  expect(instantOfLocal('2026-02-10T09:30')).toBe(Date.parse('2026-02-10T09:30:00Z'));
  expect(instantOfLocal('2026-06-10T09:30')).toBe(Date.parse('2026-06-10T08:30:00Z'));
  expect(instantOfLocal('soon')).toBeNull();
  for (const at of ['2026-03-29T00:30', '2026-03-29T02:30', '2026-10-25T00:30', '2026-10-25T02:30'])
    expect(localOf(instantOfLocal(at) ?? 0)).toBe(at);
});

test('a length of time is said in the two units that matter', () => {
  const minute = 60_000;
  expect([59, 60, 61, 1440, 1500, 4380].map((minutes) => sayLength(minutes * minute))).toEqual([
    ...['59 minutes', '1 hour', '1 hour', '1 day', '1 day 1 hour', '3 days 1 hour'],
  ]);
});
