import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { glassRoutes } from '../../../bot/api/glass.js';
import { linkPerson } from '../../../bot/learners/links-service.js';
import { scnCheckDigit } from '../../../bot/learners/scn.js';
import { listReachedLearners } from '../../../bot/learners/service.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { apps, strathlinn } from '../../../infra/local/demo/places.js';
import { type BareApi, bareApi } from '../../support/bare-api.js';
import { asOwner } from '../../support/builders.js';
import { type CouncilUnderTest, councilUnderTest, loading } from '../../support/demo-council.js';

const { restricted, hidden, neighbour } = castLearners;
const eight = '16123456';
const scn = `${eight}${String(scnCheckDigit(eight))}`;
const bornOn = '2011-04-09';
const reason = 'On duty; the allocated worker cannot be reached';

let council: CouncilUnderTest;
let api: BareApi;
let nudged = 0;

beforeAll(async () => {
  council = await councilUnderTest();
  api = await bareApi(
    (actor) => ({ ...council.system(), actor }),
    (app, routes) => glassRoutes(app, { ...routes, nudge: () => void (nudged += 1) }),
  );
  for (const learner of [restricted, hidden, neighbour]) await known(learner.learnerId);
  for (const person of [cast.virtualSchoolHead, cast.informationOfficer])
    await council.database.owner.query(
      `insert into directory.conversation
         (bot_app_id, conversation_id, tenant_id, kind, object_id, authority_id, service_url, first_seen_at, last_seen_at)
       values ($1, $2, $3, 'personal', $4, $5, 'http://127.0.0.1:1/', now(), now()) on conflict do nothing`,
      [apps.strathlinnBot, `a:${person.personId}`, person.tenantId, person.oid, strathlinn.authorityId],
    );
}, loading);
afterAll(async () => {
  await api.close();
  await council.close();
});

/** One learner at a time has the number, so that a test says whose record it means. */
async function known(learnerId: string): Promise<void> {
  const set = (client: { query: (text: string, values: unknown[]) => Promise<unknown> }) =>
    client.query(
      'update learner set scn = case when learner_id = $1 then $2 end, birth_on = $3 where learner_id = $1 or scn = $2',
      [...[learnerId, scn, bornOn]],
    );
  await asOwner(council.database, strathlinn.authorityId, set);
}

const as = (who: { personId: string }) =>
  api.as({ kind: 'person', authorityId: strathlinn.authorityId, personId: who.personId });
const open = async (who: { personId: string }, body: object = { scn, bornOn, reason }) => {
  const answer = await as(who).post('/api/emergency-access', body);
  return { status: answer.status, text: await answer.text() };
};
const reaches = async (learnerId: string) =>
  (await listReachedLearners(council.as(cast.officer), 1000)).some(({ id }) => id === learnerId);

test('the number and the birth date open it for four hours; head and information officer are told, of nobody', async () => {
  await known(restricted.learnerId);
  expect(await reaches(restricted.learnerId)).toBe(false);
  const opened = await open(cast.officer);
  expect(opened).toMatchObject({ status: 200, text: expect.stringContaining(restricted.learnerId) });
  expect([await reaches(restricted.learnerId), nudged]).toEqual([true, 1]);
  const placed = await council.db.transact(council.system().actor, council.clock, (trx) =>
    trx.selectFrom('posted_card').selectAll().where('kind', '=', 'glass-notice').execute(),
  );
  expect(placed.map((card) => card.person_id).sort()).toEqual(
    [cast.virtualSchoolHead.personId, cast.informationOfficer.personId].sort(),
  );
  expect(JSON.stringify(placed)).not.toContain(restricted.learnerId);
});

test('they read who, when and why; others may not', async () => {
  for (const who of [cast.virtualSchoolHead, cast.informationOfficer]) {
    const answer = await as(who).get('/api/emergency-access');
    expect(await answer.json()).toMatchObject({
      items: [{ by: { id: cast.officer.personId }, reason, open: true }],
    });
  }
  for (const who of [cast.officer, cast.teacher, cast.administrator])
    expect((await as(who).get('/api/emergency-access')).status).toBe(403);
});

test('a wrong number, a wrong day, a declared conflict and another council’s learner answer alike, and leave a trace', async () => {
  const no = await open(cast.officer, { scn, bornOn: '2011-04-10', reason });
  expect(no.status).toBe(404);
  expect(await open(cast.officer, { scn: '161234560', bornOn, reason })).toEqual(no);
  expect(await open(cast.officer, { scn: 'nine chars', bornOn, reason })).toEqual(no);
  await known(hidden.learnerId);
  await linkPerson(council.as(cast.officer), {
    ...{ learnerId: hidden.learnerId, personId: cast.officer.personId, kind: 'conflict' as const },
  });
  expect(await open(cast.officer)).toEqual(no);
  const traces = await council.db.transact(council.system().actor, council.clock, (trx) =>
    trx.selectFrom('audit_entry').selectAll().where('verb', '=', 'learner.break-glass-refused').execute(),
  );
  expect(traces).toHaveLength(4);
  expect(JSON.stringify(traces)).not.toContain(scn);
});

test('who may not break glass at all is refused before anything is looked up', async () => {
  await known(restricted.learnerId);
  for (const who of [cast.teacher, cast.administrator, cast.informationOfficer])
    expect((await open(who)).status).toBe(403);
});
