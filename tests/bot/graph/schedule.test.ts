import { describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { availabilityOf, joined } from '../../../bot/graph/schedule.js';

const from = Temporal.Instant.from('2026-11-24T09:00:00Z');
const time = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });
const item = (status: string, start: string, end: string, zone?: string) => ({
  ...{ status, start: time(start, zone), end: time(end, zone) },
});
const of = (scheduleItems: ReturnType<typeof item>[] | undefined, availabilityView?: string) =>
  availabilityOf({ scheduleId: 'a', scheduleItems, availabilityView }, from, from);
const busy = (read: ReturnType<typeof of>) =>
  read.known
    ? read.busy.map((block) => `${block.startAt.toString()} ${block.endAt.toString()} ${block.kind}`)
    : read.reason;

describe('what getSchedule says', () => {
  test('free and working elsewhere are free; everything else that is known is not', () => {
    const [start, end] = ['2026-11-24T10:00:00.0000000', '2026-11-24T11:00:00.0000000'];
    expect(busy(of([item('free', start, end), item('workingElsewhere', start, end)]))).toEqual([]);
    expect(busy(of([item('busy', start, end), item('tentative', start, end), item('oof', start, end)]))).toEqual([
      '2026-11-24T10:00:00Z 2026-11-24T11:00:00Z busy',
      '2026-11-24T10:00:00Z 2026-11-24T11:00:00Z tentative',
      '2026-11-24T10:00:00Z 2026-11-24T11:00:00Z away',
    ]);
  });

  test('the view alone is enough, and adds what the items leave out', () => {
    expect(busy(of(undefined, '0120'))).toEqual([
      '2026-11-24T09:30:00Z 2026-11-24T10:00:00Z tentative',
      '2026-11-24T10:00:00Z 2026-11-24T10:30:00Z busy',
    ]);
    expect(busy(of([item('busy', '2026-11-24T09:05:00', '2026-11-24T09:20:00')], '2003'))).toEqual([
      '2026-11-24T09:05:00Z 2026-11-24T09:20:00Z busy',
      '2026-11-24T10:30:00Z 2026-11-24T11:00:00Z away',
    ]);
    expect(busy(of([], '0404'))).toEqual([]);
  });

  test.each([
    ['an unknown status', [item('unknown', '2026-11-24T10:00:00', '2026-11-24T11:00:00')], '0'],
    ['a status of next year’s', [item('focusing', '2026-11-24T10:00:00', '2026-11-24T11:00:00')], '0'],
    ['an unknown digit', [], '0?0'],
    ['an unknown zone', [item('busy', '2026-11-24T10:00:00', '2026-11-24T11:00:00', 'Customized Time Zone')], '0'],
    ['a time with an offset', [item('busy', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z')], '0'],
  ])('%s makes the calendar unknown', (_what, items, view) => expect(busy(of(items, view))).toBe('unclear'));

  test('nothing at all is unknown, not free', () => {
    expect(busy(of(undefined))).toBe('unavailable');
    expect(busy(availabilityOf(undefined, from, from))).toBe('unavailable');
    expect(busy(joined([]))).toBe('unavailable');
  });

  test.each([
    ['ErrorMailRecipientNotFound', 'no-such-calendar'],
    ['ErrorNoFreeBusyAccess', 'no-permission'],
    ['5006', 'too-full'],
    ['ErrorSomethingNew', 'unavailable'],
  ])('%s is %s', (responseCode, reason) => {
    const error = { message: 'names and addresses', responseCode };
    expect(availabilityOf({ scheduleId: 'a', scheduleItems: [], error }, from, from)).toEqual({ known: false, reason });
  });

  test('one window that could not be read makes the whole calendar unknown', () => {
    const known = of([], '000');
    expect(joined([known, { known: false, reason: 'unclear' }])).toEqual({ known: false, reason: 'unclear' });
  });
});
