import type { Connector } from '../../infra/local/connector.js';
import type { Json, LedgerActivity } from '../../infra/local/connector-ledger.js';
import { newestCard } from '../../infra/local/connector-tally.js';
import { offers, referenceOn } from './shown.js';

export interface Held {
  readonly activityId: string;
  readonly card: Json;
}

/** The team's channel as its members see it: the newest card of each request, by reference. */
export interface Board {
  /** Null until the card with *Take* on it is there; a stub does not offer it. */
  takeable(reference: string): Held | null;
  stop(): void;
}

export function watchBoard(connector: Connector, channelId: string): Board {
  const seen = new Map<string, Held>();
  const look = (activity: LedgerActivity) => {
    const card = activity.top === channelId ? newestCard(activity) : null;
    const reference = card && referenceOn(card);
    if (card && reference && offers(card, 'request.take')) seen.set(reference, { activityId: activity.id, card });
  };
  const stop = connector.onChange(({ activity }) => look(activity));
  return { takeable: (reference) => seen.get(reference) ?? null, stop };
}
