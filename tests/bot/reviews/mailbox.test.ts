import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cancelReview, scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite, subject } from '../../support/review-world.js';

const suite = reviewSuite(200);
let database: TestDatabase;
let world: AroundReview['world'];
let here: AroundReview['here'];
let nonce: AroundReview['nonce'];
let vsht: AroundReview['vsht'];
let plan: AroundReview['plan'];
let review: AroundReview['review'];
let booked: AroundReview['booked'];
let losesAnswer: AroundReview['losesAnswer'];
let readsNothing: AroundReview['readsNothing'];

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(
  async () =>
    void ({ world, here, nonce, vsht, plan, review, booked, losesAnswer, readsNothing } = await suite.start(database)),
);
afterEach(() => world.close());

describe('what the mailbox says', () => {
  test('notifications that are lost cost at most a quarter of an hour', async () => {
    const { reviewId, reference } = await booked();
    world.m365.notifications.setFaults({ lose: 1 });
    await world.press(here.worker, subject(reference), 'decline');
    await world.drain();
    expect((await review(reviewId)).joint).toBe('not-yet');
    await world.drain(15);
    expect((await review(reviewId)).joint).toBe('no');
  });

  test('doubled and reordered notifications change nothing twice', async () => {
    world.m365.notifications.setFaults({ duplicate: 1, reorder: 1 });
    const { reviewId, reference } = await booked();
    await world.press(here.worker, subject(reference), 'accept');
    await world.drain(1);
    await world.drain(30);
    expect((await review(reviewId)).thread.filter(({ kind }) => kind === 'review.accepted')).toHaveLength(1);
  });

  test('another time that is proposed is shown with who proposes it', async () => {
    const { reviewId, reference } = await booked();
    const at = (hour: string) => ({ dateTime: `2026-12-01T${hour}:00:00`, timeZone: 'GMT Standard Time' });
    await world.press(here.worker, subject(reference), 'tentativelyAccept', {
      proposedNewTime: { start: at('10'), end: at('11') },
    });
    await world.drain();
    const { attendees, thread } = await review(reviewId);
    expect(attendees.find((one) => one.person?.name === 'Ailsa Worker')).toMatchObject({
      ...{
        response: 'tentative',
        proposed: { startsAt: '2026-12-01T10:00:00.000Z', endsAt: '2026-12-01T11:00:00.000Z' },
      },
    });
    expect(thread.at(-1)).toMatchObject({ kind: 'review.proposed', by: 'Ailsa Worker' });
  });

  test('a meeting moved in the mailbox by somebody is shown moved, and answers start again', async () => {
    const { reviewId, reference } = await booked();
    await world.press(here.worker, subject(reference), 'accept');
    await world.drain();
    const [row] = await world.rows<{ event_id: string }>('select event_id from review where authority_id = $1', [
      world.authorityId,
    ]);
    const at = world.time.now().add({ hours: 9 * 24 });
    await world.edge.calendar.updateEvent(world.mailbox, row?.event_id ?? '', {
      ...{ transactionId: reviewId, subject: subject(reference), bodyText: 'x', online: true, locationText: '' },
      ...{ startAt: at, endAt: at.add({ hours: 1 }) },
      attendees: [here.vsht, here.manager, here.worker].map((one) => ({ email: world.emailOf(one), required: true })),
    });
    await world.drain();
    const read = await review(reviewId);
    expect(read).toMatchObject({ startsAt: '2026-12-02T09:00:00.000Z', state: 'booked' });
    expect(read.attendees.map(({ response }) => response)).toEqual(['none', 'none', 'none']);
    expect(read.thread.at(-1)?.kind).toBe('review.moved');
  });

  test.each([
    ['told by a change', false],
    ['found when the link is gone (410) and everything is read again', true],
  ])('a meeting taken out of the mailbox is shown as cancelled: %s', async (_how, expired) => {
    const { reviewId } = await booked();
    const [row] = await world.rows<{ event_id: string }>('select event_id from review where authority_id = $1', [
      world.authorityId,
    ]);
    world.m365.notifications.setFaults({ lose: 1 });
    await world.edge.calendar.cancelEvent(world.mailbox, row?.event_id ?? '', '');
    if (expired) world.m365.expireDeltaLinks();
    await world.drain(15);
    const read = await review(reviewId);
    expect([read.state, read.thread.at(-1)?.kind]).toEqual(['cancelled', 'review.removed']);
  });

  test('a subscription that Graph drops is made again, and its notifications are known', async () => {
    const { reviewId, reference } = await booked();
    world.m365.notifications.lifecycle('subscriptionRemoved');
    await world.m365.notifications.settled();
    await world.drain();
    await world.press(here.worker, subject(reference), 'accept');
    await world.drain();
    expect((await review(reviewId)).answers.find(({ service }) => service === 'social-work')?.accepted).toBe(1);
    expect(world.lines.filter(({ event }) => event === 'graph.notification-refused')).toEqual([]);
  });

  test('a day of trouble ends in the same truth', async () => {
    const { reviewId, reference } = await booked();
    world.m365.faults.set('graph', { rate: 0.4, kinds: ['429', '503', '504-after', 'cut', 'cut-after'] });
    world.m365.notifications.setFaults({ lose: 0.3, duplicate: 0.3, reorder: 0.3 });
    const presses = ['accept', 'decline', 'tentativelyAccept', 'accept'] as const;
    for (const answer of presses) {
      await world.press(here.worker, subject(reference), answer);
      await world.drain(7);
    }
    world.m365.faults.clear();
    await world.drain(15);
    const { attendees } = await review(reviewId);
    expect(attendees.find((one) => one.person?.name === 'Ailsa Worker')?.response).toBe('accepted');
  });
});

describe('cancelling', () => {
  test('takes the event out of everybody’s calendar; a repeat of the press does nothing more', async () => {
    const { reviewId, reference } = await booked();
    const { version } = await review(reviewId);
    const press = { version, nonce: nonce() };
    await cancelReview(vsht(), reviewId, press);
    await cancelReview(vsht(), reviewId, press);
    await world.drain();
    expect(await review(reviewId)).toMatchObject({ state: 'cancelled' });
    await expect(world.press(here.worker, subject(reference), 'accept')).rejects.toThrow();
    await expect(cancelReview(vsht(), reviewId, { version, nonce: nonce() })).rejects.toMatchObject({ code: 'stale' });
  });

  test('before it was booked: nothing is ever made', async () => {
    const { reviewId } = await scheduleReview(vsht(), plan());
    await cancelReview(vsht(), reviewId, { version: 1, nonce: nonce() });
    await world.drain();
    expect(await world.ledger()).toEqual([]);
  });

  test('while its event is being made and the answer is lost: the event is found and taken out', async () => {
    const { reviewId, reference } = await scheduleReview(vsht(), plan());
    readsNothing();
    losesAnswer('504-after');
    await world.workers.drain();
    await cancelReview(vsht(), reviewId, { version: 1, nonce: nonce() });
    await world.drain(15);
    await world.drain(15);
    await expect(world.press(here.worker, subject(reference), 'accept')).rejects.toThrow();
    expect(await review(reviewId)).toMatchObject({ state: 'cancelled' });
  });
});
