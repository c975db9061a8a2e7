import { say } from '../words.js';
import { card, type CardJson, paragraph } from './card.js';

/** What an edit or a deletion of somebody's message in Teams came to here. */
export function followedCard(
  what: { readonly kind: 'draft'; readonly erased: boolean } | { readonly kind: 'request'; readonly reference: string },
): CardJson {
  const words =
    what.kind === 'request'
      ? say('edited.request', { reference: what.reference })
      : say(what.erased ? 'edited.draft.erased' : 'edited.draft');
  return card({ title: say('edited.title'), summary: say('edited.title'), body: [paragraph(words)] });
}
