import type { Level, Need, Urgency } from './request.js';

/** What a line of the council's table may ask about a request. */
export const criteria = ['need', 'level', 'urgency', 'schoolId', 'clusterId', 'locality'] as const;
export type Criterion = (typeof criteria)[number];

export type Destination =
  /** A list by a name of the council's own; nobody is chosen. */
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'pool'; readonly poolId: string }
  | { readonly kind: 'person'; readonly personId: string }
  /** Whoever of the team already works with the learner; the line does not fit when nobody does. */
  | { readonly kind: 'worker' }
  /** A bound channel; nobody is chosen. */
  | { readonly kind: 'channel'; readonly channelId: string };

/** What it names must be equal, what it leaves out matches everything. */
export interface RoutingLine {
  readonly need?: Need | undefined;
  readonly level?: Level | undefined;
  readonly urgency?: Urgency | undefined;
  readonly schoolId?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly locality?: string | undefined;
  readonly to: Destination;
}

export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly channelId?: string | undefined;
}

export interface RoutingTable {
  readonly pools: readonly Pool[];
  /** The first that fits, and leads to somebody or somewhere, decides. */
  readonly lines: readonly RoutingLine[];
}

export interface RoutedRequest {
  readonly need: Need;
  readonly level: Level;
  readonly urgency: Urgency;
  readonly schoolId: string | null;
  readonly clusterId: string | null;
  readonly locality: string | null;
}

/** What is known of the team on that day. */
export interface Staffing {
  /** Of the team, in the order in which they began to work with this learner. */
  readonly workers: readonly string[];
  /** In the team today, and may see this learner. */
  readonly mayTake: (personId: string) => boolean;
  /** Undefined when here; else who covers, or null. */
  readonly away: (personId: string) => { readonly cover: string | null } | undefined;
  readonly open: (personId: string) => number;
}

/** What was considered, in order: codes and ids, for sentences (routing-words.ts). */
export type RoutingStep =
  | { readonly code: 'away' | 'cannot-take' | 'no-cover' | 'already-works'; readonly personId: string }
  | { readonly code: 'covers'; readonly personId: string; readonly forId: string }
  | { readonly code: 'least-loaded'; readonly personId: string; readonly open: number; readonly of: number }
  | { readonly code: 'nobody-works' | 'nobody-here' | 'pool-gone'; readonly line: number };

/** Where a request goes and why: both are stored with it and shown beside it (product.md B.1). */
export interface RoutingDecision {
  readonly to: Destination;
  /** The line that decided, counted from 1; null when the default queue caught it. */
  readonly line: number | null;
  readonly matched: readonly Criterion[];
  readonly assigneeId: string | null;
  readonly channelId: string | null;
  readonly steps: readonly RoutingStep[];
}

/** The whole team's queue: it catches what no line does, and says so. */
export const defaultQueue = 'whole team';

/** Never without an answer: what leads nowhere is passed over, said, and caught by the default queue. */
export function routeRequest(request: RoutedRequest, table: RoutingTable, staffing: Staffing): RoutingDecision {
  const steps: RoutingStep[] = [];
  for (const [index, rule] of table.lines.entries()) {
    const matched = criteria.filter((name) => rule[name] !== undefined);
    if (!matched.every((name) => rule[name] === request[name])) continue;
    const found = followed(rule.to, { line: index + 1, table, staffing, steps });
    if (found) return { to: rule.to, line: index + 1, matched, steps, ...found };
  }
  return {
    to: { kind: 'queue', name: defaultQueue },
    line: null,
    matched: [],
    assigneeId: null,
    channelId: null,
    steps,
  };
}

interface Following {
  readonly line: number;
  readonly table: RoutingTable;
  readonly staffing: Staffing;
  readonly steps: RoutingStep[];
}

type Found = Pick<RoutingDecision, 'assigneeId' | 'channelId'>;

/** Null when this line leads to nobody: the next one is tried. */
function followed(to: Destination, following: Following): Found | null {
  switch (to.kind) {
    case 'queue':
      return { assigneeId: null, channelId: null };
    case 'channel':
      return { assigneeId: null, channelId: to.channelId };
    case 'person': {
      const assigneeId = hereOrCovered(to.personId, following);
      return assigneeId ? { assigneeId, channelId: null } : nobody('nobody-here', following);
    }
    case 'worker':
      return worker(following);
    case 'pool':
      return pooled(to.poolId, following);
  }
}

function nobody(code: 'nobody-works' | 'nobody-here' | 'pool-gone', { steps, line }: Following): null {
  steps.push({ code, line });
  return null;
}

function worker(following: Following): Found | null {
  const { staffing, steps } = following;
  if (staffing.workers.length === 0) return nobody('nobody-works', following);
  for (const personId of staffing.workers) {
    steps.push({ code: 'already-works', personId });
    const assigneeId = hereOrCovered(personId, following);
    if (assigneeId) return { assigneeId, channelId: null };
  }
  return nobody('nobody-here', following);
}

/** The least loaded of those who are here; of equals the first in the pool's order. A pool with nobody here keeps it as a queue. */
function pooled(poolId: string, following: Following): Found | null {
  const { table, staffing, steps } = following;
  const pool = table.pools.find(({ id }) => id === poolId);
  if (!pool) return nobody('pool-gone', following);
  const channelId = pool.channelId ?? null;
  const here = pool.members.filter((one) => staffing.mayTake(one) && !staffing.away(one));
  const [first, ...others] = here;
  if (first === undefined) {
    if (pool.members.length > 0) nobody('nobody-here', following);
    return { assigneeId: null, channelId };
  }
  const least = others.reduce((best, one) => (staffing.open(one) < staffing.open(best) ? one : best), first);
  steps.push({ code: 'least-loaded', personId: least, open: staffing.open(least), of: here.length });
  return { assigneeId: least, channelId };
}

/** Themselves, or whoever covers for them, or whoever covers for those; null when the chain ends with nobody or in a circle. */
function hereOrCovered(personId: string, { staffing, steps }: Following): string | null {
  const asked = new Set<string>();
  for (let one = personId; !asked.has(one);) {
    asked.add(one);
    if (!staffing.mayTake(one)) {
      steps.push({ code: 'cannot-take', personId: one });
      return null;
    }
    const absence = staffing.away(one);
    if (!absence) return one;
    steps.push({ code: 'away', personId: one });
    if (absence.cover === null || asked.has(absence.cover)) {
      steps.push({ code: 'no-cover', personId: one });
      return null;
    }
    steps.push({ code: 'covers', personId: absence.cover, forId: one });
    one = absence.cover;
  }
  return null;
}
