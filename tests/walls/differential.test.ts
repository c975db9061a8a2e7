import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { kylebrae, strathlinn } from '../../infra/local/demo/places.js';
import { type Answer, type Person, startTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/builders.js';

/**
 * The walls, seen from outside: whoever may not know of a record gets, byte for byte, the answer for a record that does not
 * exist. The routes come from the app itself, so a route that nobody thought of here fails the first test.
 */
type Kind = 'request' | 'review' | 'person' | 'delivery' | 'join' | 'learner';

interface Probe {
  readonly kind: Kind;
  readonly call: (id: string) => readonly [method: string, path: string, body?: unknown];
}

const press = { version: 1, nonce: 'walls-nonce-0001' };
const move = (name: string, more: object = {}): Probe => ({
  kind: 'request',
  call: (id) => ['POST', `/api/requests/${id}/${name}`, { ...press, ...more }],
});
const attendees = [cast.virtualSchoolHead, cast.socialWorker].map(({ personId }) => ({ id: personId, required: true }));
const when = { minutes: 60, earliestOn: '2026-11-25', latestOn: '2026-12-11' };

/** Routes that take an id. */
const probes: Readonly<Record<string, Probe>> = {
  'GET /api/requests/{id}': { kind: 'request', call: (id) => ['GET', `/api/requests/${id}`] },
  'POST /api/requests/{id}/take': move('take'),
  'POST /api/requests/{id}/give': move('give', { assigneeId: cast.officer.personId }),
  'POST /api/requests/{id}/start': move('start'),
  'POST /api/requests/{id}/ask': move('ask', { body: 'Which days?' }),
  'POST /api/requests/{id}/answer': move('answer', { body: 'We will phone.' }),
  'POST /api/requests/{id}/close': move('close'),
  'POST /api/requests/{id}/reopen': move('reopen'),
  'GET /api/reviews/{id}': { kind: 'review', call: (id) => ['GET', `/api/reviews/${id}`] },
  'POST /api/reviews/{id}/cancel': { kind: 'review', call: (id) => ['POST', `/api/reviews/${id}/cancel`, press] },
  'GET /api/reviews/proposal': { kind: 'learner', call: (id) => ['GET', `/api/reviews/proposal?learnerId=${id}`] },
  'POST /api/reviews/slots': {
    kind: 'learner',
    call: (id) => ['POST', '/api/reviews/slots', { learnerId: id, people: attendees, ...when }],
  },
  'POST /api/reviews': {
    kind: 'learner',
    call: (id) => [
      'POST',
      '/api/reviews',
      {
        nonce: press.nonce,
        learnerId: id,
        purpose: 'other',
        startsAt: '2026-11-25T10:00:00Z',
        minutes: 60,
        online: true,
        people: attendees,
        acceptUnknown: true,
      },
    ],
  },
  'POST /api/people/{id}/leave': {
    kind: 'person',
    call: (id) => ['POST', `/api/people/${id}/leave`, { version: 1, leavesOn: '2027-01-01' }],
  },
  'POST /api/people/{id}/binding-code': { kind: 'person', call: (id) => ['POST', `/api/people/${id}/binding-code`] },
  'POST /api/people/join-requests/{id}': {
    kind: 'join',
    call: (id) => ['POST', `/api/people/join-requests/${id}`, { outcome: 'refused' }],
  },
  'POST /api/deliveries/{id}/retry': { kind: 'delivery', call: (id) => ['POST', `/api/deliveries/${id}/retry`] },
};

/** Routes that take none: what they answer may hold nothing of the other council. */
const lists: Readonly<Record<string, readonly [method: string, path: string, body?: unknown]>> = {
  'GET /api/me': ['GET', '/api/me'],
  'GET /api/me/authorities': ['GET', '/api/me/authorities'],
  'POST /api/me/authority': ['POST', '/api/me/authority', { authorityId: kylebrae.authorityId }],
  'POST /api/requests/search': ['POST', '/api/requests/search', { view: 'everything', limit: 200 }],
  'POST /api/reviews/search': ['POST', '/api/reviews/search', { view: 'everything', limit: 200 }],
  'POST /api/people/search': ['POST', '/api/people/search', { limit: 200 }],
  'POST /api/people/list-import': ['POST', '/api/people/list-import', { csv: 'name,email,role\n' }],
  'POST /api/people/confirm': ['POST', '/api/people/confirm', { schoolId: randomUUID(), confirmed: [], ended: [] }],
  'GET /api/people/join-requests': ['GET', '/api/people/join-requests'],
  'GET /api/settings': ['GET', '/api/settings'],
  'PUT /api/settings/{key}': ['PUT', '/api/settings/nothing', { value: 1 }],
  'GET /api/deliveries': ['GET', '/api/deliveries'],
};

/** Streams for as long as it is read; its own tests hold it to the reader's reach. */
const elsewhere = ['GET /api/live'];

const roles: readonly (keyof typeof cast)[] = [
  ...([
    'teacher',
    'designatedManager',
    'schoolHead',
    'classTeacher',
    'virtualSchoolHead',
    'officer',
    'dataOfficer',
  ] as const),
  ...([
    'socialWorker',
    'teamManager',
    'reviewingOfficer',
    'reviewCoordinator',
    'informationOfficer',
    'administrator',
  ] as const),
];

let world: TestApp;
/** Ids that are another council's, and ids of one restricted learner of this one. */
let theirs: Record<Kind, string>;
let restricted: Record<'request' | 'review' | 'learner', string>;

beforeAll(async () => {
  world = await startTestApp();
  theirs = await asOwner(world.database, kylebrae.authorityId, async (client) => {
    const one = async (sql: string) => (await client.query<{ id: string }>(sql)).rows[0]?.id ?? '';
    const [deliveryId, joinId, reviewId, learnerId] = [
      randomUUID(),
      randomUUID(),
      randomUUID(),
      castLearners.neighbour.learnerId,
    ];
    await client.query(
      `insert into outbox (authority_id, outbox_id, lane, job, payload, unique_key, state, available_at, created_at) values ($1, $2, 'x', 'card.update', '{"v":1}', 'walls', 'dead', now(), now())`,
      [kylebrae.authorityId, deliveryId],
    );
    await client.query(
      `insert into join_request (authority_id, join_request_id, tenant_id, object_id, school_id, directory_name, asked_at) select $1, $2, $3, $4, school_id, 'Somebody', now() from school limit 1`,
      [kylebrae.authorityId, joinId, cast.neighbourHead.tenantId, randomUUID()],
    );
    await rename(client, learnerId, nobodyElse.neighbour);
    await addReview(client, kylebrae.authorityId, reviewId, learnerId, cast.neighbourHead.personId, 'VR-WALLS1');
    return {
      request: await one('select request_id as id from support_request limit 1'),
      review: reviewId,
      person: cast.neighbourHead.personId,
      delivery: deliveryId,
      join: joinId,
      learner: learnerId,
    };
  });
  restricted = await asOwner(world.database, strathlinn.authorityId, async (client) => {
    const [request, review] = [randomUUID(), randomUUID()];
    const { learnerId } = castLearners.restricted;
    await rename(client, learnerId, nobodyElse.restricted);
    await client.query(
      `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, what, state, version, routed_to, routed_because, submitted_at, due_because, origin)
       values ($1, $2, 'VS-WALLS1', $3, $4, 'learner', 'other', 'today', 'x', 'assigned', 1, 'a', 'b', now(), 'c', 'chat')`,
      [strathlinn.authorityId, request, cast.designatedManager.personId, learnerId],
    );
    await addReview(client, strathlinn.authorityId, review, learnerId, cast.officer.personId, 'VR-WALLS2');
    return { request, review, learner: learnerId };
  });
});
afterAll(() => world.close());

async function addReview(
  client: { query(sql: string, values: unknown[]): Promise<unknown> },
  authorityId: string,
  id: string,
  learnerId: string,
  byId: string,
  reference: string,
) {
  await client.query(
    `insert into review (authority_id, review_id, reference, learner_id, purpose, convener, state, starts_at, ends_at, online, version, created_by, created_at)
     values ($1, $2, $3, $4, 'other', 'virtual-school', 'booked', '2026-12-01T10:00Z', '2026-12-01T11:00Z', true, 1, $5, now())`,
    [authorityId, id, reference, learnerId, byId],
  );
}

/** Family names that no namesake has: the made-up councils have several of most names. */
const nobodyElse = { neighbour: 'Neighbourtoken', restricted: 'Restrictedtoken' } as const;
const rename = (client: { query(sql: string, values: unknown[]): Promise<unknown> }, learnerId: string, name: string) =>
  client.query('update learner set family_name = $2 where learner_id = $1', [learnerId, name]);

const said = ({ status, text }: Answer, id: string) => `${status} ${text.replaceAll(id, '<id>')}`;

async function asIfItDidNotExist(person: Person, probe: Probe, id: string): Promise<void> {
  const call = world.api(person);
  const nowhere = randomUUID();
  const [theirAnswer, noAnswer] = [await call(...probe.call(id)), await call(...probe.call(nowhere))];
  expect(said(theirAnswer, id)).toBe(said(noAnswer, nowhere));
  expect(theirAnswer.status).toBeGreaterThanOrEqual(400);
  expect(theirAnswer.status).toBeLessThan(500);
}

test('every route of the app is held here', async () => {
  const docs = (await (await fetch(`${world.url}/api/docs/json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const routes = Object.entries(docs.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const held = [...Object.keys(probes), ...Object.keys(lists), ...elsewhere];
  const own = routes.filter((route) => route.includes('/api/') && !/graph|messages/.test(route));
  expect(own.filter((route) => !held.includes(route))).toEqual([]);
  expect(held.filter((route) => !own.includes(route))).toEqual([]);
});

describe('another council’s records', () => {
  test.each(Object.keys(probes))('%s answers every role as if they did not exist', async (route) => {
    const probe = probes[route];
    if (!probe) throw new Error(route);
    for (const role of roles) await asIfItDidNotExist(cast[role], probe, theirs[probe.kind]);
  });

  test.each(Object.keys(lists))('%s holds nothing of theirs', async (route) => {
    const call = lists[route];
    if (!call) throw new Error(route);
    const foreign = [
      kylebrae.authorityId,
      kylebrae.name,
      ...Object.values(theirs),
      nobodyElse.neighbour,
      cast.neighbourHead.name,
    ];
    for (const role of roles) {
      const { text } = await world.api(cast[role])(...call);
      expect(foreign.filter((word) => text.includes(word))).toEqual([]);
    }
  });

  test('the control: the other council’s own head sees what the search above looks for', async () => {
    const { status, text } = await world.api(cast.neighbourHead)('GET', `/api/reviews/${theirs.review}`);
    expect([status, text.includes(theirs.review), text.includes(nobodyElse.neighbour)]).toEqual([200, true, true]);
  });

  test('a press on their request says no more than a press on nothing', async () => {
    const officer = world.chat.as(cast.officer);
    const card = (id: string) => ({
      type: 'AdaptiveCard',
      actions: [
        {
          type: 'Action.Execute',
          title: 'Take',
          verb: 'request.take',
          data: { v: 1, verb: 'request.take', id, version: 1, nonce: 'walls-nonce-0002' },
        },
      ],
    });
    await officer.say('hi');
    const { activityId } = await officer.newest();
    const [theirAnswer, noAnswer] = [
      await officer.press({ activityId, card: card(theirs.request) }, 'Take'),
      await officer.press({ activityId, card: card(randomUUID()) }, 'Take'),
    ];
    expect(JSON.stringify(theirAnswer.card)).toBe(JSON.stringify(noAnswer.card));
  });
});

describe('inside one council', () => {
  const withoutGrant = roles.filter((role) => role !== 'designatedManager');
  const routes = Object.keys(probes).filter((route) =>
    ['request', 'review', 'learner'].includes(probes[route]?.kind ?? ''),
  );

  test.each(routes)('%s: a restricted learner does not exist for anybody without a grant', async (route) => {
    const probe = probes[route];
    if (!probe || !(probe.kind in restricted)) throw new Error(route);
    const id = restricted[probe.kind as keyof typeof restricted];
    const grants = await asOwner(world.database, strathlinn.authorityId, (client) =>
      client.query<{ person_id: string }>(
        `select person_id from learner_link where learner_id = $1 union select social_worker_id from learner_scope where learner_id = $1`,
        [castLearners.restricted.learnerId],
      ),
    );
    const reached = grants.rows.map((row) => row.person_id);
    for (const role of withoutGrant.filter((one) => !reached.includes(cast[one].personId)))
      await asIfItDidNotExist(cast[role], probe, id);
  });

  test('lists and counts leave a restricted learner out', async () => {
    for (const role of ['virtualSchoolHead', 'officer', 'dataOfficer'] as const)
      for (const path of ['/api/requests/search', '/api/reviews/search']) {
        const { text } = await world.api(cast[role])('POST', path, { view: 'everything', limit: 200 });
        expect(
          [restricted.request, restricted.review, nobodyElse.restricted].filter((word) => text.includes(word)),
        ).toEqual([]);
      }
  });

  test('a declared conflict outranks every role', async () => {
    const conflicted = castLearners.conflict.learnerId;
    await asOwner(world.database, strathlinn.authorityId, (client) =>
      client.query(
        `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, $2, $3, $4, 'conflict', '2026-01-01')`,
        [strathlinn.authorityId, randomUUID(), conflicted, cast.officer.personId],
      ),
    );
    for (const route of ['GET /api/reviews/proposal', 'POST /api/reviews/slots', 'POST /api/reviews']) {
      const probe = probes[route];
      if (probe) await asIfItDidNotExist(cast.officer, probe, conflicted);
    }
  });

  test('somebody who left this morning, and an account that nobody joined, are not bound', async () => {
    const before = await world.api(cast.dataOfficer)('GET', '/api/me');
    expect(before.status).toBe(200);
    await asOwner(world.database, strathlinn.authorityId, (client) =>
      client.query('update directory.identity set ended_on = $1 where person_id = $2', [
        '2026-11-23',
        cast.dataOfficer.personId,
      ]),
    );
    const left = await world.api(cast.dataOfficer)('GET', '/api/me');
    const unbound = await world.api(cast.unbound)('GET', '/api/me');
    expect(left.text).toBe(unbound.text);
    expect([left.status, unbound.status]).toEqual([403, 403]);
  });

  test('somebody who serves two councils chooses before anything is answered', async () => {
    const call = world.api(cast.servesBoth);
    const before = await call('GET', '/api/me');
    expect(before.body).toMatchObject({ code: 'choose-authority' });
    expect((await call('POST', '/api/me/authority', { authorityId: strathlinn.authorityId })).status).toBe(200);
    expect((await call('GET', '/api/me')).body).toMatchObject({ authority: { id: strathlinn.authorityId } });
    expect((await call('GET', `/api/requests/${theirs.request}`)).status).toBe(404);
  });
});

describe('local mode answers this machine alone', () => {
  test.each([
    ['a name that was made to point here', { host: 'evil.example' }],
    ['a page elsewhere', { origin: 'https://evil.example' }],
    ['a proxy', { 'x-forwarded-for': '10.0.0.1' }],
    ['a standard proxy', { forwarded: 'for=10.0.0.1' }],
  ])('%s is refused', async (_what, headers) => {
    const { request } = await import('node:http');
    const status = await new Promise<number>((resolve, reject) => {
      request(`${world.url}/healthz`, { headers }, (answer) => (answer.resume(), resolve(answer.statusCode ?? 0)))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
