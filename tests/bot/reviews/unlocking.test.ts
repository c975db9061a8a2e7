import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { Availability } from '../../../bot/context.js';
import { unlockingWords } from '../../../bot/reviews/slot-words.js';
import { findSlots, type SlotPerson, type SlotQuestion, soonestSlots } from '../../../bot/reviews/slots.js';
import { unlockingOf } from '../../../bot/reviews/unlocking.js';

const instant = (text: string) => Temporal.Instant.from(`2026-11-${text}:00Z`);
const block = (from: string, until: string) => ({
  startAt: instant(from),
  endAt: instant(until),
  kind: 'busy' as const,
});
const free: Availability = { known: true, readAt: instant('23T09:00'), busy: [] };
const person = (id: string, ...busy: readonly [string, string][]): SlotPerson => ({
  ...{ id, required: true, availability: { ...free, busy: busy.map(([from, until]) => block(from, until)) } },
});
const question = (people: readonly SlotPerson[], changes: Partial<SlotQuestion> = {}): SlotQuestion => ({
  ...{ people, minutes: 60, earliestOn: '2026-11-26', latestOn: '2026-11-26', now: instant('23T09:00') },
  ...{ noticeMinutes: 0, stepMinutes: 15, most: 5, schoolDates: [] },
  officeHours: new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: '17:00' }])),
  ...changes,
});
const people = [
  { id: 'a', name: 'A. Worker' },
  { id: 'b', name: 'B. Manager' },
  { id: 'c', name: 'C. Psychologist' },
];
const asked = { people, earliestOn: '2026-11-26', latestOn: '2026-11-26' };

const crowded = [
  person('a', ['26T09:00', '26T12:00']),
  person('b', ['26T12:00', '26T14:30'], ['26T15:30', '26T17:00']),
  person('c', ['26T09:00', '26T11:00'], ['26T11:30', '26T15:00'], ['26T15:00', '26T17:00']),
];

test('the fewest commitments that would have to move, with whose and when', () => {
  expect(findSlots(question(crowded)).slots).toEqual([]);
  const words = unlockingWords(unlockingOf(question(crowded)), null, asked);
  expect(words[0]).toBe(
    'They could meet on Thu 26 Nov, 09:00 if this moved: A. Worker, Thu 26 Nov, 09:00 to 12:00; C. Psychologist, Thu 26 Nov, 09:00 to 11:00.',
  );
});

test('whom it could do without, and how late the next time is', () => {
  const two = [person('a', ['26T09:00', '26T17:00']), person('b', ['26T09:00', '26T10:00'])];
  const { without, moving } = unlockingOf(question(two));
  expect(without?.personId).toBe('a');
  expect(moving?.blocks).toHaveLength(1);
  const [later] = soonestSlots(question(two, { earliestOn: '2026-11-27', latestOn: '2026-12-24' }));
  expect(unlockingWords({ moving: null, without }, later ?? null, asked)).toEqual([
    'Without A. Worker they could meet on Thu 26 Nov, 10:00.',
    'The first time after that is Fri 27 Nov, 09:00, 1 day late.',
  ]);
});

test('a calendar that could not be read unlocks nothing', () => {
  const unread: SlotPerson = { id: 'c', required: true, availability: { known: false, reason: 'no-permission' } };
  const busy = person('a', ['26T09:00', '26T17:00']);
  expect(unlockingOf(question([busy, unread]))).toEqual({ moving: null, without: null });
  expect(soonestSlots(question([unread]))).toEqual([]);
});

test('what it proposes is true: with those blocks gone, everybody is free then', () => {
  const { moving } = unlockingOf(question(crowded));
  const gone = new Set(moving?.blocks.map(({ personId, startAt }) => `${personId} ${startAt.toString()}`));
  const eased = crowded.map((one) => ({
    ...one,
    availability: {
      ...free,
      busy: one.availability.known
        ? one.availability.busy.filter(({ startAt }) => !gone.has(`${one.id} ${startAt.toString()}`))
        : [],
    },
  }));
  const times = findSlots(question(eased, { most: 40 })).slots.map(({ startAt }) => startAt.toString());
  expect(times).toContain(moving?.at.toString());
});
