import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { dueSearch, type LearnerDue, recordFact as factShape } from '../../../bot/reviews/due-contract.js';
import { readDueBoard, readLearnerDue } from '../../../bot/reviews/due-reading.js';
import { recordFact, withdrawFact } from '../../../bot/reviews/due-service.js';
import { recordOthers, recordOutcome } from '../../../bot/reviews/outcome-service.js';
import { readReview } from '../../../bot/reviews/reading.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite } from '../../support/review-world.js';

const suite = reviewSuite(1600);
let database: TestDatabase;
let around: AroundReview;

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => void (around = await suite.start(database)));
afterEach(() => around.world.close());

const say = (given: object) =>
  recordFact(around.vsht(), around.here.learnerId, factShape.parse({ nonce: around.nonce(), ...given }));
const board = (given: object = {}) => readDueBoard(around.vsht(), dueSearch.parse(given));
const lookedAfter = (due: LearnerDue) => due.items.find(({ series }) => series === 'looked-after');

test('a learner who is looked after and of whom nothing is known is not known, and not overdue', async () => {
  const { counts, items } = await board();
  expect(counts['not-known']).toBe(1);
  expect(items).toMatchObject([
    { group: 'not-known', overdue: false, dueOn: null, learner: { label: 'Jamie Macrae' } },
  ]);
});

test('facts give a date with its reason; a correction says what it moved; withdrawing takes it back', async () => {
  const placed = await say({ event: 'placed-away', on: '2026-10-20' });
  expect(lookedAfter(placed)).toMatchObject({ dueOn: '2026-12-01', group: 'next-month', rule: 'away-first' });
  expect(lookedAfter(placed)?.why).toContain('within 42 days of the move away from home on Tue 20 Oct 2026');
  const [fact] = placed.facts;
  const corrected = await say({ event: 'placed-away', on: '2026-09-20', corrects: fact?.id });
  expect(lookedAfter(corrected)).toMatchObject({ dueOn: '2026-11-01', overdue: true });
  expect(corrected.moved).toEqual([
    expect.stringContaining('The date moved from Tue 1 Dec 2026 to Sun 1 Nov 2026, because'),
  ]);
  const late = await say({
    event: 'late-explained',
    series: 'looked-after',
    on: '2026-11-01',
    said: 'The family was moving',
  });
  expect(lookedAfter(late)).toMatchObject({ overdue: true, lateBecause: 'The family was moving' });
  const before = corrected.facts[0]?.id ?? '';
  const withdrawn = await withdrawFact(around.vsht(), around.here.learnerId, { factId: before, nonce: around.nonce() });
  expect(lookedAfter(withdrawn)).toMatchObject({ group: 'not-known', overdue: false });
});

test('at home there is no date until a frequency is agreed, by somebody', async () => {
  const home = await say({ event: 'at-home', on: '2026-10-20' });
  expect(lookedAfter(home)).toMatchObject({ group: 'frequency-not-agreed', dueOn: null });
  const agreed = {
    event: 'frequency-agreed',
    on: '2026-10-22',
    every: { count: 4, unit: 'months' },
    firstBy: '2026-12-10',
  };
  await expect(say(agreed)).rejects.toMatchObject({ code: 'invalid', detail: { where: 'said' } });
  const due = await say({ ...agreed, said: 'J.M., her mother and A. Worker' });
  expect(lookedAfter(due)).toMatchObject({ dueOn: '2026-12-10', group: 'next-month' });
});

test('refused: what is still to come, a concern, another’s fact, a school’s own people', async () => {
  const { here, world, nonce } = around;
  await expect(say({ event: 'placed-away', on: '2026-11-24' })).rejects.toMatchObject({ detail: { where: 'on' } });
  await expect(
    say({ event: 'late-explained', series: 'looked-after', on: '2026-11-01', said: 'he said his uncle hit him' }),
  ).rejects.toMatchObject({ code: 'concern' });
  const nobody = { factId: '00000000-0000-7000-8000-000000000001', nonce: nonce() };
  await expect(withdrawFact(around.vsht(), here.learnerId, nobody)).rejects.toMatchObject({ code: 'not-found' });
  await expect(readDueBoard(world.as(here.teacher), dueSearch.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = await world.person('Else Where', ['social-worker']);
  await expect(readLearnerDue(world.as(stranger), here.learnerId)).rejects.toMatchObject({ code: 'not-found' });
});

test('a co-ordinator sees dates and not what they are counted from', async () => {
  const { here, world } = around;
  await say({ event: 'placed-away', on: '2026-10-20' });
  const one = await world.person('Co Ordinator', ['review-co-ordinator']);
  const { items } = await readDueBoard(world.as(one), dueSearch.parse({}));
  expect(items).toMatchObject([{ dueOn: '2026-12-01', why: null, source: null }]);
  expect((await readLearnerDue(world.as(one), here.learnerId)).facts).toEqual([]);
});

test('held moves the clock at once, whoever came; joint is another fact and moves nothing', async () => {
  const { world, booked, nonce } = around;
  await say({ event: 'placed-away', on: '2026-10-20' });
  const { reviewId } = await booked({ purpose: 'looked-after-review', requestId: undefined });
  expect((await board({ group: 'next-month' })).items).toMatchObject([{ booked: { id: reviewId, inTime: true } }]);
  world.time.advance(8 * 24 * 3_600_000);
  const { version, attendees } = await readReview(around.vsht(), reviewId);
  const worker = attendees.find(({ service }) => service === 'social-work');
  const outcome = {
    outcome: 'held' as const,
    version,
    nonce: nonce(),
    heldOn: '2026-11-30',
    attended: [worker?.id ?? ''],
  };
  const due = await recordOutcome(around.vsht(), reviewId, outcome);
  expect(lookedAfter(due)).toMatchObject({ rule: 'away-second', dueOn: '2027-02-28' });
  expect(await readReview(around.vsht(), reviewId)).toMatchObject({ state: 'held', joint: 'no', heldOn: '2026-11-30' });
  expect(lookedAfter(await recordOutcome(around.vsht(), reviewId, outcome))).toMatchObject({ dueOn: '2027-02-28' });
  expect(due.facts.filter(({ event }) => event === 'review-held')).toMatchObject([
    { source: 'review', on: '2026-11-30' },
  ]);
  await expect(
    recordOutcome(around.vsht(), reviewId, { ...outcome, version: version + 1, nonce: nonce() }),
  ).rejects.toMatchObject({ code: 'not-allowed-now' });
});

test('not held moves no clock; held late has to say why', async () => {
  const { booked, nonce, world } = around;
  await say({ event: 'placed-away', on: '2026-09-20' });
  const { reviewId } = await booked({ purpose: 'looked-after-review', requestId: undefined });
  world.time.advance(8 * 24 * 3_600_000);
  const { version } = await readReview(around.vsht(), reviewId);
  const held = { outcome: 'held' as const, version, nonce: nonce(), heldOn: '2026-11-30', attended: [] };
  await expect(recordOutcome(around.vsht(), reviewId, held)).rejects.toMatchObject({
    detail: { where: 'lateBecause' },
  });
  const not = { outcome: 'not-held' as const, version, nonce: nonce(), because: 'The chair was ill' };
  expect(lookedAfter(await recordOutcome(around.vsht(), reviewId, not))).toMatchObject({
    dueOn: '2026-11-01',
    overdue: true,
  });
});

test('social work’s own review is recorded and nothing of it goes to the mailbox', async () => {
  const { here, world, nonce } = around;
  await say({ event: 'placed-away', on: '2026-10-20' });
  const { reviewId } = await recordOthers(around.vsht(), {
    ...{ nonce: nonce(), learnerId: here.learnerId, convener: 'social-work', series: 'looked-after' },
    ...{ startsAt: '2026-11-27T10:00:00Z', minutes: 90, people: [{ id: here.manager.personId, required: true }] },
  });
  await world.drain();
  expect(await world.ledger()).toEqual([]);
  expect(await readReview(around.vsht(), reviewId)).toMatchObject({ state: 'recorded', convener: 'social-work' });
  expect((await board()).items).toMatchObject([{ booked: { id: reviewId, convener: 'social-work', inTime: true } }]);
});
