import type { LedgerActivity, Shown } from './connector-ledger.js';
import { readConversationId, threadId } from './connector-ids.js';

export interface MirrorOptions {
  /** The Playground's own address. */
  readonly url: string;
  /** The newest state of an activity, by its id at our connector. */
  readonly activity: (id: string) => LedgerActivity | null;
  readonly fetch: typeof fetch;
}

/** Shows what our connector has on record in one Playground. The ledger is the truth: a Playground that is gone changes nothing. */
export interface Mirror {
  /** Posts the activity's newest version, or changes the card already shown. In the order of the calls. */
  show(id: string): void;
  /** Our id of a message that the Playground names, once everything asked so far has been shown. */
  ours(theirs: string): Promise<string | null>;
  /** A message that the person wrote in the Playground is known here by this id. */
  pair(ours: string, theirs: string): void;
  /** Resolves when everything asked so far was tried. */
  idle(): Promise<void>;
}

export function createMirror(options: MirrorOptions): Mirror {
  const theirsOf = new Map<string, string>();
  const oursOf = new Map<string, string>();
  let queue: Promise<unknown> = Promise.resolve();

  function pair(ours: string, theirs: string): void {
    theirsOf.set(ours, theirs);
    oursOf.set(theirs, ours);
  }

  async function send(method: 'POST' | 'PUT', path: string, shown: Shown): Promise<Response> {
    const url = `${options.url}/_connector/v3/conversations/${path}`;
    const headers = { 'content-type': 'application/json' };
    return options.fetch(url, { method, headers, body: JSON.stringify(messageOf(shown)) });
  }

  async function show(id: string): Promise<void> {
    const activity = options.activity(id);
    const shown = activity?.versions.at(-1);
    if (!activity || !shown || activity.deletedAt) return;
    const known = theirsOf.get(id);
    if (known) {
      const top = encodeURIComponent(activity.top);
      const changed = await send('PUT', `${top}/activities/${encodeURIComponent(known)}`, shown);
      await changed.arrayBuffer();
      if (changed.status !== 404) return;
    }
    const posted = await send('POST', `${encodeURIComponent(placeOf(activity))}/activities`, shown);
    const answer: unknown = await posted.json();
    if (posted.ok && hasId(answer)) pair(id, answer.id);
  }

  /** In the Playground a reply goes to its own name for the thread; a thread it does not show begins with this post. */
  function placeOf(activity: LedgerActivity): string {
    const { top, rootId } = readConversationId(activity.conversationId);
    const root = rootId && rootId !== activity.id ? theirsOf.get(rootId) : undefined;
    return root ? threadId(top, root) : top;
  }

  return {
    pair,
    show: (id) => void (queue = queue.then(() => show(id)).catch(() => undefined)),
    idle: () => queue.then(() => undefined),
    async ours(theirs) {
      if (!oursOf.has(theirs)) await queue;
      return oursOf.get(theirs) ?? null;
    },
  };
}

/** The Playground splits a message with both words and a card in two and then gives no id. */
function messageOf(shown: Shown): object {
  if (!shown.card) return { type: 'message', text: shown.text ?? '', textFormat: 'plain' };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: shown.card }],
  };
}

function hasId(answer: unknown): answer is { id: string } {
  return typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string';
}
