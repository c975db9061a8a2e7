import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import {
  at,
  botAppId,
  graphCaller,
  invitation,
  otherTid,
  reviews,
  socialWorker,
  stranger,
  teacher,
  textAt,
  tid,
  workerAppId,
  world,
  type Call,
} from '../../support/local-microsoft365.js';

let m365: Microsoft365;
let worker: Call;
let theirs: Call;
let transaction = 0;
let fresh: Record<string, unknown>;

beforeAll(async () => {
  m365 = await world().start();
  worker = await graphCaller(m365);
  const graph = { aud: 'https://graph.microsoft.com', scp: 'Calendars.ReadWrite' };
  theirs = await graphCaller(m365, await m365.mintUserToken({ tid, oid: socialWorker.oid, ...graph }));
});
afterAll(async () => m365.close());
beforeEach(() => {
  transaction += 1;
  fresh = invitation({ transactionId: `invitation-${transaction}` });
});

const events = `/users/${reviews}/events`;

async function invite(changes: Record<string, unknown> = {}) {
  const organiser = (await worker('POST', events, { ...fresh, ...changes })).body;
  const uid = textAt(organiser, 'iCalUId');
  const own = (await theirs('GET', `/users/${socialWorker.oid}/events?$top=1000`)).body;
  const copies = at(own, 'value') as { id: string; iCalUId: string }[];
  return { organiser, id: textAt(organiser, 'id'), copy: copies.find((one) => one.iCalUId === uid)?.id ?? 'none' };
}
const read = async (id: string, headers?: Record<string, string>) =>
  (await worker('GET', `${events}/${id}`, undefined, headers)).body;
const press = (copy: string, answer: string, body?: unknown) =>
  theirs('POST', `/users/${socialWorker.oid}/events/${copy}/${answer}`, body);

describe('making an event', () => {
  test('answers as Graph does: seven decimals, no offset, nobody has answered', async () => {
    const made = await worker('POST', events, fresh, { Prefer: 'outlook.timezone="GMT Standard Time"' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      subject: 'Review meeting VR-7K2M9Q',
      start: { dateTime: '2026-11-25T10:00:00.0000000', timeZone: 'GMT Standard Time' },
      ...{ sensitivity: 'private', hideAttendees: true, isOrganizer: true, isCancelled: false },
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      onlineMeeting: { joinUrl: expect.stringContaining('https://teams.microsoft.com/l/meetup-join/') },
    });
    expect(at(made.body, 'attendees', 0)).toMatchObject({
      emailAddress: { address: socialWorker.email },
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
    });
    expect(made.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a repeat with the same transactionId is the same event, and the ledger says how often it was asked for', async () => {
    const first = await worker('POST', events, fresh);
    const again = await worker('POST', events, fresh);
    expect([again.status, at(again.body, 'id')]).toEqual([201, at(first.body, 'id')]);
    const ledger: unknown = await (await fetch(`${m365.url}/_local/graph/ledger`)).json();
    const rows = at(ledger, 'transactions') as { transactionId: string }[];
    const { transactionId } = fresh;
    expect(rows.find((row) => row.transactionId === transactionId)).toEqual({
      transactionId,
      asked: 2,
      events: [at(first.body, 'id')],
    });
  });

  test('work that was done before the answer was lost is found by the retry', async () => {
    for (const fault of ['504-after', 'cut-after'] as const) {
      m365.faults.once('graph', fault);
      const lost = await worker('POST', events, { ...fresh, transactionId: `lost ${fault}` }).catch(() => null);
      expect(lost?.status ?? 'cut').toBe(fault === 'cut-after' ? 'cut' : 504);
      expect(m365.faults.injected.at(-1)?.didWork).toBe(true);
      expect((await worker('POST', events, { ...fresh, transactionId: `lost ${fault}` })).status).toBe(201);
    }
    const ledger: unknown = await (await fetch(`${m365.url}/_local/graph/ledger`)).json();
    const rows = at(ledger, 'transactions') as { transactionId: string; events: string[] }[];
    expect(rows.filter((row) => row.transactionId.startsWith('lost')).map((row) => row.events.length)).toEqual([1, 1]);
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ['a property that Graph does not know', { attendeesHidden: true }, 'RequestBodyRead'],
    [
      'an unknown time zone',
      { start: { dateTime: '2026-11-25T10:00:00', timeZone: 'Scottish Time' } },
      'TimeZoneNotSupportedException',
    ],
    [
      'an end before the start',
      { end: { dateTime: '2026-11-25T09:00:00', timeZone: 'GMT Standard Time' } },
      'ErrorPropertyValidationFailure',
    ],
    ['an unknown sensitivity', { sensitivity: 'secret' }, 'ErrorInvalidRequest'],
  ];
  test.each(refused)('%s is refused', async (_name, changes, code) => {
    const answer = await worker('POST', events, { ...fresh, ...changes });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code, innerError: { date: '2026-11-23T09:00:00' } } });
  });

  const wall: [string, string, string, string][] = [
    ['winter', '2026-11-25T10:00:00', 'GMT Standard Time', '2026-11-25T10:00:00.0000000'],
    ['summer', '2027-06-15T10:00:00', 'GMT Standard Time', '2027-06-15T09:00:00.0000000'],
    ['an hour that the clocks skip', '2027-03-28T01:30:00', 'GMT Standard Time', '2027-03-28T01:30:00.0000000'],
    ['an hour that comes twice', '2027-10-31T01:30:00', 'Europe/London', '2027-10-31T00:30:00.0000000'],
    ['Iceland has no summer time', '2027-06-15T10:00:00', 'Greenwich Standard Time', '2027-06-15T10:00:00.0000000'],
  ];
  test.each(wall)('%s is the right instant', async (_name, dateTime, timeZone, utc) => {
    const end = { dateTime: dateTime.replace(':00:00', ':45:00').replace(':30:00', ':45:00'), timeZone };
    const made = await worker('POST', events, { ...fresh, start: { dateTime, timeZone }, end });
    expect(at(made.body, 'start')).toEqual({ dateTime: utc, timeZone: 'UTC' });
    expect(at(made.body, 'originalStartTimeZone')).toBe(timeZone);
  });
});

describe('the copy in an attendee’s calendar', () => {
  test('has its own id, the same iCalUId, and shows neither who else was asked nor our transactionId', async () => {
    const { organiser, id, copy } = await invite();
    const seen = (await theirs('GET', `/users/${socialWorker.email}/events/${copy}`)).body;
    expect(copy).not.toBe(id);
    expect(seen).toMatchObject({
      iCalUId: at(organiser, 'iCalUId'),
      isOrganizer: false,
      transactionId: null,
      showAs: 'tentative',
    });
    expect(seen).toMatchObject({
      responseStatus: { response: 'notResponded' },
      organizer: { emailAddress: { address: reviews } },
    });
    expect(JSON.stringify(seen)).not.toContain(teacher.email);
  });

  test.each([
    ['accept', 'accepted', 'busy'],
    ['tentativelyAccept', 'tentativelyAccepted', 'tentative'],
    ['decline', 'declined', 'free'],
  ])('%s reaches the organiser’s copy as %s and shows as %s', async (answer, response, showAs) => {
    const { id, copy } = await invite();
    expect((await press(copy, answer, { comment: 'x', sendResponse: true })).status).toBe(202);
    expect(at(await read(id), 'attendees', 0, 'status')).toEqual({ response, time: '2026-11-23T09:00:00.000Z' });
    expect(at((await theirs('GET', `/users/${socialWorker.oid}/events/${copy}`)).body, 'showAs')).toBe(showAs);
  });

  test('an answer without a body is sent; with sendResponse false the organiser never hears', async () => {
    const { id, copy } = await invite();
    await press(copy, 'accept', { sendResponse: false });
    expect(at(await read(id), 'attendees', 0, 'status', 'response')).toBe('none');
    await press(copy, 'accept');
    expect(at(await read(id), 'attendees', 0, 'status', 'response')).toBe('accepted');
  });

  test('a proposed time travels with decline and tentativelyAccept, never with accept', async () => {
    const { id, copy } = await invite();
    const slot = (hour: string) => ({ dateTime: `2026-11-26T${hour}:00:00`, timeZone: 'GMT Standard Time' });
    const proposedNewTime = { start: slot('14'), end: slot('15') };
    expect((await press(copy, 'accept', { proposedNewTime })).status).toBe(400);
    expect((await press(copy, 'decline', { proposedNewTime, sendResponse: false })).status).toBe(400);
    expect((await press(copy, 'decline', { proposedNewTime })).status).toBe(202);
    expect(at(await read(id), 'attendees', 0, 'proposedNewTime', 'start', 'dateTime')).toBe(
      '2026-11-26T14:00:00.0000000',
    );
  });

  test('a proposal to an event that allows none is refused', async () => {
    const { copy } = await invite({ allowNewTimeProposals: false });
    const slot = { dateTime: '2026-11-26T14:00:00', timeZone: 'UTC' };
    expect((await press(copy, 'decline', { proposedNewTime: { start: slot, end: slot } })).status).toBe(400);
  });

  test('the organiser cannot answer their own invitation', async () => {
    const { id } = await invite();
    expect((await worker('POST', `${events}/${id}/accept`, {})).status).toBe(400);
  });

  test('the start page presses the same buttons', async () => {
    const { id, copy } = await invite();
    const page: unknown = await (await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}`)).json();
    const rows = at(page, 'events') as { id: string; subject: string }[];
    expect(rows.find((row) => row.id === copy)).toMatchObject({
      subject: 'Review meeting VR-7K2M9Q',
      response: 'notResponded',
    });
    expect(rows.some((row) => row.subject === 'Team meeting')).toBe(true);
    const pressed = await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}/${copy}/accept`, { method: 'POST' });
    expect(await pressed.json()).toMatchObject({ response: 'accepted', showAs: 'busy' });
    expect(at(await read(id), 'attendees', 0, 'status', 'response')).toBe('accepted');
  });
});

describe('changing and cancelling', () => {
  test('a new time asks everybody again; new words do not', async () => {
    const { id, copy } = await invite();
    await press(copy, 'accept');
    await worker('PATCH', `${events}/${id}`, { location: { displayName: 'Room 2' } });
    expect(at(await read(id), 'attendees', 0, 'status', 'response')).toBe('accepted');
    const moved = { start: { dateTime: '2026-11-25T10:15:00', timeZone: 'GMT Standard Time' } };
    expect(at((await worker('PATCH', `${events}/${id}`, moved)).body, 'attendees', 0, 'status', 'response')).toBe(
      'none',
    );
  });

  test('a body without its join link loses the online meeting', async () => {
    const { organiser, id } = await invite();
    const content = `${textAt(organiser, 'body', 'content')}<p>More.</p>`;
    const kept = await worker('PATCH', `${events}/${id}`, { body: { contentType: 'html', content } });
    expect(at(kept.body, 'onlineMeeting', 'joinUrl')).toBe(at(organiser, 'onlineMeeting', 'joinUrl'));
    const dropped = await worker('PATCH', `${events}/${id}`, { body: { contentType: 'html', content: '<p>New.</p>' } });
    expect(at(dropped.body, 'onlineMeeting')).toBeNull();
  });

  test('If-Match with an old etag is 412, with the present one it passes', async () => {
    const { id } = await invite();
    const etag = textAt(await read(id), '@odata.etag');
    const write = (ifMatch: string) =>
      worker('PATCH', `${events}/${id}`, { importance: 'high' }, { 'If-Match': ifMatch });
    expect((await write(etag)).status).toBe(200);
    expect((await write(etag)).status).toBe(412);
  });

  test('somebody taken off the list sees it cancelled from their diary', async () => {
    const { id, copy } = await invite();
    const attendees = [{ type: 'required', emailAddress: { address: teacher.email } }];
    await worker('PATCH', `${events}/${id}`, { attendees });
    expect((await theirs('GET', `/users/${socialWorker.oid}/events/${copy}`)).status).toBe(404);
  });

  test('cancel takes the organiser’s copy and marks the others', async () => {
    const { id, copy } = await invite();
    expect((await worker('POST', `${events}/${id}/cancel`, { comment: 'Not needed.' })).status).toBe(202);
    expect((await worker('GET', `${events}/${id}`)).status).toBe(404);
    const seen = (await theirs('GET', `/users/${socialWorker.oid}/events/${copy}`)).body;
    expect(seen).toMatchObject({ isCancelled: true, showAs: 'free' });
    expect((await press(copy, 'accept')).status).toBe(400);
  });
});

describe('who may do what', () => {
  const graph = 'https://graph.microsoft.com';
  const callers: [string, () => Promise<string>, string, number][] = [
    ['no such token', async () => 'a.b.c', reviews, 401],
    [
      'a token for another resource',
      () => m365.mintAppToken({ tid, clientId: workerAppId, aud: botAppId }),
      reviews,
      401,
    ],
    [
      'an expired token',
      () => m365.mintAppToken({ tid, clientId: workerAppId, aud: graph, expiresIn: -1 }),
      reviews,
      401,
    ],
    [
      'the bot, which has no Graph permission',
      () => m365.mintAppToken({ tid, clientId: botAppId, aud: graph }),
      reviews,
      403,
    ],
    [
      'the worker on a person’s calendar',
      () => m365.mintAppToken({ tid, clientId: workerAppId, aud: graph }),
      socialWorker.email,
      403,
    ],
    [
      'the worker in another tenant',
      () => m365.mintAppToken({ tid: otherTid, clientId: workerAppId, aud: graph }),
      reviews,
      404,
    ],
    [
      'a signed-in person on the review mailbox',
      () => m365.mintUserToken({ tid, oid: teacher.oid, aud: graph, scp: 'Calendars.Read' }),
      reviews,
      403,
    ],
    [
      'a person without a calendar scope',
      () => m365.mintUserToken({ tid, oid: teacher.oid, aud: graph }),
      teacher.oid,
      403,
    ],
  ];
  test.each(callers)('%s', async (_name, token, mailbox, status) => {
    const call = await graphCaller(m365, await token());
    expect((await call('GET', `/users/${mailbox}/events`)).status).toBe(status);
  });

  test('an invitation crosses tenants by mail, and is no window into the other tenant', async () => {
    await invite({ attendees: [{ type: 'required', emailAddress: { address: stranger.email } }] });
    const page: unknown = await (await fetch(`${m365.url}/_local/calendar/${stranger.oid}`)).json();
    expect(at(page, 'events', 0, 'subject')).toBe('Review meeting VR-7K2M9Q');
  });

  test('more than four calls in hand on one mailbox are throttled', async () => {
    m365.faults.set('graph', { rate: 1, kinds: ['slow'], slowMs: 60 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => worker('GET', `/users/${reviews}/calendar`)));
    m365.faults.clear();
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await worker('GET', `/users/${reviews}/calendar`)).status).toBe(200);
  });
});

describe('$batch', () => {
  const part = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
  test('each part has its own status; a 429 arrives inside the 200, with its Retry-After', async () => {
    m365.faults.once('graph', '429', (_method, path) => path.endsWith('/calendar'));
    const requests = [
      part('1', `/users/${reviews}/calendar`),
      part('2', `/users/${reviews}/calendar`),
      part('3', '/users/nobody/events'),
    ];
    const { status, body } = await worker('POST', '/$batch', { requests });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      responses: [
        { id: '1', status: 429, headers: { 'Content-Type': 'application/json', 'Retry-After': '1' } },
        { id: '2', status: 200 },
        { id: '3', status: 404, body: { error: { code: 'ErrorInvalidUser' } } },
      ],
    });
  });

  test('a part that depends on a failed one fails too; 21 parts are refused', async () => {
    const requests = [part('1', '/users/nobody/events'), part('2', `/users/${reviews}/calendar`, { dependsOn: ['1'] })];
    expect(at((await worker('POST', '/$batch', { requests })).body, 'responses', 1, 'status')).toBe(424);
    const many = Array.from({ length: 21 }, (_, index) => part(String(index), `/users/${reviews}/calendar`));
    expect((await worker('POST', '/$batch', { requests: many })).status).toBe(400);
  });

  test('a part whose connection is cut still has an answer', async () => {
    m365.faults.once('graph', 'cut', (_method, path) => path.endsWith('/calendar'));
    const { body } = await worker('POST', '/$batch', { requests: [part('1', `/users/${reviews}/calendar`)] });
    expect(at(body, 'responses', 0, 'status')).toBe(504);
  });
});
