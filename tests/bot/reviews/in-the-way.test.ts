import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findTimes } from '../../../bot/reviews/planning-service.js';
import { scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite } from '../../support/review-world.js';

const suite = reviewSuite(300);
let database: TestDatabase;
let world: AroundReview['world'];
let here: AroundReview['here'];
let nonce: AroundReview['nonce'];
let vsht: AroundReview['vsht'];
let plan: AroundReview['plan'];
let ask: AroundReview['ask'];
let review: AroundReview['review'];
let booked: AroundReview['booked'];

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => void ({ world, here, nonce, vsht, plan, ask, review, booked } = await suite.start(database)));
afterEach(() => world.close());

describe('who is in the way', () => {
  const refused = (where: string) =>
    expect.objectContaining({ code: 'not-allowed-now', detail: expect.objectContaining({ where }) });

  test('somebody required who is busy refuses, whatever was accepted', async () => {
    const late = plan({ startsAt: '2026-11-30T10:00:00Z', acceptUnknown: true });
    await expect(scheduleReview(vsht(), late)).rejects.toEqual(refused('startsAt'));
  });

  test('somebody who became busy since the times were found refuses', async () => {
    const { slots } = await findTimes(vsht(), ask());
    const other = await world.edge.calendar.createEvent(world.mailbox, {
      ...{ transactionId: 'other', subject: 'x', bodyText: 'x', online: false, locationText: '' },
      ...{ startAt: world.time.now().add({ hours: 7 * 24 + 3 }), endAt: world.time.now().add({ hours: 7 * 24 + 4 }) },
      attendees: [{ email: world.emailOf(here.worker), required: true }],
    });
    expect([slots.length, typeof other.eventId]).toEqual([1, 'string']);
    await expect(scheduleReview(vsht(), plan())).rejects.toEqual(refused('startsAt'));
  });

  test('an unknown calendar is never free: it refuses unless accepted, and is named in the search', async () => {
    const stranger = await world.person('Kirsty Elsewhere', ['reviewing-officer'], { noCalendar: true });
    const people = [...plan().people, { id: stranger.personId, required: true }];
    const { slots, unknown } = await findTimes(vsht(), ask({ people }));
    expect(slots).toMatchObject([
      { why: 'Nobody whose calendar can be read is busy.', unknown: [{ name: 'Kirsty Elsewhere' }] },
    ]);
    expect(unknown).toEqual([
      { id: stranger.personId, name: 'Kirsty Elsewhere', reason: 'Their calendar is not in this Microsoft 365.' },
    ]);
    await expect(scheduleReview(vsht(), plan({ people }))).rejects.toEqual(refused('acceptUnknown'));
    const { reviewId } = await booked({ people, acceptUnknown: true });
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
  });

  test('Graph that cannot be reached makes everybody unknown', async () => {
    world.m365.faults.set('graph', { rate: 1, kinds: ['503'] });
    const { slots, readAt, unknown } = await findTimes(vsht(), ask());
    expect([readAt, unknown.length]).toEqual([null, 3]);
    expect(slots.every((slot) => slot.unknown.length === 3)).toBe(true);
    await expect(scheduleReview(vsht(), plan())).rejects.toEqual(refused('acceptUnknown'));
  });

  test('somebody optional who is busy does not refuse', async () => {
    const people = plan().people.map((one) => ({ ...one, required: one.id !== here.worker.personId }));
    const { reviewId } = await booked({ people, startsAt: '2026-11-30T10:00:00Z' });
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
  });

  test('no time: who stands in the way, in a sentence', async () => {
    const { slots, none } = await findTimes(vsht(), ask({ minutes: 90 }));
    expect(slots).toEqual([]);
    expect(none).toMatch(
      /^27 times were looked at\. Mairi Manager is busy at \d+ of them\. Ailsa Worker is busy at \d+ of them\. At each of them somebody/,
    );
  });

  test('two who plan at once with the same person in the same hour: one review', async () => {
    const second = await world.person('Morag Second', ['virtual-school']);
    const { requestId: _none, ...withoutRequest } = plan();
    const [one, other] = await Promise.allSettled([
      scheduleReview(vsht(), { ...withoutRequest, nonce: nonce() }),
      scheduleReview(world.as(second), { ...withoutRequest, nonce: nonce() }),
    ]);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('one press that arrives five times at once: one review', async () => {
    const press = plan();
    const all = await Promise.all(Array.from({ length: 5 }, () => scheduleReview(vsht(), press)));
    expect(new Set(all.map(({ reviewId }) => reviewId)).size).toBe(1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  test('a request has one review at a time', async () => {
    await booked();
    await expect(scheduleReview(vsht(), plan({ startsAt: '2026-12-01T12:00:00Z' }))).rejects.toEqual(
      refused('requestId'),
    );
  });
});
