import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { calendarPreview, calendars } from '../../../bot/people/calendar-contract.js';
import { simulatedRouting } from '../../../bot/requests/contract.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { startTestApp, type TestApp } from '../../support/app.js';

let test_: TestApp;
beforeAll(async () => {
  test_ = await startTestApp();
}, 60_000);
afterAll(() => test_.close());

const file = {
  format: 'csv',
  fileName: 'dates.csv',
  text: 'Kind,From,Until,Name,School\nclosure,2027-02-01,,Storm,\nholiday,01/03/2027,02/03/2027,Local holiday,No such school\n',
};
const head = () => test_.api(cast.virtualSchoolHead);

test('a file is previewed, taken, and taken again without a second copy; every row is answered for', async () => {
  const preview = await head()('POST', '/api/calendars/preview', file);
  expect(calendarPreview.parse(preview.body).counts).toEqual({ new: 1, unchanged: 0, rejected: 1 });
  expect(calendarPreview.parse(preview.body).rows[1]?.why).toBe('school-unknown');
  await head()('POST', '/api/calendars/import', file);
  const again = calendarPreview.parse((await head()('POST', '/api/calendars/import', file)).body);
  expect(again.counts).toEqual({ new: 0, unchanged: 1, rejected: 1 });
  const listed = await head()('GET', '/api/calendars?fromOn=2027-02-01&untilOn=2027-02-01');
  expect(calendars.parse(listed.body).dates.filter(({ name }) => name === 'Storm')).toHaveLength(1);
});

test('a date and an absence are added and removed by hand; a teacher may do neither', async () => {
  const date = { kind: 'closure', fromOn: '2027-02-03', untilOn: '2027-02-03', name: 'Polling day' };
  const { id } = z.object({ id: z.uuid() }).parse((await head()('POST', '/api/calendars/dates', date)).body);
  expect((await head()('POST', `/api/calendars/dates/${id}/remove`)).status).toBe(200);
  expect((await head()('POST', `/api/calendars/dates/${id}/remove`)).status).toBe(404);
  expect((await test_.api(cast.teacher)('POST', '/api/calendars/dates', date)).status).toBe(403);
  const absence = { personId: cast.officer.personId, fromOn: '2027-02-03', untilOn: '2027-02-05' };
  const own = await test_.api(cast.officer)('POST', '/api/absences', absence);
  expect(own.status).toBe(200);
  expect((await test_.api(cast.teacher)('POST', '/api/absences', absence)).status).toBe(403);
});

test('what would happen to a request is said in sentences, by the table in force and by a draft', async () => {
  const asked = { need: 'digital', level: 'learner', urgency: 'this-week', learnerId: castLearners.jamie.learnerId };
  const now = simulatedRouting.parse((await head()('POST', '/api/routing/simulate', asked)).body);
  expect(now).toMatchObject({ to: { kind: 'queue', name: 'Devices and remote learning' }, line: 1, assignee: null });
  expect(now.sentences[0]).toBe('Line 1 of your routing table fits: need.');
  expect(now.dueAt).not.toBeNull();
  const table = {
    pools: [{ id: 'p', name: 'Duty', members: [cast.officer.personId] }],
    lines: [{ to: { kind: 'pool', poolId: 'p' } }],
  };
  const draft = simulatedRouting.parse((await head()('POST', '/api/routing/simulate', { ...asked, table })).body);
  expect(draft).toMatchObject({ to: { kind: 'pool', name: 'Duty' }, assignee: { id: cast.officer.personId } });
  expect((await head()('POST', '/api/routing/simulate', { ...asked, table: { lines: [{ to: 'x' }] } })).status).toBe(
    422,
  );
});
