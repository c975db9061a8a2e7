import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { recordFact as factShape } from '../../../bot/reviews/due-contract.js';
import { recordFact } from '../../../bot/reviews/due-service.js';
import { readCurrentPlan, readPlan } from '../../../bot/reviews/plan-reading.js';
import { adjustItem, makePlan, sendPlan } from '../../../bot/reviews/plan-service.js';
import { listReleased, releaseSlots } from '../../../bot/reviews/released-service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite } from '../../support/review-world.js';

const suite = reviewSuite(3600);
let database: TestDatabase;
let around: AroundReview;
let chair: Awaited<ReturnType<AroundReview['world']['person']>>;
const learners: string[] = [];

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => {
  around = await suite.start(database);
  const { world, here, nonce } = around;
  chair = await world.person('Chair Officer', ['reviewing-officer']);
  learners.splice(0, learners.length, here.learnerId);
  for (const name of ['Kirsty', 'Lewis']) learners.push(await anotherLearner(name));
  for (const [index, learnerId] of learners.entries()) {
    await world.rows(
      `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, $2, $3, $4, 'reviewing-officer', '2026-01-05')`,
      [world.authorityId, randomUUID(), learnerId, chair.personId],
    );
    const on = `2026-10-${20 + index}`;
    await recordFact(around.vsht(), learnerId, factShape.parse({ nonce: nonce(), event: 'placed-away', on }));
  }
});
afterEach(() => around.world.close());

/** At the same school, with the same social worker. */
async function anotherLearner(name: string): Promise<string> {
  const { world, here } = around;
  const id = randomUUID();
  await world.rows(
    `insert into learner (authority_id, learner_id, given_name, family_name, stage, school_id, education, status)
     values ($1, $2, $3, 'Macrae', 'S2', $4, 'here', 'looked-after')`,
    [world.authorityId, id, name, here.schoolId],
  );
  await world.rows(
    'insert into learner_scope (authority_id, learner_id, school_id, social_worker_id) values ($1, $2, $3, $4)',
    [world.authorityId, id, here.schoolId, here.worker.personId],
  );
  return id;
}

const release = (slots: readonly [string, string][]) =>
  releaseSlots(around.world.as(chair), {
    ...{ personId: chair.personId, fromOn: '2026-11-23', untilOn: '2026-12-31' },
    slots: slots.map(([startsAt, endsAt]) => ({ startsAt, endsAt })),
  });
const make = (given: object = {}) => makePlan(around.vsht(), { nonce: around.nonce(), ...given });
const startsOf = (plan: { items: readonly { startsAt: string | null }[] }) =>
  plan.items.map(({ startsAt }) => startsAt);

test('placed only where the chair released, together, by the date each is due; nobody hears of a draft', async () => {
  const { world } = around;
  expect((await make()).items.map(({ why }) => why)).toEqual(Array(3).fill('Its chair has released no times.'));
  await release([
    ['2026-11-30T12:00:00Z', '2026-11-30T13:00:00Z'],
    ['2026-12-02T09:00:00Z', '2026-12-02T11:00:00Z'],
  ]);
  const plan = await make();
  expect(plan.counts).toEqual({ inTime: 3, late: 0, unplaced: 0, sent: 0 });
  expect(plan.summary).toBe('3 in time · 0 late · 0 cannot be placed');
  expect(new Set(startsOf(plan)).size).toBe(3);
  for (const start of startsOf(plan))
    expect(start === '2026-11-30T12:00:00.000Z' || start?.startsWith('2026-12-02T')).toBe(true);
  await world.drain(30);
  expect(await world.ledger()).toEqual([]);
  expect((await readCurrentPlan(around.vsht()))?.id).toBe(plan.id);
});

test('what has no place says why, and a released time after the due date is late', async () => {
  await release([
    ['2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z'],
    ['2026-12-16T09:00:00Z', '2026-12-16T10:00:00Z'],
  ]);
  const plan = await make();
  expect(plan.counts).toEqual({ inTime: 1, late: 1, unplaced: 1, sent: 0 });
  expect(plan.items.find(({ state }) => state === 'unplaced')?.why).toContain('no time at which everybody');
});

test('adjusted by hand and checked at once; made anew, what is locked stays; sent with its count, booked once', async () => {
  const { world, nonce } = around;
  await release([
    ['2026-11-30T12:00:00Z', '2026-11-30T13:00:00Z'],
    ['2026-12-02T09:00:00Z', '2026-12-02T13:00:00Z'],
  ]);
  const plan = await make();
  const [first, second] = plan.items;
  const to = (startsAt: string | null, version: number) => ({ nonce: nonce(), version, startsAt, locked: true });
  const id = first?.id ?? '';
  await expect(adjustItem(around.vsht(), plan.id, id, to('2026-12-03T09:00:00Z', 1))).rejects.toMatchObject({
    detail: { where: 'startsAt' },
  });
  await expect(adjustItem(around.vsht(), plan.id, id, to(second?.startsAt ?? null, 1))).rejects.toMatchObject({
    detail: { where: 'startsAt' },
  });
  const adjusted = await adjustItem(around.vsht(), plan.id, id, to('2026-12-02T12:00:00Z', 1));
  expect(adjusted.items[0]).toMatchObject({ startsAt: '2026-12-02T12:00:00.000Z', locked: true });
  await expect(adjustItem(around.vsht(), plan.id, id, to(null, 1))).rejects.toMatchObject({ code: 'stale' });

  const anew = await make({ from: plan.id });
  expect(anew.items[0]).toMatchObject({ startsAt: '2026-12-02T12:00:00.000Z', locked: true });
  expect(startsOf(anew)).toEqual(startsOf(adjusted));
  expect((await readPlan(around.vsht(), plan.id)).state).toBe('dropped');

  await expect(
    sendPlan(around.vsht(), anew.id, { nonce: nonce(), version: anew.version, count: 2 }),
  ).rejects.toMatchObject({ detail: { where: 'count' } });
  const send = { nonce: nonce(), version: anew.version, count: 3 };
  await sendPlan(around.vsht(), anew.id, send);
  await sendPlan(around.vsht(), anew.id, send);
  await world.drain(30);
  const sent = await readPlan(around.vsht(), anew.id);
  expect(sent).toMatchObject({ state: 'sent', counts: { inTime: 2, late: 1, sent: 3 } });
  expect((await world.ledger()).map(({ events }) => events.length)).toEqual([1, 1, 1]);
});

test('who became busy between plan and sending is not booked over: it goes back to the tray', async () => {
  const { world, here, nonce } = around;
  await release([['2026-11-30T12:00:00Z', '2026-11-30T13:00:00Z']]);
  const plan = await make();
  expect(plan.counts).toMatchObject({ inTime: 1, unplaced: 2 });
  await around.booked({
    startsAt: '2026-11-30T12:00:00Z',
    people: [here.worker, here.vsht].map(({ personId }) => ({ id: personId, required: true })),
  });
  await sendPlan(around.vsht(), plan.id, { nonce: nonce(), version: plan.version, count: 1 });
  await world.drain(30);
  const after = await readPlan(around.vsht(), plan.id);
  expect(after.counts).toMatchObject({ inTime: 0, unplaced: 3, sent: 0 });
  expect(after.items.map(({ why }) => why)).toContain('Somebody became busy after the plan was made.');
});

test('times are released by whoever they are, or by whoever plans; nobody else', async () => {
  const { here, world } = around;
  await release([['2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z']]);
  const mine = { personId: chair.personId, fromOn: '2026-12-01', untilOn: '2026-12-02', slots: [] };
  await expect(releaseSlots(world.as(here.worker), mine)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(make({ from: randomUUID() })).rejects.toMatchObject({ code: 'not-found' });
  expect((await listReleased(around.vsht(), { fromOn: '2026-12-01', untilOn: '2026-12-02' })).items).toHaveLength(1);
  expect((await releaseSlots(around.vsht(), mine)).items).toEqual([]);
});
