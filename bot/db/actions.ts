import type { Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/** One press: {verb, target, version, nonce} by one actor. Teams repeats presses, sometimes under a new activity id. */
export interface Action {
  readonly verb: string;
  readonly targetId: string;
  readonly version: number;
  readonly nonce: string;
}

/** Does the work once for this press; a repeat waits for the first to commit and answers with its stored outcome (ids only). */
export async function once<T extends Readonly<Record<string, string | number | boolean | null>>>(
  ctx: Context,
  trx: Trx,
  action: Action,
  work: () => Promise<T>,
): Promise<{ outcome: T; repeated: boolean }> {
  if (ctx.actor.kind !== 'person') throw new TypeError('a press has a person behind it');
  const key = {
    authority_id: ctx.actor.authorityId,
    actor_id: ctx.actor.personId,
    verb: action.verb,
    target_id: action.targetId,
    version: action.version,
    nonce: action.nonce,
  };
  const claimed = await trx
    .insertInto('action_outcome')
    .values({ ...key, outcome: '{}', at: toDate(ctx.clock.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce')
    .executeTakeFirst();
  let found = trx.selectFrom('action_outcome').select('outcome');
  for (const [column, value] of Object.entries(key)) found = found.where(column as keyof typeof key, '=', value);
  if (!claimed) return { outcome: (await found.executeTakeFirstOrThrow()).outcome as T, repeated: true };
  const outcome = await work();
  let stored = trx.updateTable('action_outcome').set({ outcome: JSON.stringify(outcome) });
  for (const [column, value] of Object.entries(key)) stored = stored.where(column as keyof typeof key, '=', value);
  await stored.execute();
  return { outcome, repeated: false };
}

/** What this press did, if it has been made and done before; null otherwise. For what must be known before work outside. */
export async function findOutcome(
  ctx: Context,
  trx: Trx,
  action: Action,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (ctx.actor.kind !== 'person') return null;
  const row = await trx
    .selectFrom('action_outcome')
    .select('outcome')
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('actor_id', '=', ctx.actor.personId)
    .where('verb', '=', action.verb)
    .where('target_id', '=', action.targetId)
    .where('version', '=', action.version)
    .where('nonce', '=', action.nonce)
    .executeTakeFirst();
  const outcome = row?.outcome;
  return typeof outcome === 'object' && outcome !== null ? Object.fromEntries(Object.entries(outcome)) : null;
}
