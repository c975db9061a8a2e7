import { z } from 'zod';
import type { Json } from './connector-ledger.js';

/** An action as a person can press it, with what the client would send for it. */
export interface CardAction {
  readonly type: string;
  readonly title: string | null;
  readonly verb: string | null;
  readonly data: Json;
  readonly associatedInputs: boolean;
  /** The `data` of an Action.Submit given as this action's fallback, for clients without Action.Execute. */
  readonly submitData: Json | null;
}

const json = z.record(z.string(), z.unknown());
const text = z.string().nullable().catch(null);
const actionShape = z.looseObject({
  type: z.string().regex(/^Action\./),
  title: text,
  verb: text,
  data: json.catch({}),
  associatedInputs: text,
  fallback: z.unknown().optional(),
});
const inputShape = z.looseObject({
  type: z.string().regex(/^Input\./),
  id: z.string(),
  value: z.union([z.string(), z.number()]).optional().catch(undefined),
  isRequired: z.boolean().catch(false),
  valueOff: z.string().catch('false'),
});

export function actionsOf(card: Json): CardAction[] {
  return [...objectsIn(card)].flatMap((one) => {
    const action = actionShape.safeParse(one);
    return action.success ? [asAction(action.data)] : [];
  });
}

/** By verb or by title; more than one match is taken as the first in reading order. */
export function findAction(card: Json, titleOrVerb: string): CardAction {
  const actions = actionsOf(card);
  const found = actions.find((one) => one.verb === titleOrVerb || one.title === titleOrVerb);
  if (found) return found;
  const shown = actions.map((one) => one.verb ?? one.title).join(', ') || 'none';
  throw new Error(`The card shows no action '${titleOrVerb}'. It shows: ${shown}.`);
}

/** What refreshes the card for this viewer: the action asked for, or null when the card asks for none or not for them. */
export function refreshActionOf(card: Json, mri: string): CardAction | null {
  const refresh = z
    .looseObject({ action: actionShape, userIds: z.array(z.string()).optional() })
    .safeParse(card['refresh']);
  if (!refresh.success) return null;
  const { action, userIds } = refresh.data;
  return userIds && userIds.length > 0 && !userIds.includes(mri) ? null : asAction(action);
}

/**
 * What the card's inputs hold once a person has filled in `typed`: as the client does it, an input left alone sends its
 * preset value, and an empty one sends nothing.
 */
export function inputsOf(card: Json, typed: Readonly<Record<string, string>>): Record<string, string> {
  const inputs: Record<string, string> = {};
  const { refresh: _refresh, ...shown } = card;
  for (const one of objectsIn(shown)) {
    const input = inputShape.safeParse(one);
    if (!input.success) continue;
    const { id, type, value, valueOff, isRequired } = input.data;
    const held = typed[id] ?? (value === undefined ? (type === 'Input.Toggle' ? valueOff : '') : String(value));
    if (held !== '') inputs[id] = held;
    else if (isRequired) throw new Error(`The client would not send this card: '${id}' is required and empty.`);
  }
  const unknown = Object.keys(typed).filter((id) => !(id in inputs) && typed[id] !== '');
  if (unknown.length > 0) throw new Error(`The card has no input '${unknown.join("', '")}'.`);
  return inputs;
}

function asAction(action: z.infer<typeof actionShape>): CardAction {
  const fallback = actionShape.safeParse(action.fallback);
  return {
    type: action.type,
    title: action.title,
    verb: action.verb,
    data: action.data,
    associatedInputs: action.associatedInputs?.toLowerCase() !== 'none',
    submitData: fallback.success && fallback.data.type === 'Action.Submit' ? fallback.data.data : null,
  };
}

/** Every object in the card, in reading order; not what only another client would show, and not what an action carries. */
function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  const object = Array.isArray(value) ? null : json.safeParse(value);
  if (!object?.success) return;
  yield object.data;
  for (const [name, inner] of Object.entries(object.data))
    if (name !== 'fallback' && name !== 'data' && name !== 'refresh') yield* objectsIn(inner);
}
