import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findTimes, proposeReview } from '../../../bot/reviews/planning-service.js';
import { readReview, searchReviews } from '../../../bot/reviews/reading.js';
import { scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { type AroundReview, reviewSuite } from '../../support/review-world.js';

const suite = reviewSuite(400);
let database: TestDatabase;
let world: AroundReview['world'];
let here: AroundReview['here'];
let vsht: AroundReview['vsht'];
let plan: AroundReview['plan'];
let ask: AroundReview['ask'];
let review: AroundReview['review'];
let booked: AroundReview['booked'];

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => void ({ world, here, vsht, plan, ask, review, booked } = await suite.start(database)));
afterEach(() => world.close());

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
