import { noticeWords } from '../../language/en/notices.js';
import { speaker } from '../../language/index.js';
import type { NoticeKind } from '../../requests/notices.js';
import { card, type CardJson, execute, openUrl, paragraph } from './card.js';

const say = speaker({ en: noticeWords });

/** Said to somebody of a school, who looks in the chat; the rest are the team's, who look in the tab. */
const inChat: readonly NoticeKind[] = ['question', 'answer', 'declined', 'transferred', 'remind', 'manager'];

/**
 * One sentence, the same for whoever reads the chat later: no reference, no state, no words of anybody. It may stand twice
 * when the network lies, and neither copy is ever out of date.
 */
export function noticeCard(notice: {
  readonly about: NoticeKind;
  readonly requestId: string;
  /** Deep link to the request in the tab. */
  readonly tabUrl: string | null;
}): CardJson {
  const { about, requestId, tabUrl } = notice;
  const text = say(`notice.${about}`);
  const show = execute(say('notice.show'), { verb: 'request.refresh', id: requestId, version: 0, nonce: 'refresh' });
  const actions = inChat.includes(about) ? [show] : tabUrl ? [openUrl(say('notice.open'), tabUrl)] : [];
  return card({ title: say('notice.title'), summary: say('notice.title'), body: [paragraph(text)], actions });
}
