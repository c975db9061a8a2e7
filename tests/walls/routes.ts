import type { TestApp } from '../support/app.js';
import { registerRoutes } from './register-routes.js';
import { type Entry, get, type Known, post, type Probe, put, sceneVersion } from './route-shapes.js';

let nonces = 0;
const nonce = () => `walls-nonce-${(nonces += 1)}`;

const move = (name: string, body: object = {}): Probe => ({
  kind: 'request',
  call: (id) => post(`/api/requests/${id}/${name}`, { version: sceneVersion, nonce: nonce(), ...body }),
});
const booking = ({ learner, people }: Known) => ({
  ...{ nonce: nonce(), learnerId: learner, purpose: 'plan-review', startsAt: '2026-12-09T10:00:00Z', minutes: 45 },
  ...{ online: true, acceptUnknown: true, people: people.map((id) => ({ id, required: true })) },
});
const slots = ({ learner, people }: Known) => ({
  ...{ learnerId: learner, minutes: 45, earliestOn: '2026-12-07', latestOn: '2026-12-11' },
  people: people.map((id) => ({ id, required: true })),
});
const asked = (id: string) => [{ id, required: true }];

const oneDay = { fromOn: '2027-01-11', untilOn: '2027-01-11' };
const anyRequest = { need: 'attendance', level: 'learner', urgency: 'today' };
const moveWords = {
  ...{ reason: 'Another service is nearer', signpost: 'Educational psychology', service: 'School nursing' },
  ...{ by: 'Their duty officer', told: { who: 'Duty social work', at: '2026-11-23T09:00:00Z' } },
};

const officer = '019b8d6a-4a00-7ca5-8a02-000000000006';
const view = () => ({ nonce: nonce(), name: 'A view', shared: true, filters: {}, sort: null });
const heard = () => ({
  ...{ nonce: nonce(), heardBy: 'telephone', level: 'learner', need: 'attendance', urgency: 'today' },
  ...{ what: 'Somebody rang.', learnerInitials: 'A.B.' },
});
const called = () => ({ nonce: nonce(), who: 'The school office', agreed: 'We ring again' });
const handOver = (toId: string, id: string) => ({ nonce: nonce(), toId, items: [{ id, version: sceneVersion }] });
const numbersOf = { by: 'need', from: '2026-08-01', until: '2026-11-22' };
/** A place in the list as the list itself writes it. */
const pageAfter = (id: string) =>
  Buffer.from(
    JSON.stringify([1, 'asked', 1, '2026-11-20 00:00:00.000000+00', '2026-11-20 00:00:00.000000+00', id]),
  ).toString('base64url');

/** Route -> how it is called. A route that is not here fails the test: say first whose ids it takes. */
export const routes: Readonly<Record<string, Entry>> = {
  'GET /healthz': { noIds: 'says that the process lives' },
  'GET /readyz': { noIds: 'says whether the database answers' },
  'POST /api/emergency-access': { noIds: 'takes a number and a birth date; glass.test.ts holds who may' },
  'GET /api/emergency-access': { noIds: 'lists who opened what and why; names no learner' },
  'GET /config/{tenantId}': { noIds: 'answers anybody the same, whatever the tenant' },
  'POST /api/requests/search': [
    { kind: 'school', call: (id) => post('/api/requests/search', { view: 'everything', schoolId: id }) },
    { kind: 'person', call: (id) => post('/api/requests/search', { view: 'everything', assigneeId: id }) },
    { kind: 'learner', call: (id) => post('/api/requests/search', { learnerId: id }) },
    { kind: 'view', call: (id) => post('/api/requests/search', { view: id }) },
    { kind: 'request', call: (id) => post('/api/requests/search', { page: pageAfter(id), limit: 1 }) },
  ],
  'GET /api/requests/{id}/beside': [{ kind: 'request', call: (id) => get(`/api/requests/${id}/beside`) }],
  'GET /api/requests/{id}/audit': [{ kind: 'request', call: (id) => get(`/api/requests/${id}/audit`) }],
  'GET /api/requests/views': { noIds: 'lists; see the lists test' },
  'POST /api/requests/views': [
    { kind: 'learner', call: (id) => post('/api/requests/views', { ...view(), filters: { learnerId: id } }) },
    { kind: 'school', call: (id) => post('/api/requests/views', { ...view(), filters: { schoolId: id } }) },
  ],
  'PUT /api/requests/views/{id}': [
    { kind: 'view', call: (id) => put(`/api/requests/views/${id}`, { ...view(), version: sceneVersion }) },
  ],
  'POST /api/requests/views/{id}/remove': [
    { kind: 'view', call: (id) => post(`/api/requests/views/${id}/remove`, { version: sceneVersion }) },
  ],
  'POST /api/requests/logged': [
    { kind: 'learner', call: (id) => post('/api/requests/logged', { ...heard(), name: 'A caller', learnerId: id }) },
    { kind: 'person', call: (id) => post('/api/requests/logged', { ...heard(), personId: id }) },
    {
      kind: 'school',
      call: (id) => post('/api/requests/logged', { ...heard(), level: 'school', name: 'A caller', schoolId: id }),
    },
  ],
  'GET /api/requests/snippets': { noIds: 'lists the council’s own guidance' },
  'POST /api/requests/hand-over': [
    { kind: 'request', call: (id) => post('/api/requests/hand-over', handOver(officer, id)) },
    { kind: 'person', call: (id, { request }) => post('/api/requests/hand-over', handOver(id, request)) },
  ],
  'POST /api/requests/hand-over/{id}/undo': [
    { kind: 'hand-over', call: (id) => post(`/api/requests/hand-over/${id}/undo`, { nonce: nonce() }) },
  ],
  'GET /api/today': { noIds: 'is about the caller; see the lists test' },
  'POST /api/today/looked': { noIds: 'a moment' },
  'POST /api/call-notes': [
    { kind: 'request', call: (id) => post('/api/call-notes', { ...called(), requestId: id }) },
    { kind: 'learner', call: (id) => post('/api/call-notes', { ...called(), learnerId: id }) },
  ],
  ...Object.fromEntries(
    ['done', 'undone'].map((name) => [
      `POST /api/call-notes/{id}/${name}`,
      [{ kind: 'call-note', call: (id: string) => post(`/api/call-notes/${id}/${name}`, undefined) }],
    ]),
  ),
  'GET /api/workload': { noIds: 'lists; see the lists test' },
  'GET /api/workload/{id}': [{ kind: 'person', call: (id) => get(`/api/workload/${id}`) }],
  'GET /api/numbers/terms': { noIds: 'lists the council’s terms' },
  'POST /api/numbers/requests': [
    { kind: 'school', call: (id) => post('/api/numbers/requests', { ...numbersOf, schoolId: id }) },
  ],
  'POST /api/numbers/requests/csv': [
    {
      kind: 'school',
      call: (id) => post('/api/numbers/requests/csv', { question: { ...numbersOf, schoolId: id }, reason: 'planning' }),
    },
  ],
  'GET /api/requests/{id}': [{ kind: 'request', call: (id) => get(`/api/requests/${id}`) }],
  'POST /api/requests/{id}/take': [move('take')],
  'POST /api/requests/{id}/give': [
    move('give', { assigneeId: '019b8d6a-4a00-7ca5-8a02-000000000006' }),
    {
      kind: 'person',
      call: (id, { request }) =>
        post(`/api/requests/${request}/give`, { version: sceneVersion, nonce: nonce(), assigneeId: id }),
    },
  ],
  'POST /api/requests/{id}/start': [move('start')],
  'POST /api/requests/{id}/ask': [move('ask', { body: 'Which days go best?' })],
  'POST /api/requests/{id}/answer': [move('answer', { body: 'Here is what we can do.' })],
  'POST /api/requests/{id}/close': [move('close')],
  'POST /api/requests/{id}/reopen': [move('reopen')],
  ...Object.fromEntries(
    (['resume', 'accept', 'told', 'concern', 'decline', 'transfer', 'send-back'] as const).map((name) => [
      `POST /api/requests/{id}/${name}`,
      [move(name, moveWords)],
    ]),
  ),
  'POST /api/requests/{id}/undo': [move('undo')],
  'GET /api/calendars': { noIds: 'lists dates of schools and the team; names no learner' },
  'POST /api/calendars/preview': { noIds: 'takes a file of dates' },
  'POST /api/calendars/import': { noIds: 'takes a file of dates' },
  'POST /api/calendars/dates': [
    {
      kind: 'school',
      call: (id) => post('/api/calendars/dates', { ...oneDay, kind: 'closure', name: 'No heating', schoolId: id }),
    },
  ],
  'POST /api/calendars/dates/{id}/remove': [
    { kind: 'school', call: (id) => post(`/api/calendars/dates/${id}/remove`, undefined) },
  ],
  'POST /api/absences': [{ kind: 'person', call: (id) => post('/api/absences', { ...oneDay, personId: id }) }],
  'POST /api/absences/{id}/remove': [{ kind: 'person', call: (id) => post(`/api/absences/${id}/remove`, undefined) }],
  'POST /api/routing/simulate': [
    { kind: 'learner', call: (id) => post('/api/routing/simulate', { ...anyRequest, learnerId: id }) },
    { kind: 'school', call: (id) => post('/api/routing/simulate', { ...anyRequest, schoolId: id }) },
  ],
  'GET /api/routing/choices': { noIds: 'lists; names no learner' },
  'POST /api/reviews/search': { noIds: 'takes a view, and a reference that the lists test asks for' },
  'GET /api/reviews/proposal': [
    { kind: 'request', call: (id) => get(`/api/reviews/proposal?requestId=${id}`) },
    { kind: 'learner', call: (id) => get(`/api/reviews/proposal?learnerId=${id}`) },
  ],
  'GET /api/reviews/{id}': [{ kind: 'review', call: (id) => get(`/api/reviews/${id}`) }],
  'POST /api/reviews/slots': [
    { kind: 'learner', call: (id, known) => post('/api/reviews/slots', { ...slots(known), learnerId: id }) },
    {
      kind: 'person',
      call: (id, known) =>
        post('/api/reviews/slots', { ...slots(known), people: [...asked(id), ...asked(known.people[0])] }),
    },
  ],
  'POST /api/reviews': [
    { kind: 'learner', call: (id, known) => post('/api/reviews', { ...booking(known), learnerId: id }) },
    { kind: 'request', call: (id, known) => post('/api/reviews', { ...booking(known), requestId: id }) },
    {
      kind: 'person',
      call: (id, known) =>
        post('/api/reviews', { ...booking(known), people: [...asked(id), ...asked(known.people[0])] }),
    },
  ],
  'POST /api/reviews/{id}/cancel': [
    { kind: 'review', call: (id) => post(`/api/reviews/${id}/cancel`, { version: sceneVersion, nonce: nonce() }) },
  ],
  'POST /api/reviews/{id}/move': [
    {
      kind: 'review',
      call: (id) =>
        post(`/api/reviews/${id}/move`, {
          ...{
            version: sceneVersion,
            nonce: nonce(),
            startsAt: '2026-12-09T10:00:00Z',
            minutes: 45,
            acceptUnknown: true,
          },
        }),
    },
  ],
  'POST /api/reviews/{id}/accept-proposed': [
    {
      kind: 'review',
      call: (id) =>
        post(`/api/reviews/${id}/accept-proposed`, {
          ...{ version: sceneVersion, nonce: nonce(), attendeeId: '019b8d6a-4a00-7ca5-8a02-000000000008' },
        }),
    },
  ],
  'POST /api/reviews/{id}/attendees': [
    {
      kind: 'review',
      call: (id, { people: [first] }) =>
        post(`/api/reviews/${id}/attendees`, { version: sceneVersion, nonce: nonce(), add: asked(first) }),
    },
  ],
  'POST /api/reviews/plans': {
    noIds: 'plans what the caller reaches; a draft to start from is a plan, which names no learner',
  },
  'GET /api/reviews/plans/current': { noIds: 'takes none; items are of learners that the caller reaches' },
  'GET /api/reviews/plans/{id}': { noIds: 'a plan is a council’s own; items are of learners that the caller reaches' },
  'POST /api/reviews/plans/{id}/items/{itemId}': { noIds: 'a plan is a council’s own; another’s is not found' },
  'POST /api/reviews/plans/{id}/send': { noIds: 'a plan is a council’s own; another’s is not found' },
  'POST /api/reviews/released/search': { noIds: 'lists times that staff released; names no learner' },
  'POST /api/reviews/released': [
    {
      kind: 'person',
      call: (id) =>
        post('/api/reviews/released', { personId: id, fromOn: '2026-12-07', untilOn: '2026-12-08', slots: [] }),
    },
  ],
  'POST /api/reviews/due': [{ kind: 'learner', call: (id) => post('/api/reviews/due', { learnerId: id }) }],
  'GET /api/reviews/due/{id}': [{ kind: 'learner', call: (id) => get(`/api/reviews/due/${id}`) }],
  'POST /api/reviews/due/{id}/facts': [
    {
      kind: 'learner',
      call: (id) => post(`/api/reviews/due/${id}/facts`, { nonce: nonce(), event: 'placed-away', on: '2026-10-20' }),
    },
  ],
  'POST /api/reviews/due/{id}/facts/{factId}/withdraw': [
    {
      kind: 'learner',
      call: (id) =>
        post(`/api/reviews/due/${id}/facts/019b8d6a-4a00-7ca5-8a02-000000000007/withdraw`, { nonce: nonce() }),
    },
  ],
  'POST /api/reviews/recorded': [
    {
      kind: 'learner',
      call: (id) =>
        post('/api/reviews/recorded', {
          ...{ nonce: nonce(), learnerId: id, convener: 'social-work', series: 'looked-after' },
          startsAt: '2026-12-09T10:00:00Z',
        }),
    },
    {
      kind: 'person',
      call: (id, { learner }) =>
        post('/api/reviews/recorded', {
          ...{ nonce: nonce(), learnerId: learner, convener: 'social-work', series: 'looked-after' },
          ...{ startsAt: '2026-12-09T10:00:00Z', people: asked(id) },
        }),
    },
  ],
  'POST /api/reviews/{id}/outcome': [
    {
      kind: 'review',
      call: (id) =>
        post(`/api/reviews/${id}/outcome`, {
          ...{ outcome: 'not-held', version: sceneVersion, nonce: nonce(), because: 'The chair was ill' },
        }),
    },
  ],
  ...registerRoutes,
  'GET /api/me': { noIds: 'is about the caller' },
  'GET /api/me/authorities': { noIds: 'is about the caller' },
  'POST /api/me/authority': [{ kind: 'authority', call: (id) => post('/api/me/authority', { authorityId: id }) }],
  'POST /api/people/search': [{ kind: 'school', call: (id) => post('/api/people/search', { schoolId: id }) }],
  'POST /api/people/list-import': [
    { kind: 'authority', call: (id) => post('/api/people/list-import', { csv: 'name,email,role\n', tenantId: id }) },
  ],
  'POST /api/people/confirm': [
    { kind: 'school', call: (id) => post('/api/people/confirm', { schoolId: id, stillHere: [], gone: [] }) },
    {
      kind: 'person',
      call: (id, { school }) => post('/api/people/confirm', { schoolId: school, stillHere: [id], gone: [] }),
    },
  ],
  'POST /api/people/{id}/leave': [
    {
      kind: 'person',
      call: (id) => post(`/api/people/${id}/leave`, { version: sceneVersion, leavesOn: '2027-06-30' }),
    },
  ],
  'POST /api/people/{id}/binding-code': [
    { kind: 'person', call: (id) => post(`/api/people/${id}/binding-code`, undefined) },
  ],
  'GET /api/people/join-requests': { noIds: 'lists; see the lists test' },
  'POST /api/people/join-requests/{id}': [
    { kind: 'join-request', call: (id) => post(`/api/people/join-requests/${id}`, { outcome: 'refused' }) },
  ],
  'GET /api/settings': { noIds: 'lists; see the lists test' },
  'PUT /api/settings/{key}': { noIds: 'a key is the same word in every council' },
  'GET /api/deliveries': { noIds: 'lists; see the lists test' },
  'POST /api/deliveries/{id}/retry': [
    { kind: 'delivery', call: (id) => post(`/api/deliveries/${id}/retry`, undefined) },
  ],
  'GET /api/live': { noIds: 'a place in the feed; see the live test' },
  'POST /api/graph/notifications': { noIds: 'Graph calls it and is told nothing' },
  'POST /api/graph/lifecycle': { noIds: 'Graph calls it and is told nothing' },
  'POST /api/messages': { noIds: 'has its own vectors; presses are in presses.test.ts' },
};

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** 'GET /api/…' of every route that the application says it has. */
export async function describedRoutes(test: TestApp): Promise<string[]> {
  const answer = await fetch(`${test.url}/api/docs/json`);
  const { paths } = (await answer.json()) as Described; // our own answer, in OpenAPI's shape
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}
