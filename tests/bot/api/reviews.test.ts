import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Actor } from '../../../bot/access/roles.js';
import { reviewRoutes } from '../../../bot/api/reviews.js';
import { createServer } from '../../../bot/api/server.js';
import { reviewDetail, reviewList, reviewProposal, slotAnswer } from '../../../bot/reviews/contract.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { tid } from '../../support/local-microsoft365.js';
import { type AroundReview, reviewSuite, subject } from '../../support/review-world.js';

const suite = reviewSuite(600);
let database: TestDatabase;
let around: AroundReview;
let url: string;
let close: () => Promise<void>;
let nudged: number;

beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());
beforeEach(async () => {
  around = await suite.start(database);
  nudged = 0;
  const { world } = around;
  const people = new Map<string, Actor & { kind: 'person' }>();
  for (const person of [around.here.vsht, around.here.teacher]) people.set(person.personId, person);
  const { app, api } = await createServer({
    clock: world.time,
    ...{
      log: () => undefined,
      contextFor: world.contextFor,
      tabDirectory: null,
      frameAncestors: [],
      connectSources: [],
    },
    ...{
      local: null,
      checkToken: async ([header = '']) => ({ tenantId: tid, oid: header, issuedAt: world.time.now(), authTime: null }),
    },
    directory: {
      ...world.directory,
      actorFor: async (_tenantId, oid) => people.get(oid) ?? Promise.reject(new Error('nobody')),
    },
  });
  await api((scope, routes) => reviewRoutes(scope, { ...routes, nudge: () => void (nudged += 1) }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  close = () => app.close();
});
afterEach(async () => {
  await close();
  await around.world.close();
});

async function call(person: Actor & { kind: 'person' }, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}/api/reviews${path}`, {
    method,
    headers: { authorization: person.personId, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content: unknown = await answer.json();
  return { status: answer.status, body: content };
}

test('from proposal to cancelled, every answer in the contract’s shape', async () => {
  const { here, plan, ask, world, nonce } = around;
  const proposal = await call(here.vsht, 'GET', `/proposal?requestId=${here.requestId}`);
  expect(reviewProposal.parse(proposal.body).people).toHaveLength(4);
  expect((await call(here.vsht, 'GET', `/proposal?learnerId=${here.learnerId}`)).status).toBe(200);
  const slots = slotAnswer.parse((await call(here.vsht, 'POST', '/slots', ask())).body);
  const [slot] = slots.slots;
  const made = await call(here.vsht, 'POST', '', plan({ startsAt: slot?.startsAt }));
  const detail = reviewDetail.parse(made.body);
  expect([made.status, detail.state, nudged]).toEqual([200, 'booking', 1]);
  await world.drain();
  await world.press(here.worker, subject(detail.reference), 'accept');
  await world.drain();
  const list = reviewList.parse((await call(here.vsht, 'POST', '/search', { view: 'waiting' })).body);
  expect(list.items).toMatchObject([{ id: detail.id, state: 'booked', request: { id: here.requestId } }]);
  const { version } = reviewDetail.parse((await call(here.vsht, 'GET', `/${detail.id}`)).body);
  const cancelled = await call(here.vsht, 'POST', `/${detail.id}/cancel`, { version, nonce: nonce() });
  expect(reviewDetail.parse(cancelled.body).state).toBe('cancelled');
});

test('what is refused says which field, and never whether a record exists', async () => {
  const { here, plan, ask } = around;
  const nobody = '00000000-0000-7000-8000-000000000001';
  expect(await call(here.teacher, 'POST', '', plan())).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await call(here.vsht, 'GET', `/${nobody}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await call(here.vsht, 'GET', '/proposal')).toMatchObject({ status: 422, body: { where: 'requestId' } });
  expect(await call(here.vsht, 'GET', '/not-an-id')).toMatchObject({ status: 422 });
  expect(await call(here.vsht, 'POST', '/slots', ask({ learnerId: nobody }))).toMatchObject({ status: 404 });
  const tooLong = ask({ earliestOn: '2026-11-30', latestOn: '2027-06-01' });
  expect(await call(here.vsht, 'POST', '/slots', tooLong)).toMatchObject({ status: 422, body: { where: 'latestOn' } });
  const busy = plan({ startsAt: '2026-11-30T10:00:00Z' });
  expect(await call(here.vsht, 'POST', '', busy)).toMatchObject({ status: 409, body: { where: 'startsAt' } });
  expect(await call(here.vsht, 'POST', '', plan({ startsAt: '2026-11-01T10:00:00Z' }))).toMatchObject({ status: 422 });
});
