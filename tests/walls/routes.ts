import type { TestApp } from '../support/app.js';

/** What an id in a call may stand for. */
export const idKinds = [
  'request',
  'review',
  'learner',
  'person',
  'school',
  'join-request',
  'delivery',
  'authority',
] as const;
export type IdKind = (typeof idKinds)[number];

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

/** Puts an id of that kind into one place of the route; everything else is as it should be, so that only the id can refuse. */
export interface Probe {
  readonly kind: IdKind;
  call(id: string, known: Known): Call;
}

/** Things of the caller's own council, for the places of a call that hold no foreign id. */
export interface Known {
  readonly request: string;
  readonly learner: string;
  readonly people: readonly [string, string];
  readonly school: string;
}

/** A route is either called with ids, or holds none that could be somebody else's; then it says why. */
export type Entry = readonly Probe[] | { readonly noIds: string };

let nonces = 0;
const nonce = () => `walls-nonce-${(nonces += 1)}`;
const get = (path: string): Call => ({ method: 'GET', path });
const post = (path: string, body: unknown): Call => ({ method: 'POST', path, body });

/** The version that every request and review of the scene is at: a move is refused for its id or not at all. */
export const sceneVersion = 1;

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

/** Route -> how it is called. A route that is not here fails the test: say first whose ids it takes. */
export const routes: Readonly<Record<string, Entry>> = {
  'GET /healthz': { noIds: 'says that the process lives' },
  'GET /config/{tenantId}': { noIds: 'answers anybody the same, whatever the tenant' },
  'POST /api/requests/search': [
    { kind: 'school', call: (id) => post('/api/requests/search', { view: 'everything', schoolId: id }) },
    { kind: 'person', call: (id) => post('/api/requests/search', { view: 'everything', assigneeId: id }) },
    {
      kind: 'request',
      call: (id) =>
        post('/api/requests/search', { view: 'everything', before: `2026-11-20T00:00:00.000Z_${id}`, limit: 1 }),
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
  'POST /api/absences/{id}/remove': [
    { kind: 'person', call: (id) => post(`/api/absences/${id}/remove`, undefined) },
  ],
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
