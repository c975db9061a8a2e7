import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import {
  at,
  graphCaller,
  invitation,
  reviews,
  socialWorker,
  textAt,
  world,
  type Call,
} from '../../support/local-microsoft365.js';

let folder: string;
let m365: Microsoft365;
let worker: Call;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'm365-'));
  m365 = await world({ stateFile: join(folder, 'state.json') }).start();
  worker = await graphCaller(m365);
});
afterEach(async () => {
  await m365.close();
  await rm(folder, { recursive: true });
});

const events = `/users/${reviews}/events`;
const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-24T00:00:00Z';
const whole = `/users/${reviews}/calendarView/delta?${window}`;

async function create(transactionId: string, changes: object = {}): Promise<string> {
  return textAt((await worker('POST', events, invitation({ transactionId, ...changes }))).body, 'id');
}

/** Follows the pages to the end; gives what was in them and the delta link. */
async function round(from: string, pageSize = 50) {
  const items: { id: string; '@removed'?: object; transactionId?: string }[] = [];
  let [link, pages] = [from, 0];
  for (;;) {
    const { status, body } = await worker('GET', link, undefined, { Prefer: `odata.maxpagesize=${pageSize}` });
    if (status !== 200) return { status, items, link, pages, body };
    items.push(...(at(body, 'value') as typeof items));
    pages += 1;
    const next = at(body, '@odata.nextLink');
    if (typeof next !== 'string') return { status, items, link: textAt(body, '@odata.deltaLink'), pages, body };
    link = next;
  }
}

test('a first read is the whole window, page by page, with every event once', async () => {
  const ids = [];
  for (let n = 0; n < 7; n += 1) ids.push(await create(`t${n}`));
  const { items, pages } = await round(whole, 3);
  expect(pages).toBe(3);
  expect(items.map((item) => item.id).sort()).toEqual(ids.sort());
  expect(new Set(items.map((item) => item.transactionId)).size).toBe(7);
});

test('an answer, a cancellation and a new event come with the next round, and then nothing', async () => {
  const [answered, cancelled, quiet] = [await create('a'), await create('b'), await create('c')];
  const first = await round(whole);
  const page: unknown = await (await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}`)).json();
  const invitations = (at(page, 'events') as { id: string; isOrganiser: boolean }[]).filter((one) => !one.isOrganiser);
  await fetch(`${m365.url}/_local/calendar/${socialWorker.oid}/${invitations[0]?.id}/accept`, { method: 'POST' });
  await worker('POST', `${events}/${cancelled}/cancel`, {});
  const made = await create('d');
  const second = await round(first.link);
  expect(second.items.map((item) => item.id).sort()).toEqual([answered, cancelled, made].sort());
  expect(second.items.find((item) => item.id === cancelled)).toHaveProperty('@removed');
  expect(second.items.find((item) => item.id === answered)).toMatchObject({
    attendees: [{ status: { response: 'accepted' } }, {}],
  });
  expect(second.items.some((item) => item.id === quiet)).toBe(false);
  expect((await round(second.link)).items).toEqual([]);
});

test('what leaves the window is removed; what never was in it is not news', async () => {
  const id = await create('a');
  const { link } = await round(whole);
  const far = (hour: string) => ({ dateTime: `2027-05-05T${hour}:00:00`, timeZone: 'UTC' });
  await create('b', { start: far('10'), end: far('11') });
  await worker('PATCH', `${events}/${id}`, { start: far('10'), end: far('11') });
  expect((await round(link)).items).toMatchObject([{ id, '@removed': { reason: 'deleted' } }]);
});

test('what changes while the pages are read is told in this round or the next', async () => {
  const ids = [];
  for (let n = 0; n < 4; n += 1) ids.push(await create(`t${n}`));
  const page = await worker('GET', whole, undefined, { Prefer: 'odata.maxpagesize=2' });
  for (const id of ids) await worker('PATCH', `${events}/${id}`, { importance: 'high' });
  const rest = await round(textAt(page.body, '@odata.nextLink'));
  const next = await round(rest.link);
  expect(next.items.map((item) => item.id).sort()).toEqual(ids.sort());
});

test('a link outlives a restart, and an expired one is 410 syncStateNotFound', async () => {
  const id = await create('a');
  const { link } = await round(whole);
  await m365.close();
  m365 = await world({ stateFile: join(folder, 'state.json') }).start();
  worker = await graphCaller(m365);
  expect((await worker('GET', `${events}/${id}`)).status).toBe(200);
  expect((await round(link)).items).toEqual([]);
  m365.expireDeltaLinks();
  const gone = await round(link);
  expect(gone.status).toBe(410);
  expect(gone.body).toMatchObject({ error: { code: 'syncStateNotFound' } });
  expect((await round(whole)).items).toHaveLength(1);
});

describe('a delta query refuses', () => {
  test.each(['$select=id', '$filter=isCancelled', '$expand=x', '$orderby=start', '$top=5'])('%s', async (option) => {
    const { status, body } = await worker('GET', `${whole}&${option}`);
    expect([status, at(body, 'error', 'code')]).toEqual([400, 'ErrorInvalidUrlQuery']);
  });
  test('a window without an end, and a link of another mailbox', async () => {
    expect((await worker('GET', `/users/${reviews}/calendarView/delta?startDateTime=2026-11-01`)).status).toBe(400);
    expect((await worker('GET', `/users/${reviews}/calendarView/delta?$deltatoken=abc`)).status).toBe(400);
  });
});

test('calendarView lists by start and pages with an absolute link', async () => {
  for (const hour of ['14', '09', '11']) {
    const start = { dateTime: `2026-11-25T${hour}:00:00`, timeZone: 'UTC' };
    await create(hour, { start, end: { dateTime: `2026-11-25T${hour}:30:00`, timeZone: 'UTC' } });
  }
  const first = await worker('GET', `/users/${reviews}/calendarView?${window}&$top=2&$select=transactionId`);
  expect((at(first.body, 'value') as { transactionId: string }[]).map((one) => one.transactionId)).toEqual([
    '09',
    '11',
  ]);
  expect(at(first.body, 'value', 0)).not.toHaveProperty('subject');
  const next = textAt(first.body, '@odata.nextLink');
  expect(next).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\//);
  const second = await worker('GET', next);
  expect(at(second.body, 'value', 0, 'transactionId')).toBe('14');
  expect(second.body).not.toHaveProperty('@odata.nextLink');
});
