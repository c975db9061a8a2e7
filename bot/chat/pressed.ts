import type { ChatTarget, Context } from '../context.js';
import { AppError } from '../errors.js';
import { readWelcome } from '../requests/reading.js';
import type { CardJson } from './cards/card.js';
import type { Protection } from './cards/welcome-card.js';
import type { CardAction, JsonObject } from './inbound.js';

/** One press of one button, by somebody the directory knows. */
export interface Pressed {
  readonly ctx: Context;
  readonly action: CardAction;
  readonly target: ChatTarget;
  /** The activity whose card was pressed; null when the client did not say. */
  readonly activityId: string | null;
  readonly inChannel: boolean;
  readonly tabUrlOf: (kind: 'request' | 'review', id: string) => string | null;
}

export type Handler = (pressed: Pressed) => Promise<CardJson>;

/** What somebody typed into an input, or '' when the card had none of that name. */
export function typedIn(inputs: JsonObject, id: string): string {
  const value = inputs[id];
  return typeof value === 'string' ? value.trim() : '';
}

/** An answer that the button itself carries. Clients without Action.Execute send it as text. */
export function carries(inputs: JsonObject, flag: string): boolean {
  return inputs[flag] === true || inputs[flag] === 'true';
}

/** The council's numbers; without them nothing may be typed here. */
export async function protectionOf(ctx: Context): Promise<Protection> {
  const { protection } = await readWelcome(ctx);
  if (!protection) throw new AppError('setting-unset', { where: 'people.child-protection' });
  return protection;
}

/** The request's own card, however the answer to a press comes to show it (card-actions.ts). */
export type ShowRequest = (pressed: Pressed, requestId: string) => Promise<CardJson>;
