import { say } from '../words.js';
import { type ActionData, type CardJson, escapeMarkdown, execute, paragraph } from './card.js';

/** The search that several cards begin with: who it is about, among those whom the asker may see. */
export interface Finding {
  /** What was typed, back to the person who typed it. */
  readonly typed: string;
  /** Null before anything was looked for. */
  readonly found: {
    readonly kind: 'short' | 'looked';
    readonly items: readonly { readonly id: string; readonly label: string }[];
    readonly more: boolean;
  } | null;
}

/** `pick` is what pressing a learner carries. Nobody found reads the same whether or not a child is on the register. */
export function findLearner({ typed, found }: Finding, pick: (learnerId: string) => ActionData): CardJson[] {
  return [
    {
      ...{ type: 'Input.Text', id: 'find', label: say('find.label'), maxLength: 60 },
      ...(typed === '' ? {} : { value: typed }),
    },
    ...(found ? results(found, pick) : []),
  ];
}

function results(found: NonNullable<Finding['found']>, pick: (learnerId: string) => ActionData): CardJson[] {
  if (found.kind === 'short') return [paragraph(say('find.short'), { weight: 'bolder' })];
  if (found.items.length === 0) return [paragraph(say('find.none'), { weight: 'bolder' })];
  return [
    paragraph(say('find.results')),
    ...found.items.map(({ id, label }) => row(escapeMarkdown(label), say('find.choose', { label }), pick(id))),
    ...(found.more ? [paragraph(say('find.more'), { isSubtle: true })] : []),
  ];
}

/** A line that is pressed whole: a thumb needs no aim, and a keyboard reaches it as a button. */
export function row(markdown: string, title: string, data: ActionData, more: CardJson = {}): CardJson {
  return {
    ...{ type: 'Container', style: 'emphasis', spacing: 'small', ...more },
    items: [paragraph(markdown, { weight: 'bolder' })],
    selectAction: execute(title, data, { associatedInputs: 'none' }),
  };
}
