import { inOneTransaction } from '../db/database.js';
import { isAppError } from '../errors.js';
import { decideJoinRequest } from '../people/joining-service.js';
import { giveFeedback, helpedAnswers, wantsFeedback } from '../requests/feedback-service.js';
import { listOwnRequests, readRequestCard } from '../requests/reading.js';
import { moveRequest } from '../requests/move-service.js';
import { reviewOfRequest } from '../reviews/service.js';
import type { CardJson } from './cards/card.js';
import { joinDecidedCard } from './cards/join-cards.js';
import { myRequestsCard, refusalCard, requestGoneCard } from './cards/plain-cards.js';
import { askerOwnCard, channelCard, type RequestCardProps } from './cards/request-card.js';
import { askingActions } from './asking-actions.js';
import { channelActions } from './channel-actions.js';
import { changeActions } from './change-actions.js';
import { concernActions, holdPress, noting } from './concern-actions.js';
import { exclusionActions } from './exclusion-actions.js';
import { managerActions } from './manager-actions.js';
import { carries, type Handler, type Pressed, typedIn } from './pressed.js';

/** Verb -> what the button does. A card in answer takes the place of the one that was pressed, for the presser. */
const actions: Readonly<Record<string, Handler>> = {
  ...askingActions((pressed, requestId) => requestCardFor(pressed, requestId, null)),
  ...changeActions,
  ...exclusionActions,
  ...managerActions,
  ...concernActions,
  ...channelActions((pressed, name, words) => move(pressed, name, words)),
  'request.feedback': feedback,
  'request.mine': async ({ ctx }) => myRequestsCard(await listOwnRequests(ctx), ctx.random.code(16)),
  'request.refresh': show,
  'request.take': (pressed) => move(pressed, 'take'),
  'request.reply': (pressed) => move(pressed, 'reply', { body: typedIn(pressed.action.inputs, 'body') }),
  'request.withdraw': (pressed) => move(pressed, 'withdraw'),
  'request.reopen': (pressed) => move(pressed, 'reopen'),
  'join.joined': (pressed) => decideJoin(pressed, 'joined'),
  'join.refused': (pressed) => decideJoin(pressed, 'refused'),
};

/** Refreshes that a client makes by itself may only read. */
const readOnly: ReadonlySet<string> = new Set(['request.refresh']);

/** Always answers with a card; what went wrong is said in words, never with a record's content. */
export async function runCardAction(pressed: Pressed): Promise<CardJson> {
  const { verb } = pressed.action.key;
  const handler = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
  if (!handler || (pressed.action.trigger === 'automatic' && !readOnly.has(verb))) return refusalCard('not-found');
  try {
    return await noting(pressed, handler);
  } catch (error) {
    if (isAppError(error, 'concern')) return holdPress(pressed);
    if (isAppError(error)) return refusalCard(error.code);
    throw error;
  }
}

async function show(pressed: Pressed): Promise<CardJson> {
  return requestCardFor(pressed, pressed.action.key.id, null);
}

async function move(
  pressed: Pressed,
  name: 'take' | 'give' | 'ask' | 'reply' | 'withdraw' | 'reopen',
  words: { readonly body?: string; readonly assigneeId?: string } = {},
): Promise<CardJson> {
  const { ctx, action } = pressed;
  const { id, version, nonce } = action.key;
  const notConcern = carries(action.inputs, 'notConcern');
  try {
    return await inOneTransaction(ctx, async (joined) => {
      await moveRequest(joined, id, name, { version, nonce, notConcern, ...words });
      return requestCardFor({ ...pressed, ctx: joined }, id, null);
    });
  } catch (error) {
    // Somebody was quicker: the newer state is the answer, and nothing was done.
    if (isAppError(error, 'stale') || isAppError(error, 'not-allowed-now')) return requestCardFor(pressed, id, 'stale');
    throw error;
  }
}

/** The presser's own view: in the channel the channel's card, in the asker's chat theirs, for anybody else nothing. */
async function requestCardFor(
  pressed: Pressed,
  requestId: string,
  notice: RequestCardProps['notice'],
): Promise<CardJson> {
  const { ctx, inChannel } = pressed;
  const { actor } = ctx;
  if (actor.kind !== 'person') return requestGoneCard();
  const [view, review] = await inOneTransaction(ctx, (joined) =>
    Promise.all([
      readRequestCard(joined, requestId, inChannel ? null : actor.personId),
      reviewOfRequest(joined, requestId),
    ]),
  );
  if (!view) return requestGoneCard();
  const props = { ...view, nonce: ctx.random.code(16), tabUrl: pressed.tabUrlOf('request', requestId), review, notice };
  if (inChannel) return channelCard(props);
  if (!view.mayReply) return view.team ? channelCard(props) : requestGoneCard();
  return askerOwnCard(props, view.lastWord, await wantsFeedback(ctx, requestId, view.state));
}

/** Did it help, and what changed: the asker's, at the end (product.md A.8). */
async function feedback(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const helped = helpedAnswers.find((answer) => answer === typedIn(action.inputs, 'helped'));
  if (!helped) return requestCardFor(pressed, action.key.id, null);
  const changed = typedIn(action.inputs, 'changed').slice(0, 2000);
  await giveFeedback(ctx, action.key.id, { helped, changed, notConcern: carries(action.inputs, 'notConcern') });
  return requestCardFor(pressed, action.key.id, 'thanks');
}

/** One press of the designated manager; once decided, a second press is told so. */
async function decideJoin({ ctx, action }: Pressed, outcome: 'joined' | 'refused'): Promise<CardJson> {
  await decideJoinRequest(ctx, action.key.id, { outcome });
  return joinDecidedCard(outcome);
}
