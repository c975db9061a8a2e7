import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findTimes, proposeReview } from '../../../bot/reviews/planning-service.js';
import { reviewOfRequest, scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite, subject } from '../../support/review-world.js';

const suite = reviewSuite(100);
let database: TestDatabase;
let world: AroundReview['world'];
let here: AroundReview['here'];
let vsht: AroundReview['vsht'];
let plan: AroundReview['plan'];
let ask: AroundReview['ask'];
let review: AroundReview['review'];
let booked: AroundReview['booked'];
let losesAnswer: AroundReview['losesAnswer'];
let readsNothing: AroundReview['readsNothing'];

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(
  async () =>
    void ({ world, here, vsht, plan, ask, review, booked, losesAnswer, readsNothing } = await suite.start(database)),
);
afterEach(() => world.close());

test('the whole way: proposed, timed, booked once, answered, joint', async () => {
  const proposal = await proposeReview(vsht(), { requestId: here.requestId });
  expect(proposal.learner).toMatchObject({ label: 'Jamie Macrae', stage: 'S3' });
  expect(proposal.people.map(({ name, why, required }) => [name, why, required])).toEqual([
    ['Mairi Manager', 'Designated manager, Ardmore Academy', true],
    ['Ailsa Worker', 'Social worker', true],
    ['Iain Head', 'Has the request', true],
    ['Tunde Teacher', 'Asked for support', false],
  ]);

  const times = await findTimes(vsht(), ask());
  expect(times.slots).toEqual([
    {
      startsAt: '2026-11-30T12:00:00Z',
      endsAt: '2026-11-30T13:00:00Z',
      why: 'Everybody is free.',
      busy: [],
      unknown: [],
    },
  ]);

  const press = plan();
  const { reviewId, reference } = await scheduleReview(vsht(), press);
  expect(await scheduleReview(vsht(), press)).toEqual({ reviewId, reference, repeated: true });
  expect(await review(reviewId)).toMatchObject({ state: 'booking', version: 1, joint: 'not-yet' });
  await world.drain();
  // The press comes again when everybody is busy with this very review.
  expect(await scheduleReview(vsht(), press)).toEqual({ reviewId, reference, repeated: true });
  expect((await world.ledger()).map(({ transactionId, events }) => [transactionId, events.length])).toEqual([
    [reviewId, 1],
  ]);

  await world.press(here.worker, subject(reference), 'accept');
  await world.drain();
  expect(await review(reviewId)).toMatchObject({ state: 'booked', joint: 'not-yet' });
  await world.press(here.manager, subject(reference), 'accept');
  await world.drain();
  const read = await review(reviewId);
  expect(read.joint).toBe('yes');
  expect(read.answers).toEqual([
    { service: 'education', invited: 2, accepted: 1, declined: 0, tentative: 0 },
    { service: 'social-work', invited: 1, accepted: 1, declined: 0, tentative: 0 },
  ]);
  expect(read.thread.map(({ kind, by }) => [kind, by])).toEqual([
    ['review.scheduled', 'Iain Head'],
    ['review.booked', null],
    ['review.accepted', 'Ailsa Worker'],
    ['review.accepted', 'Mairi Manager'],
  ]);
  expect(await reviewOfRequest(vsht(), here.requestId)).toMatchObject({ reviewId, reference, joint: 'yes' });
});

describe('the event', () => {
  test('says nothing of the learner, whoever reads it', async () => {
    const { reference } = await booked();
    const url = `${world.m365.url}/_local/calendar/`;
    const { people } = (await (await fetch(`${world.m365.url}/_local/people`)).json()) as { people: { oid: string }[] };
    for (const { oid } of people) {
      const text = await (await fetch(url + oid)).text();
      expect(text).not.toMatch(/\b(Jam(ie|esina)|Macrae|S3|Ardmore|attendance|looked)\b/);
      if (text.includes('VR-')) expect(text).toContain(subject(reference));
    }
  });

  test.each(['504-after', 'cut-after'] as const)('%s after doing the work: one event, booked', async (fault) => {
    const { reviewId } = await scheduleReview(vsht(), plan());
    losesAnswer(fault);
    await world.drain();
    await world.drain(1);
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
    expect((await world.ledger()).map(({ transactionId, events }) => [transactionId, events.length])).toEqual([
      [reviewId, 1],
    ]);
  });

  test('the same while nothing can be read from the mailbox: asked twice, one event', async () => {
    const { reviewId } = await scheduleReview(vsht(), plan());
    readsNothing();
    losesAnswer('cut-after');
    await world.workers.drain();
    expect(await review(reviewId)).toMatchObject({ state: 'booking' });
    await world.drain(1);
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
    expect(await world.ledger()).toEqual([{ transactionId: reviewId, asked: 2, events: [expect.any(String)] }]);
  });

  test('a lost answer that is never repeated is found by reading the mailbox', async () => {
    const { reviewId } = await scheduleReview(vsht(), plan());
    readsNothing();
    losesAnswer('504-after');
    await world.workers.drain();
    await world.rows(`delete from outbox where authority_id = $1 and job = 'review.book'`, [world.authorityId]);
    await world.drain(15);
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
  });

  test('429 is tried again when Graph said, and not before', async () => {
    const { reviewId } = await scheduleReview(vsht(), plan());
    world.m365.faults.set('graph', { rate: 1, kinds: ['429'], retryAfterSeconds: 17 });
    await world.workers.drain();
    world.m365.faults.clear();
    world.time.advance(16_000);
    await world.workers.drain();
    expect(await world.ledger()).toEqual([]);
    world.time.advance(1_100);
    await world.drain();
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
  });

  test('a mailbox that refuses: not booked, shown, and a new plan takes its place for good', async () => {
    const elsewhere = { tenantId: world.mailbox.tenantId, address: 'closed@strathlinn.example' };
    await database.owner.query('update directory.registration set value = $1 where value = $2', [
      ...[elsewhere.address, world.mailbox.address],
    ]);
    const people = plan().people.map((one) => ({ ...one }));
    const { reviewId } = await scheduleReview(vsht(), plan({ people, acceptUnknown: true }));
    await world.drain();
    expect(await review(reviewId)).toMatchObject({ state: 'not-booked' });
    const dead = await world.rows<{ state: string }>(
      `select state from outbox where authority_id = $1 and job = 'review.book'`,
      [world.authorityId],
    );
    expect(dead).toEqual([{ state: 'dead' }]);

    await database.owner.query('update directory.registration set value = $1 where value = $2', [
      ...[world.mailbox.address, elsewhere.address],
    ]);
    const again = await booked();
    expect(await review(reviewId)).toMatchObject({ state: 'cancelled' });
    expect(await review(again.reviewId)).toMatchObject({ state: 'booked' });
    await world.rows(`update outbox set state = 'pending', attempts = 0 where authority_id = $1 and state = 'dead'`, [
      world.authorityId,
    ]);
    await world.drain(1);
    expect((await world.ledger()).map(({ transactionId }) => transactionId)).toEqual([again.reviewId]);
  });

  test('somebody who left between planning and booking is not invited', async () => {
    const people = [...plan().people, { id: here.teacher.personId, required: false }];
    const { reviewId } = await scheduleReview(vsht(), plan({ people }));
    await world.rows(`update person set leaves_on = '2026-11-23' where authority_id = $1 and person_id = $2`, [
      ...[world.authorityId, here.teacher.personId],
    ]);
    await world.drain();
    const url = `${world.m365.url}/_local/calendar/`;
    const { people: all } = (await (await fetch(`${world.m365.url}/_local/people`)).json()) as {
      people: { oid: string; email: string }[];
    };
    const theirs = all.find(({ email }) => email === world.emailOf(here.teacher))?.oid ?? '';
    expect(await (await fetch(url + theirs)).json()).toEqual({ events: [] });
    expect(await review(reviewId)).toMatchObject({ state: 'booked' });
  });
});
