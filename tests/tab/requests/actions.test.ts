import { describe, expect, test } from '@jest/globals';
import type { RequestRow } from '../../../bot/requests/contract.js';
import { mandatoryWords, movesFrom, requestStates } from '../../../bot/requests/request.js';
import { actionsFor, isSpoken, tabMoves, wordsOf } from '../../../tab/requests/actions.js';
import { foreseen } from '../../../tab/requests/foresee.js';

const me = { id: '1', name: 'M. Sinclair' };
const other = { id: '2', name: 'E. Rattray' };
const who = { personId: me.id, mayPlan: true };
const learner = { id: '3', label: 'J.M.', stage: 'S3' };

describe('what can be done with a request', () => {
  test('a new one is taken first of all', () => {
    const actions = actionsFor({ moves: movesFrom('submitted'), assignee: null, learner, review: null }, who);
    expect(actions.slice(0, 3)).toEqual(['take', 'answer', 'ask']);
    expect(actions.at(-1)).toBe('concern');
  });

  test('one’s own is answered, not taken again', () => {
    const standing = { moves: movesFrom('assigned'), assignee: me, learner, review: null };
    expect(actionsFor(standing, who).slice(0, 4)).toEqual(['answer', 'ask', 'review', 'give']);
    expect(actionsFor({ ...standing, assignee: other }, who)[0]).toBe('take');
  });

  test('a review needs a learner, somebody who may plan, and no review yet', () => {
    const standing = { moves: movesFrom('assigned'), assignee: me, learner, review: null };
    expect(actionsFor({ ...standing, learner: null }, who)).not.toContain('review');
    expect(actionsFor(standing, { ...who, mayPlan: false })).not.toContain('review');
    const review = { id: '4', reference: 'VR-R4T8M2', startsAt: '2026-02-12T09:30:00Z', state: 'booked' };
    expect(actionsFor({ ...standing, review }, who)).not.toContain('review');
  });

  test('nothing is offered that the service does not allow, in any state', () => {
    for (const state of requestStates) {
      const offered = actionsFor({ moves: [], assignee: other, learner, review: null }, who);
      expect([state, offered]).toEqual([state, []]);
    }
  });
});

test('a move that must be given words has a dialog that asks for them, and no other has', () => {
  const said = tabMoves.filter(isSpoken).map((move) => [move, wordsOf(move).length > 0]);
  expect(said.every(([, asks]) => asks)).toBe(true);
  const composed = tabMoves.filter((move) => (mandatoryWords[move] ?? []).length > 0 && !isSpoken(move));
  expect(composed).toEqual(['answer', 'ask']);
});

describe('what a press will make of a request', () => {
  const row: RequestRow = {
    ...{ id: '9', reference: 'VS-7K2M9Q', version: 3, state: 'submitted', level: 'learner', need: 'attendance' },
    ...{ urgency: 'today', school: null, learner, asker: other, assignee: null, submittedAt: '', dueAt: null },
    overdue: false,
  };

  test('taking it shows it taken by oneself, at the version that is known', () => {
    expect(foreseen(row, 'take', me)).toEqual({ ...row, state: 'assigned', assignee: me });
  });

  test('closing leaves who has it', () => {
    const answered = { ...row, state: 'answered' as const, assignee: other };
    expect(foreseen(answered, 'close', null)).toEqual({ ...answered, state: 'closed' });
  });

  test('a move that the table does not have changes nothing', () => {
    expect(foreseen(row, 'close', null)).toEqual(row);
  });
});
