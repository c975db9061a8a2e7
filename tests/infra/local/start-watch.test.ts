import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { audit } from '../../../bot/access/audit.js';
import { recordActivity } from '../../../bot/db/activity.js';
import { type Database, openDatabase } from '../../../bot/db/database.js';
import { enqueue } from '../../../bot/db/outbox.js';
import { createWatch } from '../../../infra/local/start-watch.js';
import { addAuthority, addLearner, addPerson, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { seededRandom, virtualTime } from '../../support/virtual-time.js';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 3, onIdleError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const clock = virtualTime();

async function council() {
  const authorityId = await addAuthority(database);
  const asker = await addPerson(database, authorityId, { name: 'Ailsa Murray', roles: ['virtual-school'] });
  const learnerId = await addLearner(database, authorityId, { givenName: 'Jamie', familyName: 'Macrae' });
  const ctx = contextOn({ db, clock, random: seededRandom(clock, 7), actor: asker });
  const watch = createWatch(db, clock, authorityId);
  return { authorityId, asker, learnerId, ctx, watch };
}
type Council = Awaited<ReturnType<typeof council>>;

/** A request as the product writes it: row, activity, audit and the order to post its card, in one transaction. */
async function submit({ authorityId, asker, learnerId, ctx }: Council, reference: string): Promise<string> {
  const requestId = randomUUID();
  await asOwner(database, authorityId, (client) =>
    client.query(
      `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, what,
         state, version, routed_to, routed_because, submitted_at, due_because, origin)
       values ($1, $2, $3, $4, $5, 'learner', 'attendance', 'today', 'A story', 'submitted', 1, 'all', 'x', now(), 'x', 'chat')`,
      [authorityId, requestId, reference, asker.personId, learnerId],
    ),
  );
  const about = { aggregateKind: 'request', aggregateId: requestId, learnerId, askerId: asker.personId } as const;
  await db.transact(asker, clock, async (trx) => {
    await recordActivity(ctx, trx, { ...about, kind: 'request.submitted', version: 1 });
    await audit(ctx, trx, { verb: 'request.submit', purpose: 'x', learnerIds: [learnerId] });
    await enqueue(ctx, trx, { lane: 'chat:a', job: 'card.post', payload: { v: 1 }, key: requestId });
  });
  return requestId;
}

test('what one transaction wrote is told once: activity, its commit with what was audited, and what is to be delivered', async () => {
  const made = await council();
  await submit(made, 'VS-000001');
  expect(await made.watch.news()).toEqual([]);
  await submit(made, 'VS-000002');
  const news = await made.watch.news();
  expect(news.map(({ kind, title }) => [kind, title.replace(/\d{2,}(?=:)/, 'N')])).toEqual([
    ['activity', 'request.submitted VS-000002'],
    ['commit', 'Commit N: 1 activity, 1 audit'],
    ['outbox', 'card.post pending'],
  ]);
  expect(JSON.stringify(news)).not.toMatch(/Jamie|Macrae|A story/);
  expect(await made.watch.news()).toEqual([]);
});

test('a delivery is told again when it changed, and its failure as one', async () => {
  const made = await council();
  await made.watch.news();
  await submit(made, 'VS-000003');
  await made.watch.news();
  const change = (set: string) =>
    asOwner(database, made.authorityId, (client) =>
      client.query(`update outbox set ${set} where authority_id = $1`, [made.authorityId]),
    );
  await change(`state = 'leased', attempts = 1`);
  expect(await made.watch.news()).toEqual([]);
  await change(`state = 'pending', last_code = 'http-503'`);
  expect(await made.watch.news()).toMatchObject([{ title: 'card.post pending (http-503)', failed: true }]);
  await change(`state = 'done', attempts = 2, finished_at = now()`);
  expect(await made.watch.news()).toMatchObject([{ title: 'card.post done', failed: false }]);
});

test('another council is not looked at', async () => {
  const [ours, theirs] = [await council(), await council()];
  await ours.watch.news();
  await submit(theirs, 'VS-000004');
  expect(await ours.watch.news()).toEqual([]);
  expect(await ours.watch.stories('0')).toEqual([]);
});

test('a story begins where it is said to begin, and knows how far each request is', async () => {
  const made = await council();
  await submit(made, 'VS-000005');
  const since = await made.watch.newest();
  const requestId = await submit(made, 'VS-000006');
  await asOwner(database, made.authorityId, (client) =>
    client.query(
      `insert into posted_card (authority_id, card_id, kind, aggregate_id, tenant_id, bot_app_id, service_url,
         conversation_id, activity_id, shown_version, created_at)
       select $1, gen_random_uuid(), kind, $2, $1, 'b', 's', kind, '1', shown, now()
       from (values ('request-asker', 2), ('request-channel', 1)) as c (kind, shown)`,
      [made.authorityId, requestId],
    ),
  );
  expect(await made.watch.stories(since)).toEqual([
    { reference: 'VS-000006', channelCard: true, takenVersion: null, askerShows: 2, review: null },
  ]);
});
