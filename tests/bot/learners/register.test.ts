import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  changeList,
  learnerDetail,
  learnerList,
  matchQueue,
  qualityReport,
} from '../../../bot/learners/register-contract.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { asOwner } from '../../support/builders.js';
import { extractDoor } from '../../support/extract-door.js';

let app: TestApp;
let door: ReturnType<typeof extractDoor>;
/** Somebody of the demo council at the designated manager's school, with a social worker. */
let jo: { learner_id: string; given_name: string; family_name: string; birth: string; school: string; other: string };

beforeAll(async () => {
  app = await startTestApp();
  door = extractDoor(app, cast.dataOfficer);
  const found = await rows<typeof jo>(
    `select l.learner_id, l.given_name, l.family_name, l.birth_on::text as birth, s.name as school,
       (select name from school o where o.authority_id = s.authority_id and o.school_id <> s.school_id and o.kind = s.kind order by name limit 1) as other
     from learner l join school s using (authority_id, school_id) join learner_scope c using (authority_id, learner_id)
     join person_role r on r.authority_id = l.authority_id and r.school_id = l.school_id and r.person_id = $1
     where not c.restricted and c.social_worker_id is not null and l.birth_on is not null and l.scn is null order by l.learner_id limit 1`,
    [cast.designatedManager.personId],
  );
  if (!found[0]) throw new Error('the demo has nobody like that');
  jo = found[0];
});
afterAll(() => app.close());

const rows = <T extends object>(query: string, values: unknown[] = []) =>
  asOwner(app.database, strathlinn.authorityId, async (client) => (await client.query<T>(query, values)).rows);
const get = async <T>(person: Parameters<TestApp['api']>[0], path: string, shape: z.ZodType<T>) => {
  const answer = await app.api(person)('GET', path);
  expect([path, answer.status]).toEqual([path, 200]);
  return shape.parse(answer.body);
};
const pupils = { system: 'SEEMiS', kind: 'pupils' } as const;
const day = (iso: string) => iso.split('-').reverse().join('/');

test('alike without an SCN waits for a person; joined, the move of school is told and the former school sees nobody', async () => {
  const file = (school: string) =>
    `Pupil ID,Forename,Surname,DOB,Stage,School\r\nE7,${jo.given_name},${jo.family_name},${day(jo.birth)},S3,${school}\r\n`;
  const first = await door.take(file(jo.school), pupils);
  expect(first.counts).toMatchObject({ taken: 1, joined: 0, made: 0, waiting: 1 });
  const queue = await get(cast.dataOfficer, '/api/matches', matchQueue);
  const pair = queue.items.find(({ learnerId }) => learnerId === jo.learner_id);
  expect(pair?.evidence.filter(({ says }) => says === 'same').map(({ field }) => field)).toEqual([
    ...['givenName', 'familyName', 'birthOn'],
  ]);
  const decided = await door.ask('POST', `/api/matches/${pair?.id ?? ''}`, { version: 1, decision: 'same' });
  expect(decided.status).toBe(200);
  for (const other of queue.items.filter(({ id }) => id !== pair?.id))
    await door.ask('POST', `/api/matches/${other.id}`, { version: 1, decision: 'different' });
  expect((await get(cast.dataOfficer, '/api/matches', matchQueue)).total).toBe(0);

  expect((await app.api(cast.designatedManager)('GET', `/api/learners/${jo.learner_id}`)).status).toBe(200);
  await door.take(file(jo.other), pupils);
  expect((await app.api(cast.designatedManager)('GET', `/api/learners/${jo.learner_id}`)).status).toBe(404);
  const changes = await app.api(cast.virtualSchoolHead)('POST', '/api/changes/search', { open: true });
  const moved = changeList
    .parse(changes.body)
    .items.filter((one) => one.learnerId === jo.learner_id && one.kind === 'school');
  expect(moved).toHaveLength(1);
  expect(moved[0]).toMatchObject({ telling: 'tell-both', since: '2026-11-23', backDated: false });
  expect(moved[0]?.told.length).toBeGreaterThanOrEqual(1);
  expect(moved[0]?.told.map(({ id }) => id)).not.toContain(cast.designatedManager.personId);

  const detail = await get(cast.dataOfficer, `/api/learners/${jo.learner_id}`, learnerDetail);
  expect(detail.learner.school).toBe(jo.other);
  const was = await get(cast.dataOfficer, `/api/learners/${jo.learner_id}?stoodOn=2026-11-22`, learnerDetail);
  expect(was.facts.find((one) => one.attribute === 'school' && one.source === 'education' && one.holds)?.value).toBe(
    jo.school,
  );
});

test('a valid SCN with another birth date, and a twin, wait; a forbidden pair is not offered again', async () => {
  const [someone] = await rows<{ scn: string; birth: string; family_name: string }>(
    `select l.scn, l.birth_on::text as birth, l.family_name from learner l join learner_scope c using (authority_id, learner_id)
     where scn is not null and not restricted and birth_on is not null order by learner_id limit 1`,
  );
  const scn = someone?.scn ?? '';
  const family = someone?.family_name ?? '';
  const file = `Pupil ID,SCN,Forename,Surname,DOB\r\nX1,${scn},Anna,Other,01/02/2011\r\nX2,,Zebedee,${family},${day(someone?.birth ?? '')}\r\n`;
  const { counts } = await door.take(file, { ...pupils, registers: true });
  expect(counts).toMatchObject({ joined: 0, made: 0, waiting: 2 });
  const before = await get(cast.dataOfficer, '/api/matches', matchQueue);
  expect(before.items.some(({ guard }) => guard === 'twin')).toBe(true);
  for (const { id } of before.items)
    await door.ask('POST', `/api/matches/${id}`, { version: 1, decision: 'forbidden' });
  expect(await get(cast.dataOfficer, '/api/matches', matchQueue)).toEqual({ items: [], total: 0 });
  await door.take(file.replace('Anna', 'Annie'), { ...pupils, registers: true });
  expect((await get(cast.dataOfficer, '/api/matches', matchQueue)).total).toBe(0);
  const made = await rows(`select given_name from learner where given_name in ('Anna', 'Annie', 'Zebedee') order by 1`);
  expect(made).toEqual([{ given_name: 'Annie' }, { given_name: 'Zebedee' }]);
});

test('lists hold what roles see, exports are neutral to spreadsheets, quality is counted', async () => {
  const ask = app.api(cast.teacher);
  const teacher = learnerList.parse((await ask('POST', '/api/learners/search', {})).body);
  expect(teacher.total).toBeGreaterThan(0);
  const all = learnerList.parse((await door.ask('POST', '/api/learners/search', { limit: 200 })).body);
  expect(all.total).toBeGreaterThan(teacher.total);
  const byWord = await door.ask('POST', '/api/learners/search', { words: 'Zebedee' });
  expect(learnerList.parse(byWord.body).total).toBe(1);
  await rows(`update learner set known_as = '=2+5' where given_name = 'Zebedee'`);
  const wanted = { view: 'everybody', words: 'Zebedee', schoolId: null, columns: ['name', 'scn'], reason: 'planning' };
  const file = await door.ask('POST', '/api/learners/export', wanted);
  expect(z.object({ text: z.string() }).parse(file.body).text).toMatch(/\r\n'=2\+5 /);
  expect((await ask('POST', '/api/learners/export', wanted)).status).toBe(403);
  const quality = await get(cast.dataOfficer, '/api/register/quality', qualityReport);
  expect(quality.learners).toBe(all.total);
  expect(quality.sources.map(({ system }) => system)).toContain('SEEMiS');
});
