import type { Need, RequestState, Urgency } from '../../requests/request.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, facts, paragraph, protectionLine, quoted } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

interface Waiting {
  readonly waitingId: string;
  readonly nonce: string;
  readonly asker: string;
  readonly decision: 'sent-on' | 'not-this-time' | null;
}

/** As it is stored in the designated manager's chat: who asks, and nothing of the learner or the story. */
export function managerCard({ waitingId, nonce, asker, decision }: Waiting): CardJson {
  const words =
    decision === null
      ? say('manager.text', { name: escapeMarkdown(asker) })
      : say(decision === 'sent-on' ? 'manager.sent-on' : 'manager.refused');
  return card({
    title: say('manager.title'),
    summary: say('manager.title'),
    body: [paragraph(words)],
    actions:
      decision === null
        ? [
            execute(
              say('manager.show'),
              { verb: 'manager.show', id: waitingId, version: 0, nonce },
              { style: 'positive' },
            ),
          ]
        : [],
  });
}

/** The designated manager's own view, given in answer to their press. */
export function managerStoryCard(
  view: Waiting & {
    readonly label: string;
    readonly need: Need;
    readonly urgency: Urgency;
    readonly what: string;
    readonly protection: Protection | null;
  },
): CardJson {
  const data = { id: view.waitingId, version: 0, nonce: view.nonce };
  return card({
    title: say('manager.title'),
    summary: say('manager.title'),
    body: [
      protectionLine(protectionText(view.protection)),
      paragraph(say('manager.text', { name: escapeMarkdown(view.asker) })),
      facts([
        [say('request.level'), view.label],
        [say('request.need'), say(`need.${view.need}`)],
        [say('request.urgency'), say(`urgency.${view.urgency}`)],
      ]),
      quoted(view.what),
      { type: 'Input.Text', id: 'why', label: say('manager.why'), isMultiline: true, maxLength: 1000 },
    ],
    actions: [
      execute(say('manager.send-on'), { ...data, verb: 'manager.send-on' }, { style: 'positive' }),
      execute(say('manager.not-this-time'), { ...data, verb: 'manager.not-this-time' }),
    ],
  });
}

/** A copy for the designated manager: reference, need and state. Who it is about is one press away, for whoever may see. */
export function copyCard(
  view: { readonly requestId: string; readonly reference: string; readonly need: Need; readonly state: RequestState },
  shown: { readonly nonce: string; readonly label: string | null },
): CardJson {
  const { reference, requestId } = view;
  return card({
    title: say('copy.title', { reference }),
    summary: say('request.summary', { reference }),
    body: [
      paragraph(say('copy.text', { reference })),
      facts([
        ...(shown.label ? [[say('request.level'), shown.label] as const] : []),
        [say('request.need'), say(`need.${view.need}`)],
        [say('request.state'), say(`state.${view.state}`)],
      ]),
    ],
    actions: shown.label
      ? []
      : [execute(say('copy.about'), { verb: 'manager.about', id: requestId, version: 0, nonce: shown.nonce })],
  });
}
