import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Microsoft365 } from '../../infra/local/microsoft365.js';
import {
  at,
  graphCaller,
  invitation,
  reviews,
  socialWorker,
  textAt,
  tid,
  world,
  type Call,
} from '../support/local-microsoft365.js';
import { contractFile } from './contract-file.js';
import { graphContract } from './graph-contract.js';

const file = contractFile('graph-v1.0-subset.openapi.json');
const contract = file ? graphContract(file) : null;

let m365: Microsoft365;
let receiver: FastifyInstance;
let hook: string;
let worker: Call;
let person: Call;
beforeAll(async () => {
  m365 = await world().start();
  worker = await graphCaller(m365);
  const scope = { aud: 'https://graph.microsoft.com', scp: 'Calendars.ReadWrite' };
  person = await graphCaller(m365, await m365.mintUserToken({ tid, oid: socialWorker.oid, ...scope }));
  receiver = Fastify({ forceCloseConnections: true });
  receiver.post<{ Querystring: { validationToken: string } }>('/hook', async (request, reply) =>
    reply.type('text/plain').send(request.query.validationToken),
  );
  hook = `${await receiver.listen({ host: '127.0.0.1', port: 0 })}/hook`;
});
afterAll(async () => {
  await m365.close();
  await receiver.close();
});

/** Makes the call and holds what was sent (when it was meant to be taken) and what came back against the contract. */
async function held(call: Call, method: string, path: string, body?: unknown, wanted = 200): Promise<unknown> {
  const answer = await call(method, path, body);
  expect([method, path, answer.status]).toEqual([method, path, wanted]);
  const plain = path.split('?')[0]?.replace('https://graph.microsoft.com/v1.0', '') ?? path;
  if (!contract) return answer.body;
  expect(contract.answer(method, plain, answer.status, answer.body)).toEqual([]);
  if (body !== undefined && wanted < 300) expect(contract.request(method, plain, body)).toEqual([]);
  return answer.body;
}

const users = `/users/${encodeURIComponent(reviews)}`;
const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z';
const slot = (hour: string) => ({ dateTime: `2026-11-26T${hour}:00:00`, timeZone: 'GMT Standard Time' });

test('events, from creation to cancellation', async () => {
  const id = textAt(await held(worker, 'POST', `${users}/events`, invitation(), 201), 'id');
  await held(worker, 'GET', `${users}/events/${id}`);
  await held(worker, 'PATCH', `${users}/events/${id}`, { location: { displayName: 'Room 2' }, importance: 'high' });
  await held(worker, 'GET', `${users}/events`);
  await held(worker, 'GET', `${users}/calendarView?${window}`);
  await held(worker, 'GET', `${users}/calendar`);
  const own = `/users/${socialWorker.oid}`;
  const mine = at(await held(person, 'GET', `${own}/events`), 'value') as { id: string; isOrganizer: boolean }[];
  const copy = mine.find((one) => !one.isOrganizer)?.id ?? 'none';
  await held(person, 'POST', `${own}/events/${copy}/accept`, { comment: 'Yes', sendResponse: true }, 202);
  const proposedNewTime = { start: slot('14'), end: slot('15') };
  await held(person, 'POST', `${own}/events/${copy}/tentativelyAccept`, { sendResponse: true, proposedNewTime }, 202);
  await held(person, 'POST', `${own}/events/${copy}/decline`, { sendResponse: true, proposedNewTime }, 202);
  const answered = await held(worker, 'GET', `${users}/events/${id}`);
  expect(at(answered, 'attendees', 0, 'proposedNewTime')).toBeDefined();
  await held(worker, 'POST', `${users}/events/${id}/cancel`, { comment: 'Not needed' }, 202);
  const other = textAt(
    await held(worker, 'POST', `${users}/calendar/events`, invitation({ transactionId: 'b' }), 201),
    'id',
  );
  await held(worker, 'DELETE', `${users}/events/${other}`, undefined, 204);
});

test('free and busy, with an address that is nobody’s', async () => {
  const schedules = [socialWorker.email, 'nobody@strathlinn.example'];
  const body = { schedules, startTime: slot('08'), endTime: slot('18'), availabilityViewInterval: 30 };
  await held(worker, 'POST', `${users}/calendar/getSchedule`, body);
});

test('delta, page after page, and its end', async () => {
  for (let n = 0; n < 12; n += 1)
    await held(worker, 'POST', `${users}/events`, invitation({ transactionId: `d${n}` }), 201);
  const first = await held(worker, 'GET', `${users}/calendarView/delta?${window}`);
  const second = await held(worker, 'GET', textAt(first, '@odata.nextLink'));
  const gone = textAt(first, 'value', 0, 'id');
  await held(worker, 'DELETE', `${users}/events/${gone}`, undefined, 204);
  const link = textAt(second, '@odata.deltaLink');
  expect(at(await held(worker, 'GET', link), 'value', 0, '@removed')).toBeDefined();
  m365.expireDeltaLinks();
  await held(worker, 'GET', link, undefined, 410);
});

test('subscriptions', async () => {
  const subscription = {
    changeType: 'created,updated,deleted',
    notificationUrl: hook,
    resource: `users/${reviews}/events`,
    expirationDateTime: '2026-11-29T09:00:00Z',
    clientState: 'x',
  };
  const id = textAt(await held(worker, 'POST', '/subscriptions', subscription, 201), 'id');
  await held(worker, 'GET', '/subscriptions');
  await held(worker, 'GET', `/subscriptions/${id}`);
  await held(worker, 'PATCH', `/subscriptions/${id}`, { expirationDateTime: '2026-11-28T09:00:00Z' });
  await held(worker, 'POST', `/subscriptions/${id}/reauthorize`, undefined, 204);
  await held(worker, 'DELETE', `/subscriptions/${id}`, undefined, 204);
});

test('a batch', async () => {
  const requests = ['/calendar', '/events/nothing'].map((path, index) => ({
    id: String(index),
    method: 'GET',
    url: `${users}${path}`,
  }));
  await held(worker, 'POST', '/$batch', { requests });
});

describe('failures are worded as the contract words them', () => {
  test.each(['429', '503', '504-after'] as const)('%s', async (fault) => {
    m365.faults.once('graph', fault);
    await held(worker, 'GET', `${users}/calendar`, undefined, Number(fault.slice(0, 3)));
  });
  test('400, 403 and 404', async () => {
    await held(worker, 'POST', `${users}/events`, { subject: 1 }, 400);
    await held(worker, 'GET', `/users/${socialWorker.oid}/events`, undefined, 403);
    await held(worker, 'GET', `${users}/events/nothing`, undefined, 404);
  });
});

test('the check itself notices a misspelt property, a missing one and a wrong type', () => {
  if (!contract) return;
  const path = `${users}/events/x`;
  expect(contract.answer('GET', path, 200, { id: 'x', subjectt: 'y' }).join()).toContain('subjectt');
  expect(contract.answer('GET', path, 200, { id: 'x', isAllDay: 'no' })).not.toEqual([]);
  expect(contract.answer('GET', `${users}/events`, 200, {})).not.toEqual([]);
  expect(contract.answer('GET', path, 200, { id: 'x', attendees: [{ emailAddres: {} }] })).not.toEqual([]);
  expect(contract.answer('GET', path, 404, { error: { message: 'no code' } })).not.toEqual([]);
});

test('every operation that this Graph offers was held against the contract', () => {
  if (!contract) return;
  expect([...contract.covered].sort()).toEqual([
    'DELETE /subscriptions/{subscription-id}',
    'DELETE /users/{user-id}/events/{event-id}',
    'GET /subscriptions',
    'GET /subscriptions/{subscription-id}',
    'GET /users/{user-id}/calendar',
    'GET /users/{user-id}/calendarView',
    'GET /users/{user-id}/calendarView/delta()',
    'GET /users/{user-id}/events',
    'GET /users/{user-id}/events/{event-id}',
    'PATCH /subscriptions/{subscription-id}',
    'PATCH /users/{user-id}/events/{event-id}',
    'POST /$batch',
    'POST /subscriptions',
    'POST /subscriptions/{subscription-id}/reauthorize',
    'POST /users/{user-id}/calendar/events',
    'POST /users/{user-id}/calendar/getSchedule',
    'POST /users/{user-id}/events',
    'POST /users/{user-id}/events/{event-id}/accept',
    'POST /users/{user-id}/events/{event-id}/cancel',
    'POST /users/{user-id}/events/{event-id}/decline',
    'POST /users/{user-id}/events/{event-id}/tentativelyAccept',
  ]);
});
