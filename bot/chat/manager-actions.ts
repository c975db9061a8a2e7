import { z } from 'zod';
import { AppError, isAppError } from '../errors.js';
import { decideWaiting, readCopyLabel, readWaiting, readWaitingStory } from '../requests/manager-service.js';
import { readRequestCard, readWelcome } from '../requests/reading.js';
import type { CardJson } from './cards/card.js';
import { copyCard, managerCard, managerStoryCard } from './cards/manager-cards.js';
import { carries, type Handler, type Pressed, typedIn } from './pressed.js';

/** What the designated manager presses on requests that are copied to, or wait for, them (product.md A.3). */
export const managerActions: Readonly<Record<string, Handler>> = {
  'manager.show': show,
  'manager.send-on': (pressed) => decide(pressed, 'sent-on'),
  'manager.not-this-time': (pressed) => decide(pressed, 'not-this-time'),
  'manager.about': about,
};

function idOf({ action }: Pressed): string {
  if (!z.uuid().safeParse(action.key.id).success) throw new AppError('not-found');
  return action.key.id;
}

async function show(pressed: Pressed): Promise<CardJson> {
  const { ctx } = pressed;
  const story = await readWaitingStory(ctx, idOf(pressed));
  const nonce = ctx.random.code(16);
  if (story.decision !== null) return managerCard({ ...story, nonce });
  return managerStoryCard({ ...story, nonce, protection: (await readWelcome(ctx)).protection });
}

async function decide(pressed: Pressed, decision: 'sent-on' | 'not-this-time'): Promise<CardJson> {
  const { ctx, action } = pressed;
  const id = idOf(pressed);
  const why = decision === 'sent-on' ? '' : typedIn(action.inputs, 'why').slice(0, 1000);
  try {
    await decideWaiting(ctx, id, { decision, why, notConcern: carries(action.inputs, 'notConcern') });
  } catch (error) {
    // Decided already, perhaps by this very press: how it stands now is the answer.
    if (!isAppError(error, 'not-allowed-now')) throw error;
  }
  const waiting = await readWaiting(ctx, id);
  if (!waiting) throw new AppError('not-found');
  return managerCard({ ...waiting, nonce: ctx.random.code(16) });
}

async function about(pressed: Pressed): Promise<CardJson> {
  const { ctx } = pressed;
  const id = idOf(pressed);
  const label = await readCopyLabel(ctx, id);
  const view = await readRequestCard(ctx, id, null);
  if (!view) throw new AppError('not-found');
  return copyCard(view, { nonce: ctx.random.code(16), label });
}
