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
  'view',
  'call-note',
  'hand-over',
  'extract',
  'change',
  'match',
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

export const get = (path: string): Call => ({ method: 'GET', path });
export const put = (path: string, body: unknown): Call => ({ method: 'PUT', path, body });
export const post = (path: string, body: unknown): Call => ({ method: 'POST', path, body });

/** The version that every request and review of the scene is at: a move is refused for its id or not at all. */
export const sceneVersion = 1;
