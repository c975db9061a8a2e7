import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { todayRoutes } from '../../../bot/api/today.js';
import { triageRoutes } from '../../../bot/api/triage.js';
import { tellChange } from '../../../bot/learners/changes-told-service.js';
import { recordFact } from '../../../bot/learners/service.js';
import { today, type TodayItem, type TodaySection } from '../../../bot/requests/today-contract.js';
import { requestTodaySources } from '../../../bot/requests/today-lines-reading.js';
import { requestBeside, triageList } from '../../../bot/requests/triage-contract.js';
import { reviewTodaySources } from '../../../bot/reviews/today-reading.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { type BareApi, bareApi } from '../../support/bare-api.js';
import { asOwner } from '../../support/builders.js';
import { councilUnderTest, type CouncilUnderTest, loading } from '../../support/demo-council.js';

let council: CouncilUnderTest;
let api: BareApi;

beforeAll(async () => {
  council = await councilUnderTest();
  api = await bareApi(
    (actor) => (actor.kind === 'person' ? council.as(actor, actor.authorityId) : council.system()),
    (app, routes) => {
      todayRoutes(app, { ...routes, sources: [...requestTodaySources, ...reviewTodaySources] });
      triageRoutes(app, { ...routes, nudge: () => undefined });
    },
  );
}, loading);
afterAll(async () => {
  await api.close();
  await council.close();
});

const as = ({ personId }: { readonly personId: string }) =>
  api.as({ kind: 'person', authorityId: strathlinn.authorityId, personId });
const readToday = async (who: { readonly personId: string }) =>
  today.parse(await (await as(who).get('/api/today')).json());
const part = async (who: { readonly personId: string }, section: TodaySection) => {
  const found = (await readToday(who)).parts.find((one) => one.section === section);
  if (!found) throw new Error('no such part');
  return found;
};
const note = (body: object, who: { readonly personId: string } = cast.officer) =>
  as(who).post('/api/call-notes', { nonce: randomUUID(), who: 'The school office', agreed: 'We ring again', ...body });
const jamie = castLearners.jamie.learnerId;

describe('today', () => {
  test('says what is due, whom we wait for and since when, and what nobody has told us yet', async () => {
    const { parts, counts, since } = await readToday(cast.virtualSchoolHead);
    expect(since).toBeNull();
    const by = new Map(parts.map((one) => [one.section, one]));
    expect([...by.values()].filter(({ known }) => !known).map(({ section }) => section)).toEqual([
      'attendance',
      'part-time',
    ]);
    expect(by.get('due')?.total).toBe(counts.dueToday + counts.overdue);
    const waiting = by.get('waiting')?.items.filter(({ kind }) => kind === 'school') ?? [];
    expect(waiting.length).toBeGreaterThan(0);
    const moments = waiting.map(({ at }) => at ?? '');
    expect(moments).toEqual([...moments].sort());
    for (const line of waiting) expect([line.person !== null, (line.days ?? -1) >= 0]).toEqual([true, true]);
    expect(by.get('reviews')?.total).toBe(counts.reviewsThisWeek);
  });

  test('a change is there until the viewer has looked, for each viewer alone, and looking never goes back', async () => {
    const seen = await readToday(cast.officer);
    await as(cast.officer).post('/api/today/looked', { until: seen.asOf });
    council.clock.advance({ minutes: 5 });
    expect((await part(cast.officer, 'changed')).total).toBe(0);
    await recordFact(council.as(cast.virtualSchoolHead), {
      ...{ learnerId: jamie, attribute: 'stage', value: 'S4', source: 'education', validFrom: '2026-11-23' },
    });
    const changed = await part(cast.officer, 'changed');
    expect(changed.items).toMatchObject([
      { kind: 'learner.fact', about: 'stage', learner: { id: jamie }, person: { name: cast.virtualSchoolHead.name } },
    ]);
    const early = await as(cast.officer).post('/api/today/looked', { until: '2026-01-01T00:00:00Z' });
    expect(await early.json()).toEqual({ since: new Date(seen.asOf).toISOString() });
    council.clock.advance({ minutes: 5 });
    const future = await as(cast.officer).post('/api/today/looked', { until: '2999-01-01T00:00:00Z' });
    expect(((await future.json()) as { since: string }).since < '2027').toBe(true);
    expect((await part(cast.officer, 'changed')).total).toBe(0);
    expect((await part(cast.dataOfficer, 'changed')).total).toBeGreaterThan(0);
  });

  test('what somebody told is there at once, also of a learner who is in no list', async () => {
    const told = { kind: 'home', what: 'Moved to an aunt.', sinceOn: '2026-11-20' } as const;
    const teacher = council.as(cast.teacher);
    await tellChange(teacher, { ...told, learnerId: jamie, initials: null, class: null }, { nonce: randomUUID() });
    await tellChange(teacher, { ...told, learnerId: null, initials: 'A.B.', class: '2B' }, { nonce: randomUUID() });
    const lines = (await part(cast.virtualSchoolHead, 'changed')).items.filter(({ kind }) => kind === 'change.told');
    expect(lines.map(({ learner, text, about, on }) => [learner?.id ?? null, text, about, on]).sort()).toEqual(
      [
        [null, 'A.B., 2B', 'home', '2026-11-20'],
        [jamie, null, 'home', '2026-11-20'],
      ].sort(),
    );
    expect(lines.map(({ subject, school }) => [subject.kind, school !== null])).toEqual([
      ['change', true],
      ['change', true],
    ]);
    expect(JSON.stringify(lines)).not.toContain('aunt');
  });

  test('a learner of whom somebody may not know is in no line of theirs', async () => {
    await asOwner(council.database, strathlinn.authorityId, async (client) => {
      await client.query(
        `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, $2, $3, $4, 'conflict', '2026-01-01')`,
        [strathlinn.authorityId, randomUUID(), jamie, cast.dataOfficer.personId],
      );
    });
    const lines = (await readToday(cast.dataOfficer)).parts.flatMap(({ items }): TodayItem[] => items);
    expect(lines.filter(({ learner }) => learner?.id === jamie)).toEqual([]);
  });

  test('is the team’s alone', async () => {
    for (const who of [cast.teacher, cast.socialWorker, cast.administrator, cast.informationOfficer])
      expect((await as(who).get('/api/today')).status).toBe(403);
  });
});

describe('a call in one line', () => {
  test('is written once, stands in Today until done, and beside its request', async () => {
    const found = triageList.parse(
      await (await as(cast.officer).post('/api/requests/search', { level: 'learner', limit: 60 })).json(),
    );
    const request = found.items.find(({ learner }) => learner?.id);
    if (!request) throw new Error('nothing was asked about anybody');
    const body = { nonce: 'call-note-once', requestId: request.id, byOn: '2026-11-20' };
    const first = (await (await note(body)).json()) as { id: string };
    expect(await (await note(body)).json()).toEqual(first);
    const written = async () => (await part(cast.officer, 'agreed')).items.filter(({ id }) => id === first.id);
    const agreed = await written();
    expect(agreed).toMatchObject([
      { id: first.id, kind: 'late', about: 'The school office', text: 'We ring again', on: '2026-11-20', days: 1 },
    ]);
    expect(agreed[0]?.subject.reference).toBe(request.reference);
    const beside = requestBeside.parse(await (await as(cast.officer).get(`/api/requests/${request.id}/beside`)).json());
    expect(beside.callNotes).toMatchObject([{ id: first.id, done: false, by: cast.officer.name }]);
    expect(beside.learner?.people.length).toBeGreaterThan(0);
    for (const name of ['done', 'done', 'undone', 'done'])
      expect((await as(cast.virtualSchoolHead).post(`/api/call-notes/${first.id}/${name}`)).status).toBe(200);
    expect(await written()).toEqual([]);
  });

  test('is guarded, and about nobody whom its writer does not reach', async () => {
    const held = await note({ agreed: 'He is not safe at home' });
    expect([held.status, ((await held.json()) as { code: string }).code]).toEqual([422, 'concern']);
    expect((await note({ learnerId: castLearners.restricted.learnerId })).status).toBe(404);
    expect((await note({ learnerId: randomUUID() })).status).toBe(404);
    expect((await note({}, cast.teacher)).status).toBe(403);
  });
});

describe('beside a request', () => {
  test('who looked at it is the head’s to know', async () => {
    const found = triageList.parse(await (await as(cast.officer).post('/api/requests/search', { limit: 1 })).json());
    const id = found.items[0]?.id ?? '';
    await as(cast.officer).get(`/api/requests/${id}/beside`);
    expect((await as(cast.officer).get(`/api/requests/${id}/audit`)).status).toBe(403);
    const lines = (await (await as(cast.virtualSchoolHead).get(`/api/requests/${id}/audit`)).json()) as {
      items: object[];
    };
    expect(lines.items).toMatchObject([{ verb: 'request.beside', by: cast.officer.name }]);
    expect((await as(cast.virtualSchoolHead).get(`/api/requests/${randomUUID()}/audit`)).status).toBe(404);
  });
});
