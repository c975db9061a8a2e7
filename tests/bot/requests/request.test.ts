import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  askerMoves,
  canUndo,
  mandatoryWords,
  movesFrom,
  nextState,
  openStates,
  type RequestMove,
  requestMoves,
  type RequestState,
  requestStates,
} from '../../../bot/requests/request.js';

/** What may be done with a request that still owes an answer, wherever it stands. */
const working: readonly [RequestMove, RequestState][] = [
  ['ask', 'waiting-on-school'],
  ['answer', 'answered'],
  ['decline', 'declined'],
  ['transfer', 'transferred'],
  ['withdraw', 'withdrawn'],
  ['concern', 'concern'],
];
const whileOpen = openStates.flatMap((from) => working.map(([move, to]) => [from, move, to] as const));

const allowed: readonly (readonly [RequestState, RequestMove, RequestState])[] = [
  ...whileOpen,
  ['submitted', 'take', 'assigned'],
  ['submitted', 'give', 'assigned'],
  ['submitted', 'start', 'in-progress'],
  ['submitted', 'reply', 'submitted'],
  ['assigned', 'take', 'assigned'],
  ['assigned', 'give', 'assigned'],
  ['assigned', 'start', 'in-progress'],
  ['assigned', 'reply', 'assigned'],
  ['in-progress', 'take', 'in-progress'],
  ['in-progress', 'give', 'in-progress'],
  ['in-progress', 'reply', 'in-progress'],
  ['waiting-on-school', 'take', 'waiting-on-school'],
  ['waiting-on-school', 'give', 'waiting-on-school'],
  ['waiting-on-school', 'reply', 'in-progress'],
  ['waiting-on-school', 'resume', 'in-progress'],
  ['answered', 'close', 'closed'],
  ['answered', 'reopen', 'in-progress'],
  ['answered', 'reply', 'in-progress'],
  ['answered', 'concern', 'concern'],
  ['closed', 'reopen', 'in-progress'],
  ['closed', 'concern', 'concern'],
  ['withdrawn', 'concern', 'concern'],
  ['declined', 'reopen', 'in-progress'],
  ['declined', 'concern', 'concern'],
  ['transferred', 'accept', 'transferred'],
  ['transferred', 'send-back', 'in-progress'],
  ['transferred', 'withdraw', 'withdrawn'],
  ['transferred', 'concern', 'concern'],
  ['concern', 'told', 'concern'],
];

const after = (moves: readonly RequestMove[]) =>
  moves.reduce<RequestState>((state, move) => nextState(state, move) ?? state, 'submitted');
const anyMoves = fc.array(fc.constantFrom(...requestMoves), { maxLength: 30 });

describe('the table of moves', () => {
  test.each(allowed)('%s, %s -> %s', (from, move, to) => {
    expect(nextState(from, move)).toBe(to);
  });

  const pairs = requestStates.flatMap((state) => requestMoves.map((move) => [state, move] as const));
  const refused = pairs.filter(([state, move]) => !allowed.some(([from, name]) => from === state && name === move));
  test.each(refused)('%s, %s is refused', (from, move) => {
    expect(nextState(from, move)).toBeNull();
  });
  test('together they are every state with every move', () => {
    expect(refused.length + allowed.length).toBe(requestStates.length * requestMoves.length);
  });

  test('no state is out of reach', () => {
    const reached = new Set<RequestState>(['submitted']);
    for (const state of reached)
      for (const move of movesFrom(state)) {
        const to = nextState(state, move);
        if (to) reached.add(to);
      }
    expect([...reached].sort()).toEqual([...requestStates].sort());
  });

  test('what is locked as a concern stays locked, whatever is tried', () => {
    fc.assert(
      fc.property(anyMoves, anyMoves, (before, later) => {
        const locked = nextState(after(before), 'concern') ?? 'concern';
        expect(later.reduce<RequestState>((state, move) => nextState(state, move) ?? state, locked)).toBe('concern');
      }),
      { numRuns: 300 },
    );
  });

  test('an open request can always be finished, whatever was done before', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const state = after(moves);
        if (openStates.includes(state)) expect(nextState(state, 'withdraw')).toBe('withdrawn');
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a move needs, and whether it may be taken back', () => {
  test('declining needs a reason and somebody else to turn to; passing on needs a reason and where to', () => {
    expect(mandatoryWords.decline).toEqual(['reason', 'signpost']);
    expect(mandatoryWords.transfer).toEqual(['reason', 'service']);
    expect(mandatoryWords['send-back']).toEqual(['reason']);
    expect(mandatoryWords.concern).toEqual(['told']);
  });
  test('nothing that was said to the school, and no concern, can be taken back', () => {
    const never: readonly RequestMove[] = [
      ...askerMoves,
      'ask',
      'answer',
      'decline',
      'transfer',
      'concern',
      'told',
      'accept',
      'send-back',
    ];
    for (const state of requestStates) for (const move of never) expect(canUndo(state, move)).toBe(false);
  });
  test('taking, giving, starting and closing can, but not out of a pause', () => {
    expect(canUndo('submitted', 'take')).toBe(true);
    expect(canUndo('answered', 'close')).toBe(true);
    expect(canUndo('assigned', 'start')).toBe(true);
    expect(canUndo('waiting-on-school', 'give')).toBe(false);
    expect(canUndo('concern', 'take')).toBe(false);
  });
});
