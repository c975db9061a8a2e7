import { z } from 'zod';
import { AppError } from '../errors.js';
import { readRequestCard } from '../requests/reading.js';
import { listTakers } from '../requests/routing-service.js';
import type { CardJson } from './cards/card.js';
import { questionCard, giveCard } from './cards/channel-cards.js';
import { requestGoneCard } from './cards/plain-cards.js';
import { type Handler, type Pressed, protectionOf, typedIn } from './pressed.js';

/** A move by a press; a stale one is answered with the newer state (card-actions.ts). */
export type MoveByPress = (
  pressed: Pressed,
  move: 'give' | 'ask',
  words: { readonly assigneeId?: string; readonly body?: string },
) => Promise<CardJson>;

/** *Give to…* and *Ask a question* on the channel's card. What they open is the presser's alone. */
export function channelActions(move: MoveByPress): Readonly<Record<string, Handler>> {
  return {
    'request.give-form': giveForm,
    'request.ask-form': askForm,
    'request.give': async (pressed) => {
      const assignee = z.uuid().safeParse(typedIn(pressed.action.inputs, 'assignee'));
      return assignee.success ? move(pressed, 'give', { assigneeId: assignee.data }) : giveForm(pressed);
    },
    'request.ask': async (pressed) => {
      const body = typedIn(pressed.action.inputs, 'body');
      return body ? move(pressed, 'ask', { body }) : askForm(pressed);
    },
  };
}

async function giveForm(pressed: Pressed): Promise<CardJson> {
  const request = await requestOf(pressed);
  return request ? giveCard(request, await listTakers(pressed.ctx, request.requestId)) : requestGoneCard();
}

async function askForm(pressed: Pressed): Promise<CardJson> {
  const request = await requestOf(pressed);
  return request ? questionCard(request, await protectionOf(pressed.ctx)) : requestGoneCard();
}

/** As the presser saw it: the version on the form is the one on the card, so that what moved since refuses the move. */
async function requestOf({ ctx, action }: Pressed) {
  const view = await readRequestCard(ctx, action.key.id, ctx.actor.kind === 'person' ? ctx.actor.personId : null);
  if (!view) return null;
  if (!view.team) throw new AppError('forbidden');
  return {
    ...{ requestId: view.requestId, reference: view.reference },
    ...{ version: action.key.version, nonce: ctx.random.code(16) },
  };
}
