/** Support requests: the nouns and the table of moves. Pure. Source: product.md A.3, B.4. */

export const levels = ['learner', 'school', 'cluster', 'authority'] as const;
export type Level = (typeof levels)[number];

export const needs = [
  'attendance',
  'part-time-timetable',
  'change-of-school',
  'transition',
  'attainment',
  'wellbeing',
  'asn-csp',
  'alternative-provision',
  'post-school',
  'digital',
  'advice-training',
  'other',
] as const;
export type Need = (typeof needs)[number];

export const urgencies = ['today', 'this-week', 'this-month', 'no-hurry'] as const;
export type Urgency = (typeof urgencies)[number];

export const requestStates = [
  'submitted',
  'assigned',
  'waiting-on-school',
  'in-progress',
  'answered',
  'closed',
  'withdrawn',
  'declined',
  'transferred',
  'concern',
] as const;
export type RequestState = (typeof requestStates)[number];

export const requestMoves = ['take', 'give', 'start', 'ask', 'reply', 'answer', 'close', 'reopen', 'withdraw'] as const;
export type RequestMove = (typeof requestMoves)[number];

/** State x move -> next state. What is absent is refused; the compiler lists what a new state or move must decide. */
export const requestTransitions: Readonly<Record<RequestState, Partial<Record<RequestMove, RequestState>>>> = {
  submitted: { take: 'assigned', give: 'assigned', withdraw: 'withdrawn' },
  assigned: {
    take: 'assigned',
    give: 'assigned',
    start: 'in-progress',
    ask: 'waiting-on-school',
    reply: 'assigned',
    answer: 'answered',
    withdraw: 'withdrawn',
  },
  'in-progress': {
    take: 'in-progress',
    give: 'in-progress',
    ask: 'waiting-on-school',
    reply: 'in-progress',
    answer: 'answered',
    withdraw: 'withdrawn',
  },
  'waiting-on-school': {
    take: 'waiting-on-school',
    give: 'waiting-on-school',
    reply: 'in-progress',
    answer: 'answered',
    withdraw: 'withdrawn',
  },
  answered: { close: 'closed', reopen: 'in-progress', reply: 'in-progress' },
  closed: { reopen: 'in-progress' },
  withdrawn: {},
  declined: {},
  transferred: {},
  concern: {},
};

export function nextState(state: RequestState, move: RequestMove): RequestState | null {
  return requestTransitions[state][move] ?? null;
}

/** States in which somebody still owes the school an answer. */
export const openStates: readonly RequestState[] = ['submitted', 'assigned', 'waiting-on-school', 'in-progress'];

export function movesFrom(state: RequestState): RequestMove[] {
  return requestMoves.filter((move) => nextState(state, move) !== null);
}
