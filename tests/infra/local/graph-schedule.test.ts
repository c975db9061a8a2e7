import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import {
  at,
  graphCaller,
  invitation,
  reviews,
  socialWorker,
  stranger,
  world,
  type Call,
} from '../../support/local-microsoft365.js';

let m365: Microsoft365;
let worker: Call;
beforeAll(async () => {
  m365 = await world().start();
  worker = await graphCaller(m365);
});
afterAll(async () => m365.close());

const ask = (changes: object = {}, headers: Record<string, string> = {}) =>
  worker(
    'POST',
    `/users/${reviews}/calendar/getSchedule`,
    { ...day('2026-11-24'), schedules: [socialWorker.email], ...changes },
    headers,
  );
const day = (on: string) => ({
  startTime: { dateTime: `${on}T08:00:00`, timeZone: 'GMT Standard Time' },
  endTime: { dateTime: `${on}T18:00:00`, timeZone: 'GMT Standard Time' },
  availabilityViewInterval: 60,
});

test('shows what fills the day, slot by slot, in the zone that was asked for', async () => {
  const { status, body } = await ask({}, { Prefer: 'outlook.timezone="GMT Standard Time"' });
  expect(status).toBe(200);
  expect(at(body, 'value', 0)).toMatchObject({
    scheduleId: socialWorker.email,
    availabilityView: '0200033330',
    scheduleItems: [
      { status: 'busy', start: { dateTime: '2026-11-24T09:00:00.0000000', timeZone: 'GMT Standard Time' } },
      { status: 'oof', end: { dateTime: '2026-11-24T17:00:00.0000000', timeZone: 'GMT Standard Time' } },
    ],
  });
});

test('an address of nobody here, and of another tenant, is an error inside a 200', async () => {
  const { status, body } = await ask({ schedules: ['nobody@strathlinn.example', stranger.email, socialWorker.email] });
  expect(status).toBe(200);
  const error = { responseCode: 'ErrorMailRecipientNotFound' };
  expect(at(body, 'value')).toMatchObject([
    { error, availabilityView: '' },
    { error },
    { availabilityView: '0200033330' },
  ]);
});

test('an unanswered invitation is tentative, an accepted one busy; a private one hides its subject', async () => {
  const made = await worker('POST', `/users/${reviews}/events`, invitation());
  expect(made.status).toBe(201);
  const before = (await ask(day('2026-11-25'))).body;
  expect(at(before, 'value', 0, 'availabilityView')).toBe('0010000000');
  expect(at(before, 'value', 0, 'scheduleItems', 0)).not.toHaveProperty('subject');
  expect(at(before, 'value', 0, 'scheduleItems', 0, 'isPrivate')).toBe(true);
  const page: unknown = await (await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}`)).json();
  const copy = (at(page, 'events') as { id: string; isOrganiser: boolean }[]).find((one) => !one.isOrganiser);
  await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}/${copy?.id}/accept`, { method: 'POST' });
  expect(at((await ask(day('2026-11-25'))).body, 'value', 0, 'availabilityView')).toBe('0020000000');
});

describe('limits', () => {
  const until = (dateTime: string) => ({ endTime: { dateTime, timeZone: 'GMT Standard Time' } });
  const asked: [string, object, number][] = [
    ['20 schedules', { schedules: Array.from({ length: 20 }, (_, index) => `a${index}@strathlinn.example`) }, 200],
    ['21 schedules', { schedules: Array.from({ length: 21 }, (_, index) => `a${index}@strathlinn.example`) }, 400],
    ['a minute under 62 days', { ...until('2027-01-25T07:59:00'), availabilityViewInterval: 1440 }, 200],
    ['62 days', { ...until('2027-01-25T08:00:00'), availabilityViewInterval: 1440 }, 400],
    ['slots of 4 minutes', { availabilityViewInterval: 4 }, 400],
    ['slots of 5 minutes', { availabilityViewInterval: 5 }, 200],
    ['slots over a day', { ...until('2026-12-24T08:00:00'), availabilityViewInterval: 1441 }, 400],
    ['an end before the start', until('2026-11-24T07:00:00'), 400],
    ['a property that is not there', { zone: 'UTC' }, 400],
  ];
  test.each(asked)('%s', async (_name, changes, status) => {
    expect((await ask(changes)).status).toBe(status);
  });

  test('an unknown zone in the Prefer header is refused', async () => {
    expect((await ask({}, { Prefer: 'outlook.timezone="Scottish Time"' })).status).toBe(400);
  });

  test('the parameters may be written as Microsoft’s examples write them', async () => {
    const { startTime: StartTime, endTime: EndTime } = day('2026-11-24');
    const body = { Schedules: [socialWorker.email], StartTime, EndTime };
    expect(
      (await worker('POST', `/users/${reviews}/calendar/getSchedule`, { ...body, AvailabilityViewInterval: 60 }))
        .status,
    ).toBe(200);
  });
});
