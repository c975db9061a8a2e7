import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { answerOf, reasonOf } from '../../../bot/reviews/slot-words.js';
import type { Obstacle, Slot } from '../../../bot/reviews/slots.js';

const at = Temporal.Instant.from('2026-11-30T12:00:00Z');
const asked = {
  ...{ earliestOn: '2026-11-23', latestOn: '2026-11-27' },
  people: [
    { id: 'a', name: 'A. Murray' },
    { id: 'b', name: 'K. Lennox' },
  ],
};
const slot: Slot = { startAt: at, endAt: at.add({ hours: 1 }), kind: 'free', busy: [], unknown: [], inService: false };

test.each<[Partial<Slot>, string]>([
  [{}, 'Everybody is free.'],
  [{ busy: ['b'] }, 'Everybody who must be there is free.'],
  [{ unknown: ['b'] }, 'Everybody who must be there is free.'],
  [{ kind: 'unknown', unknown: ['a'] }, 'Nobody whose calendar can be read is busy.'],
  [{ inService: true }, 'Everybody is free. It is an in-service day.'],
])('why %j', (changes, why) => {
  const answer = answerOf({ slots: [{ ...slot, ...changes }], unknown: [], obstacle: null }, asked);
  expect(answer.slots[0]?.why).toBe(why);
  expect(answer.none).toBeNull();
});

test.each<[Obstacle, string]>([
  [
    {
      why: 'busy',
      times: 20,
      busy: [
        { id: 'a', times: 20 },
        { id: 'b', times: 3 },
      ],
    },
    '20 times were looked at. A. Murray is busy at 20 of them. K. Lennox is busy at 3 of them.',
  ],
  [
    {
      why: 'busy',
      times: 2,
      busy: [
        { id: 'a', times: 1 },
        { id: 'b', times: 1 },
      ],
    },
    '2 times were looked at. A. Murray is busy at 1 of them. K. Lennox is busy at 1 of them. At each of them somebody who must be there is busy.',
  ],
  [{ why: 'no-working-time', closedDays: 5, holidays: 0 }, 'Nobody works between Mon 23 Nov and Fri 27 Nov.'],
  [
    { why: 'no-working-time', closedDays: 5, holidays: 3 },
    'Nobody works between Mon 23 Nov and Fri 27 Nov: 3 days are holidays or closed.',
  ],
  [
    { why: 'too-soon', earliestAt: at },
    'That is too soon: your council gives notice, so the first time is after Mon 30 Nov, 12:00.',
  ],
])('none %#', (obstacle, none) => {
  expect(answerOf({ slots: [], unknown: [], obstacle }, asked).none).toBe(none);
});

test('a reason without words of its own is told as not reached', () => {
  expect(reasonOf('something-new')).toBe('Their calendar could not be reached.');
  expect(reasonOf('no-permission')).toBe('Their calendar is not shared with the review mailbox.');
});
