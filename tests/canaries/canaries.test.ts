import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit } from '../../bot/access/audit.js';
import type { Context } from '../../bot/context.js';
import { recordActivity } from '../../bot/db/activity.js';
import { enqueue } from '../../bot/db/outbox.js';
import { setTimer } from '../../bot/db/timer.js';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { reviewMailboxes, strathlinn } from '../../infra/local/demo/places.js';
import { asOwner } from '../support/builders.js';
import { follow } from '../walls/live.js';
import { viewers } from '../walls/viewers.js';
import { type Coverage, coverRoutes, tableOf } from './coverage.js';
import { describeSighting, type Piece, type Sighting, sightings } from './evidence.js';
import { askAboutOther, moveInTab, type Told, wholeJourney } from './journey.js';
import { mayBeSeen, type Reached, reachedBy } from './permitted.js';
import { type Scene, setScene } from './scene.js';
import { type Token, token } from './tokens.js';

const patience = 600_000;
let scene: Scene;
let told: Told;
let reached: Reached;
let coverage: Coverage;
let seen: Sighting[];
/** Columns whose tokens stood in the asker's own chat after a press as a message, and after the change that followed. */
let keptAsMessage: string[][];

beforeAll(async () => {
  scene = await setScene();
  reached = await reachedBy(scene.app.database);
  const streams = await Promise.all([viewers.virtualSchoolHead, viewers.teacher].map((one) => follow(scene.app, one)));
  told = await wholeJourney(scene);
  await askAboutOther(scene);
  await Promise.all(streams.map((stream) => stream.until(told.review)));
  for (const stream of streams) {
    scene.note({ surface: 'live', where: 'the stream', content: stream.lines.join('\n') });
    await stream.close();
  }
  await goWrong();
  const soFar = await scene.take();
  keptAsMessage = await pressAsMessage();
  await scene.take();
  await deadLetter();
  coverage = await coverRoutes(scene, told, await schoolOf(castLearners.jamie.learnerId));
  const docs = await (await fetch(`${scene.app.url}/api/docs/json`)).text();
  scene.note({ surface: 'OpenAPI', where: '/api/docs/json', content: docs });
  seen = sightings([...soFar, ...(await scene.take())], scene.tokens);
}, patience);
afterAll(() => scene.close());

async function schoolOf(learnerId: string): Promise<string> {
  const found = await asOwner(scene.app.database, strathlinn.authorityId, (client) =>
    client.query<{ school_id: string }>('select school_id from learner_scope where learner_id = $1', [learnerId]),
  );
  return found.rows[0]?.school_id ?? '';
}

/** Calls that fail in every way there is, each with a token in it: in the path, the body, the wrong type, a byte that no text holds. */
async function goWrong(): Promise<void> {
  const [{ value }] = scene.tokens as [Token, ...Token[]]; // the learners' were made first
  const { request } = told;
  const body = { version: 1, nonce: 'canary-wrong-1', body: value };
  const wrong: readonly (readonly [string, string, unknown?])[] = [
    ['GET', `/api/requests/${value}`],
    ['GET', `/api/${value}`],
    ['PUT', `/api/settings/${value}`, { value }],
    ['POST', '/api/requests/search', { view: value }],
    ['POST', '/api/requests/search', { view: 'everything', search: value.repeat(40) }],
    ['POST', '/api/requests/search', { view: 'everything', page: value }],
    ['POST', `/api/requests/${request}/take`, body],
    ['POST', `/api/requests/${request}/ask`, { ...body, body: `${value}\u0000` }],
    ['POST', `/api/requests/${request}/ask`, { ...body, body: `${value} is not safe` }],
    ['POST', `/api/requests/${request}/give`, { ...body, assigneeId: value }],
    ['POST', '/api/reviews', { learnerId: value, place: value }],
    ['POST', '/api/people/search', { search: value, role: value }],
    ['POST', '/api/people/list-import', { csv: `name,email\n${value},${value}\n` }],
  ];
  for (const [method, path, sent] of wrong) {
    const { text } = await scene.app.api(cast.virtualSchoolHead)(method, path, sent);
    scene.note({ surface: 'error', where: `${method} ${path.replace(value, '…')}`, content: text });
  }
  const refused = await fetch(`${scene.app.url}/api/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer x.y.z' },
    body: value,
  });
  scene.note({ surface: 'error', where: 'POST /api/messages', content: await refused.text() });
}

/** Clients without Action.Execute send a message instead, and what changes is the stored message, not the presser's view. */
async function pressAsMessage(): Promise<string[][]> {
  const kept = () => {
    const content = JSON.stringify(scene.app.connector.activity(told.activityId)?.versions.at(-1));
    return sightings([{ surface: 'connector', where: 'own chat', content }], scene.tokens).map(
      ({ token: one }) => one.column,
    );
  };
  await scene.app.chat.as(cast.teacher).press(told.activityId, 'request.refresh', {}, { asSubmit: true });
  const pressed = kept();
  await moveInTab(scene, told.request, 'ask', { body: 'Was that all?' });
  return [pressed, kept()];
}

/** The asker takes the bot out of their chat, or lets it back in. */
async function blockTeacher(blocked: boolean): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ oid: cast.teacher.oid, blocked });
  await fetch(`${scene.app.microsoft365.url}/_local/connector/blocked`, { method: 'POST', headers, body });
}

/** A card that cannot be delivered any more: what the team is shown of it. */
async function deadLetter(): Promise<void> {
  await blockTeacher(true);
  const question = token('request_message.body', 'Jamie’s request');
  scene.tokens.push(question);
  await moveInTab(scene, told.request, 'answer', { body: `One thing more. ${question.value}` });
  const head = { who: 'virtualSchoolHead', person: cast.virtualSchoolHead };
  const dead = await scene.call({ ...head, method: 'GET', path: '/api/deliveries' });
  expect(JSON.stringify(dead.body)).toContain('card.update');
  await blockTeacher(false);
}

const of = (owner: string, column: string) =>
  scene.tokens.filter((token) => token.of === owner && token.column === column);
const sightingsOf = (tokens: readonly Token[], where: Partial<Sighting>) =>
  tokens.map((token) =>
    seen.some(
      (one) =>
        one.token === token && Object.entries(where).every(([key, value]) => one[key as keyof Sighting] === value),
    ),
  );

describe('what is known of a learner and what was typed', () => {
  test('is seen nowhere but where it may be', () => {
    expect(seen.filter((one) => !mayBeSeen(reached, one)).map(describeSighting)).toEqual([]);
  });

  test('stands in its own column, every token of it that was stored', () => {
    const stored = new Set(seen.flatMap((one) => (one.surface === 'database' ? [one.token.value] : [])));
    const missing = scene.tokens.filter(({ value, column }) => !stored.has(value) && column !== 'nowhere');
    expect(missing.map(({ column, of: owner }) => `${column} of ${owner}`)).toEqual([]);
  });

  test('the team reads names, stage and story in the tab', () => {
    for (const column of ['learner.given_name', 'learner.family_name', 'learner.stage'])
      expect([
        column,
        ...sightingsOf(of('jamie', column), {
          surface: 'api',
          who: 'virtualSchoolHead',
          where: 'GET /api/requests/{id}',
        }),
      ]).toEqual([column, true]);
    for (const column of ['what', 'tried', 'learner_view', 'hoped'])
      expect([
        column,
        ...sightingsOf(of('Jamie’s request', `support_request.${column}`), { surface: 'api', who: 'officer' }),
      ]).toEqual([column, true]);
    const said = of('Jamie’s request', 'request_message.body').slice(0, 3);
    expect(sightingsOf(said, { surface: 'api', who: 'officer' })).toEqual([true, true, true]);
    for (const column of ['learner_initials', 'learner_class'])
      expect(
        sightingsOf(of('the unlisted request', `support_request.${column}`), {
          surface: 'api',
          who: 'virtualSchoolHead',
        }),
      ).toEqual([true]);
  });

  test('the asker reads the stage in the form, the team’s words in the chat and their own request in the tab', () => {
    expect(sightingsOf(of('jamie', 'learner.stage'), { surface: 'chat', who: 'teacher' })).toEqual([true]);
    const [question, , answer] = of('Jamie’s request', 'request_message.body');
    expect(
      sightingsOf(
        [question, answer].flatMap((one) => one ?? []),
        { surface: 'chat', who: 'teacher' },
      ),
    ).toEqual([true, true]);
    expect(sightingsOf(of('Jamie’s request', 'support_request.what'), { surface: 'api', who: 'teacher' })).toEqual([
      true,
    ]);
  });

  test('the social worker reads of the review in the tab, and nothing of it in the calendar', () => {
    expect(
      sightingsOf(of('jamie', 'learner.family_name'), {
        surface: 'api',
        who: 'socialWorker',
        where: 'GET /api/reviews/{id}',
      }),
    ).toEqual([true]);
    expect(seen.filter(({ surface }) => surface === 'calendar')).toEqual([]);
  });

  test('a client that knows messages alone keeps the team’s words in the asker’s own chat, until the next change', () => {
    expect(keptAsMessage).toEqual([['request_message.body'], []]);
  });

  test('every route was called as every role', () => {
    process.stdout.write(`${tableOf(coverage, seen)}\n`);
    const roles = Object.keys(viewers);
    for (const [route, row] of coverage) expect([route, [...row.keys()]]).toEqual([route, roles]);
  });
});

describe('a leak that was planted is caught', () => {
  const system = (): Context =>
    scene.app.app.contextFor({ kind: 'system', authorityId: strathlinn.authorityId, job: 'planted' });
  const target = async () => {
    const channel = await scene.app.app.directory.requestsChannel(strathlinn.authorityId);
    if (!channel) throw new Error('There is no channel.');
    return channel;
  };
  const inside = <T>(
    work: (ctx: Context, trx: Parameters<Parameters<Context['db']['transact']>[2]>[0]) => Promise<T>,
  ) => {
    const ctx = system();
    return ctx.db.transact(ctx.actor, ctx.clock, (trx) => work(ctx, trx));
  };
  const draft = (subject: string, bodyText: string) => ({
    ...{ transactionId: crypto.randomUUID(), subject, bodyText, online: true, locationText: '', attendees: [] },
    ...{ startAt: Temporal.Instant.from('2026-12-15T10:00:00Z'), endAt: Temporal.Instant.from('2026-12-15T11:00:00Z') },
  });
  const uuid = () => crypto.randomUUID();
  const json = (value: string) =>
    [...value].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

  const plants: readonly (readonly [string, (value: string) => Promise<unknown>])[] = [
    [
      'connector',
      async (value) =>
        system().notifier.post(await target(), {
          card: { type: 'AdaptiveCard', body: [{ text: Buffer.from(`for ${value} only`).toString('base64') }] },
          summary: 'x',
        }),
    ],
    [
      'connector',
      async (value) =>
        system().notifier.post(await target(), { card: { type: 'AdaptiveCard' }, summary: `Request of ${value}` }),
    ],
    ['graph', (value) => system().calendar.createEvent(reviewMailboxes.strathlinn, draft(`Review of ${value}`, ''))],
    ['graph', (value) => system().calendar.createEvent(reviewMailboxes.strathlinn, draft('Review', `Of ${value} <b>`))],
    [
      'url',
      (value) =>
        system()
          .calendar.cancelEvent(reviewMailboxes.strathlinn, `${value}%`, '')
          .catch(() => undefined),
    ],
    ['log', (value) => Promise.resolve(system().log('debug', 'planted', { reason: value.toUpperCase() }))],
    [
      'database',
      (value) => inside((ctx, trx) => audit(ctx, trx, { verb: 'planted', purpose: 'planted', fields: [value] })),
    ],
    [
      'database',
      (value) =>
        inside((ctx, trx) =>
          enqueue(ctx, trx, { lane: 'planted', job: 'planted', key: 'planted', payload: { v: 1, text: json(value) } }),
        ),
    ],
    [
      'database',
      (value) =>
        inside((ctx, trx) =>
          setTimer(ctx, trx, {
            job: 'planted',
            key: Buffer.from(`key of ${value}`).toString('base64url'),
            payload: { v: 1 },
            dueAt: Temporal.Instant.from('2030-01-01T00:00:00Z'),
          }),
        ),
    ],
    [
      'database',
      (value) =>
        inside((ctx, trx) =>
          recordActivity(ctx, trx, {
            aggregateKind: 'setting',
            aggregateId: uuid(),
            kind: 'planted',
            version: 1,
            learnerId: null,
            askerId: null,
            data: { text: encodeURIComponent(value) },
          }),
        ),
    ],
  ];

  // A token of its own for each, or one plant could be found in place of another.
  test.each(plants.map(([surface, plant], place) => [surface, plant, place] as const))(
    'on the surface %s',
    async (surface, plant, place) => {
      const leaked = scene.tokens[place];
      if (!leaked) throw new Error('There is no token.');
      await scene.take();
      await plant(leaked.value);
      const found = sightings(await scene.take(), scene.tokens).filter((one) => !mayBeSeen(reached, one));
      expect(found.map((one) => [one.token.value, one.surface])).toContainEqual([leaked.value, surface]);
    },
    patience,
  );

  test('and in an answer to somebody whose it is not, live, in an error or in the documents', async () => {
    const { text } = await scene.app.api(cast.virtualSchoolHead)('GET', `/api/requests/${told.request}`);
    const where = 'GET /api/requests/{id}';
    const doctored: Piece[] = [
      { surface: 'api', who: 'administrator', where, content: text },
      { surface: 'api', who: 'reviewCoordinator', where, content: text },
      { surface: 'chat', who: 'officer', where: 'Take', content: text },
      { surface: 'live', where: 'the stream', content: text },
      { surface: 'error', where, content: text },
      { surface: 'OpenAPI', where: '/api/docs/json', content: text },
      { surface: 'calendar', who: 'socialWorker', where: 'the invitation', content: text },
    ];
    for (const piece of doctored) {
      const found = sightings([piece], scene.tokens).filter((one) => !mayBeSeen(reached, one));
      expect([piece.surface, piece.who, found.length > 5]).toEqual([piece.surface, piece.who, true]);
    }
  });
});
