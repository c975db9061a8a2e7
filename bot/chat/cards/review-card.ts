import type { ServiceAnswer } from '../../reviews/review.js';
import type { ReviewCardView } from '../../reviews/rows.js';
import { say } from '../../reviews/words.js';
import { sayInstant } from '../../time.js';
import { card, type CardJson, facts, openUrl, paragraph } from './card.js';

type Shown = Omit<ReviewCardView, 'reviewId'>;

/**
 * A review as everybody may see it, now and later: reference, date, answers by service, whether it will be joint. Whose
 * review it is, and what for, is behind *Open*, where the viewer signs in.
 */
export function reviewCard(view: Shown, options: { tabUrl: string | null; toAttendee: boolean }): CardJson {
  const stands = view.state === 'booking' || view.state === 'booked';
  const yours = options.toAttendee && view.state === 'booked';
  return card({
    title: say('card.title', { reference: view.reference }),
    summary: say('card.summary', { reference: view.reference }),
    body: [
      facts([
        [say('card.when'), sayInstant(view.startsAt)],
        ...(view.online ? [[say('card.where'), say('card.online')] as const] : []),
        [say('card.state'), say(`state.${view.state}`)],
        ...(stands ? view.answers.map((answer) => [say(`service.${answer.service}`), saidBy(answer)] as const) : []),
      ]),
      ...(stands ? [paragraph(say(`card.joint.${view.joint}`))] : []),
      ...(yours ? [paragraph(say('card.yours'))] : []),
    ],
    actions: options.tabUrl ? [openUrl(say('card.open'), options.tabUrl)] : [],
  });
}

/** What is posted first; it may be posted twice when the network lies, so it holds nothing that could be out of date. */
export function reviewStubCard(reference: string, tabUrl: string | null): CardJson {
  return card({
    title: say('card.title', { reference }),
    summary: say('card.summary', { reference }),
    body: [paragraph(say('card.stub'))],
    actions: tabUrl ? [openUrl(say('card.open'), tabUrl)] : [],
  });
}

function saidBy({ accepted, invited, declined }: ServiceAnswer): string {
  const answered = say('card.answered', { accepted, invited });
  return declined > 0 ? say('card.declined', { answered, count: declined }) : answered;
}
