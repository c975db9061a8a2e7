import type { CardJson } from '../../bot/chat/cards/card.js';

/** A node of a card and where it stands. */
interface Node {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Every object of the card, outermost first; fallbacks too. */
export function nodesOf(card: CardJson): Node[] {
  const found: Node[] = [];
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((one, index) => walk(one, `${path}[${index}]`));
    else if (isRecord(value)) {
      found.push({ path, value });
      for (const [name, inner] of Object.entries(value))
        if (name !== 'data') walk(inner, path ? `${path}.${name}` : name);
    }
  };
  walk(card, '');
  return found;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const words = /\p{L}{2,}/u;
const says = (value: unknown): value is string => typeof value === 'string' && words.test(value);

type Rule = (node: Node, root: CardJson) => string | null;

/** microsoft365.md 1.8 and 1.11: what holds for every card in every state. */
const rules: readonly Rule[] = [
  ({ path, value }) =>
    path === '' && value['version'] !== '1.5' ? 'is not version 1.5, which is what Teams draws everywhere' : null,
  ({ path, value }) =>
    path === '' && !(says(value['fallbackText']) && says(value['speak'])) ? 'has no fallbackText and speak' : null,
  ({ path, value }) => {
    const bytes = path === '' ? Buffer.byteLength(JSON.stringify(value)) : 0;
    return bytes > 20 * 1024 ? `has ${bytes} bytes; 20 KB leaves room under Teams’ 28 KB` : null;
  },
  ({ path, value }) => {
    const seen = path === '' ? actionsIn(value).filter(({ mode }) => mode !== 'secondary').length : 0;
    return seen > 4 ? `shows ${seen} actions; four are what one takes in` : null;
  },
  ({ value }) => (isInput(value) && !says(value['label']) ? 'is an input without a label' : null),
  ({ value }) => (isInput(value) && typeof value['id'] !== 'string' ? 'is an input without an id' : null),
  ({ value }) =>
    isInput(value) && value['isRequired'] === true && !says(value['errorMessage'])
      ? 'is required and does not say so when left empty'
      : null,
  ({ value }) => (value['type'] === 'Action.Execute' ? withoutFallback(value) : null),
  ({ value }) => (value['type'] === 'TextBlock' && value['wrap'] !== true ? 'is cut off on a narrow screen' : null),
  ({ value }) => (value['type'] === 'Image' && !says(value['altText']) ? 'is an image without altText' : null),
  ({ value }) => {
    const coloured = value['color'] !== undefined && value['color'] !== 'default';
    return coloured && !says(value['text']) ? 'means something by its colour alone' : null;
  },
  ({ path, value }) => {
    const coloured = String(value['type']).match(/^(Container|Column|TableCell)$/) && value['style'] !== undefined;
    const inside = coloured ? nodesOf(value).some((node) => says(node.value['text'])) : true;
    return path !== '' && !inside ? 'means something by its colour alone' : null;
  },
];

function isInput({ type }: Node['value']): boolean {
  return typeof type === 'string' && type.startsWith('Input.');
}

/** Of the card and of action sets in it, never those of a fallback. */
function actionsIn(card: CardJson): Readonly<Record<string, unknown>>[] {
  const sets = nodesOf(card).filter(({ path, value }) => path === '' || value['type'] === 'ActionSet');
  return sets.flatMap(({ value }) => (Array.isArray(value['actions']) ? value['actions'].filter(isRecord) : []));
}

function withoutFallback(action: Node['value']): string | null {
  const { type: _type, verb: _verb, fallback, ...same } = action;
  if (!isRecord(fallback)) return 'has no Action.Submit behind it for clients that know only that';
  const { type, ...behind } = fallback;
  const agrees = type === 'Action.Submit' && JSON.stringify(behind) === JSON.stringify(same);
  return agrees ? null : 'has a fallback that does something else';
}

/** What is wrong with a card; empty when nothing is. */
export function cardFaults(card: CardJson): string[] {
  return nodesOf(card).flatMap((node) =>
    rules.flatMap((rule) => {
      const fault = rule(node, card);
      return fault === null ? [] : [`${node.path || 'the card'} ${fault}`];
    }),
  );
}

export interface Text {
  readonly path: string;
  readonly text: string;
  /** 'markdown' is interpreted by Teams, 'literal' is shown as it is, 'value' is in a field and comes back as it is. */
  readonly how: 'markdown' | 'literal' | 'value';
}

/** Every text that a person may see, and how Teams shows it. */
export function textsOf(card: CardJson): Text[] {
  return nodesOf(card).flatMap(({ path, value }) =>
    Object.entries(value).flatMap(([name, text]): Text[] => {
      const how =
        typeof text === 'string' ? shownAs(path, typeof value['type'] === 'string' ? value['type'] : '', name) : null;
      return how === null ? [] : [{ path: `${path}.${name}`, text: String(text), how }];
    }),
  );
}

function shownAs(path: string, type: string, name: string): Text['how'] | null {
  if (['fallbackText', 'speak', 'label', 'errorMessage'].includes(name)) return 'markdown';
  if (type === 'TextRun' || type.startsWith('Action.')) return ['text', 'title'].includes(name) ? 'literal' : null;
  if (type === 'TextBlock') return name === 'text' ? 'markdown' : null;
  if (/\.facts\[\d+\]$/.test(path)) return 'markdown';
  if (/\.choices\[\d+\]$/.test(path)) return name === 'title' ? 'literal' : null;
  if (type.startsWith('Input.')) return name === 'value' ? 'value' : name === 'placeholder' ? 'literal' : null;
  return null;
}
