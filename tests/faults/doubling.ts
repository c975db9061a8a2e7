import { randomUUID } from 'node:crypto';
import type { Draw } from './seeded.js';

/**
 * A network that sometimes carries one of Teams' deliveries twice at the same moment: with its id, as a channel that retries,
 * or under a new one, as a client that was pressed twice (performance-reliability-security.md 0.4). The person sees the
 * first's answer.
 */
export function doubling(
  draw: Draw,
  share: { readonly sameId: number; readonly newId: number },
  send: typeof fetch = fetch,
): typeof fetch {
  return async (target, init) => {
    const text = init?.method === 'POST' && typeof init.body === 'string' ? init.body : '';
    const press = text.includes('"adaptiveCard/action"');
    const chance = text.includes('"channelId":"msteams"') ? draw() : 1;
    const again = chance < share.sameId ? text : press && chance < share.sameId + share.newId ? underNewId(text) : null;
    // Nobody reads the second answer, but it has to be taken off the wire.
    const twin = again === null ? null : send(target, { ...init, body: again }).then((second) => second.arrayBuffer());
    const over = twin?.then(nothing, nothing);
    const answer = await send(target, init);
    await over;
    return answer;
  };
}

const nothing = () => undefined;

function underNewId(text: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), id: randomUUID() });
}
