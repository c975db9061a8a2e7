import { CompiledQuery } from 'kysely';
import { later, type Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/** One press: {verb, target, version, nonce} by one actor. Teams repeats presses, sometimes under a new activity id. */
export interface Action {
  readonly verb: string;
  readonly targetId: string;
  readonly version: number;
  readonly nonce: string;
}

const claim = `
  insert into action_outcome (authority_id, actor_id, verb, target_id, version, nonce, outcome, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict do nothing returning nonce`;

const keep = `
  update action_outcome set outcome = $7
  where authority_id = $1 and actor_id = $2 and verb = $3 and target_id = $4 and version = $5 and nonce = $6`;

interface Done<T> {
  readonly outcome: T;
  readonly repeated: boolean;
}

type Outcome = Readonly<Record<string, string | number | boolean | null>>;

/** Does the work once for this press; a repeat waits for the first to commit and answers with its stored outcome (ids only). */
export function once<T extends Outcome>(
  ctx: Context,
  trx: Trx,
  action: Action,
  work: () => Promise<T>,
): Promise<Done<T>> {
  return onceReading(ctx, trx, action, { read: () => Promise.resolve(), work });
}

/**
 * As `once`; what the work begins by reading (and locking) is asked for in the same breath. An outcome that is foreseen is kept
 * with the claim, and again only if it turns out otherwise.
 */
export async function onceReading<R, T extends Outcome>(
  ctx: Context,
  trx: Trx,
  action: Action,
  how: { readonly read: () => Promise<R>; readonly work: (read: R) => Promise<T>; readonly foreseen?: T },
): Promise<Done<T>> {
  if (ctx.actor.kind !== 'person') throw new TypeError('a press has a person behind it');
  const { authorityId, personId } = ctx.actor;
  const key = [authorityId, personId, action.verb, action.targetId, action.version, action.nonce];
  const foreseen = JSON.stringify(how.foreseen ?? {});
  const claiming = trx.executeQuery(CompiledQuery.raw(claim, [...key, foreseen, toDate(ctx.clock.now())]));
  const [claimed, found] = await Promise.all([claiming, how.read()]);
  if (claimed.rows.length === 0) {
    // What is stored under this press is what this same work answered when it was first done.
    const stored = (await findOutcome(ctx, trx, action)) as T | null;
    if (!stored) throw new Error('a press that was made has no outcome');
    return { outcome: stored, repeated: true };
  }
  const outcome = await how.work(found);
  const came = JSON.stringify(outcome);
  if (came !== foreseen) await later(trx, CompiledQuery.raw(keep, [...key, came]));
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
