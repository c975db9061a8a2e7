import { z } from 'zod';
import type { Json, LedgerActivity } from '../../infra/local/connector-ledger.js';
import { newestCard } from '../../infra/local/connector-tally.js';
import type { InjectedFault } from '../../infra/local/faults.js';
import { referenceOn } from './shown.js';
import type { World } from './world.js';

/** What Teams and Graph hold, by their own ledgers. */
export interface FarSide {
  readonly activities: readonly LedgerActivity[];
  readonly transactions: readonly { transactionId: string; asked: number; events: readonly string[] }[];
  readonly events: readonly { transactionId: string | null; organiser: string; cancelled: boolean }[];
  readonly injected: readonly InjectedFault[];
}

const ledger = z.object({
  transactions: z.array(z.object({ transactionId: z.string(), asked: z.number(), events: z.array(z.string()) })),
  events: z.array(
    z.looseObject({ transactionId: z.string().nullable(), organiser: z.string(), cancelled: z.boolean() }),
  ),
});

export async function readFarSide(world: World): Promise<FarSide> {
  const answer = await fetch(new URL('/_local/graph/ledger', world.microsoft365.url));
  const { transactions, events } = ledger.parse(await answer.json());
  const { injected } = world.microsoft365.faults;
  return { activities: world.connector.ledger(), transactions, events, injected };
}

/** Posts that did their work and whose answer was then lost on purpose. */
export function ambiguousPosts(injected: readonly InjectedFault[]): number {
  return injected.filter(
    ({ surface, method, fault, didWork }) =>
      surface === 'connector' && method === 'POST' && didWork && (fault === '504-after' || fault === 'cut-after'),
  ).length;
}

export interface Stateful {
  readonly activity: LedgerActivity;
  readonly card: Json;
  readonly reference: string;
}

/** Live messages that say what they are about, and that were updated at least once: a stub says nothing of a state. */
export function stateful(far: FarSide): Stateful[] {
  return far.activities.flatMap((activity) => {
    const card = activity.deletedAt || activity.versions.length < 2 ? null : newestCard(activity);
    const reference = card && referenceOn(card);
    return card && reference ? [{ activity, card, reference }] : [];
  });
}
