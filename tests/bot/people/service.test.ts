import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBinding } from '../../../bot/access/binding.js';
import { verbs } from '../../../bot/access/roles.js';
import { me as meShape, personList } from '../../../bot/people/contract.js';
import {
  askToJoin,
  decideJoinRequest,
  firstAdministrator,
  listJoinRequests,
} from '../../../bot/people/joining-service.js';
import { confirmSchoolList, importStaffList, stopUnconfirmed } from '../../../bot/people/list-service.js';
import { issueBindingCode, personLeaves, searchPeople, whoAmI } from '../../../bot/people/service.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { kylebrae, strathlinn, tenants } from '../../../infra/local/demo/places.js';
import { type CouncilUnderTest, councilUnderTest, loading } from '../../support/demo-council.js';

let council: CouncilUnderTest;
beforeAll(async () => {
  council = await councilUnderTest();
}, loading);
afterAll(() => council.close());

const wanted = (more: object = {}) => ({ search: '', limit: 200, ...more });
const guid = (last: number) => `22222222-2222-4222-8222-${String(last).padStart(12, '0')}`;
const schoolId = () => {
  const school = council.demo.councils[0]?.rows.school.find(({ name }) => name === 'Ardmore Academy');
  if (!school) throw new Error('no Ardmore Academy');
  return school.school_id;
};
const audits = async (verb: string) => {
  const rows = await council.db.transact(council.system().actor, council.clock, (trx) =>
    trx
      .selectFrom('audit_entry')
      .selectAll()
      .where('authority_id', '=', strathlinn.authorityId)
      .where('verb', '=', verb)
      .execute(),
  );
  return rows.length;
};

describe('who am I', () => {
  test('says what the tab needs, and no verb that the roles do not have', async () => {
    const served = await council.directory.authoritiesOf(cast.teacher.tenantId, cast.teacher.oid);
    const me = meShape.parse(await whoAmI(council.as(cast.teacher), served));
    expect(me.person.name).toBe(cast.teacher.name);
    expect(me.authority).toEqual({ id: strathlinn.authorityId, name: strathlinn.name });
    expect(me.roles.sort()).toEqual(['named-person', 'pupil-support']);
    expect(me.may).toContain('request.submit');
    expect(me.may).not.toContain('request.triage');
    expect(me.virtualSchool).toEqual({ name: strathlinn.virtualSchool, telephone: '01632 960100' });
    expect(me.protection?.police).toBe('01632 960101');
    expect(me.may.every((verb) => verb in verbs)).toBe(true);
  });

  test('somebody who serves two councils must say for which, and sees the other', async () => {
    const { tenantId, oid } = cast.servesBoth;
    await expect(council.directory.actorFor(tenantId, oid)).rejects.toThrow('choose-authority');
    await council.directory.choose(tenantId, oid, kylebrae.authorityId);
    const actor = await council.directory.actorFor(tenantId, oid);
    expect(actor.personId).toBe(cast.servesBothInKylebrae.personId);
    const me = await whoAmI(council.as(actor, actor.authorityId), await council.directory.authoritiesOf(tenantId, oid));
    expect(me.others.map(({ name }) => name)).toEqual([strathlinn.name]);
  });
});

describe('searching staff', () => {
  test('finds by name without its accents, with roles and whether an account is joined', async () => {
    const found = personList.parse(
      await searchPeople(council.as(cast.virtualSchoolHead), wanted({ search: 'lukasz woj' })),
    );
    expect(found.items.map(({ name }) => name)).toEqual([cast.socialWorker.name]);
    expect(found.items[0]).toMatchObject({
      bound: true,
      confirmed: null,
      roles: [{ role: 'social-worker', school: null }],
    });
  });

  test('a school is searched by those who answer for its list; the whole council by them neither', async () => {
    const list = await searchPeople(council.as(cast.designatedManager), wanted({ schoolId: schoolId() }));
    expect(list.items.find(({ id }) => id === cast.unbound.personId)).toMatchObject({ bound: false, confirmed: true });
    await expect(searchPeople(council.as(cast.designatedManager), wanted())).rejects.toThrow('forbidden');
    await expect(searchPeople(council.as(cast.teacher), wanted({ schoolId: schoolId() }))).rejects.toThrow('forbidden');
  });

  test('wildcards are letters', async () => {
    expect((await searchPeople(council.as(cast.virtualSchoolHead), wanted({ search: '%' }))).total).toBe(0);
  });

  test('counts everybody though it shows a page', async () => {
    const found = await searchPeople(council.as(cast.administrator), wanted({ role: 'social-worker', limit: 10 }));
    expect([found.items.length, found.total]).toEqual([10, 85]);
  });
});

describe('a staff list', () => {
  const head = 'name,email,telephone,job title,role,school,object id,starts,leaves\n';
  const load = (rows: string, who = cast.administrator, tenantId: string | undefined = tenants.schools.tenantId) =>
    importStaffList(council.as(who), { csv: head + rows, tenantId });

  test('is taken, joined to accounts, and the second time changes nothing', async () => {
    const rows = [
      `Innes Tester,innes.tester@x.example,,PT,pupil-support,Ardmore Academy,${guid(1)},,`,
      `Innes Tester,innes.tester@x.example,,PT,named-person,ARDMORE academy,${guid(1)},,`,
      'Nobody,nobody@x.example,,,wizard,Ardmore Academy,,,',
    ].join('\n');
    expect(await load(rows)).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 0,
      rejected: [{ line: 4, reason: 'role-unknown' }],
    });
    expect(await load(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    const actor = await council.directory.actorFor(tenants.schools.tenantId, guid(1));
    const me = await whoAmI(council.as(actor), []);
    expect(me.roles.sort()).toEqual(['named-person', 'pupil-support']);
    expect(await audits('person.import')).toBe(2);
  });

  test('a leaving date in the list ends access on that day', async () => {
    await load('Innes Tester,innes.tester@x.example,,PT,pupil-support,Ardmore Academy,,,2026-11-24');
    expect((await council.directory.authoritiesOf(tenants.schools.tenantId, guid(1))).length).toBe(1);
    council.clock.advance({ hours: 24 });
    expect(await council.directory.authoritiesOf(tenants.schools.tenantId, guid(1))).toEqual([]);
    council.clock.advance({ hours: -24 });
  });

  test('an object id of a tenant that is not ours takes nothing at all', async () => {
    const row = `Zoe Tester,zoe.tester@x.example,,,dm,Ardmore Academy,${guid(2)},,`;
    await expect(load(row, cast.administrator, tenants.kylebrae.tenantId)).rejects.toThrow('invalid');
    expect((await searchPeople(council.as(cast.administrator), wanted({ search: 'zoe.tester' }))).total).toBe(0);
  });

  test('is not loaded by just anybody, nor can it make an administrator of a friend', async () => {
    await expect(load('', cast.officer)).rejects.toThrow('forbidden');
    const row = 'A Friend,friend@x.example,,,administrator,,,,';
    expect((await load(row, cast.virtualSchoolHead)).rejected).toEqual([{ line: 2, reason: 'role-not-by-list' }]);
  });

  test('an unreadable text is refused whole', async () => {
    await expect(load('"A,a@x.example')).rejects.toThrow('invalid: csv');
  });
});

describe('joining', () => {
  const account = (last: number) => ({ tenantId: tenants.schools.tenantId, objectId: guid(last) });

  test('a code joins once, whatever its dashes and case', async () => {
    const { code } = await issueBindingCode(council.as(cast.administrator), cast.unbound.personId);
    const { byCode } = createBinding(council.db.directory, council.clock);
    expect(await byCode(account(10).tenantId, account(10).objectId, code.toLowerCase().replaceAll('-', ' '))).toBe(
      true,
    );
    expect(await byCode(account(11).tenantId, account(11).objectId, code)).toBe(false);
    expect((await council.directory.actorFor(account(10).tenantId, account(10).objectId)).personId).toBe(
      cast.unbound.personId,
    );
  });

  test('a stranger’s tenant does not use a code up', async () => {
    const { code } = await issueBindingCode(council.as(cast.administrator), cast.classTeacher.personId);
    const { byCode } = createBinding(council.db.directory, council.clock);
    expect(await byCode(tenants.kylebrae.tenantId, guid(12), code)).toBe(false);
    expect(await byCode(account(12).tenantId, account(12).objectId, code)).toBe(true);
  });

  test('a code goes stale, and guessing stops after five', async () => {
    const { code } = await issueBindingCode(council.as(cast.administrator), cast.schoolHead.personId);
    const { byCode } = createBinding(council.db.directory, council.clock);
    for (let guess = 0; guess < 5; guess++)
      expect(await byCode(account(13).tenantId, account(13).objectId, `WRONG-${guess}`)).toBe(false);
    expect(await byCode(account(13).tenantId, account(13).objectId, code)).toBe(false);
    council.clock.advance({ hours: 2 });
    expect(await byCode(account(13).tenantId, account(13).objectId, code)).toBe(true);
    const late = await issueBindingCode(council.as(cast.administrator), cast.schoolHead.personId);
    council.clock.advance({ hours: 24 * 8 });
    expect(await byCode(account(14).tenantId, account(14).objectId, late.code)).toBe(false);
    council.clock.advance({ hours: -24 * 8 - 2 });
  });

  test('please add me: the designated manager sees the directory’s name and tenant, and one press joins', async () => {
    const asking = { ...account(20), directoryName: 'Struan New', schoolId: schoolId() };
    const first = await askToJoin(council.system(), asking);
    expect(await askToJoin(council.system(), asking)).toEqual(first);
    const { items } = await listJoinRequests(council.as(cast.designatedManager));
    expect(items).toMatchObject([{ id: first.joinRequestId, name: 'Struan New', tenant: tenants.schools.name }]);
    const { personId } = await decideJoinRequest(council.as(cast.designatedManager), first.joinRequestId, {
      outcome: 'joined',
    });
    const actor = await council.directory.actorFor(account(20).tenantId, account(20).objectId);
    expect(actor.personId).toBe(personId);
    expect((await whoAmI(council.as(actor), [])).roles).toEqual(['class-teacher']);
    await expect(
      decideJoinRequest(council.as(cast.schoolHead), first.joinRequestId, { outcome: 'joined' }),
    ).rejects.toThrow('stale');
  });

  test('somebody listed who has an account already is not given a second by a press', async () => {
    const asked = await askToJoin(council.system(), { ...account(21), directoryName: 'Ailsa M', schoolId: schoolId() });
    const join = (personId: string) =>
      decideJoinRequest(council.as(cast.designatedManager), asked.joinRequestId, { outcome: 'joined', personId });
    await expect(join(cast.teacher.personId)).rejects.toThrow('invalid');
    await expect(join(cast.socialWorker.personId)).rejects.toThrow('not-found');
    expect(
      await decideJoinRequest(council.as(cast.designatedManager), asked.joinRequestId, { outcome: 'refused' }),
    ).toEqual({ personId: null });
    await expect(council.directory.actorFor(account(21).tenantId, account(21).objectId)).rejects.toThrow('not-bound');
  });

  test('another school’s manager neither sees nor decides it; a stranger’s tenant cannot ask', async () => {
    const asked = await askToJoin(council.system(), { ...account(22), directoryName: 'X', schoolId: schoolId() });
    const other = council.demo.councils[0]?.rows.person_role.find(
      (row) => row.role === 'designated-manager' && row.school_id !== schoolId(),
    );
    const outsider = council.as({ personId: other?.person_id ?? '' });
    expect((await listJoinRequests(outsider)).items).toEqual([]);
    await expect(decideJoinRequest(outsider, asked.joinRequestId, { outcome: 'joined' })).rejects.toThrow('not-found');
    const asking = {
      tenantId: tenants.kylebrae.tenantId,
      objectId: guid(23),
      directoryName: 'X',
      schoolId: schoolId(),
    };
    await expect(askToJoin(council.system(), asking)).rejects.toThrow('not-found');
  });

  test('the console makes the first administrator and no other', async () => {
    await expect(firstAdministrator(council.system(), { name: 'A second' })).rejects.toThrow('not-allowed-now');
    const empty = '019b8d6a-4a00-7001-8a01-5c0a00000009';
    await council.database.owner.query(
      `insert into directory.authority values ($1, 'D99000009', 'New Council', now())`,
      [empty],
    );
    await council.database.owner.query('insert into directory.tenant_authority values ($1, $2)', [
      tenants.council.tenantId,
      empty,
    ]);
    const { code } = await firstAdministrator(council.system(empty), { name: 'First Person' });
    const { byCode } = createBinding(council.db.directory, council.clock);
    expect(await byCode(tenants.council.tenantId, guid(30), code)).toBe(true);
    const actor = await council.directory.actorFor(tenants.council.tenantId, guid(30));
    expect((await whoAmI(council.as(actor, empty), [])).roles).toEqual(['administrator']);
    await expect(firstAdministrator(council.system(empty), { name: 'First Person' })).rejects.toThrow(
      'not-allowed-now',
    );
  });
});

describe('leaving and confirming', () => {
  test('somebody who leaves today reaches nothing today; a stale press is refused', async () => {
    const who = cast.reviewingOfficer;
    const leave = { personId: who.personId, version: 1, leavesOn: '2026-11-23' };
    await expect(personLeaves(council.as(cast.officer), leave)).rejects.toThrow('forbidden');
    expect(await personLeaves(council.as(cast.administrator), leave)).toEqual({ version: 2, leavesOn: '2026-11-23' });
    await expect(personLeaves(council.as(cast.administrator), leave)).rejects.toThrow('stale');
    await expect(council.directory.actorFor(who.tenantId, who.oid)).rejects.toThrow('not-bound');
    const reach = await council.db.transact(council.as(who).actor, council.clock, (_trx, reached) =>
      Promise.resolve(reached),
    );
    expect(reach).toMatchObject({ mode: 'none', roles: [] });
    expect(await audits('person.leave')).toBe(1);
  });

  test('the list is confirmed by the school’s own manager; those gone stop, those in neither wait', async () => {
    const input = { schoolId: schoolId(), stillHere: [cast.teacher.personId], gone: [cast.classTeacher.personId] };
    await expect(confirmSchoolList(council.as(cast.teacher), input)).rejects.toThrow('forbidden');
    expect(await confirmSchoolList(council.as(cast.designatedManager), input)).toEqual({ confirmed: 2, ended: 1 });
    const me = await whoAmI(council.as(cast.classTeacher), []);
    expect(me.roles).toEqual([]);
  });

  test('next October whoever was not confirmed has no access, the rest have', async () => {
    council.clock.advance({ hours: 24 * 280 });
    await confirmSchoolList(council.as(cast.designatedManager), {
      schoolId: schoolId(),
      stillHere: [cast.teacher.personId],
      gone: [],
    });
    expect(await stopUnconfirmed(council.system())).toBe(0);
    council.clock.advance({ hours: 24 * 35 });
    expect(await stopUnconfirmed(council.system())).toBeGreaterThan(200);
    expect(await stopUnconfirmed(council.system())).toBe(0);
    expect((await whoAmI(council.as(cast.teacher), [])).roles).toHaveLength(2);
    expect((await whoAmI(council.as(cast.schoolHead), [])).roles).toEqual([]);
    expect((await whoAmI(council.as(cast.socialWorker), [])).roles).toEqual(['social-worker']);
  });
});
