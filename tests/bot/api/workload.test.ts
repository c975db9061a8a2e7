import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { requestRoutes } from '../../../bot/api/requests.js';
import { triageRoutes } from '../../../bot/api/triage.js';
import { workloadRoutes } from '../../../bot/api/workload.js';
import { loggedRequest, triageList } from '../../../bot/requests/triage-contract.js';
import { handedOver, workload, workloadOf } from '../../../bot/requests/workload-contract.js';
import { comingReviews } from '../../../bot/reviews/today-reading.js';
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
      const nudge = () => undefined;
      requestRoutes(app, routes, nudge);
      triageRoutes(app, { ...routes, nudge });
      workloadRoutes(app, { ...routes, nudge, coming: [comingReviews] });
    },
  );
}, loading);
afterAll(async () => {
  await api.close();
  await council.close();
});

type Who = { readonly personId: string };
const as = ({ personId }: Who) => api.as({ kind: 'person', authorityId: strathlinn.authorityId, personId });
const list = async (search: object) =>
  triageList.parse(
    await (await as(cast.virtualSchoolHead).post('/api/requests/search', { limit: 200, ...search })).json(),
  );
const readWorkload = async () => workload.parse(await (await as(cast.virtualSchoolHead).get('/api/workload')).json());
const of = async (who: Who) =>
  workloadOf.parse(await (await as(cast.virtualSchoolHead).get(`/api/workload/${who.personId}`)).json());
const give = async (who: Who, items: readonly object[], more: object = {}) =>
  as(who).post('/api/requests/hand-over', { nonce: randomUUID(), toId: cast.officer.personId, items, ...more });
const open = ['submitted', 'assigned', 'in-progress', 'waiting-on-school'];

describe('workload', () => {
  test('adds up to what is open', async () => {
    const { people, unassigned } = await readWorkload();
    const all = await list({ state: open, total: true });
    expect(people.reduce((sum, one) => sum + one.open, unassigned)).toBe(all.total);
    for (const one of people) {
      const theirs = await list({ state: open, assigneeId: one.id, total: true });
      expect([one.name, one.open, one.overdue]).toEqual([
        one.name,
        theirs.total,
        theirs.items.filter(({ overdue }) => overdue).length,
      ]);
    }
  });

  test('one person’s page holds every open request once: overdue, in one of eight weeks, or later', async () => {
    const page = await of(cast.officer);
    const shown = [...page.overdue, ...page.coming.flatMap(({ requests }) => requests), ...page.undated];
    const all = await list({ state: open, assigneeId: cast.officer.personId });
    expect(new Set(shown.map(({ id }) => id))).toEqual(new Set(all.items.map(({ id }) => id)));
    expect(shown.length).toBe(all.items.length);
    expect([page.coming.length, page.coming[0]?.weekOf]).toEqual([8, '2026-11-23']);
    const most = page.ring.map(({ requests }) => requests);
    expect(most).toEqual([...most].sort((a, b) => b - a));
  });

  test('reviews to come are beside the requests, each in its own week', async () => {
    const stored = await asOwner(council.database, strathlinn.authorityId, (client) =>
      client.query<{ person_id: string; n: number }>(
        `select a.person_id, count(*)::int as n from review r join review_attendee a on a.review_id = r.review_id
         where r.starts_at >= '2026-11-23T09:30:00Z' and r.starts_at < '2027-01-18T00:00:00Z' and r.state in ('booking', 'booked')
           and a.person_id in (select person_id from person_role where role in ('virtual-school', 'virtual-school-head'))
         group by a.person_id order by n desc limit 1`,
      ),
    );
    const [most] = stored.rows;
    if (!most) throw new Error('nobody of the team is asked to a review');
    const weeks = (await of({ personId: most.person_id })).coming;
    expect(weeks.flatMap(({ other }) => other).length).toBe(most.n);
    for (const { weekOf, other } of weeks) for (const { at } of other) expect(at.slice(0, 10) >= weekOf).toBe(true);
  });

  test('somebody who holds nothing and is not in the team has none', async () => {
    const answers = [cast.teacher.personId, randomUUID(), cast.neighbourHead.personId].map(async (id) => {
      const answer = await as(cast.virtualSchoolHead).get(`/api/workload/${id}`);
      return [answer.status, await answer.text()];
    });
    const [first, ...others] = await Promise.all(answers);
    expect(others).toEqual([first, first]);
    expect(first?.[0]).toBe(404);
    expect((await as(cast.teacher).get('/api/workload')).status).toBe(403);
  });
});

describe('handing over', () => {
  test('moves each that can be moved, says what became of each, once, and is taken back as one', async () => {
    const items = (await list({ view: 'new' })).items.slice(0, 4);
    const [stale, ...others] = items;
    if (!stale || others.length < 3) throw new Error('too few new requests');
    const before = await readWorkload();
    const body = {
      nonce: 'hand-over-once',
      items: [
        { id: stale.id, version: 99 },
        ...others.map(({ id, version }) => ({ id, version })),
        { id: randomUUID(), version: 1 },
      ],
    };
    const first = handedOver.parse(await (await give(cast.virtualSchoolHead, body.items, body)).json());
    expect(first.results.map(({ outcome }) => outcome)).toEqual(['stale', 'moved', 'moved', 'moved', 'not-found']);
    const again = handedOver.parse(await (await give(cast.virtualSchoolHead, body.items, body)).json());
    expect(again.handOverId).toBe(first.handOverId);
    const held = (at: Awaited<ReturnType<typeof readWorkload>>) =>
      at.people.find(({ id }) => id === cast.officer.personId)?.open ?? 0;
    expect(held(await readWorkload())).toBe(held(before) + 3);
    const other = await as(cast.officer).post(`/api/requests/hand-over/${first.handOverId}/undo`, {
      nonce: randomUUID(),
    });
    expect(other.status).toBe(404);
    const undone = handedOver.parse(
      await (
        await as(cast.virtualSchoolHead).post(`/api/requests/hand-over/${first.handOverId}/undo`, {
          nonce: randomUUID(),
        })
      ).json(),
    );
    expect(undone.moved).toBe(3);
    expect(held(await readWorkload())).toBe(held(before));
    for (const { id } of others)
      expect((await list({ view: 'new' })).items.find((row) => row.id === id)).toMatchObject({ assignee: null });
  });

  test('what has moved on since is left as it is', async () => {
    const [one, two] = (await list({ view: 'new' })).items;
    if (!one || !two) throw new Error('too few new requests');
    const items = [one, two].map(({ id, version }) => ({ id, version }));
    const done = handedOver.parse(await (await give(cast.virtualSchoolHead, items)).json());
    await as(cast.officer).post(`/api/requests/${one.id}/start`, { version: one.version + 1, nonce: randomUUID() });
    const undone = handedOver.parse(
      await (
        await as(cast.virtualSchoolHead).post(`/api/requests/hand-over/${done.handOverId}/undo`, {
          nonce: randomUUID(),
        })
      ).json(),
    );
    expect(undone.results.map(({ id, outcome }) => [id === one.id, outcome])).toEqual(
      expect.arrayContaining([
        [true, 'stale'],
        [false, 'moved'],
      ]),
    );
  });

  test('goes to nobody outside the team, and is not the data officer’s or the school’s to do', async () => {
    const items = [{ id: randomUUID(), version: 1 }];
    const outside = await give(cast.virtualSchoolHead, items, { toId: cast.teacher.personId });
    expect([outside.status, await outside.json()]).toMatchObject([422, { code: 'invalid' }]);
    for (const who of [cast.dataOfficer, cast.teacher]) expect((await give(who, items)).status).toBe(403);
  });
});

describe('a request logged for somebody', () => {
  const call = {
    ...{ heardBy: 'telephone', level: 'learner', need: 'attendance', urgency: 'this-week' },
    what: 'She rang about mornings.',
  };
  const log = (body: object, who: Who = cast.officer) =>
    as(who).post('/api/requests/logged', { nonce: randomUUID(), ...call, ...body });

  test('for a social worker in the list is theirs, and the logger’s to answer, once for a press', async () => {
    const body = {
      nonce: 'logged-once-1',
      personId: cast.socialWorker.personId,
      learnerId: castLearners.jamie.learnerId,
    };
    const made = loggedRequest.parse(await (await log(body)).json());
    expect(await (await log(body)).json()).toEqual(made);
    expect((await list({ search: made.reference })).items).toMatchObject([
      { asker: { name: cast.socialWorker.name }, assignee: { name: cast.officer.name }, state: 'assigned' },
    ]);
  });

  test('for somebody in no list keeps who they are beside it', async () => {
    const made = loggedRequest.parse(
      await (
        await log({ name: 'A foster carer', telephone: '01632 960999', learnerInitials: 'A.B.', take: false })
      ).json(),
    );
    const stored = await asOwner(council.database, strathlinn.authorityId, (client) =>
      client.query('select heard_by, caller_name, logged_by from request_heard where request_id = $1', [made.id]),
    );
    expect(stored.rows).toEqual([
      { heard_by: 'telephone', caller_name: 'A foster carer', logged_by: cast.officer.personId },
    ]);
  });

  test('is guarded, and needs somebody and something', async () => {
    const bodies = [
      { name: 'A neighbour', what: 'He was hit by his uncle', learnerInitials: 'A.B.' },
      { learnerInitials: 'A.B.' },
      { name: 'A neighbour' },
      { name: 'A neighbour', learnerId: castLearners.restricted.learnerId },
      { personId: cast.neighbourHead.personId, learnerInitials: 'A.B.' },
    ];
    const codes = await Promise.all(
      bodies.map(async (body) => ((await (await log(body)).json()) as { code: string }).code),
    );
    expect(codes).toEqual(['concern', 'invalid', 'invalid', 'not-found', 'not-found']);
    expect((await log({ name: 'Me', learnerInitials: 'A.B.' }, cast.teacher)).status).toBe(403);
  });
});
