import type { Need, Urgency } from './request.js';

/** One line of the council's table: what it names must be equal, what it leaves out matches everything. First match wins. */
export interface RoutingRule {
  readonly need?: Need | undefined;
  readonly urgency?: Urgency | undefined;
  readonly clusterId?: string | undefined;
  readonly to: string;
}

/** Where a request goes and why: both are stored with it and shown beside it (product.md B.1). */
export interface Routed {
  readonly to: string;
  /** Names of what the rule matched, joined by ' + '; 'no rule' when the whole team's queue caught it. */
  readonly because: string;
}

export const defaultQueue = 'whole team';

export function routeRequest(
  request: { readonly need: Need; readonly urgency: Urgency; readonly clusterId: string | null },
  rules: readonly RoutingRule[],
): Routed {
  for (const rule of rules) {
    const named = (['need', 'urgency', 'clusterId'] as const).filter((field) => rule[field] !== undefined);
    if (!named.every((field) => rule[field] === request[field])) continue;
    const words = named.map((field) => (field === 'clusterId' ? 'cluster' : field));
    return { to: rule.to, because: words.join(' + ') || 'every request' };
  }
  return { to: defaultQueue, because: 'no rule' };
}
