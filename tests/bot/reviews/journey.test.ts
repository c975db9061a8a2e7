import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findTimes, proposeReview } from '../../../bot/reviews/planning-service.js';
import { readReview, searchReviews } from '../../../bot/reviews/reading.js';
import { cancelReview, reviewOfRequest, scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { learnerWithPeople, reviewWorld, type ReviewWorld } from '../../support/review-world.js';

let database: TestDatabase;
let world: ReviewWorld;
let here: Awaited<ReturnType<typeof learnerWithPeople>>;
let serial = 0;

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => {
  serial += 1;
  world = await reviewWorld(database, serial);
  const on = (day: string, from: string, until: string) => ({
    ...{ startAt: `2026-11-${day}T${from}:00Z`, endAt: `2026-11-${day}T${until}:00Z`, showAs: 'busy' as const },
    subject: 'Not for others',
  });
  here = await learnerWithPeople(world, {
    worker: [on('30', '09:00', '12:00')],
    manager: [on('30', '13:00', '17:00')],
  });
});
afterEach(() => world.close());

const nonce = () => `nonce-${serial}-${Math.round(performance.now() * 1000)}`;

function plan(changes: object = {}) {
  const { vsht, manager, worker, learnerId, requestId } = here;
  return {
    ...{ nonce: nonce(), learnerId, requestId, purpose: 'support-request' as const, startsAt: '2026-11-30T12:00:00Z' },
    ...{ minutes: 60, online: true, acceptUnknown: false },
    people: [vsht, manager, worker].map(({ personId }) => ({ id: personId, required: true })),
    ...changes,
  };
}
const ask = (changes: object = {}) => ({
  ...{
    learnerId: here.learnerId,
    minutes: 60,
    earliestOn: '2026-11-30',
    latestOn: '2026-11-30',
    people: plan().people,
  },
  ...changes,
});
const vsht = () => world.as(here.vsht);
const review = async (reviewId: string) => readReview(vsht(), reviewId);
const booked = async (changes: object = {}) => {
  const made = await scheduleReview(vsht(), plan(changes));
  await world.drain();
  return made;
};
/** The next event is made, and nobody hears of it. */
const losesAnswer = (fault: '504-after' | 'cut-after') =>
  world.m365.faults.once('graph', fault, (method, path) => method === 'POST' && path.endsWith('/events'));
/** The next few readings of the mailbox fail. */
function readsNothing() {
  for (let index = 0; index < 3; index += 1)
    world.m365.faults.once('graph', '503', (_method, path) => path.endsWith('/delta'));
}
const subject = (reference: string) => `Review meeting ${reference}`;

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
      expect(text).not.toMatch(/Jam|Macrae|S3|Ardmore|attendance|looked/i);
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

describe('who may', () => {
  const notFound = { code: 'not-found' };

  test('only the virtual school plans; others are refused before anything is said of a record', async () => {
    for (const person of [here.manager, here.worker, here.teacher]) {
      const ctx = world.as(person);
      await expect(scheduleReview(ctx, plan())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(findTimes(ctx, ask())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(proposeReview(ctx, { requestId: here.requestId })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('those who reach the learner read the review; another school does not, and is told what it would be of nothing', async () => {
    const { reviewId } = await booked();
    for (const person of [here.manager, here.worker, here.teacher]) {
      expect(await readReview(world.as(person), reviewId)).toMatchObject({ id: reviewId });
      expect((await searchReviews(world.as(person), { view: 'coming', limit: 10 })).items).toHaveLength(1);
    }
    const other = await world.person('Eilidh Elsewhere', ['designated-manager'], { schoolId: here.requestId });
    const nothing = await readReview(world.as(other), here.requestId).catch((error: unknown) => error);
    const hidden = await readReview(world.as(other), reviewId).catch((error: unknown) => error);
    expect(hidden).toEqual(nothing);
    expect((await searchReviews(world.as(other), { view: 'everything', limit: 10 })).items).toEqual([]);
  });

  test('a restricted learner is not there, and nobody with a declared conflict is invited', async () => {
    await world.rows(
      `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, gen_random_uuid(), $2, $3, 'conflict', '2026-01-01')`,
      [world.authorityId, here.learnerId, here.manager.personId],
    );
    await expect(scheduleReview(vsht(), plan())).rejects.toMatchObject({
      code: 'invalid',
      detail: { where: 'people', why: 'conflict' },
    });
    expect((await proposeReview(vsht(), { learnerId: here.learnerId })).cannotInvite).toEqual([
      { name: 'Mairi Manager', reason: 'has declared that they must not be concerned' },
    ]);
    await world.rows('update learner_scope set restricted = true where authority_id = $1', [world.authorityId]);
    await expect(scheduleReview(vsht(), plan())).rejects.toMatchObject(notFound);
    await expect(proposeReview(vsht(), { learnerId: here.learnerId })).rejects.toMatchObject(notFound);
  });

  test.each([
    ['nobody we know', { id: '00000000-0000-7000-8000-000000000001' }, 'not-staff'],
    ['somebody twice', null, 'twice'],
  ])('%s cannot be invited', async (_who, who, why) => {
    const people = [...plan().people, { required: true, id: who?.id ?? here.worker.personId }];
    await expect(scheduleReview(vsht(), plan({ people }))).rejects.toMatchObject({
      code: 'invalid',
      detail: { where: 'people', why },
    });
  });

  test.each([
    ['Jamie’s classroom, no', 'invalid'],
    ['the Macrae house', 'invalid'],
    ['he is being hit at home', 'concern'],
  ])('a place may not say "%s"', async (place, code) => {
    await expect(scheduleReview(vsht(), plan({ online: false, place }))).rejects.toMatchObject({ code });
  });

  test('without a review mailbox nothing is planned', async () => {
    await database.owner.query('delete from directory.registration where value = $1', [world.mailbox.address]);
    await expect(scheduleReview(vsht(), plan())).rejects.toMatchObject({
      code: 'setting-unset',
      detail: { where: 'review-mailbox' },
    });
  });

  test('every read and every change is audited with the learner, and no value is', async () => {
    const { reviewId } = await booked();
    await review(reviewId);
    const lines = await world.rows<{ verb: string; learner_ids: string[]; text: string }>(
      'select verb, learner_ids, audit_entry::text as text from audit_entry where authority_id = $1',
      [world.authorityId],
    );
    expect(new Set(lines.map(({ verb }) => verb))).toEqual(
      new Set(['review.schedule', 'review.invite', 'review.read']),
    );
    for (const { learner_ids: ids, text } of lines) {
      expect(ids).toEqual([here.learnerId]);
      expect(text).not.toMatch(/Jam|Macrae|Ardmore/);
    }
  });
});
