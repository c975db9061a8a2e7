import type { Guidance } from '../../requests/guidance.js';
import { sayDate } from '../../time.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, noId, openUrl, paragraph, protectionLine } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

/** A message is to become a request: its words, to be changed before anything is kept (product.md A.7). */
export function extensionCard(view: {
  readonly nonce: string;
  readonly protection: Protection;
  readonly what: string;
}): CardJson {
  const { nonce, what } = view;
  return card({
    title: say('extension.title'),
    summary: say('form.summary'),
    body: [
      protectionLine(protectionText(view.protection)),
      paragraph(say('extension.edit')),
      {
        ...{ type: 'Input.Text', id: 'what', label: say('form.what'), isMultiline: true, maxLength: 4000 },
        ...(what ? { value: what } : {}),
      },
    ],
    actions: [execute(say('ask.next'), { verb: 'ask.begin', id: noId, version: 0, nonce }, { style: 'positive' })],
  });
}

/** Put into a conversation by its asker: everybody there may read it, so it is a reference and a way in. */
export function referenceCard(reference: string, tabUrl: string | null): CardJson {
  return card({
    title: say('request.title', { reference }),
    summary: say('request.summary', { reference }),
    body: [paragraph(say('request.stub'))],
    actions: tabUrl ? [openUrl(say('request.open'), tabUrl)] : [],
  });
}

export function guidanceCard({ title, text, link, owner, reviewBy }: Guidance): CardJson {
  return card({
    title: escapeMarkdown(title),
    summary: say('extension.title'),
    body: [
      paragraph(escapeMarkdown(text)),
      paragraph(say('extension.guidance.owner', { owner: escapeMarkdown(owner), on: sayDate(reviewBy) }), {
        isSubtle: true,
        size: 'small',
      }),
    ],
    actions: link ? [openUrl(say('extension.open'), link)] : [],
  });
}
