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

export const requestMoves = [
  'take',
  'give',
  'start',
  'ask',
  'reply',
  'resume', // the school was reached some other way, or the service says: phone them
  'answer',
  'close',
  'reopen',
  'withdraw',
  'decline',
  'transfer',
  'accept', // the other service has said that it takes it
  'send-back',
  'concern',
  'told', // one more person was told of the concern
] as const;
export type RequestMove = (typeof requestMoves)[number];

/** What the team may do with a request that still owes an answer, whoever has it. */
const working = {
  answer: 'answered',
  ask: 'waiting-on-school',
  decline: 'declined',
  transfer: 'transferred',
  withdraw: 'withdrawn',
  concern: 'concern',
} as const satisfies Partial<Record<RequestMove, RequestState>>;

/** State x move -> next state. What is absent is refused; the compiler lists what a new state or move must decide. */
export const requestTransitions: Readonly<Record<RequestState, Partial<Record<RequestMove, RequestState>>>> = {
  submitted: { ...working, take: 'assigned', give: 'assigned', start: 'in-progress', reply: 'submitted' },
  assigned: { ...working, take: 'assigned', give: 'assigned', start: 'in-progress', reply: 'assigned' },
  'in-progress': { ...working, take: 'in-progress', give: 'in-progress', reply: 'in-progress' },
  'waiting-on-school': {
    ...working,
    take: 'waiting-on-school',
    give: 'waiting-on-school',
    reply: 'in-progress',
    resume: 'in-progress',
  },
  answered: { close: 'closed', reopen: 'in-progress', reply: 'in-progress', concern: 'concern' },
  closed: { reopen: 'in-progress', concern: 'concern' },
  withdrawn: { concern: 'concern' },
  declined: { reopen: 'in-progress', concern: 'concern' },
  transferred: { accept: 'transferred', 'send-back': 'in-progress', withdraw: 'withdrawn', concern: 'concern' },
  // Locked: nothing is written to it any more but who else was told (product.md A.2).
  concern: { told: 'concern' },
};

/** Moves that a person must give words with, and which words. `body` reaches the asker; reasons are the team's own. */
export const mandatoryWords: Readonly<Partial<Record<RequestMove, readonly MoveWord[]>>> = {
  ask: ['body'],
  reply: ['body'],
  answer: ['body'],
  decline: ['reason', 'signpost'],
  transfer: ['reason', 'service'],
  accept: ['by'],
  'send-back': ['reason'],
  concern: ['told'],
  told: ['told'],
};
export type MoveWord = 'body' | 'reason' | 'signpost' | 'service' | 'by' | 'told';

/** How a move is told afterwards: `request.<this>` in the feed. */
export const happening: Readonly<Record<RequestMove, string>> = {
  take: 'taken',
  give: 'given',
  start: 'started',
  ask: 'asked',
  reply: 'replied',
  resume: 'resumed',
  answer: 'answered',
  close: 'closed',
  reopen: 'reopened',
  withdraw: 'withdrawn',
  decline: 'declined',
  transfer: 'transferred',
  accept: 'accepted',
  'send-back': 'sent-back',
  concern: 'locked',
  told: 'told',
};

/** The moves that the asker makes; the rest are the virtual school team's. */
export const askerMoves: readonly RequestMove[] = ['reply', 'withdraw', 'reopen'];

/**
 * Moves that the person who made them may take back while nobody has moved since. What has already been said to somebody
 * outside the team cannot be unsaid (declining is: it is reopened, passing on is sent back), and a concern is never unlocked.
 */
export const undoableMoves: readonly RequestMove[] = ['take', 'give', 'start', 'close'];

/** Minutes in which a move may be taken back: after that somebody has seen it. */
export const undoMinutes = 10;

/** Whether taking the move back is offered. What ended a pause is not: two clocks have moved on since. */
export function canUndo(from: RequestState, move: RequestMove): boolean {
  const to = nextState(from, move);
  return to !== null && undoableMoves.includes(move) && from !== 'waiting-on-school';
}

export function nextState(state: RequestState, move: RequestMove): RequestState | null {
  return requestTransitions[state][move] ?? null;
}

/** States in which somebody still owes the school an answer. */
export const openStates: readonly RequestState[] = ['submitted', 'assigned', 'waiting-on-school', 'in-progress'];

export function movesFrom(state: RequestState): RequestMove[] {
  return requestMoves.filter((move) => nextState(state, move) !== null);
}
