import { kylebrae, strathlinn } from '../../infra/local/demo/places.js';
import type { TestApp } from '../support/app.js';
import type { Asker } from './calls.js';
import type { Call } from './route-shapes.js';
import type { Scene } from './scene.js';
import type { Viewer } from './viewers.js';

const post = (path: string, body: unknown): Call => ({ method: 'POST', path, body });
const get = (path: string): Call => ({ method: 'GET', path });

/** Everything that answers with more than one thing. */
export const lists: readonly Call[] = [
  ...['new', 'mine', 'due-today', 'with-school', 'overdue', 'everything'].map((view) =>
    post('/api/requests/search', { view }),
  ),
  ...['coming', 'waiting', 'past', 'everything'].map((view) => post('/api/reviews/search', { view, limit: 200 })),
  ...[post('/api/people/search', { limit: 200 }), get('/api/people/join-requests'), get('/api/settings')],
  ...[get('/api/today'), get('/api/requests/views'), get('/api/workload'), get('/api/numbers/terms')],
  post('/api/requests/search', { limit: 200, total: true, sort: { by: 'school', descending: false } }),
  post('/api/learners/search', { limit: 200 }),
  post('/api/changes/search', { open: false }),
  ...[get('/api/extracts'), get('/api/matches'), get('/api/register/quality')],
  ...[get('/api/deliveries'), get('/api/me'), get('/api/me/authorities')],
];

export async function answersOf(asker: Asker, viewer: Viewer): Promise<string[]> {
  const answers: string[] = [];
  for (const call of lists) answers.push(`${call.method} ${call.path} ${await asker.ask(viewer, call)}`);
  return answers;
}

/** Searches for what stands in a record that the viewer may not see, and for words that stand nowhere. */
export function searchesFor(words: string): Call[] {
  return [
    post('/api/requests/search', { view: 'everything', search: words }),
    post('/api/reviews/search', { view: 'everything', reference: words.slice(0, 20) }),
    post('/api/people/search', { search: words.slice(0, 60) }),
    post('/api/learners/search', { words: words.slice(0, 60) }),
  ];
}

/** Ids, references, names and addresses that the other council's rows hold and this one's do not. */
export function wordsOfNeighbours(app: TestApp, scene: Scene): string[] {
  const of = (authorityId: string) => {
    const council = app.demo.councils.find((one) => one.authorityId === authorityId);
    const { learner = [], ...rows } = council?.rows ?? {};
    const cells = Object.values(rows).flatMap((table) => table.flatMap((row) => Object.values(row)));
    const ids = [...cells, ...learner.map((row) => row.learner_id)].filter((cell) => typeof cell === 'string');
    const full = learner.map((row) => `${row.known_as ?? row.given_name} ${row.family_name}`);
    const staff = council?.staff.flatMap(({ name, email }) => [name, email]) ?? [];
    const telling = ids.filter((cell) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(cell) || /^V[SR]-/.test(cell));
    return new Set([...telling, ...full, ...staff]);
  };
  const ours = of(strathlinn.authorityId);
  const { learner: _learner, why: _why, ...made } = scene.neighbour;
  return [...[...of(kylebrae.authorityId)].filter((word) => !ours.has(word)), ...Object.values(made), kylebrae.name];
}
