import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  movesFrom,
  nextState,
  openStates,
  type RequestMove,
  requestMoves,
  type RequestState,
  requestStates,
} from '../../../bot/requests/request.js';

const allowed: readonly [RequestState, RequestMove, RequestState][] = [
  ['submitted', 'take', 'assigned'],
  ['submitted', 'give', 'assigned'],
  ['submitted', 'withdraw', 'withdrawn'],
  ['assigned', 'take', 'assigned'],
  ['assigned', 'give', 'assigned'],
  ['assigned', 'start', 'in-progress'],
  ['assigned', 'ask', 'waiting-on-school'],
  ['assigned', 'reply', 'assigned'],
  ['assigned', 'answer', 'answered'],
  ['assigned', 'withdraw', 'withdrawn'],
  ['in-progress', 'take', 'in-progress'],
  ['in-progress', 'give', 'in-progress'],
  ['in-progress', 'ask', 'waiting-on-school'],
  ['in-progress', 'reply', 'in-progress'],
  ['in-progress', 'answer', 'answered'],
  ['in-progress', 'withdraw', 'withdrawn'],
  ['waiting-on-school', 'take', 'waiting-on-school'],
  ['waiting-on-school', 'give', 'waiting-on-school'],
  ['waiting-on-school', 'reply', 'in-progress'],
  ['waiting-on-school', 'answer', 'answered'],
  ['waiting-on-school', 'withdraw', 'withdrawn'],
  ['answered', 'close', 'closed'],
  ['answered', 'reopen', 'in-progress'],
  ['answered', 'reply', 'in-progress'],
  ['closed', 'reopen', 'in-progress'],
];

describe('the table of moves', () => {
  test.each(allowed)('%s, %s -> %s', (from, move, to) => {
    expect(nextState(from, move)).toBe(to);
  });

  test('everything else is refused', () => {
    const pairs = requestStates.flatMap((state) => requestMoves.map((move) => [state, move] as const));
    const refused = pairs.filter(([state, move]) => !allowed.some(([from, name]) => from === state && name === move));
    expect(refused.map(([state, move]) => nextState(state, move))).toEqual(refused.map(() => null));
    expect(refused).toHaveLength(pairs.length - allowed.length);
  });

  test('what is withdrawn, or locked as a concern, moves no further', () => {
    expect(movesFrom('withdrawn')).toEqual([]);
    expect(movesFrom('concern')).toEqual([]);
  });

  test('an open request can always be finished, whatever was done before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...requestMoves), { maxLength: 30 }), (moves) => {
        let state: RequestState = 'submitted';
        for (const move of moves) state = nextState(state, move) ?? state;
        if (openStates.includes(state)) expect(nextState(state, 'withdraw')).toBe('withdrawn');
      }),
      { numRuns: 200 },
    );
  });
});
