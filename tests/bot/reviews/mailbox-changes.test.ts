import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { EventAnswer, EventChange } from '../../../bot/context.js';
import { effectsOf, type KnownReview } from '../../../bot/reviews/mailbox-changes.js';

const at = (hour: number) => Temporal.Instant.from(`2026-11-30T${String(hour).padStart(2, '0')}:00:00Z`);
/** Instants have nothing that a deep comparison sees, so what is compared is their text. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const proposal = { startAt: at(15), endAt: at(16) };
const known: KnownReview = {
  ...{ state: 'booked', eventId: 'event', startAt: at(12), endAt: at(13), writePending: false },
  attendees: [
    { id: 'a', email: 'Ailsa@Council.example', response: 'none', proposed: null },
    { id: 'b', email: 'b@council.example', response: 'accepted', proposed: null },
  ],
};
const answer = (email: string, response: EventAnswer['response'], proposed: EventAnswer['proposed'] = null) => ({
  ...{ email, response, respondedAt: at(10), proposed },
});
const same: EventChange = {
  ...{ eventId: 'event', transactionId: 'review', removed: false, cancelled: false, startAt: at(12), endAt: at(13) },
  answers: [answer('ailsa@council.example', 'none'), answer('b@council.example', 'accepted')],
};
const nothing = { foundEventId: null, cancelEvent: false, removed: false, moved: null, answers: [] };

test.each<[string, Partial<KnownReview>, Partial<EventChange>, object]>([
  ['what is stored already', {}, {}, nothing],
  ['the old time, while ours is on its way', { writePending: true }, { startAt: at(9), endAt: at(10) }, nothing],
  ['one that was held', { state: 'held' }, { startAt: at(9), endAt: at(10), removed: true }, nothing],
  ['a time that could not be read', {}, { startAt: null, endAt: null }, nothing],
  ['another event of the same transaction', {}, { eventId: 'other', startAt: at(9) }, nothing],
  ['the event whose answer was lost', { state: 'booking', eventId: null }, {}, { ...nothing, foundEventId: 'event' }],
  [
    'the same, cancelled meanwhile',
    { state: 'cancelled', eventId: null },
    {},
    { ...nothing, foundEventId: 'event', cancelEvent: true },
  ],
  ['a cancelled review whose event still stands', { state: 'cancelled' }, {}, { ...nothing, cancelEvent: true }],
  ['the end of a cancelled review’s event', { state: 'cancelled' }, { removed: true }, nothing],
  ['an event taken out', {}, { removed: true, startAt: null, endAt: null, answers: [] }, { ...nothing, removed: true }],
  ['an event marked as cancelled', {}, { cancelled: true }, { ...nothing, removed: true }],
  ['a new time', {}, { startAt: at(14), endAt: at(15) }, { ...nothing, moved: { startAt: at(14), endAt: at(15) } }],
])('%s', (_what, review, change, effects) => {
  expect(plain(effectsOf({ ...known, ...review }, { ...same, ...change }))).toEqual(plain(effects));
});

test.each<[string, EventAnswer, string | null]>([
  ['an answer, whatever the letters’ case', answer('AILSA@council.example', 'accepted'), 'answered'],
  ['another time', answer('ailsa@council.example', 'declined', proposal), 'proposed'],
])('%s is news', (_what, given, news) => {
  const { answers } = effectsOf(known, { ...same, answers: [given] });
  const { response, respondedAt, proposed } = given;
  expect(plain(answers)).toEqual(plain([{ attendeeId: 'a', response, respondedAt, proposed, news }]));
});

test('an answer taken back by a move is stored and not told', () => {
  const { answers } = effectsOf(known, { ...same, answers: [answer('b@council.example', 'none')] });
  expect(answers).toMatchObject([{ attendeeId: 'b', response: 'none', news: null }]);
});

test('answers of people who are not invited by us are nobody’s', () => {
  expect(effectsOf(known, { ...same, answers: [answer('forwarded@else.example', 'accepted')] }).answers).toEqual([]);
});
