import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  authorityChoices,
  bindingCode,
  importedStaffList,
  joinRequestList,
  me,
  personList,
  settingList,
} from '../../../bot/people/contract.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { kylebrae, strathlinn, tenants } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { loading } from '../../support/demo-council.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
}, loading);
afterAll(() => app.close());

const search = { search: '', limit: 5 };

describe('the people routes', () => {
  test('who am I', async () => {
    const answer = await app.api(cast.teacher)('GET', '/api/me');
    expect(answer.status).toBe(200);
    expect(me.parse(answer.body).person).toEqual({ id: cast.teacher.personId, name: cast.teacher.name });
  });

  test('somebody of two councils is asked first, chooses, and chooses again', async () => {
    const call = app.api(cast.servesBoth);
    expect(await call('GET', '/api/me')).toMatchObject({ status: 409, body: { code: 'choose-authority' } });
    expect(await call('POST', '/api/people/search', search)).toMatchObject({ status: 409 });
    const choices = authorityChoices.parse((await call('GET', '/api/me/authorities')).body).items;
    expect(choices.map(({ name }) => name)).toEqual([kylebrae.name, strathlinn.name]);
    for (const { id, name } of choices) {
      expect((await call('POST', '/api/me/authority', { authorityId: id })).status).toBe(200);
      const now = me.parse((await call('GET', '/api/me')).body);
      expect([now.authority.name, now.others.length]).toEqual([name, 1]);
    }
  });

  test('nobody chooses a council that has not said they are theirs', async () => {
    const answer = await app.api(cast.teacher)('POST', '/api/me/authority', { authorityId: kylebrae.authorityId });
    expect(answer.status).toBe(404);
  });

  test('an account that nobody has joined is told so, and the same whatever it asks', async () => {
    for (const path of ['/api/me', '/api/settings', '/api/people/join-requests'])
      expect(await app.api(cast.unbound)('GET', path)).toMatchObject({ status: 403, body: { code: 'not-bound' } });
  });

  test('staff are searched by those who may', async () => {
    const found = personList.parse((await app.api(cast.officer)('POST', '/api/people/search', search)).body);
    expect([found.items.length, found.total > 300]).toEqual([5, true]);
    expect((await app.api(cast.teacher)('POST', '/api/people/search', search)).status).toBe(403);
  });

  test('a staff list goes in, and what does not fit comes back by line', async () => {
    const csv =
      'name,email,role,school\nNew Person,new.person@x.example,dm,Ardmore Academy\n,x@x.example,dm,Ardmore Academy';
    const answer = await app.api(cast.administrator)('POST', '/api/people/list-import', { csv });
    expect(importedStaffList.parse(answer.body)).toMatchObject({
      added: 1,
      rejected: [{ line: 3, reason: 'no-name' }],
    });
  });

  test('a code for somebody, a leaving day for somebody else', async () => {
    const call = app.api(cast.administrator);
    const code = await call('POST', `/api/people/${cast.unbound.personId}/binding-code`);
    expect(bindingCode.parse(code.body).code).toMatch(/^([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/);
    const leave = { version: 1, leavesOn: '2026-11-23' };
    expect((await call('POST', `/api/people/${cast.classTeacher.personId}/leave`, leave)).status).toBe(200);
    expect(await app.api(cast.classTeacher)('GET', '/api/me')).toMatchObject({
      status: 403,
      body: { code: 'not-bound' },
    });
    const neighbour = await call('POST', `/api/people/${cast.neighbourTeacher.personId}/leave`, leave);
    const nobody = await call('POST', `/api/people/${strathlinn.authorityId}/leave`, leave);
    expect([neighbour.status, neighbour.text]).toEqual([404, nobody.text]);
  });

  test('the designated manager’s list of who asked to be added', async () => {
    const answer = await app.api(cast.designatedManager)('GET', '/api/people/join-requests');
    expect(joinRequestList.parse(answer.body)).toEqual({ items: [] });
    const decide = { outcome: 'joined' };
    const path = `/api/people/join-requests/${tenants.schools.tenantId}`;
    expect((await app.api(cast.designatedManager)('POST', path, decide)).status).toBe(404);
  });

  test('settings are read, changed and refused', async () => {
    const call = app.api(cast.administrator);
    const { items } = settingList.parse((await call('GET', '/api/settings')).body);
    expect(items.every((row) => row.set || !row.refusesWhileUnset)).toBe(true);
    const put = (key: string, value: unknown) => call('PUT', `/api/settings/${key}`, { value });
    expect(await put('people.virtual-school', { name: 'Our team', telephone: null })).toMatchObject({
      status: 200,
      body: { changedBy: cast.administrator.name },
    });
    expect(me.parse((await app.api(cast.teacher)('GET', '/api/me')).body).virtualSchool).toEqual({
      name: 'Our team',
      telephone: null,
    });
    expect(await put('people.child-protection', {})).toMatchObject({
      status: 422,
      body: { code: 'invalid', where: 'value.police' },
    });
    expect((await put('people.nothing', 1)).status).toBe(404);
    const asTeacher = await app.api(cast.teacher)('PUT', '/api/settings/people.titles', { value: {} });
    expect(asTeacher.status).toBe(403);
  });

  test('none of it put a name into the log', () => {
    const log = app.logged.join('\n');
    for (const { name, email } of [cast.unbound, cast.classTeacher, cast.administrator])
      expect([log.includes(name), log.includes(email)]).toEqual([false, false]);
  });
});
