import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { EventDraft } from '../../../bot/context.js';
import type { LocalPerson } from '../../../infra/local/shared.js';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import { graphEdge } from '../../support/graph-edge.js';
import {
  at,
  type Call,
  graphCaller,
  reviews,
  socialWorker,
  stranger,
  teacher,
  textAt,
  tid,
  workerAppId,
  world,
} from '../../support/local-microsoft365.js';

const mailbox = { tenantId: tid, address: reviews };
const instant = (text: string) => Temporal.Instant.from(text);
const day = { from: instant('2026-11-24T00:00:00Z'), until: instant('2026-11-25T00:00:00Z') };
const year = { from: instant('2026-11-01T00:00:00Z'), until: instant('2027-10-01T00:00:00Z') };

const many: LocalPerson[] = Array.from({ length: 25 }, (_, index) => ({
  ...{
    tenantId: tid,
    oid: `0c4b7f52-3d1e-4f7a-9b1c-5a6d7e8f${String(index).padStart(4, '0')}`,
    name: `Person ${index}`,
  },
  email: `person${index}@strathlinn.example`,
  calendar: [
    { startAt: '2026-11-24T11:00:00Z', endAt: '2026-11-24T12:00:00Z', showAs: 'busy', subject: `secret ${index}` },
    { startAt: '2027-02-24T11:00:00Z', endAt: '2027-02-24T12:00:00Z', showAs: 'oof', subject: `secret ${index}` },
  ],
}));

const here = world({ people: [socialWorker, teacher, stranger, ...many] });
let m365: Microsoft365;
let edge: ReturnType<typeof graphEdge>;
let worker: Call;
let serial = 0;
let draft: EventDraft;

beforeAll(async () => {
  m365 = await here.start();
  edge = graphEdge({ url: m365.url, clock: here.settings.clock, workerAppId, deadlineMs: 1_000 });
  worker = await graphCaller(m365);
});
afterAll(async () => m365.close());
afterEach(() => m365.faults.clear());
beforeEach(() => {
  serial += 1;
  draft = {
    transactionId: `review-${serial}`,
    subject: 'Review meeting VR-7K2M9Q',
    bodyText: 'The virtual school invites you.\nOpen VR-7K2M9Q <in Teams>.',
    startAt: instant('2026-11-25T10:00:00Z').add({ hours: serial * 24 }),
    endAt: instant('2026-11-25T11:00:00Z').add({ hours: serial * 24 }),
    online: true,
    locationText: 'online',
    attendees: [
      { email: socialWorker.email, required: true },
      { email: teacher.email, required: false },
    ],
  };
});

const stored = async (eventId: string) => (await worker('GET', `/users/${reviews}/events/${eventId}`)).body;
const transactions = async () => {
  const ledger: unknown = await (await fetch(`${m365.url}/_local/graph/ledger`)).json();
  return at(ledger, 'transactions') as { transactionId: string; asked: number; events: string[] }[];
};

describe('availability', () => {
  test('more than twenty calendars over more than 62 days are asked for in pieces that Graph takes', async () => {
    const emails = many.map(({ email }) => email);
    const patient = graphEdge({ url: m365.url, clock: here.settings.clock, workerAppId }).calendar;
    const read = await patient.availability(mailbox, emails, day.from, instant('2027-03-01T00:00:00Z'));
    expect([...read.keys()]).toEqual(emails);
    for (const one of read.values()) {
      if (!one.known) throw new Error('not known');
      expect(one.busy.map(({ startAt, kind }) => `${startAt.toString()} ${kind}`)).toEqual([
        '2026-11-24T11:00:00Z busy',
        '2027-02-24T11:00:00Z away',
      ]);
      expect(JSON.stringify(one)).not.toContain('secret');
    }
  });

  test('whoever cannot be read is unknown with a reason, beside those who can', async () => {
    const emails = [socialWorker.email, stranger.email, 'nobody@strathlinn.example'];
    const read = await edge.calendar.availability(mailbox, emails, day.from, day.until);
    expect(read.get(socialWorker.email)).toMatchObject({ known: true });
    expect(read.get(stranger.email)).toEqual({ known: false, reason: 'no-such-calendar' });
    expect(read.get('nobody@strathlinn.example')).toEqual({ known: false, reason: 'no-such-calendar' });
  });

  test.each(['429', '503', '504-after', 'cut', 'cut-after', 'slow'] as const)(
    '%s makes everybody asked unknown, never free',
    async (fault) => {
      m365.faults.once('graph', fault);
      const read = await edge.calendar.availability(mailbox, [socialWorker.email, teacher.email], day.from, day.until);
      expect([...read.values()]).toEqual(Array(2).fill({ known: false, reason: 'unavailable' }));
    },
  );

  test('one piece that fails leaves the others known, each with its own people', async () => {
    m365.faults.once('graph', '503');
    const emails = many.map(({ email }) => email);
    const read = await edge.calendar.availability(mailbox, emails, day.from, day.until);
    const unknown = emails.filter((email) => read.get(email)?.known === false);
    expect([20, 5]).toContain(unknown.length);
    for (const email of emails) expect(read.has(email)).toBe(true);
  });
});

describe('making an event', () => {
  test('neutral, private, attendees hidden, required and optional kept apart, times in London', async () => {
    const { eventId } = await edge.calendar.createEvent(mailbox, draft);
    const event = await stored(eventId);
    expect(event).toMatchObject({
      ...{ subject: 'Review meeting VR-7K2M9Q', sensitivity: 'private', hideAttendees: true },
      ...{ isOnlineMeeting: true, allowNewTimeProposals: true, responseRequested: true },
      ...{ transactionId: draft.transactionId, originalStartTimeZone: 'GMT Standard Time' },
      attendees: [{ type: 'required' }, { type: 'optional' }],
    });
    expect(textAt(event, 'start', 'dateTime')).toBe(`${draft.startAt.toString().slice(0, 19)}.0000000`);
    expect(textAt(event, 'body', 'content')).toContain('invites you.<br>Open VR-7K2M9Q &lt;in Teams&gt;.');
  });

  test.each(['504-after', 'cut-after'] as const)(
    '%s is ambiguous; the repeat finds the event: there is one',
    async (fault) => {
      m365.faults.once('graph', fault);
      await expect(edge.calendar.createEvent(mailbox, draft)).rejects.toMatchObject({ kind: 'ambiguous' });
      const { eventId } = await edge.calendar.createEvent(mailbox, draft);
      const mine = (await transactions()).find(({ transactionId }) => transactionId === draft.transactionId);
      expect(mine).toEqual({ transactionId: draft.transactionId, asked: 2, events: [eventId] });
    },
  );

  test('429 is to be tried again after the time that Graph asked for, and is not tried again by itself', async () => {
    m365.faults.set('graph', { rate: 1, kinds: ['429'], retryAfterSeconds: 17 });
    const refused = { kind: 'retry', detail: { status: 429, code: 'TooManyRequests', retryAfterMs: 17_000 } };
    await expect(edge.calendar.createEvent(mailbox, draft)).rejects.toMatchObject(refused);
    expect(m365.faults.injected.filter(({ fault, path }) => fault === '429' && path.endsWith('/events'))).toHaveLength(
      1,
    );
  });

  test.each([
    ['503', { kind: 'ambiguous' }],
    ['cut', { kind: 'ambiguous' }],
    ['slow', { kind: 'ambiguous', detail: { code: 'deadline' } }],
  ] as const)('%s', async (fault, error) => {
    m365.faults.once('graph', fault);
    await expect(edge.calendar.createEvent(mailbox, draft)).rejects.toMatchObject(error);
  });

  test('a mailbox that the worker may not open is refused, for good', async () => {
    const foreign = { tenantId: tid, address: teacher.email };
    await expect(edge.calendar.createEvent(foreign, draft)).rejects.toMatchObject({
      kind: 'refused',
      detail: { status: 403 },
    });
  });

  test('no answer from sign-in means that nothing was asked', async () => {
    m365.faults.set('token', { rate: 1, kinds: ['503'] });
    const cold = graphEdge({ url: m365.url, clock: here.settings.clock, workerAppId });
    await expect(cold.calendar.createEvent(mailbox, draft)).rejects.toMatchObject({ kind: 'retry' });
    expect((await transactions()).some(({ transactionId }) => transactionId === draft.transactionId)).toBe(false);
  });
});

describe('changing and cancelling', () => {
  test('the online meeting keeps its join link when time and words change', async () => {
    const { eventId } = await edge.calendar.createEvent(mailbox, draft);
    const before = textAt(await stored(eventId), 'onlineMeeting', 'joinUrl');
    const later = {
      ...draft,
      bodyText: 'A new time.',
      startAt: draft.startAt.add({ hours: 2 }),
      endAt: draft.endAt.add({ hours: 2 }),
    };
    await edge.calendar.updateEvent(mailbox, eventId, later);
    const after = await stored(eventId);
    expect(textAt(after, 'onlineMeeting', 'joinUrl')).toBe(before);
    expect(textAt(after, 'body', 'content')).toMatch(/^<div>A new time\.<\/div><div class="me-email-text">/);
    expect(textAt(after, 'start', 'dateTime')).toBe(`${later.startAt.toString().slice(0, 19)}.0000000`);
  });

  test('cancelling twice is cancelling once', async () => {
    const { eventId } = await edge.calendar.createEvent(mailbox, draft);
    await edge.calendar.cancelEvent(mailbox, eventId, 'Cancelled.');
    await edge.calendar.cancelEvent(mailbox, eventId, 'Cancelled.');
    expect((await worker('GET', `/users/${reviews}/events/${eventId}`)).status).toBe(404);
  });
});

describe('changes', () => {
  const press = async (eventSubject: string, answer: string, body: unknown = {}) => {
    const url = `${m365.url}/_local/calendar/${socialWorker.oid}`;
    const shown: unknown = await (await fetch(url)).json();
    const events = at(shown, 'events') as { id: string; subject: string }[];
    const id = events.find(({ subject }) => subject === eventSubject)?.id ?? 'none';
    const headers = { 'Content-Type': 'application/json' };
    const pressed = await fetch(`${url}/${id}/${answer}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(pressed.status).toBe(200);
  };

  test('every page is read; then only what changed; answers and proposals come from the organiser’s copy', async () => {
    const made: string[] = [];
    for (let index = 0; index < 130; index += 1) {
      const one = { ...draft, transactionId: `${draft.transactionId}-${index}`, attendees: [], online: false };
      made.push((await edge.calendar.createEvent(mailbox, one)).eventId);
    }
    const asked = { ...draft, subject: `Review meeting VR-${serial}` };
    const { eventId } = await edge.calendar.createEvent(mailbox, asked);
    const first = await edge.calendar.changes(mailbox, null, year);
    expect(first.full).toBe(true);
    expect(first.changes.map((one) => one.eventId)).toEqual(expect.arrayContaining([...made, eventId]));

    await press(asked.subject, 'tentativelyAccept', {
      proposedNewTime: {
        start: { dateTime: '2026-12-24T10:00:00', timeZone: 'GMT Standard Time' },
        end: { dateTime: '2026-12-24T11:00:00', timeZone: 'GMT Standard Time' },
      },
    });
    const second = await edge.calendar.changes(mailbox, first.link, year);
    expect(second).toMatchObject({
      full: false,
      changes: [{ eventId, transactionId: draft.transactionId, removed: false }],
    });
    const answers = second.changes[0]?.answers ?? [];
    expect(answers[0]).toMatchObject({ email: socialWorker.email, response: 'tentative' });
    expect(answers[0]?.respondedAt).not.toBeNull();
    expect(answers[0]?.proposed?.startAt.toString()).toBe('2026-12-24T10:00:00Z');
    expect(answers[1]).toEqual({ email: teacher.email, response: 'none', respondedAt: null, proposed: null });

    await edge.calendar.cancelEvent(mailbox, eventId, 'Cancelled.');
    const third = await edge.calendar.changes(mailbox, second.link, year);
    expect(third.changes).toMatchObject([{ eventId, removed: true, startAt: null, endAt: null }]);
  });

  test('a link that Graph has forgotten (410) is answered by reading the whole window', async () => {
    const { eventId } = await edge.calendar.createEvent(mailbox, draft);
    const { link } = await edge.calendar.changes(mailbox, null, year);
    m365.expireDeltaLinks();
    const again = await edge.calendar.changes(mailbox, link, year);
    expect(again.full).toBe(true);
    expect(again.changes.map((one) => one.eventId)).toContain(eventId);
  });

  test('a link to another host is not followed', async () => {
    const foreign = 'https://graph.microsoft.com.attacker.example/v1.0/users/x/calendarView/delta?$deltatoken=1';
    await expect(
      edge.graph({
        ...{ tenantId: tid, mailbox: reviews, method: 'GET', path: foreign, route: '/' },
        answer: (await import('zod')).z.unknown(),
      }),
    ).rejects.toMatchObject({ kind: 'refused' });
  });
});

test('a token refused because the clock moved on is asked for again once', async () => {
  await edge.calendar.createEvent(mailbox, draft);
  here.move(26);
  worker = await graphCaller(m365);
  await expect(edge.calendar.createEvent(mailbox, draft)).resolves.toMatchObject({ eventId: expect.any(String) });
});

test('the log has routes, statuses and Graph’s request ids, and no address, subject or body', () => {
  const text = JSON.stringify(edge.lines);
  expect(text).toContain('"route":"/users/{mailbox}/events"');
  expect(text).toContain('graphRequestId');
  expect(text).not.toMatch(/@|VR-|invites|person\d/);
});
