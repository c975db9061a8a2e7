import { z } from 'zod';
import { AppError, isAppError } from '../errors.js';
import {
  moveExclusionAlert,
  raiseExclusionAlert,
  readExclusionAdvice,
  readExclusionAlert,
} from '../requests/exclusion-service.js';
import { readWelcome } from '../requests/reading.js';
import type { CardJson } from './cards/card.js';
import { exclusionAlertCard, exclusionCard } from './cards/exclusion-cards.js';
import type { Handler, Pressed } from './pressed.js';

/** *Exclusion or sending home is being considered today* (product.md A.4). */
export const exclusionActions: Readonly<Record<string, Handler>> = {
  'exclusion.open': ({ ctx }) => exclusionAdvice(ctx),
  'exclusion.alert': raise,
  'exclusion.take': (pressed) => move(pressed, 'take'),
  'exclusion.stand-down': (pressed) => move(pressed, 'stand-down'),
};

/** Whom to telephone, whom to speak to, and what sending home is: before any form. */
export async function exclusionAdvice(ctx: Pressed['ctx']): Promise<CardJson> {
  const { protection } = await readWelcome(ctx);
  return exclusionCard({ nonce: ctx.random.code(16), protection, ...(await readExclusionAdvice(ctx)) });
}

async function raise({ ctx, action }: Pressed): Promise<CardJson> {
  await raiseExclusionAlert(ctx, action.key);
  return exclusionAdvice(ctx);
}

async function move({ ctx, action }: Pressed, name: 'take' | 'stand-down'): Promise<CardJson> {
  const { id, version, nonce } = action.key;
  if (!z.uuid().safeParse(id).success) throw new AppError('not-found');
  try {
    await moveExclusionAlert(ctx, id, name, { version, nonce });
  } catch (error) {
    // Somebody was quicker: how it stands now is the answer.
    if (!isAppError(error, 'not-allowed-now')) throw error;
  }
  const alert = await readExclusionAlert(ctx, id);
  if (!alert) throw new AppError('not-found');
  return exclusionAlertCard({ ...alert, nonce: ctx.random.code(16) });
}
