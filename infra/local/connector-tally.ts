import type { Json, LedgerActivity } from './connector-ledger.js';

/** What a faults run asks of the ledger. */
export interface Tally {
  /** Posts per chat or channel, deleted ones included. */
  readonly posts: Readonly<Record<string, number>>;
  /** Activities that carry state and say what another live one in the same place already says: one too many each. */
  readonly duplicates: readonly string[];
  /** Stubs that were never updated, beside another live activity for the same thing: their id never came back. */
  readonly orphans: readonly string[];
  /** The newest card of each live activity. */
  readonly cards: Readonly<Record<string, Json>>;
}

/** What a card is about, or null when it is about nothing that must be unique in its conversation. */
export type Identify = (card: Json) => string | null;

const reference = /\b(?:VS|VR)-[0-9A-HJKMNP-TV-Z]{6}\b/;

/** The first reference in the card's text. A caller whose conversations hold two kinds of card for one reference gives its own. */
export const byReference: Identify = (card) => reference.exec(JSON.stringify(card))?.[0] ?? null;

/** An activity counts as a stub while it has only been posted: state arrives by update (architecture.md, Delivery). */
export function tallyLedger(activities: readonly LedgerActivity[], identify: Identify = byReference): Tally {
  const posts: Record<string, number> = {};
  const cards: Record<string, Json> = {};
  const about = new Map<string, LedgerActivity[]>();
  for (const activity of activities) {
    posts[activity.top] = (posts[activity.top] ?? 0) + 1;
    const card = newestCard(activity);
    if (activity.deletedAt || !card) continue;
    cards[activity.id] = card;
    const what = identify(card);
    if (what === null) continue;
    const key = `${activity.top} ${what}`;
    about.set(key, [...(about.get(key) ?? []), activity]);
  }
  const duplicates: string[] = [];
  const orphans: string[] = [];
  for (const group of about.values()) {
    const stateful = group.filter((activity) => activity.versions.length > 1);
    const stubs = group.filter((activity) => activity.versions.length === 1);
    duplicates.push(...stateful.slice(1).map((activity) => activity.id));
    // Where nothing has been updated yet, one of the stubs is the one that will be.
    orphans.push(...stubs.slice(stateful.length > 0 ? 0 : 1).map((activity) => activity.id));
  }
  return { posts, duplicates, orphans, cards };
}

export function newestCard(activity: LedgerActivity): Json | null {
  return activity.versions.at(-1)?.card ?? null;
}
