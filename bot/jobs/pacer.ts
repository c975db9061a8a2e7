/**
 * Teams' published limits, kept to before it has to say 429 (microsoft365.md 1.5): a bot in one conversation sends at most
 * 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour, and 50 a second in one tenant. Instants are milliseconds.
 *
 * What one process sent is what one process knows. Another node that sends into the same conversation or tenant is met by
 * Teams' own 429, whose Retry-After the worker obeys.
 */
export interface Limit {
  readonly count: number;
  readonly withinMs: number;
}

// Each window is a little longer than published: what counts is when Teams received it, and that wobbles on the way.
const wobbleMs = 40;
export const conversationLimits: readonly Limit[] = [
  { count: 7, withinMs: 1_000 + wobbleMs },
  { count: 8, withinMs: 2_000 + wobbleMs },
  { count: 60, withinMs: 30_000 + wobbleMs },
  { count: 1_800, withinMs: 3_600_000 + wobbleMs },
];
export const tenantLimits: readonly Limit[] = [{ count: 50, withinMs: 1_000 + wobbleMs }];

/** Sends that ended (ascending) and how many are on their way. A send counts from its end: Teams received it before that. */
export interface Sent {
  readonly endedAt: readonly number[];
  readonly open: number;
}

// How long to wait for a send that is on its way and may end at any moment.
const openWaitMs = 50;

/** 0 when one more may be sent now, else in how many milliseconds to ask again. */
export function waitBeforeSend(sent: Sent, now: number, limits: readonly Limit[]): number {
  return Math.max(0, ...limits.map((limit) => waitFor(sent, now, limit)));
}

function waitFor({ endedAt, open }: Sent, now: number, { count, withinMs }: Limit): number {
  const firstInside = firstAfter(endedAt, now - withinMs);
  const tooMany = endedAt.length - firstInside + open + 1 - count;
  if (tooMany <= 0) return 0;
  const mustLeave = endedAt[firstInside + tooMany - 1];
  return mustLeave === undefined ? openWaitMs : mustLeave + withinMs - now;
}

/** The index of the first element greater than `bound`, by halving. */
function firstAfter(ascending: readonly number[], bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface Pacer {
  /** 0 and the send is counted as on its way, or the milliseconds to wait and nothing is counted. */
  begin(conversation: string, tenant: string, now: number): number;
  end(conversation: string, tenant: string, now: number): void;
  /** How many conversations are remembered. */
  readonly size: number;
}

interface Remembered {
  endedAt: number[];
  open: number;
}

export function createPacer(): Pacer {
  const conversations = new Map<string, Remembered>();
  const tenants = new Map<string, Remembered>();
  let forgottenAt = -Infinity;

  function forget(now: number): void {
    if (now - forgottenAt < 60_000) return;
    forgottenAt = now;
    for (const [held, longest] of [
      [conversations, 3_600_000 + wobbleMs],
      [tenants, 1_000 + wobbleMs],
    ] as const)
      for (const [key, { endedAt, open }] of held)
        if (open === 0 && (endedAt.at(-1) ?? -Infinity) <= now - longest) held.delete(key);
  }

  return {
    begin(conversation, tenant, now) {
      forget(now);
      const inConversation = upTo(now, remembered(conversations, conversation));
      const inTenant = upTo(now, remembered(tenants, tenant));
      const wait = Math.max(
        waitBeforeSend(inConversation, now, conversationLimits),
        waitBeforeSend(inTenant, now, tenantLimits),
      );
      if (wait > 0) return wait;
      inConversation.open += 1;
      inTenant.open += 1;
      return 0;
    },
    end(conversation, tenant, now) {
      record(remembered(conversations, conversation), now, 1_800);
      record(remembered(tenants, tenant), now, 50);
    },
    get size() {
      return conversations.size;
    },
  };
}

function remembered(held: Map<string, Remembered>, key: string): Remembered {
  const found = held.get(key) ?? { endedAt: [], open: 0 };
  held.set(key, found);
  return found;
}

/** A clock that was set back must not make anybody wait for a time that is over. */
function upTo(now: number, sent: Remembered): Remembered {
  if ((sent.endedAt.at(-1) ?? now) > now) sent.endedAt = sent.endedAt.filter((at) => at <= now);
  return sent;
}

/** `most` is the largest count of any limit: older sends cannot matter. */
function record(sent: Remembered, now: number, most: number): void {
  upTo(now, sent).open = Math.max(0, sent.open - 1);
  sent.endedAt.push(now);
  if (sent.endedAt.length > most) sent.endedAt.splice(0, sent.endedAt.length - most);
}
