import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../bot/access/roles.js';
import { cancelReview, scheduleReview } from '../../../bot/reviews/service.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { botAppId, tid } from '../../support/local-microsoft365.js';
import { type AroundReview, reviewSuite, subject } from '../../support/review-world.js';

const suite = reviewSuite(500);
let database: TestDatabase;
let around: AroundReview;

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => void (around = await suite.start(database)));
afterEach(() => around.world.close());

async function chat(kind: 'channel' | 'personal', person: (Actor & { kind: 'person' }) | null): Promise<string> {
  const conversationId = `${kind}-${randomUUID()}`;
  const objectId = person && randomUUID();
  const { authorityId } = around.world;
  if (person)
    await database.owner.query(
      `insert into directory.identity (tenant_id, object_id, authority_id, person_id, bound_at, bound_by)
       values ($1, $2, $3, $4, '2026-11-01T09:00:00Z', 'list')`,
      [tid, objectId, authorityId, person.personId],
    );
  await database.owner.query(
    `insert into directory.conversation (bot_app_id, conversation_id, tenant_id, kind, object_id, authority_id, purpose, service_url, first_seen_at, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'https://smba.example/', '2026-11-01T09:00:00Z', '2026-11-01T09:00:00Z')`,
    [botAppId, conversationId, tid, kind, objectId, person ? null : authorityId, person ? null : 'requests'],
  );
  return conversationId;
}

test('one card in the channel and one in each attendee’s chat, changed in place; nothing on them is of the learner', async () => {
  const { world, here, vsht, nonce } = around;
  const channel = await chat('channel', null);
  const workers = await chat('personal', here.worker);
  const teachers = await chat('personal', here.teacher);
  const { reviewId, reference } = await around.booked();
  const shown = () =>
    [channel, workers, teachers].map((id) => world.cards.in(id).map(({ card }) => JSON.stringify(card)));
  const only = (index: number) => {
    const cards = shown()[index] ?? [];
    expect(cards).toHaveLength(1);
    return cards[0] ?? '';
  };
  expect(only(0)).toContain(`Review ${reference}`);
  expect(only(0)).toContain('{"title":"Social work","value":"0 of 1 accepted"}');
  expect(only(0)).toContain('Mon 30 Nov, 12:00');
  expect(only(0)).not.toContain('Answer it there');
  expect(only(1)).toContain('The invitation is in your calendar. Answer it there.');
  expect(shown()[2]).toEqual([]); // not invited

  await world.press(here.worker, subject(reference), 'accept');
  await world.press(here.manager, subject(reference), 'decline');
  await world.drain();
  for (const index of [0, 1]) {
    expect(only(index)).toContain('{"title":"Social work","value":"1 of 1 accepted"}');
    expect(only(index)).toContain('{"title":"Education","value":"0 of 2 accepted, 1 declined"}');
    expect(only(index)).toContain('Not yet known whether education and social work will both be there.');
    expect(only(index)).not.toMatch(/\b(Jam(ie|esina)|Macrae|S3|Ardmore|attendance|looked|Ailsa|Mairi)\b/);
    expect(only(index).length).toBeLessThan(20_000);
  }

  const { version } = await around.review(reviewId);
  await cancelReview(vsht(), reviewId, { version, nonce: nonce() });
  await world.drain();
  for (const index of [0, 1]) expect(only(index)).toContain('{"title":"State","value":"Cancelled"}');
});

test('a review that is not booked tells nobody but the channel', async () => {
  const { world, here, vsht, plan, review } = around;
  const channel = await chat('channel', null);
  const workers = await chat('personal', here.worker);
  const { reviewId } = await scheduleReview(vsht(), plan());
  await database.owner.query(`update directory.registration set value = 'closed@strathlinn.example' where value = $1`, [
    world.mailbox.address,
  ]);
  await world.drain();
  expect(await review(reviewId)).toMatchObject({ state: 'not-booked' });
  expect(world.cards.in(workers)).toEqual([]);
  expect(JSON.stringify(world.cards.in(channel))).toContain('Not booked');
});
