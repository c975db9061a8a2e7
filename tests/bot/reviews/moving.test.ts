import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { acceptProposed, changeAttendees, moveReview } from '../../../bot/reviews/moving-service.js';
import { scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite, subject } from '../../support/review-world.js';

const suite = reviewSuite(2600);
let database: TestDatabase;
let around: AroundReview;

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => void (around = await suite.start(database)));
afterEach(() => around.world.close());

const move = (given: object) => ({
  ...{ nonce: around.nonce(), startsAt: '2026-12-01T10:00:00Z', minutes: 60, acceptUnknown: false },
  ...{ version: 2, ...given },
});

test('a moved review is the same event at another time, and everybody is asked again', async () => {
  const { world, here, booked, review } = around;
  const { reviewId, reference } = await booked();
  await world.press(here.worker, subject(reference), 'accept');
  await world.drain();
  const before = await review(reviewId);
  const [old] = await world.rows<{ event_id: string }>('select event_id from review where review_id = $1', [reviewId]);
  await moveReview(around.vsht(), reviewId, move({ version: before.version }));
  await world.drain(20);
  const after = await review(reviewId);
  expect(after).toMatchObject({
    state: 'booked',
    startsAt: '2026-12-01T10:00:00.000Z',
    endsAt: '2026-12-01T11:00:00.000Z',
  });
  expect(after.attendees.map(({ response }) => response)).toEqual(['none', 'none', 'none']);
  expect(after.thread.filter(({ kind }) => kind === 'review.moved')).toHaveLength(1);
  const stored = await world.rows('select event_id, write_pending from review where review_id = $1', [reviewId]);
  expect(stored).toEqual([{ event_id: old?.event_id, write_pending: false }]);
  expect((await world.ledger()).map(({ events }) => events.length)).toEqual([1]);
});

test('it does not stand in its own way, and others do', async () => {
  const { world, booked, review } = around;
  const { reviewId } = await booked();
  const { version } = await review(reviewId);
  const later = move({ version, startsAt: '2026-11-30T12:30:00Z', minutes: 30 });
  await moveReview(around.vsht(), reviewId, later);
  await world.drain(20);
  expect((await review(reviewId)).startsAt).toBe('2026-11-30T12:30:00.000Z');
  const busy = move({ version: (await review(reviewId)).version, startsAt: '2026-11-30T13:00:00Z' });
  await expect(moveReview(around.vsht(), reviewId, busy)).rejects.toMatchObject({ detail: { where: 'startsAt' } });
  await expect(moveReview(around.vsht(), reviewId, move({ version: 1 }))).rejects.toMatchObject({ code: 'stale' });
  await moveReview(around.vsht(), reviewId, later);
  expect((await review(reviewId)).startsAt).toBe('2026-11-30T12:30:00.000Z');
});

test('moved before it was even made: one event, at the new time', async () => {
  const { world, plan, review } = around;
  const { reviewId } = await scheduleReview(around.vsht(), plan());
  await moveReview(around.vsht(), reviewId, move({ version: 1 }));
  await world.drain(20);
  expect(await review(reviewId)).toMatchObject({ state: 'booked', startsAt: '2026-12-01T10:00:00.000Z' });
  expect((await world.ledger()).map(({ events }) => events.length)).toEqual([1]);
});

test('a time that an attendee proposed is taken with one press', async () => {
  const { world, here, booked, review, nonce } = around;
  const { reviewId, reference } = await booked();
  const at = (hour: number) => ({ dateTime: `2026-12-02T${hour}:00:00`, timeZone: 'Europe/London' });
  await world.press(here.worker, subject(reference), 'decline', { proposedNewTime: { start: at(11), end: at(12) } });
  await world.drain();
  const { attendees, version } = await review(reviewId);
  const one = attendees.find(({ proposed }) => proposed !== null);
  expect(one?.proposed?.startsAt).toBe('2026-12-02T11:00:00.000Z');
  const press = { version, nonce: nonce(), attendeeId: one?.id ?? '', acceptUnknown: false };
  await acceptProposed(around.vsht(), reviewId, press);
  await world.drain(20);
  expect((await review(reviewId)).startsAt).toBe('2026-12-02T11:00:00.000Z');
  await acceptProposed(around.vsht(), reviewId, press);
});

test('somebody is added and somebody taken off, and the event says so', async () => {
  const { world, here, booked, review, nonce } = around;
  const { reviewId } = await booked();
  const { attendees, version } = await review(reviewId);
  const manager = attendees.find(({ person }) => person?.id === here.manager.personId);
  const add = [{ id: here.teacher.personId, required: true }];
  await changeAttendees(around.vsht(), reviewId, { version, nonce: nonce(), add, remove: [manager?.id ?? ''] });
  await world.drain(20);
  const names = (await review(reviewId)).attendees.map(({ person }) => person?.name).sort();
  expect(names).toEqual(['Ailsa Worker', 'Iain Head', 'Tunde Teacher']);
  const again = { version: version + 1, nonce: nonce(), add, remove: [] };
  await expect(changeAttendees(around.vsht(), reviewId, again)).rejects.toMatchObject({ code: 'invalid' });
  const [row] = await world.rows<{ write_pending: boolean }>('select write_pending from review where review_id = $1', [
    reviewId,
  ]);
  expect(row?.write_pending).toBe(false);
});

test('an edit by somebody else between reading and writing is written over the newer one, and faults leave one event', async () => {
  const { world, booked, review } = around;
  const { reviewId } = await booked();
  const { version } = await review(reviewId);
  world.m365.faults.once('graph', '503', (method) => method === 'PATCH');
  world.m365.faults.once('graph', '504-after', (method) => method === 'PATCH');
  await moveReview(around.vsht(), reviewId, move({ version }));
  for (let turn = 0; turn < 8; turn += 1) await world.drain(10);
  expect(await review(reviewId)).toMatchObject({ startsAt: '2026-12-01T10:00:00.000Z', state: 'booked' });
  const [row] = await world.rows('select write_pending from review where review_id = $1', [reviewId]);
  expect(row).toEqual({ write_pending: false });
  expect((await world.ledger()).map(({ events }) => events.length)).toEqual([1]);
});
