import { z } from 'zod';
import { type ChatTarget, type Context, DeliveryError } from '../context.js';
import { type CardKind, getCard, isCard, type PostedCard, updateCard } from '../db/posted-cards.js';
import { createDirectory } from '../access/resolve.js';
import { toDate } from '../time.js';
import type { CardJson } from './cards/card.js';
import { formClearedCard } from './cards/plain-cards.js';

/** A card as it stands now, for everybody who may ever read the message it is in. */
export interface Rendered {
  readonly card: CardJson;
  readonly summary: string;
  /** What is shown first: it holds no state, so that a second copy of it misleads nobody. */
  readonly stub: CardJson;
  readonly version: number;
}

/** Card kind -> how it is drawn, under the system's own actor, from columns that hold nothing of a learner. */
export type Renderers = Readonly<Record<CardKind, (ctx: Context, card: PostedCard) => Promise<Rendered | null>>>;

const cardJob = z.object({ v: z.literal(1), cardId: z.uuid() });
const formJob = z.object({ v: z.literal(1), botAppId: z.string(), conversationId: z.string(), activityId: z.string() });

interface CardHandler<P> {
  readonly payload: z.ZodType<P>;
  run(ctx: Context, payload: P): Promise<void>;
}

export function cardHandlers(renderers: Renderers): {
  'card.post': CardHandler<z.infer<typeof cardJob>>;
  'card.update': CardHandler<z.infer<typeof cardJob>>;
  'card.clear-form': CardHandler<z.infer<typeof formJob>>;
} {
  return {
    'card.post': { payload: cardJob, run: (ctx, { cardId }) => post(ctx, renderers, cardId) },
    'card.update': { payload: cardJob, run: (ctx, { cardId }) => update(ctx, renderers, cardId) },
    'card.clear-form': { payload: formJob, run: clearForm },
  };
}

const find = (ctx: Context, cardId: string) =>
  ctx.db.transact(ctx.actor, ctx.clock, (trx) => getCard(ctx, trx, cardId));

const targetOf = (card: PostedCard): ChatTarget => ({
  tenantId: card.tenant_id,
  botAppId: card.bot_app_id,
  serviceUrl: card.service_url,
  conversationId: card.conversation_id,
});

/**
 * Posts the stub and keeps its activity id; the state follows by update. When the answer to the post is lost the stub may
 * stand in the conversation without us knowing its id: another is posted, and the first stays an orphan that says nothing.
 */
async function post(ctx: Context, renderers: Renderers, cardId: string): Promise<void> {
  const card = await find(ctx, cardId);
  if (!card || card.closed_at) return;
  if (!card.activity_id) {
    const rendered = await renderers[card.kind](ctx, card);
    if (!rendered) return;
    const posted = await ctx.notifier.post(targetOf(card), { card: rendered.stub, summary: rendered.summary });
    await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      updateCard(ctx, trx, cardId, { activity_id: posted.activityId }),
    );
  }
  await update(ctx, renderers, cardId);
}

/** Draws the card as it stands now; several changes that wait together become one. */
async function update(ctx: Context, renderers: Renderers, cardId: string): Promise<void> {
  const card = await find(ctx, cardId);
  if (!card || card.closed_at) return;
  // The post of this card is ahead in the same lane; without an id it has not come back yet.
  if (!card.activity_id) throw new DeliveryError('retry', { code: 'not-posted' });
  const rendered = await renderers[card.kind](ctx, card);
  if (!rendered) return;
  try {
    await ctx.notifier.update(targetOf(card), card.activity_id, { card: rendered.card, summary: rendered.summary });
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error;
    await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      updateCard(ctx, trx, cardId, { closed_at: toDate(ctx.clock.now()) }),
    );
    throw error;
  }
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    updateCard(ctx, trx, cardId, { shown_version: rendered.version }),
  );
}

async function clearForm(ctx: Context, form: z.infer<typeof formJob>): Promise<void> {
  const sent = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    isCard(ctx, trx, form.conversationId, form.activityId),
  );
  if (sent) return;
  const at = await createDirectory(ctx.db.directory, ctx.clock).conversation(form.botAppId, form.conversationId);
  if (!at) return;
  const card = formClearedCard('expired');
  await ctx.notifier.update(at, form.activityId, { card, summary: String(card['speak']) });
}
