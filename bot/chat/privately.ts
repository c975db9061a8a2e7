import { actorAmong } from '../access/arrival.js';
import type { Directory } from '../access/resolve.js';
import { type ChatTarget, DeliveryError, type Notifier } from '../context.js';
import type { Log } from '../log.js';
import type { CardJson } from './cards/card.js';
import type { Passed } from './inbound-guard.js';

/**
 * An answer for the presser alone, where the client cannot replace the card for them only: a targeted message in the
 * channel, else their own chat with the bot (microsoft365.md 1.10). Never the only record of anything, so a failure is logged
 * and no more: the card that everybody sees is brought up to date by the outbox.
 */
export async function answerPrivately(
  parts: { readonly notifier: Notifier; readonly directory: Directory; readonly log: Log },
  passed: Passed,
  target: ChatTarget,
  card: CardJson,
): Promise<void> {
  const { notifier, directory, log } = parts;
  const message = { card, summary: typeof card['speak'] === 'string' ? card['speak'] : '' };
  try {
    await notifier.postTo(target, passed.activity.from.id, message);
    return;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
  }
  try {
    const actor = actorAmong(passed.arrival.people, passed.arrival.chosen);
    const chat = await directory.personalChat(actor.authorityId, actor.personId);
    if (chat) await notifier.post(chat, message);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log('warn', 'chat.answer-not-sent', { reason: error.kind });
  }
}
