import { say } from '../words.js';
import { type ActionData, card, type CardJson, execute, paragraph, protectionLine } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

export interface Held {
  readonly protection: Protection;
  /** What was pressed: *No, carry on* presses it again. Null for a message in the chat, which is typed anew. */
  readonly pressed: ActionData | null;
  /** Where the words stood, for the content-free record. */
  readonly entrance: string;
  readonly nonce: string;
  readonly noId: string;
  /** What was typed, out of sight, on its way back to whoever typed it: it is in Teams' hands and not in ours. */
  readonly typed: Readonly<Record<string, string>>;
}

/** A phrase was met: the question comes before anything else, and nothing has been kept (product.md A.2). */
export function heldCard(held: Held): CardJson {
  const { entrance, pressed, nonce, noId, typed } = held;
  const answer = { id: noId, version: 0, nonce };
  const fields = Object.entries(typed).map(([id, value]) => ({
    ...{ type: 'Input.Text', id, label: say('hold.field'), isMultiline: true, value },
  }));
  return card({
    title: say('hold.title'),
    summary: say('hold.title'),
    body: [
      protectionLine(protectionText(held.protection)),
      paragraph(say('hold.question'), { weight: 'bolder' }),
      paragraph(say('hold.kept')),
      ...(fields.length > 0 ? [{ type: 'Container', id: 'held', isVisible: false, items: fields }] : []),
    ],
    actions: [
      execute(say('hold.yes'), { ...answer, verb: 'concern.yes', extra: { entrance } }, { associatedInputs: 'none' }),
      pressed
        ? execute(say('hold.no'), { ...pressed, extra: { ...pressed.extra, notConcern: true } })
        : execute(say('hold.say'), { ...answer, verb: 'concern.no', extra: { entrance } }),
    ],
  });
}
