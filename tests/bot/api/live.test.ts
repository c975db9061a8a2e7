import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Actor } from '../../../bot/access/roles.js';
import { liveRoutes } from '../../../bot/api/live.js';
import type { LiveLimits } from '../../../bot/api/live-hub.js';
import { recordActivity } from '../../../bot/db/activity.js';
import { openDatabase, type Database } from '../../../bot/db/database.js';
import { liveEvent, type LiveEvent } from '../../../bot/people/contract.js';
import { bareApi, type BareApi } from '../../support/bare-api.js';
import { addAuthority, addPerson, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { seededRandom, virtualTime } from '../../support/virtual-time.js';

const time = virtualTime();
const random = seededRandom(time, 3);
const log = () => undefined;

let database: TestDatabase;
let db: Database;
let api: BareApi;
let council: string;
let teamMember: Actor;
const open: AbortController[] = [];

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 6, onIdleError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await database.close();
});
beforeEach(async () => {
  council = await addAuthority(database);
  teamMember = await addPerson(database, council, { roles: ['virtual-school'] });
  await listen({});
});
afterEach(async () => {
  for (const reader of open.splice(0)) reader.abort();
  await api.close();
});

const contextFor = (actor: Actor) => contextOn({ db, clock: time, random, actor });

async function listen(limits: Partial<LiveLimits>): Promise<void> {
  api = await bareApi(contextFor, (app, routes) =>
    liveRoutes(app, { ...routes, db, clock: time, log, limits: { pollMs: 15, heartbeatMs: 60, ...limits } }),
  );
}

/** Something happened to a request without a learner, asked for by `asker`. */
async function happen(id: string, asker: string | null = null, authorityId = council): Promise<void> {
  const ctx = contextFor({ kind: 'system', authorityId, job: 'test' });
  await db.transact(ctx.actor, time, (trx) =>
    recordActivity(ctx, trx, {
      ...{ aggregateKind: 'request', aggregateId: id, kind: 'request.taken', version: 1 },
      ...{ learnerId: null, askerId: asker },
    }),
  );
}

interface Stream {
  readonly status: number;
  /** Every event so far; heartbeats move `feed` only. */
  readonly events: LiveEvent[];
  feed: string;
  ended: boolean;
  until(condition: () => boolean): Promise<void>;
  close(): void;
}

async function follow(actor: Actor, feed?: string): Promise<Stream> {
  const reader = new AbortController();
  open.push(reader);
  const answer = await api.as(actor).get(feed ? `/api/live?feed=${feed}` : '/api/live', reader.signal);
  const stream: Stream = {
    status: answer.status,
    events: [],
    feed: '',
    ended: false,
    async until(condition) {
      for (let tries = 0; tries < 200 && !condition(); tries += 1) await new Promise((next) => setTimeout(next, 10));
      if (!condition()) throw new Error(`it did not come; there were ${JSON.stringify(stream.events)}`);
    },
    close: () => reader.abort(),
  };
  if (answer.ok) {
    void read(answer, stream).catch(() => (stream.ended = true));
    await stream.until(() => stream.feed !== '');
  }
  return stream;
}

async function read(answer: Response, stream: Stream): Promise<void> {
  let held = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    const lines = (held + decoder.decode(chunk)).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      const event = liveEvent.parse(JSON.parse(line));
      stream.feed = event.feed;
      if (event.kind !== 'heartbeat') stream.events.push(event);
    }
  }
  stream.ended = true;
}

const ids = (stream: Stream) => stream.events.map(({ id }) => id);

describe('the live stream', () => {
  test('tells what happens from now on: kind, id, seq, and never what it is about', async () => {
    const [before, after] = [random.id(), random.id()];
    await happen(before);
    const stream = await follow(teamMember);
    await happen(after);
    await happen(after);
    await stream.until(() => stream.events.some(({ seq }) => seq === 2));
    expect(new Set(ids(stream))).toEqual(new Set([after]));
    expect(Object.keys(stream.events[0] ?? {}).sort()).toEqual(['feed', 'id', 'kind', 'seq']);
  });

  test('each reader hears what is within their own reach, and nothing of another council', async () => {
    const teacher = await addPerson(database, council, { roles: ['class-teacher'] });
    const other = await addAuthority(database);
    const [own, others, elsewhere] = [random.id(), random.id(), random.id()];
    const streams = [await follow(teamMember), await follow(teacher)];
    await happen(own, teacher.personId);
    await happen(others, random.id());
    await happen(elsewhere, null, other);
    const [team, class_] = streams;
    if (!team || !class_) throw new Error('no streams');
    await team.until(() => team.events.length === 2);
    await class_.until(() => class_.events.length === 1);
    await new Promise((next) => setTimeout(next, 60));
    expect([ids(team), ids(class_)]).toEqual([[own, others], [own]]);
  });

  test('a reader who loses their role hears nothing more, and the stream ends', async () => {
    const stream = await follow(teamMember);
    await asOwner(database, council, (client) => client.query(`update person_role set valid_to = '2026-11-22'`));
    await happen(random.id());
    await stream.until(() => stream.ended);
    expect(stream.events).toEqual([]);
  });

  test('goes on where a reader was, without a gap', async () => {
    const stream = await follow(teamMember);
    const [first, second, third] = [random.id(), random.id(), random.id()];
    await happen(first);
    await stream.until(() => stream.events.length === 1);
    stream.close();
    await happen(second);
    await happen(third);
    const again = await follow(teamMember, stream.feed);
    await again.until(() => ids(again).includes(second) && ids(again).includes(third));
  });

  test('tells what commits late under a lower number, to who follows and to who comes back', async () => {
    const stream = await follow(teamMember);
    const [slow, quick] = [random.id(), random.id()];
    const client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
    await client.query('begin');
    await client.query(
      `insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, at)
       values ($1, $2, 'request', $3, 1, 'request.taken', 1, $4)`,
      [council, random.id(), slow, time.now().toString()],
    );
    await happen(quick);
    await stream.until(() => ids(stream).includes(quick));
    const feedThen = stream.feed;
    await client.query('commit');
    await client.end();
    await stream.until(() => ids(stream).includes(slow));
    const again = await follow(teamMember, feedThen);
    await again.until(() => ids(again).includes(slow));
  });

  test('ends after a while so that its reader comes back with a fresh token, and says where it stood', async () => {
    const stream = await follow(teamMember);
    expect(stream.feed).toMatch(/^\d+$/);
    time.advance(5 * 60_000);
    await stream.until(() => stream.ended);
  });

  test('one person has a few streams at most, a node a bounded number, and a place is free again after one goes', async () => {
    await api.close();
    await listen({ most: 4, mostOfOnePerson: 2 });
    const another = await addPerson(database, council, { roles: ['virtual-school'] });
    const third = await addPerson(database, council, { roles: ['virtual-school'] });
    const streams = [await follow(teamMember), await follow(teamMember), await follow(another), await follow(another)];
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await follow(teamMember)).status).toBe(503);
    expect((await follow(third)).status).toBe(503);
    streams[0]?.close();
    await new Promise((next) => setTimeout(next, 50));
    expect((await follow(third)).status).toBe(200);
  });

  test('a feed that is not a number is refused, and closing the server ends the streams', async () => {
    expect((await api.as(teamMember).get('/api/live?feed=1%20or%201=1')).status).toBe(400);
    const stream = await follow(teamMember);
    await api.close();
    await stream.until(() => stream.ended);
    await listen({});
  });
});
