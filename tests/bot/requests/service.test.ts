import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../bot/access/roles.js';
import type { Context } from '../../../bot/context.js';
import { type Database, openDatabase } from '../../../bot/db/database.js';
import { moveRequest } from '../../../bot/requests/move-service.js';
import { submitRequest } from '../../../bot/requests/service.js';
import { readRequest, readRequestCard } from '../../../bot/requests/reading.js';
import { triageSearch } from '../../../bot/requests/triage-contract.js';
import { searchRequests } from '../../../bot/requests/triage-reading.js';
import {
  addAuthority,
  addLearner,
  addPerson,
  addSchool,
  asOwner,
  numbers,
  putSetting,
} from '../../support/builders.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { Temporal } from 'temporal-polyfill';
import { createRandom } from '../../../bot/random.js';
import { contextOn } from '../../support/context.js';

let database: TestDatabase;
let db: Database;
let authority: string;
let school: { schoolId: string; clusterId: string };
let asker: Context;
let head: Context;
let officer: Context;
let learner: string;

const clock = { now: () => Temporal.Now.instant() };
const as = (actor: Actor): Context => contextOn({ db, clock, random: createRandom(clock), actor });
const press = () => ({ id: randomUUID(), version: 0, nonce: randomUUID(), card: null });
const story = { level: 'learner', need: 'attendance', urgency: 'this-week', what: 'Attendance has dropped.' } as const;
const submit = (ctx: Context, more: object = {}) =>
  submitRequest(ctx, { ...story, learnerId: learner, ...more }, 'chat', press());
const everything = triageSearch.parse({ view: 'everything' });

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 5, onIdleError: () => undefined });
  authority = await addAuthority(database);
  await putSetting(database, authority, 'people.child-protection', numbers);
  school = await addSchool(database, authority);
  asker = as(await addPerson(database, authority, { roles: ['pupil-support'], schoolId: school.schoolId }));
  head = as(await addPerson(database, authority, { roles: ['virtual-school-head'], name: 'The head' }));
  officer = as(await addPerson(database, authority, { roles: ['virtual-school'], name: 'An officer' }));
  learner = await addLearner(database, authority, { schoolId: school.schoolId, familyName: 'Zzyzx' });
});

afterAll(async () => {
  await db.close();
  await database.close();
});

const count = async (table: string, where: string, values: unknown[]) =>
  asOwner(database, authority, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from ${table} where ${where}`,
      values,
    );
    return rows[0]?.n;
  });

describe('asking', () => {
  test('one press, however often it arrives, is one request', async () => {
    const once = press();
    const sent = { ...story, learnerId: learner };
    const [first, second] = await Promise.all([
      submitRequest(asker, sent, 'chat', once),
      submitRequest(asker, sent, 'chat', once),
    ]);
    const third = await submitRequest(asker, sent, 'chat', once);
    expect(second.reference).toBe(first.reference);
    expect(third).toEqual({ requestId: first.requestId, reference: first.reference, repeated: true });
    expect(first.reference).toMatch(/^VS-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(await count('support_request', 'reference = $1', [first.reference])).toBe(1);
    expect(await count('activity', 'aggregate_id = $1', [first.requestId])).toBe(1);
  });

  test('a phrase of the table holds it and nothing is stored', async () => {
    const before = await count('support_request', 'true', []);
    await expect(submit(asker, { what: 'He is being hit at home' })).rejects.toMatchObject({ code: 'concern' });
    expect(await count('support_request', 'true', [])).toBe(before);
    await expect(submit(asker, { what: 'He is being hit at home', notConcern: true })).resolves.toBeDefined();
  });

  test('without the council’s child protection numbers no request is taken', async () => {
    const other = await addAuthority(database);
    const somebody = as(await addPerson(database, other, { roles: ['virtual-school'] }));
    await expect(submitRequest(somebody, { ...story, level: 'school' }, 'chat', press())).rejects.toMatchObject({
      code: 'setting-unset',
    });
  });

  test('a learner out of reach and a learner who does not exist are refused alike', async () => {
    const elsewhere = await addSchool(database, authority);
    const unseen = await addLearner(database, authority, { schoolId: elsewhere.schoolId });
    const errors = await Promise.all(
      [unseen, randomUUID()].map((learnerId) => submit(asker, { learnerId }).catch((error: unknown) => error)),
    );
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]).toMatchObject({ code: 'not-found' });
  });

  test('somebody not in the list is asked about by initials, and the asker alone and the team see it', async () => {
    const { requestId } = await submitRequest(
      asker,
      { ...story, learnerInitials: 'A.B.', learnerClass: 'S2' },
      'chat',
      press(),
    );
    const colleague = as(await addPerson(database, authority, { roles: ['pupil-support'], schoolId: school.schoolId }));
    await expect(readRequest(asker, requestId)).resolves.toMatchObject({ learner: { id: null, label: 'A.B.' } });
    await expect(readRequest(head, requestId)).resolves.toMatchObject({ id: requestId });
    await expect(readRequest(colleague, requestId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('moving', () => {
  test('two people take at once: one has it, the other is told that it moved on', async () => {
    const { requestId } = await submit(asker);
    const take = (ctx: Context) => moveRequest(ctx, requestId, 'take', { version: 1, nonce: randomUUID() });
    const results = await Promise.allSettled([take(head), take(officer)]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'stale' } });
    expect(await count('activity', `aggregate_id = $1 and kind = 'request.taken'`, [requestId])).toBe(1);
  });

  test('a repeat of the winning press answers the same and does nothing more', async () => {
    const { requestId } = await submit(asker);
    const nonce = randomUUID();
    const first = await moveRequest(head, requestId, 'take', { version: 1, nonce });
    expect(await moveRequest(head, requestId, 'take', { version: 1, nonce })).toEqual(first);
    expect(await count('activity', 'aggregate_id = $1', [requestId])).toBe(2);
  });

  test('an asker may not triage, a stranger may not withdraw', async () => {
    const { requestId } = await submit(asker);
    const nonce = randomUUID();
    await expect(moveRequest(asker, requestId, 'take', { version: 1, nonce })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const stranger = as(await addPerson(database, authority, { roles: ['class-teacher'], schoolId: school.schoolId }));
    await expect(moveRequest(stranger, requestId, 'withdraw', { version: 1, nonce })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(moveRequest(asker, requestId, 'withdraw', { version: 1, nonce })).resolves.toMatchObject({
      version: 2,
    });
  });

  test('it may be given only to somebody of the team', async () => {
    const { requestId } = await submit(asker);
    const give = (assigneeId: string) =>
      moveRequest(head, requestId, 'give', { version: 1, nonce: randomUUID(), assigneeId });
    if (asker.actor.kind !== 'person' || officer.actor.kind !== 'person') throw new Error('people');
    await expect(give(asker.actor.personId)).rejects.toMatchObject({ code: 'invalid' });
    await expect(give(officer.actor.personId)).resolves.toMatchObject({ version: 2 });
    await expect(readRequest(head, requestId)).resolves.toMatchObject({
      assignee: { name: 'An officer' },
      state: 'assigned',
    });
  });

  test('question, reply and answer are one thread', async () => {
    const { requestId } = await submit(asker);
    const say = (ctx: Context, move: 'take' | 'ask' | 'reply' | 'answer', version: number, body?: string) =>
      moveRequest(ctx, requestId, move, { version, nonce: randomUUID(), ...(body ? { body } : {}) });
    await say(head, 'take', 1);
    await say(head, 'ask', 2, 'Which days?');
    await expect(
      readRequestCard(asker, requestId, asker.actor.kind === 'person' ? asker.actor.personId : null),
    ).resolves.toMatchObject({
      state: 'waiting-on-school',
      lastWord: { body: 'Which days?', by: 'The head' },
    });
    await say(asker, 'reply', 3, 'Mondays.');
    await say(head, 'answer', 4, 'We will phone.');
    const { thread, state } = await readRequest(head, requestId);
    expect(state).toBe('answered');
    expect(thread.map(({ kind, body }) => [kind, body])).toEqual([
      ['request.submitted', null],
      ['request.taken', null],
      ['request.asked', 'Which days?'],
      ['request.replied', 'Mondays.'],
      ['request.answered', 'We will phone.'],
    ]);
  });
});

describe('reading', () => {
  test('the list is the team’s; every read leaves an audit line with ids and field names, no values', async () => {
    await submit(asker);
    await expect(searchRequests(asker, everything)).rejects.toMatchObject({ code: 'forbidden' });
    const list = await searchRequests(head, everything);
    expect(list.items.length).toBe(list.counts?.everything);
    const lines = await asOwner(database, authority, (client) =>
      client.query(
        `select learner_ids, fields, to_jsonb(audit_entry) as line from audit_entry where verb = 'request.list' order by at desc limit 1`,
      ),
    );
    expect(lines.rows[0]).toMatchObject({ learner_ids: [learner], fields: ['learner.name', 'learner.stage'] });
    expect(JSON.stringify(lines.rows[0])).not.toContain('Zzyzx');
  });

  test('without an audit line there is no answer', async () => {
    await asOwner(database, authority, () =>
      database.owner.query('revoke insert on audit_entry from golden_thread_app'),
    );
    await expect(searchRequests(head, everything)).rejects.toThrow();
    await asOwner(database, authority, () => database.owner.query('grant insert on audit_entry to golden_thread_app'));
  });

  test('a restricted learner’s request is not on the team’s list without a grant', async () => {
    const hidden = await addLearner(database, authority, {
      schoolId: school.schoolId,
      restricted: true,
      familyName: 'Hidden',
    });
    const requestId = randomUUID();
    await asOwner(database, authority, (client) =>
      client.query(
        `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, what, state, version, routed_to, routed_because, submitted_at, due_because, origin)
         values ($1, $2, 'VS-HIDDEN', $3, $4, 'learner', 'other', 'today', 'x', 'submitted', 1, 'a', 'b', now(), 'c', 'chat')`,
        [authority, requestId, asker.actor.kind === 'person' ? asker.actor.personId : '', hidden],
      ),
    );
    const list = await searchRequests(head, { ...everything, search: 'Hidden' });
    expect(list.items).toEqual([]);
    await expect(readRequest(head, requestId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('cards', () => {
  test('a school with under five learners appears as its cluster', async () => {
    const { requestId } = await submit(asker);
    await expect(readRequestCard(head, requestId, null)).resolves.toMatchObject({ where: 'A cluster', lastWord: null });
    for (let n = 0; n < 5; n += 1) await addLearner(database, authority, { schoolId: school.schoolId });
    await expect(readRequestCard(head, requestId, null)).resolves.toMatchObject({ where: 'A school' });
  });
});
