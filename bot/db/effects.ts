import { CompiledQuery } from 'kysely';
import type { AuditLine } from '../access/audit.js';
import type { Context } from '../context.js';
import { toDate } from '../time.js';
import type { ActivityEntry } from './activity.js';
import { later, type Trx } from './database.js';
import { laneOf } from './posted-cards.js';

/** A card of the aggregate that is to be drawn again, as the locking read found it. */
export interface OpenCard {
  readonly card_id: string;
  readonly conversation_id: string;
}

const insertEffects = `
  with told as (
    insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, actor_id, learner_id, asker_id, at, data)
    select $1::uuid, $2::uuid, $3::text, $4::uuid, coalesce(max(seq), 0) + 1, $5::text, $6::int, $7::uuid, $8::uuid, $9::uuid, $10::timestamptz, $11::jsonb
    from activity where authority_id = $1 and aggregate_kind = $3 and aggregate_id = $4
  ), noted as (
    insert into audit_entry (authority_id, audit_id, at, actor_kind, actor_id, verb, purpose, subject_kind, subject_id, learner_ids, fields)
    values ($1, $12, $10, $13, $7, $14, $15, $16, $17, $18, $19)
  )
  insert into outbox (authority_id, outbox_id, lane, job, payload, unique_key, available_at, created_at)
  select $1, outbox_id, lane, 'card.update', payload, unique_key, $10, $10
  from jsonb_to_recordset($20::jsonb) as card (outbox_id uuid, lane text, payload jsonb, unique_key text)
  on conflict (authority_id, unique_key) do nothing`;

/**
 * What every change leaves behind, in one statement: the activity line, the audit line and one update of each card. The same
 * rows as recordActivity, audit and refreshCards write one by one; a press waits for one round trip instead of five.
 * The aggregate's row must be locked by this transaction.
 */
export async function saveEffects(
  ctx: Context,
  trx: Trx,
  effects: {
    readonly activity: ActivityEntry;
    readonly audit: AuditLine;
    readonly cards: readonly OpenCard[];
    readonly tag: string | number;
  },
): Promise<void> {
  const { activity, audit, cards, tag } = effects;
  const { actor } = ctx;
  const at = toDate(ctx.clock.now());
  const personId = actor.kind === 'person' ? actor.personId : null;
  const rows = cards.map((card) => ({
    outbox_id: ctx.random.id(),
    lane: laneOf(card.conversation_id),
    payload: { v: 1, cardId: card.card_id },
    unique_key: `card:${card.card_id}:${tag}`,
  }));
  await later(
    trx,
    CompiledQuery.raw(insertEffects, [
      ...[actor.authorityId, ctx.random.id(), activity.aggregateKind, activity.aggregateId, activity.kind],
      ...[activity.version, personId, activity.learnerId, activity.askerId, at, JSON.stringify(activity.data ?? {})],
      ...[ctx.random.id(), actor.kind, audit.verb, audit.purpose, audit.subjectKind ?? null, audit.subjectId ?? null],
      ...[[...(audit.learnerIds ?? [])], [...(audit.fields ?? [])], JSON.stringify(rows)],
    ]),
  );
}
