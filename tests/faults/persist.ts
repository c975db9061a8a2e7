import type { Delivery } from '../../infra/local/chat-wire.js';
import type { World } from './world.js';

/** How often something is tried before the run is given up: more than any row of faults is long. */
const mostTries = 4000;

/** Asks until there is an answer. Throws, naming what was waited for, when there never is one. */
export async function until<T>(
  world: World,
  what: string,
  ask: () => Promise<T | null> | T | null,
  tries = mostTries,
): Promise<T> {
  for (let tried = 0; tried < tries; tried += 1) {
    const answer = await ask();
    if (answer !== null) return answer;
    await world.moment();
  }
  throw new Error(`This never came: ${what}.`);
}

/**
 * A delivery until the bot answers it: as Teams does, the first repeat carries the same id and later ones a new id. A card
 * that only says "try again" is no answer either.
 */
export async function answered(world: World, what: string, first: () => Promise<Delivery>): Promise<Delivery> {
  let delivery = await first();
  let repeats = 0;
  while (!isAnswer(delivery)) {
    await world.moment();
    const before = delivery;
    repeats += 1;
    if (repeats > mostTries) throw new Error(`This was never answered: ${what}.`);
    delivery = await world.chat.repeat(before, { newId: repeats > 1 });
  }
  return delivery;
}

const tryAgain = 'That could not be checked just now';

function isAnswer({ status, card }: Delivery): boolean {
  return status === 200 && !(card !== null && JSON.stringify(card).includes(tryAgain));
}

export interface Called {
  readonly status: number;
  readonly body: unknown;
}

/** An API call until the server answers it with something other than a failure of its own. The nonce is in the body. */
export async function called(
  world: World,
  person: { readonly tenantId: string; readonly oid: string },
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Called> {
  return until(world, `${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')}`, async () => {
    const token = await world.microsoft365.mintUserToken({ tid: person.tenantId, oid: person.oid });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    try {
      const sent =
        body === undefined
          ? { method, headers: { authorization: headers.authorization } }
          : { method, headers, body: JSON.stringify(body) };
      const answer = await fetch(new URL(path, world.url), sent);
      const text = await answer.text();
      if (answer.status >= 500 || answer.status === 401 || answer.status === 429) return null;
      return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
    } catch {
      return null; // the server is away; it will be back
    }
  });
}
