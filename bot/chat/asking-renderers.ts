import type { Context } from '../context.js';
import type { PostedCard } from '../db/posted-cards.js';
import { readExclusionAlert } from '../requests/exclusion-service.js';
import { readWaiting } from '../requests/manager-service.js';
import { readRequestCard } from '../requests/reading.js';
import { withManagerCard } from './cards/asked-cards.js';
import { exclusionAlertCard, exclusionStubCard } from './cards/exclusion-cards.js';
import { copyCard, managerCard } from './cards/manager-cards.js';
import type { Rendered } from './delivery.js';
import { say } from './words.js';

/** Drawn for the designated manager it waits for, and for the asker whose form it was. */
export async function managerOrAsker(ctx: Context, posted: PostedCard): Promise<Rendered | null> {
  const waiting = await readWaiting(ctx, posted.aggregate_id);
  if (!waiting) return null;
  const version = waiting.decision === null ? 1 : 2;
  if (posted.person_id !== waiting.managerId) {
    const card = withManagerCard(waiting);
    return { card, stub: card, summary: say('with-manager.title'), version };
  }
  const nonce = ctx.random.code(16);
  const stub = managerCard({ ...waiting, decision: null, nonce });
  return { card: managerCard({ ...waiting, nonce }), stub, summary: say('manager.title'), version };
}

export async function copied(ctx: Context, posted: PostedCard): Promise<Rendered | null> {
  const view = await readRequestCard(ctx, posted.aggregate_id, null);
  if (!view) return null;
  const card = copyCard(view, { nonce: ctx.random.code(16), label: null });
  const summary = say('request.summary', { reference: view.reference });
  return { card, stub: card, summary, version: view.version };
}

/** In the channel, and in the chat of whoever the ladder tells. Whom to call comes with a press of theirs alone. */
export async function exclusion(ctx: Context, posted: PostedCard): Promise<Rendered | null> {
  const alert = await readExclusionAlert(ctx, posted.aggregate_id);
  if (!alert) return null;
  const card = exclusionAlertCard({ ...alert, call: null, nonce: ctx.random.code(16) });
  return { card, stub: exclusionStubCard(), summary: say('exclusion.channel.title'), version: alert.version };
}
