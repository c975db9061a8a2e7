import type { RequestDetail } from '../../bot/requests/contract.js';
import { mandatoryWords, type MoveWord, type RequestMove } from '../../bot/requests/request.js';

/** The moves that the team makes in the tab, the likeliest first. */
export const tabMoves = [
  'take',
  'answer',
  'ask',
  'resume',
  'accept',
  'send-back',
  'give',
  'start',
  'close',
  'reopen',
  'decline',
  'transfer',
  'told',
  'concern',
] as const satisfies readonly RequestMove[];
export type TabMove = (typeof tabMoves)[number];
export type RequestAction = TabMove | 'review';

type Standing = Pick<RequestDetail, 'moves' | 'assignee' | 'learner' | 'review'>;

/** What this person may do with a request as it stands; the first is the main thing. Pure. */
export function actionsFor(
  request: Standing,
  who: { readonly personId: string; readonly mayPlan: boolean },
): RequestAction[] {
  const mine = request.assignee?.id === who.personId;
  const moves = tabMoves.filter((move) => request.moves.includes(move) && (move !== 'take' || !mine));
  const plan =
    who.mayPlan && request.moves.includes('answer') && Boolean(request.learner?.id) && request.review === null;
  if (!plan) return moves;
  const behind = moves.indexOf('ask') + 1;
  return [...moves.slice(0, behind), 'review', ...moves.slice(behind)];
}

/** Moves that ask for words in a dialog of their own; what goes to the school is written in the composer. */
const spokenMoves = ['accept', 'send-back', 'decline', 'transfer', 'told', 'concern'] as const;
export type SpokenMove = (typeof spokenMoves)[number];

export function isSpoken(action: RequestAction): action is SpokenMove {
  return spokenMoves.some((move) => move === action);
}

/** Which words the dialog of a move asks for. */
export function wordsOf(move: SpokenMove): readonly MoveWord[] {
  return mandatoryWords[move] ?? [];
}
