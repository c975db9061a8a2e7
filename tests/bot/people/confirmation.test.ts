import { expect, test } from '@jest/globals';
import { sessionStart, stopsUnconfirmed } from '../../../bot/people/confirmation.js';

test.each([
  ['2026-07-31', '2025-08-01'],
  ['2026-08-01', '2026-08-01'],
  ['2027-01-10', '2026-08-01'],
])('the session of %s began on %s', (on, start) => expect(sessionStart(on)).toBe(start));

test.each([
  ['2026-08-15', null],
  ['2026-09-30', null],
  ['2026-10-01', { since: '2026-08-01' }],
  ['2027-06-30', { since: '2026-08-01' }],
])('on %s unconfirmed roles stop: %j', (on, stops) => expect(stopsUnconfirmed(on, '09-30')).toEqual(stops));
