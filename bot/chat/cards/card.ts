/**
 * Adaptive Cards 1.5 as plain JSON: the version that Teams renders everywhere (microsoft365.md 1.11). Text from people goes
 * into TextRuns, which know no Markdown; every action is an Action.Execute with an Action.Submit behind it for clients that
 * know only that.
 */
export type CardJson = Readonly<Record<string, unknown>>;

/** What an action carries: keys, never authority. Everything is read again from the store. */
export interface ActionData {
  readonly verb: string;
  readonly id: string;
  readonly version: number;
  readonly nonce: string;
  /** Fixed extras of one button, such as an answer already given. */
  readonly extra?: Readonly<Record<string, string | boolean>>;
}

export const cardVersion = 1;
export const noId = '00000000-0000-0000-0000-000000000000';

export function card(parts: {
  readonly title: string;
  readonly body: readonly CardJson[];
  readonly actions?: readonly CardJson[];
  /** Read out and shown where the card cannot be; never about a learner. */
  readonly summary: string;
  readonly refresh?: CardJson;
}): CardJson {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: parts.summary,
    speak: parts.summary,
    body: [heading(parts.title), ...parts.body],
    ...(parts.actions && parts.actions.length > 0 ? { actions: parts.actions } : {}),
    ...(parts.refresh ? { refresh: { action: parts.refresh, userIds: [] } } : {}),
  };
}

export function heading(text: string): CardJson {
  return { type: 'TextBlock', text, size: 'large', weight: 'bolder', wrap: true, style: 'heading' };
}

/** Our own words. What a person wrote goes into them through escapeMarkdown. */
export function paragraph(text: string, more: CardJson = {}): CardJson {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

/** Somebody's words: literal, without Markdown, links or direction controls. */
export function quoted(text: string): CardJson {
  const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: plain }] };
}

/** Pairs that read as a table. Values are our words or names of staff; Fact text is Markdown, so it is escaped. */
export function facts(pairs: readonly (readonly [title: string, value: string])[]): CardJson {
  return { type: 'FactSet', facts: pairs.map(([title, value]) => ({ title, value: escapeMarkdown(value) })) };
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]()~#<>|]/g, (sign) => `\\${sign}`);
}

export function execute(title: string, data: ActionData, more: CardJson = {}): CardJson {
  const carried = {
    v: cardVersion,
    verb: data.verb,
    id: data.id,
    version: data.version,
    nonce: data.nonce,
    ...data.extra,
  };
  const shared = { title, data: carried, ...more };
  return { type: 'Action.Execute', verb: data.verb, ...shared, fallback: { type: 'Action.Submit', ...shared } };
}

export function openUrl(title: string, url: string): CardJson {
  return { type: 'Action.OpenUrl', title, url };
}

/** The child protection line that stands on every card with a place to type. */
export function protectionLine(text: string): CardJson {
  return { type: 'Container', style: 'attention', items: [paragraph(text)] };
}
