import { enqueue } from './outbox.js';
import type { Trx } from './database.js';
import type { PostedCardRow } from './schema.js';
import { toDate } from '../time.js';
import type { ChatTarget, Context } from '../context.js';
import { type Selectable, sql } from 'kysely';

export type PostedCard = Selectable<PostedCardRow>;
export type CardKind = PostedCard['kind'];

export interface CardPlace {
  readonly kind: CardKind;
  readonly aggregateId: string;
  /** Whose view it is; null for a channel, where everybody reads it now and later. */
  readonly personId: string | null;
  readonly target: ChatTarget;
  /** Known when the card is already there (the form that was pressed); otherwise a stub is posted first. */
  readonly activityId: string | null;
}

/** One lane a conversation: what is said in it arrives in order and within the published pace. */
export function laneOf(conversationId: string): string {
  return `chat:${conversationId}`;
}

/**
 * Puts a card somewhere, once for each (kind, aggregate, conversation): a stub that holds no state is posted, its activity
 * id is kept, and state arrives by update, which may be repeated. See infra/decisions.
 */
export async function placeCard(ctx: Context, trx: Trx, place: CardPlace): Promise<void> {
  const { target } = place;
  const card = await trx
    .insertInto('posted_card')
    .values({
      authority_id: ctx.actor.authorityId,
      card_id: ctx.random.id(),
      kind: place.kind,
      aggregate_id: place.aggregateId,
      person_id: place.personId,
      tenant_id: target.tenantId,
      bot_app_id: target.botAppId,
      service_url: target.serviceUrl,
      conversation_id: target.conversationId,
      activity_id: place.activityId,
      created_at: toDate(ctx.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('card_id')
    .executeTakeFirst();
  if (!card) return;
  await enqueue(ctx, trx, {
    lane: laneOf(target.conversationId),
    job: place.activityId === null ? 'card.post' : 'card.update',
    payload: { v: 1, cardId: card.card_id },
    key: `card:${card.card_id}:first`,
  });
}

/** Every card that shows this aggregate is drawn again, wherever it was posted; `tag` (a version) tells one change from the next. */
export async function refreshCards(ctx: Context, trx: Trx, aggregateId: string, tag: string | number): Promise<void> {
  const cards = await trx
    .selectFrom('posted_card')
    .select(['card_id', 'conversation_id'])
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('aggregate_id', '=', aggregateId)
    .where('closed_at', 'is', null)
    .orderBy('card_id')
    .execute();
  for (const card of cards) {
    await enqueue(ctx, trx, {
      lane: laneOf(card.conversation_id),
      job: 'card.update',
      payload: { v: 1, cardId: card.card_id },
      key: `card:${card.card_id}:${tag}`,
    });
  }
}

export async function getCard(ctx: Context, trx: Trx, cardId: string): Promise<PostedCard | undefined> {
  return trx
    .selectFrom('posted_card')
    .selectAll()
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('card_id', '=', cardId)
    .executeTakeFirst();
}

/**
 * A card keeps the message that it was first known by: who posts it a second time, because they were taken for dead while they
 * were only slow, leaves a stub that is never drawn on, and not a second card that nobody keeps up to date.
 */
export async function updateCard(
  ctx: Context,
  trx: Trx,
  cardId: string,
  change: { activity_id?: string; shown_version?: number; closed_at?: Date },
): Promise<void> {
  await trx
    .updateTable('posted_card')
    .set({
      ...change,
      ...(change.activity_id === undefined
        ? {}
        : { activity_id: sql<string>`coalesce(posted_card.activity_id, ${change.activity_id})` }),
    })
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('card_id', '=', cardId)
    .execute();
}

/** Whether a message has become one of our cards since. */
export async function isCard(ctx: Context, trx: Trx, conversationId: string, activityId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('posted_card')
    .select('card_id')
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('conversation_id', '=', conversationId)
    .where('activity_id', '=', activityId)
    .executeTakeFirst();
  return row !== undefined;
}
