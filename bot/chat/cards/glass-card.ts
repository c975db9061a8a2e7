import { glassWords } from '../../language/en/glass.js';
import { speaker } from '../../language/index.js';
import { card, type CardJson, openUrl, paragraph } from './card.js';

const say = speaker({ en: glassWords });

/** Says that it happened and nothing else: not whose record, not who, not why. */
export function glassCard({ tabUrl }: { readonly tabUrl: string | null }): CardJson {
  return card({
    ...{ title: say('glass.title'), summary: say('glass.title'), body: [paragraph(say('glass.text'))] },
    actions: tabUrl ? [openUrl(say('glass.open'), tabUrl)] : [],
  });
}
