import { discardDraft, openDraft } from '../requests/drafts-service.js';
import { noteConcern } from '../requests/service.js';
import { draftCard } from './asking-actions.js';
import { type CardJson, noId } from './cards/card.js';
import { heldCard } from './cards/hold-card.js';
import { concernCard } from './cards/plain-cards.js';
import { carries, type Handler, type Pressed, protectionOf, typedIn } from './pressed.js';

/** The child protection question and its answers, at every entrance of free text (product.md A.2). */
export const concernActions: Readonly<Record<string, Handler>> = {
  'concern.yes': yes,
  'concern.no': no,
};

/** Where words came in, for the content-free record. */
export type Entrance =
  | 'chat-form'
  | 'chat-reply'
  | 'chat-change'
  | 'chat-manager'
  | 'chat-feedback'
  | 'chat-message'
  | 'chat-edit'
  | 'chat-extension';

const entrances: Readonly<Record<string, Entrance>> = {
  'request.submit': 'chat-form',
  'ask.begin': 'chat-extension',
  'request.reply': 'chat-reply',
  'request.feedback': 'chat-feedback',
  'change.tell': 'chat-change',
  'manager.not-this-time': 'chat-manager',
};
const entranceOf = (verb: string): Entrance => entrances[verb] ?? 'chat-form';

/** A phrase was met: nothing was stored. The question, and the words out of sight for *No, carry on*. */
export async function holdPress({ ctx, action }: Pressed): Promise<CardJson> {
  const { key, inputs } = action;
  const entrance = entranceOf(key.verb);
  await noteConcern(ctx, entrance, 'shown');
  const typed: Record<string, string> = {};
  const extra: Record<string, boolean> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === 'string') typed[name] = value;
    if (value === true) extra[name] = true;
  }
  const pressed = { verb: key.verb, id: key.id, version: key.version, nonce: key.nonce, extra };
  return heldCard({ protection: await protectionOf(ctx), pressed, entrance, nonce: ctx.random.code(16), noId, typed });
}

/** A message in the chat was held: its words are not kept, so carrying on is typing again. */
export async function holdMessage(ctx: Pressed['ctx'], entrance: Entrance): Promise<CardJson> {
  await noteConcern(ctx, entrance, 'shown');
  const nonce = ctx.random.code(16);
  return heldCard({ protection: await protectionOf(ctx), pressed: null, entrance, nonce, noId, typed: {} });
}

/** Does what was pressed; when the question had been asked and answered No, that is recorded beside it. */
export async function noting(pressed: Pressed, handler: Handler): Promise<CardJson> {
  const card = await handler(pressed);
  const { key, inputs } = pressed.action;
  if (carries(inputs, 'notConcern')) await noteConcern(pressed.ctx, entranceOf(key.verb), 'no');
  return card;
}

/** Yes, or not sure: the numbers, the draft is gone, and the flow ends. */
async function yes({ ctx, action }: Pressed): Promise<CardJson> {
  await discardDraft(ctx);
  await noteConcern(ctx, typedIn(action.inputs, 'entrance') || 'chat-form', 'yes-or-not-sure');
  return concernCard(await protectionOf(ctx));
}

async function no({ ctx, action }: Pressed): Promise<CardJson> {
  await noteConcern(ctx, typedIn(action.inputs, 'entrance') || 'chat-message', 'no');
  return draftCard({ ctx }, await openDraft(ctx));
}
