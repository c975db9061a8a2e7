import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { openDatabase, type Database } from '../../../bot/db/database.js';
import { discardFinished } from '../../../bot/db/housekeeping.js';
import { createRandom } from '../../../bot/random.js';
import { addAuthority, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

const now = Temporal.Instant.from('2026-11-24T03:20:00Z');
const clock = { now: () => now };

let database: TestDatabase;
let db: Database;
let [mine, theirs] = ['', ''];

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 2, onIdleError: () => undefined });
  [mine, theirs] = [await addAuthority(database), await addAuthority(database)];
  for (const council of [mine, theirs]) await fill(council);
});
afterAll(async () => {
  await db.close();
  await database.close();
});

/** Of every kind one row on each side of its border, and what is open however old it is. */
async function fill(council: string): Promise<void> {
  await asOwner(database, council, async (client) => {
    const rows = (text: string) => client.query(text, [council, now.toString()]);
    await rows(`
      insert into outbox (authority_id, outbox_id, lane, job, payload, unique_key, state, available_at, created_at, finished_at)
      select $1, gen_random_uuid(), 'lane', 'send', '{}', state || days, state, $2, $2,
             case when state = 'pending' then null else $2::timestamptz - make_interval(days => days) end
      from (values ('done', 13), ('done', 15), ('dead', 179), ('dead', 181), ('pending', 400)) as v (state, days)`);
    await rows(`
      insert into timer (authority_id, timer_id, job, payload, unique_key, due_at, state, created_at)
      select $1, gen_random_uuid(), 'remind', '{}', state || days, $2::timestamptz - make_interval(days => days), state, $2
      from (values ('done', 13), ('done', 15), ('dead', 179), ('dead', 181), ('pending', 400)) as v (state, days)`);
    await rows(`
      insert into inbox select $1, 'chat', 'seen ' || days, '\\x00', $2::timestamptz - make_interval(days => days)
      from unnest(array[6, 8]) as days`);
    await rows(`
      insert into action_outcome
      select $1, gen_random_uuid(), 'take', gen_random_uuid(), 1, 'pressed ' || days, '{}',
             $2::timestamptz - make_interval(days => days)
      from unnest(array[29, 31]) as days`);
  });
}

const kept = (council: string) =>
  asOwner(database, council, async (client) => {
    const { rows } = await client.query<{ row: string }>(`
      select 'outbox ' || unique_key as row from outbox union all select 'timer ' || unique_key from timer
      union all select activity_id from inbox union all select nonce from action_outcome order by 1`);
    return rows.map(({ row }) => row);
  });

test('what is over goes after its time, what is open never, and another council’s not at all', async () => {
  const before = await kept(theirs);
  const actor = { kind: 'system', authorityId: mine, job: 'housekeeping' } as const;
  const ctx = contextOn({ db, clock, random: createRandom(clock), actor });
  expect(await discardFinished(ctx)).toEqual({ discarded: 6, more: false });
  expect(await kept(mine)).toEqual(
    ['outbox dead179', 'outbox done13', 'outbox pending400', 'pressed 29', 'seen 6'].concat([
      ...['timer dead179', 'timer done13', 'timer pending400'],
    ]),
  );
  expect(await kept(theirs)).toEqual(before);
  expect(await discardFinished(ctx)).toEqual({ discarded: 0, more: false });
});

test('a great heap is taken a few thousand rows at a time', async () => {
  await asOwner(database, theirs, (client) =>
    client.query(
      `insert into inbox select $1, 'chat', 'old ' || n, '\\x00', '2026-01-01' from generate_series(1, 6000) as n`,
      [theirs],
    ),
  );
  const actor = { kind: 'system', authorityId: theirs, job: 'housekeeping' } as const;
  const ctx = contextOn({ db, clock, random: createRandom(clock), actor });
  expect(await discardFinished(ctx)).toEqual({ discarded: 5_005, more: true });
  expect(await discardFinished(ctx)).toEqual({ discarded: 1_001, more: false });
});
