import type { Context } from '../context.js';
import type { PostedCard } from '../db/posted-cards.js';
import { readReviewCard } from '../reviews/reading.js';
import { say } from '../reviews/words.js';
import { reviewCard, reviewStubCard } from './cards/review-card.js';
import type { Rendered } from './delivery.js';

/** A review's card as it stands now, for the channel or for one attendee's chat; null when the review is gone. */
export async function renderReviewCard(
  ctx: Context,
  posted: PostedCard,
  tabUrl: string | null,
): Promise<Rendered | null> {
  const view = await readReviewCard(ctx, posted.aggregate_id);
  if (!view) return null;
  return {
    card: reviewCard(view, { tabUrl, toAttendee: posted.kind === 'review-person' }),
    stub: reviewStubCard(view.reference, tabUrl),
    summary: say('card.summary', { reference: view.reference }),
    version: view.version,
  };
}
