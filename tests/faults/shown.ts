import { actionsOf } from '../../infra/local/chat-card.js';
import type { Json } from '../../infra/local/connector-ledger.js';
import { byReference } from '../../infra/local/connector-tally.js';

/** What a person reads off a card. */
export const referenceOn = byReference;

export function offers(card: Json, verb: string): boolean {
  return actionsOf(card).some((action) => action.verb === verb);
}

/** The id that the card's own actions carry, or null when it has none. */
export function aboutOn(card: Json): string | null {
  const ids = actionsOf(card).map(({ data }) => data['id']);
  const found = ids.find((id) => typeof id === 'string' && !/^0{8}-/.test(id));
  return typeof found === 'string' ? found : null;
}

/** Title -> value of every fact, as the card has them (Markdown signs escaped). */
export function factsOn(card: Json): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const one of objectsIn(card)) {
    const { title, value } = one;
    if (typeof title === 'string' && typeof value === 'string' && one['type'] === undefined) facts.set(title, value);
  }
  return facts;
}

/** The texts of its paragraphs. */
export function linesOn(card: Json): readonly string[] {
  return [...objectsIn(card)].flatMap(({ type, text }) =>
    type === 'TextBlock' && typeof text === 'string' ? [text] : [],
  );
}

function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value));
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}
