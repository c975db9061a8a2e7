import { CompiledQuery } from 'kysely';
import { later, type Trx } from './database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/** What happened, in order, one line an effect. `data` holds ids and codes only. */
export interface ActivityEntry {
  readonly aggregateKind: 'request' | 'review' | 'setting' | 'person' | 'learner' | 'extract' | 'change' | 'exclusion';
  readonly aggregateId: string;
  readonly kind: string;
  readonly version: number;
  readonly learnerId: string | null;
  /** Set for a request, so that its asker may see it when no learner is joined to it yet. */
  readonly askerId: string | null;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

const insertNext = `
  insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, actor_id, learner_id, asker_id, at, data)
  select $1::uuid, $2::uuid, $3::text, $4::uuid, coalesce(max(seq), 0) + 1, $5::text, $6::int, $7::uuid, $8::uuid, $9::uuid, $10::timestamptz, $11::jsonb
  from activity where authority_id = $1 and aggregate_kind = $3 and aggregate_id = $4`;

/** The aggregate's row must be locked by this transaction: `seq` is the next number of that aggregate. */
export async function recordActivity(ctx: Context, trx: Trx, entry: ActivityEntry): Promise<void> {
  const { actor } = ctx;
  await later(
    trx,
    CompiledQuery.raw(insertNext, [
      ...[actor.authorityId, ctx.random.id(), entry.aggregateKind, entry.aggregateId, entry.kind, entry.version],
      ...[actor.kind === 'person' ? actor.personId : null, entry.learnerId, entry.askerId],
      ...[toDate(ctx.clock.now()), JSON.stringify(entry.data ?? {})],
    ]),
  );
}
