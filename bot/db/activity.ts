import { sql } from 'kysely';
import type { Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/** What happened, in order, one line an effect. `data` holds ids and codes only. */
export interface ActivityEntry {
  readonly aggregateKind: 'request' | 'review' | 'setting' | 'person' | 'learner';
  readonly aggregateId: string;
  readonly kind: string;
  readonly version: number;
  readonly learnerId: string | null;
  /** Set for a request, so that its asker may see it when no learner is joined to it yet. */
  readonly askerId: string | null;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The aggregate's row must be locked by this transaction: `seq` is the next number of that aggregate. */
export async function recordActivity(ctx: Context, trx: Trx, entry: ActivityEntry): Promise<void> {
  const authority = ctx.actor.authorityId;
  const last = await trx
    .selectFrom('activity')
    .select(sql<number>`coalesce(max(seq), 0)::int`.as('seq'))
    .where('authority_id', '=', authority)
    .where('aggregate_kind', '=', entry.aggregateKind)
    .where('aggregate_id', '=', entry.aggregateId)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('activity')
    .values({
      authority_id: authority,
      activity_id: ctx.random.id(),
      aggregate_kind: entry.aggregateKind,
      aggregate_id: entry.aggregateId,
      seq: last.seq + 1,
      kind: entry.kind,
      version: entry.version,
      actor_id: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      learner_id: entry.learnerId,
      asker_id: entry.askerId,
      at: toDate(ctx.clock.now()),
      data: JSON.stringify(entry.data ?? {}),
    })
    .execute();
}
