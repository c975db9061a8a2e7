import type { RequestDetail } from '../../bot/requests/contract.js';

export const requestActions = ['take', 'answer', 'ask', 'review', 'give', 'close', 'reopen'] as const;
export type RequestAction = (typeof requestActions)[number];

type Standing = Pick<RequestDetail, 'moves' | 'assignee' | 'learner' | 'review'>;

/** What this person may do with a request as it stands; the first is the main thing. Pure. */
export function actionsFor(
  request: Standing,
  who: { readonly personId: string; readonly mayPlan: boolean },
): RequestAction[] {
  const mine = request.assignee?.id === who.personId;
  const open = request.moves.includes('answer');
  return requestActions.filter((action) => {
    if (action === 'take') return request.moves.includes('take') && !mine;
    if (action === 'review') return who.mayPlan && open && Boolean(request.learner?.id) && request.review === null;
    return request.moves.includes(action);
  });
}
