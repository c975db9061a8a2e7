import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  absoluteOrNever,
  graphTimeOf,
  ianaZone,
  instantFrom,
  widestSpan,
  ZoneError,
} from '../../../bot/graph/zones.js';

const at = (text: string) => Temporal.Instant.from(text);
const read = (dateTime: string, timeZone = 'GMT Standard Time') => instantFrom({ dateTime, timeZone }).toString();

describe('zone names', () => {
  test.each([
    ['GMT Standard Time', 'Europe/London'],
    ['Greenwich Standard Time', 'Atlantic/Reykjavik'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Europe/London', 'Europe/London'],
    ['UTC', 'Etc/UTC'],
    ['tzone://Microsoft/Utc', 'UTC'],
  ])('%s is %s', (name, zone) => expect(ianaZone(name)).toBe(zone));

  test.each([
    '',
    'London',
    'Customized Time Zone',
    'tzone://Microsoft/Custom',
    '+01:00',
    'Europe/Nowhere',
    '../etc',
    ' UTC',
  ])('"%s" is an error and never London', (name) => expect(() => ianaZone(name)).toThrow(ZoneError));
});

describe('wall times of Graph', () => {
  // Each row is a clock change: the wall time on either side, in the skipped hour, and in the hour that happens twice.
  test.each([
    ['2026-10-25T00:30:00.0000000', '2026-10-24T23:30:00Z'],
    ['2026-10-25T01:30:00.0000000', '2026-10-25T00:30:00Z'],
    ['2026-10-25T02:30:00.0000000', '2026-10-25T02:30:00Z'],
    ['2026-10-26T09:30:00.0000000', '2026-10-26T09:30:00Z'],
    ['2027-03-28T00:30:00.0000000', '2027-03-28T00:30:00Z'],
    ['2027-03-28T01:30:00.0000000', '2027-03-28T01:30:00Z'],
    ['2027-03-28T02:30:00.0000000', '2027-03-28T01:30:00Z'],
    ['2027-03-28T09:30:00.0000000', '2027-03-28T08:30:00Z'],
  ])('%s in London is %s', (wall, instant) => expect(read(wall)).toBe(instant));

  test('seven decimals, without an offset, in the zone that came with them and not the machine’s', () => {
    expect(read('2019-04-18T16:00:00.0000000', 'Pacific Standard Time')).toBe('2019-04-18T23:00:00Z');
    expect(read('2027-07-01T09:00:00.0000000', 'Greenwich Standard Time')).toBe('2027-07-01T09:00:00Z');
  });

  test.each(['2027-03-28T09:30:00Z', '2027-03-28T09:30:00+01:00', '2027-02-30T09:30:00', '2027-03-28', 'tomorrow', ''])(
    '%s is refused',
    (wall) => expect(() => read(wall)).toThrow(ZoneError),
  );

  test('a busy block in the hour that happens twice covers both', () => {
    const half = { dateTime: '2026-10-25T01:30:00.0000000', timeZone: 'GMT Standard Time' };
    const span = widestSpan(half, half);
    expect(`${span.startAt.toString()} ${span.endAt.toString()}`).toBe('2026-10-25T00:30:00Z 2026-10-25T01:30:00Z');
  });
});

describe('writing', () => {
  test.each([
    ['2027-03-28T08:30:00Z', '2027-03-28T09:30:00.0000000', 'GMT Standard Time'],
    ['2026-12-01T09:30:00Z', '2026-12-01T09:30:00.0000000', 'GMT Standard Time'],
    ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00.0000000', 'GMT Standard Time'],
    // The second 01:30 of that night cannot be said in London time.
    ['2026-10-25T01:30:00Z', '2026-10-25T01:30:00.0000000', 'UTC'],
  ])('%s', (instant, dateTime, timeZone) => expect(graphTimeOf(at(instant))).toEqual({ dateTime, timeZone }));

  test('what is written reads back as the same instant, whenever it is and in any zone', () => {
    const minutes = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
    const zones = fc.constantFrom('GMT Standard Time', 'Europe/London', 'W. Europe Standard Time', 'UTC');
    fc.assert(
      fc.property(minutes, zones, (minute, zone) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
        expect(instantFrom(graphTimeOf(instant, zone)).equals(instant)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

test('the years 1 and 4501 mean that nobody has answered', () => {
  expect(absoluteOrNever('0001-01-01T00:00:00Z')).toBeNull();
  expect(absoluteOrNever('4501-01-01T00:00:00Z')).toBeNull();
  expect(absoluteOrNever(undefined)).toBeNull();
  expect(absoluteOrNever('2026-11-02T10:00:00Z')?.toString()).toBe('2026-11-02T10:00:00Z');
});
