import { sql } from 'kysely';
import type { Context } from '../context.js';
import { toDate } from '../time.js';

/**
 * What is of retention class `short` and how long each kind is of use, in days. Ids and digests alone, no text.
 * `inbox`: a delivery is repeated within hours, and its token is long out of date by then. `pressed`: a form is open for a
 * day, an older press is refused by its version. `dead`: long enough for a person to have seen it in Settings, Deliveries.
 */
const keptDays = { inbox: 7, pressed: 30, done: 14, dead: 180 } as const;
const mostAtOnce = 5_000;

/** Deletes what is over, at most 5,000 rows of a kind; answers whether there was more. */
export async function discardFinished(ctx: Context): Promise<{ discarded: number; more: boolean }> {
  const { authorityId } = ctx.actor;
  const before = (days: number) => toDate(ctx.clock.now().subtract({ hours: 24 * days }));
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const counts = [
      await sql`
        delete from outbox where authority_id = ${authorityId} and outbox_id in (
          select outbox_id from outbox where authority_id = ${authorityId}
            and ((state = 'done' and finished_at < ${before(keptDays.done)})
              or (state = 'dead' and finished_at < ${before(keptDays.dead)}))
          limit ${mostAtOnce})`.execute(trx),
      await sql`
        delete from timer where authority_id = ${authorityId} and timer_id in (
          select timer_id from timer where authority_id = ${authorityId}
            and ((state = 'done' and due_at < ${before(keptDays.done)})
              or (state = 'dead' and due_at < ${before(keptDays.dead)}))
          limit ${mostAtOnce})`.execute(trx),
      await sql`
        delete from inbox where authority_id = ${authorityId} and (conversation_key, activity_id) in (
          select conversation_key, activity_id from inbox
          where authority_id = ${authorityId} and received_at < ${before(keptDays.inbox)} limit ${mostAtOnce})`.execute(
        trx,
      ),
      await sql`
        delete from action_outcome where authority_id = ${authorityId}
          and (actor_id, verb, target_id, version, nonce) in (
            select actor_id, verb, target_id, version, nonce from action_outcome
            where authority_id = ${authorityId} and at < ${before(keptDays.pressed)} limit ${mostAtOnce})`.execute(trx),
    ].map(({ numAffectedRows }) => Number(numAffectedRows ?? 0n));
    return { discarded: counts.reduce((sum, one) => sum + one, 0), more: counts.includes(mostAtOnce) };
  });
}
