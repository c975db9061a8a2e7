import { type Entry, get, post, put, sceneVersion } from './route-shapes.js';

const anyMapping = {
  source: { system: 'Swift', kind: 'status', registers: false, complete: false },
  mapping: {
    columns: ['personKey', 'status', 'from'].map((field) => ({ field, heading: field, place: 0 })),
    ...{ codes: [], dateOrder: 'day-first' },
  },
};
const anyExport = { view: 'everybody', words: '', columns: ['name'], reason: 'planning' };

/** Routes of the register and of the extracts that fill it (routes.ts). */
export const registerRoutes: Readonly<Record<string, Entry>> = {
  'POST /api/extracts': { noIds: 'begins an upload of the caller’s own' },
  'GET /api/extracts': { noIds: 'lists the council’s extracts; names no learner' },
  'PUT /api/extracts/{id}/parts/{part}': [
    { kind: 'extract', call: (id) => put(`/api/extracts/${id}/parts/0`, { content: 'QQ==' }) },
  ],
  'POST /api/extracts/{id}/complete': [
    { kind: 'extract', call: (id) => post(`/api/extracts/${id}/complete`, undefined) },
  ],
  'GET /api/extracts/{id}': [{ kind: 'extract', call: (id) => get(`/api/extracts/${id}`) }],
  'POST /api/extracts/{id}/look': [{ kind: 'extract', call: (id) => post(`/api/extracts/${id}/look`, undefined) }],
  'POST /api/extracts/{id}/rows/search': [
    { kind: 'extract', call: (id) => post(`/api/extracts/${id}/rows/search`, { outcome: 'added' }) },
  ],
  'POST /api/extracts/{id}/rejected': [
    { kind: 'extract', call: (id) => post(`/api/extracts/${id}/rejected`, undefined) },
  ],
  'POST /api/extracts/{id}/mapping': [
    { kind: 'extract', call: (id) => post(`/api/extracts/${id}/mapping`, { version: sceneVersion, ...anyMapping }) },
  ],
  ...Object.fromEntries(
    ['import', 'cancel', 'undo'].map((name) => [
      `POST /api/extracts/{id}/${name}`,
      [{ kind: 'extract', call: (id: string) => post(`/api/extracts/${id}/${name}`, { version: sceneVersion }) }],
    ]),
  ),
  'POST /api/learners/search': [{ kind: 'school', call: (id) => post('/api/learners/search', { schoolId: id }) }],
  'POST /api/learners/export': [
    {
      kind: 'school',
      call: (id) => post('/api/learners/export', { ...anyExport, schoolId: id }),
    },
  ],
  'GET /api/learners/{id}': [{ kind: 'learner', call: (id) => get(`/api/learners/${id}`) }],
  'POST /api/changes/search': { noIds: 'lists what the caller reaches; see the lists test' },
  'POST /api/changes/{id}/acknowledge': [
    { kind: 'change', call: (id) => post(`/api/changes/${id}/acknowledge`, undefined) },
  ],
  'POST /api/changes/{id}/settle': [
    { kind: 'change', call: (id) => post(`/api/changes/${id}/settle`, { version: 1, tell: [], because: 'seen it' }) },
  ],
  'GET /api/matches': { noIds: 'lists pairs of the council' },
  'POST /api/matches/{id}': [
    { kind: 'match', call: (id) => post(`/api/matches/${id}`, { version: 1, decision: 'different' }) },
  ],
  'GET /api/register/quality': { noIds: 'counts of what the caller reaches' },
};
