import type { Context } from '../context.js';
import type { PostedCard } from '../db/posted-cards.js';
import { readNotice } from '../requests/notices-service.js';
import { readRequestCard } from '../requests/reading.js';
import { reviewOfRequest } from '../reviews/service.js';
import { askerCard, channelCard, requestStubCard } from './cards/request-card.js';
import { glassCard } from './cards/glass-card.js';
import { noticeCard } from './cards/notice-cards.js';
import { formClearedCard } from './cards/plain-cards.js';
import { copied, exclusion, managerOrAsker } from './asking-renderers.js';
import type { Rendered, Renderers } from './delivery.js';
import { renderReviewCard } from './review-renderer.js';
import { say } from './words.js';

type TabUrlOf = (kind: 'request' | 'review' | 'emergency', id: string | null) => string | null;

/** How each stored card is drawn: as it stands now, from columns that hold nothing of a learner. */
export function cardRenderers(tabUrlOf: TabUrlOf): Renderers {
  const review = (ctx: Context, card: PostedCard) => renderReviewCard(ctx, card, tabUrlOf('review', card.aggregate_id));
  return {
    'request-asker': (ctx, card) => request(ctx, card, tabUrlOf),
    'request-channel': (ctx, card) => request(ctx, card, tabUrlOf),
    'request-notice': (ctx, card) => notice(ctx, card, tabUrlOf),
    'request-manager': managerOrAsker,
    'request-copy': copied,
    'exclusion-channel': exclusion,
    'exclusion-person': exclusion,
    'glass-notice': async () => {
      const drawn = glassCard({ tabUrl: tabUrlOf('emergency', null) });
      return { card: drawn, stub: drawn, summary: String(drawn['speak']), version: 1 };
    },
    'review-channel': review,
    'review-person': review,
    // A form is never posted by us; it is only ever cleared.
    'request-form': async () => {
      const card = formClearedCard('expired');
      return { card, stub: card, summary: say('form.summary'), version: 1 };
    },
  };
}

async function request(ctx: Context, card: PostedCard, tabUrlOf: TabUrlOf): Promise<Rendered | null> {
  const view = await readRequestCard(ctx, card.aggregate_id, null);
  if (!view) return null;
  const inChannel = card.kind === 'request-channel';
  const tabUrl = inChannel ? tabUrlOf('request', view.requestId) : null;
  const review = await reviewOfRequest(ctx, view.requestId);
  const props = { ...view, nonce: ctx.random.code(16), tabUrl, review, notice: null };
  return {
    card: inChannel ? channelCard(props) : askerCard(props),
    stub: requestStubCard(view.reference, view.requestId, tabUrl),
    summary: say('request.summary', { reference: view.reference }),
    version: view.version,
  };
}

async function notice(ctx: Context, card: PostedCard, tabUrlOf: TabUrlOf): Promise<Rendered | null> {
  const found = await readNotice(ctx, card.aggregate_id);
  if (!found) return null;
  const drawn = noticeCard({ ...found, tabUrl: tabUrlOf('request', found.requestId) });
  return { card: drawn, stub: drawn, summary: String(drawn['speak']), version: 1 };
}
