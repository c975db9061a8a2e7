import { expect, test } from '@jest/globals';
import {
  dateOf,
  type Entry,
  mondayOf,
  sayClock,
  sayDay,
  unanswered,
  weekOf,
} from '../../../infra/local/start-page-calendar-days.js';

const entry: Entry = {
  ...{ id: 'e', subject: 'Review meeting VR-R4T8M2', body: '', location: null, joinUrl: null, showAs: 'tentative' },
  ...{ startAt: '2027-02-12T09:30:00Z', endAt: '2027-02-12T10:30:00Z' },
  organiser: { name: 'Reviews', address: 'r@x.example' },
  ...{ isOrganiser: false, isCancelled: false, response: 'notResponded' },
};

test('times are London’s, in summer too', () => {
  expect([dateOf('2026-06-30T23:30:00Z'), sayClock('2026-06-30T23:30:00Z')]).toEqual(['2026-07-01', '00:30']);
  expect([sayDay('2027-02-12'), sayClock('2027-02-12T09:30:00Z')]).toEqual(['Fri 12 Feb', '09:30']);
});

test('at the weekend the coming week is shown', () => {
  expect(['2027-02-08', '2027-02-12', '2027-02-13', '2027-02-14', '2027-02-15'].map(mondayOf)).toEqual([
    ...['2027-02-08', '2027-02-08', '2027-02-15', '2027-02-15', '2027-02-15'],
  ]);
});

test('a week has its five days, and a Saturday only with something on it', () => {
  expect(weekOf('2027-02-08', [entry]).map(({ entries }) => entries.length)).toEqual([0, 0, 0, 0, 1]);
  const saturday = { ...entry, startAt: '2027-02-13T09:30:00Z' };
  expect(weekOf('2027-02-08', [saturday]).at(-1)).toEqual({ date: '2027-02-13', entries: [saturday] });
});

test('an invitation waits until it is answered, cancelled or over', () => {
  const now = '2027-02-01T09:00:00Z';
  expect(unanswered([entry], now)).toEqual([entry]);
  expect(unanswered([{ ...entry, response: 'accepted' }], now)).toEqual([]);
  expect(unanswered([{ ...entry, isCancelled: true }], now)).toEqual([]);
  expect(unanswered([{ ...entry, isOrganiser: true }], now)).toEqual([]);
  expect(unanswered([entry], '2027-02-12T10:31:00Z')).toEqual([]);
});
