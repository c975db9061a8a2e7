import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { strathlinn } from '../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/builders.js';
import { everyReading } from './readings.js';

/**
 * A token for each thing known of one learner and for each thing that somebody wrote, taken through the whole journey by the
 * front doors, and then looked for in everything that leaves, however it is encoded: seen where it may be, and nowhere else.
 */
const tokens = {
  given: 'Cnrgivenq',
  family: 'Cnrfamilyq',
  known: 'Cnrknownq',
  scn: 'cnrscnq',
  what: 'cnrwhatq',
  tried: 'cnrtriedq',
  view: 'cnrviewq',
  hoped: 'cnrhopedq',
  asked: 'cnraskedq',
  reply: 'cnrreplyq',
  answer: 'cnranswerq',
} as const;
type Token = keyof typeof tokens;

const found = (surface: unknown): Token[] => {
  const readings = everyReading(typeof surface === 'string' ? surface : JSON.stringify(surface)).map((one) =>
    one.toLowerCase(),
  );
  return (Object.keys(tokens) as Token[]).filter((name) =>
    readings.some((text) => text.includes(tokens[name].toLowerCase())),
  );
};

let world: TestApp;
let requestId = '';
let ownView: unknown;
let surfaces: Record<string, unknown>;

beforeAll(async () => {
  world = await startTestApp();
  const { learnerId } = castLearners.jamie;
  await asOwner(world.database, strathlinn.authorityId, (client) =>
    client.query(
      'update learner set given_name = $2, family_name = $3, known_as = $4, scn = $5 where learner_id = $1',
      [learnerId, tokens.given, tokens.family, tokens.known, tokens.scn],
    ),
  );
  await journey(learnerId);
  surfaces = await everythingThatLeft();
});
afterAll(() => world.close());

async function journey(learnerId: string): Promise<void> {
  const teacher = world.chat.as(cast.teacher);
  const tab = world.api(cast.virtualSchoolHead);
  const move = async (name: string, version: number, body?: string) =>
    tab('POST', `/api/requests/${requestId}/${name}`, { version, nonce: `canary-${name}`, ...(body ? { body } : {}) });
  await teacher.say('hi');
  const { activityId } = await teacher.newest();
  await teacher.press(activityId, 'Ask for support');
  const typed = { what: tokens.what, tried: tokens.tried, view: tokens.view, hoped: tokens.hoped };
  await teacher.press(activityId, 'Send', { who: learnerId, need: 'attendance', urgency: 'today', ...typed });
  await world.deliver();
  const list = (await tab('POST', '/api/requests/search', { view: 'new', search: tokens.what })).body as {
    items: { id: string }[];
  };
  requestId = list.items[0]?.id ?? '';
  await move('take', 1);
  await move('ask', 2, tokens.asked);
  await world.deliver();
  world.clock.move({ seconds: 5 });
  const own = await teacher.press(activityId, 'Refresh');
  ownView = own.card;
  await teacher.press({ activityId, card: own.card ?? {} }, 'Reply', { body: tokens.reply });
  await move('answer', 4, tokens.answer);
  const people = [cast.virtualSchoolHead, cast.socialWorker, cast.teacher].map(({ personId }) => ({
    id: personId,
    required: true,
  }));
  const asked = { learnerId, people, minutes: 60, earliestOn: '2026-11-25', latestOn: '2026-12-11' };
  const slots = (await tab('POST', '/api/reviews/slots', asked)).body as { slots: { startsAt: string }[] };
  const startsAt = slots.slots[0]?.startsAt;
  const booked = await tab('POST', '/api/reviews', {
    nonce: 'canary-review',
    learnerId,
    requestId,
    purpose: 'support-request',
    startsAt,
    minutes: 60,
    online: true,
    people,
  });
  expect(booked.status).toBe(200);
  await world.deliver();
  world.clock.move({ minutes: 20 });
  await world.deliver();
}

async function everythingThatLeft(): Promise<Record<string, unknown>> {
  const local = async (path: string) => (await fetch(`${world.microsoft365.url}/_local/${path}`)).text();
  const rows = (table: string) =>
    asOwner(
      world.database,
      strathlinn.authorityId,
      async (client) => (await client.query(`select * from ${table}`)).rows as unknown,
    );
  const wrong = world.api(cast.officer);
  return {
    'stored cards': world.connector.ledger(),
    'Graph events': await local('graph/ledger'),
    "the social worker's calendar": await local(`calendar/${cast.socialWorker.oid}`),
    log: world.logged,
    outbox: await rows('outbox'),
    timer: await rows('timer'),
    inbox: await rows('inbox'),
    presses: await rows('action_outcome'),
    audit: await rows('audit_entry'),
    activity: await rows('activity'),
    'posted cards': await rows('posted_card'),
    OpenAPI: await (await fetch(`${world.url}/api/docs/json`)).text(),
    'an error': (
      await wrong('POST', `/api/requests/${requestId}/take`, {
        version: 1,
        nonce: tokens.what.padEnd(70, 'x'),
        body: tokens.what,
      })
    ).text,
    settings: (await world.api(cast.administrator)('GET', '/api/settings')).text,
    deliveries: (await world.api(cast.administrator)('GET', '/api/deliveries')).text,
  };
}

describe('what is known of a learner', () => {
  test('is seen by the team in the tab', async () => {
    const { body } = await world.api(cast.virtualSchoolHead)('GET', `/api/requests/${requestId}`);
    expect(found(body)).toEqual(['family', 'known', 'what', 'tried', 'view', 'hoped', 'asked', 'reply', 'answer']);
  });

  test('the asker’s own view holds the team’s question and no name', () => {
    expect(found(ownView)).toEqual(['asked']);
  });

  test('leaves by no other way', () => {
    const leaks = Object.entries(surfaces).flatMap(([surface, held]) =>
      found(held).map((token) => `${token} in ${surface}`),
    );
    expect(leaks).toEqual([]);
  });

  test('is answered to nobody whose role does not include it: the coverage of route and role', async () => {
    const routes = {
      list: ['POST', '/api/requests/search', { view: 'everything', limit: 200 }],
      detail: ['GET', `/api/requests/${requestId}`],
    } as const;
    const lines: string[] = [];
    for (const role of [
      'teacher',
      'classTeacher',
      'designatedManager',
      'dataOfficer',
      'socialWorker',
      'teamManager',
      'reviewCoordinator',
      'informationOfficer',
      'administrator',
    ] as const)
      for (const [name, [method, path, sent]] of Object.entries(routes)) {
        const answer = await world.api(cast[role])(method, path, sent);
        lines.push(`${role} ${name} ${answer.status}: ${found(answer.text).join(' ') || 'nothing'}`);
        if (!['dataOfficer', 'teacher'].includes(role))
          expect([role, name, found(answer.text)]).toEqual([role, name, []]);
      }
    process.stdout.write(`${lines.join('\n')}\n`);
  });
});

describe('the search itself', () => {
  const leak = `The learner is ${tokens.family}.`;
  test.each([
    ['as it is', leak],
    ['escaped in JSON', JSON.stringify({ text: leak }).replace('C', '\\u0043')],
    ['in a URL', encodeURIComponent(leak).replace('C', '%43')],
    ['in base64', Buffer.from(leak).toString('base64')],
    ['in base64url', Buffer.from(leak).toString('base64url')],
    ['in HTML', leak.replace('C', '&#67;')],
    ['in quoted-printable', leak.replace('C', '=43')],
    ['in another case', leak.toUpperCase()],
  ])('finds a token %s', (_how, text) => expect(found(text)).toContain('family'));

  test('finds a leak planted on every surface', () => {
    for (const [surface, held] of Object.entries(surfaces))
      expect([surface, found([held, leak])]).toEqual([surface, ['family']]);
  });
});
