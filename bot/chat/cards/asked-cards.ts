import type { Temporal } from 'temporal-polyfill';
import type { Need, RequestState } from '../../requests/request.js';
import { sayInstant } from '../../time.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, facts, noId, paragraph } from './card.js';

/** What stands between a form and a request: kept, gone, or somebody has asked already. */
export function formKeptCard(until: Temporal.Instant, nonce: string): CardJson {
  const data = { id: noId, version: 0, nonce };
  return card({
    title: say('ask.kept.title'),
    summary: say('ask.kept.title'),
    body: [paragraph(say('ask.kept', { until: sayInstant(until) }))],
    actions: [
      execute(say('ask.go-on'), { ...data, verb: 'request.form' }),
      execute(say('ask.discard'), { ...data, verb: 'ask.discard' }),
    ],
  });
}

export function formGoneCard(why: 'gone' | 'discarded'): CardJson {
  return card({ title: say('form.title'), summary: say('form.summary'), body: [paragraph(say(`ask.${why}`))] });
}

export interface Alike {
  readonly draftId: string;
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly state: RequestState;
  readonly need: Need;
  readonly assignee: string | null;
  /** The asker's own can be opened from here. */
  readonly own: boolean;
}

/** An open request for the same learner and need: seen only by those who may see it, and before a second is made. */
export function alikeCard(alike: Alike, nonce: string): CardJson {
  const { requestId, draftId, version } = alike;
  const draft = { id: draftId, version: 0, nonce };
  return card({
    title: say('alike.title'),
    summary: say('alike.summary'),
    body: [
      paragraph(say('alike.text')),
      facts([
        [say('request.need'), say(`need.${alike.need}`)],
        [say('request.reference'), alike.reference],
        [say('request.state'), say(`state.${alike.state}`)],
        [say('request.who'), alike.assignee ?? say('request.nobody')],
      ]),
    ],
    actions: [
      ...(alike.own
        ? [
            execute(
              say('alike.show'),
              { id: requestId, version, nonce, verb: 'request.refresh' },
              { style: 'positive' },
            ),
          ]
        : []),
      execute(say('alike.send'), { ...draft, verb: 'request.submit', extra: { another: true } }),
      execute(say('ask.back'), { ...draft, verb: 'ask.back' }),
      execute(say('ask.discard'), { ...draft, verb: 'ask.discard' }),
    ],
  });
}

/** The asker's, while and after the designated manager has it. */
export function withManagerCard(view: {
  readonly manager: string;
  readonly decision: 'sent-on' | 'not-this-time' | null;
  readonly why: string | null;
}): CardJson {
  const name = escapeMarkdown(view.manager);
  const words =
    view.decision === null
      ? say('with-manager.text', { name })
      : say(view.decision === 'sent-on' ? 'with-manager.sent-on' : 'with-manager.refused', { name });
  return card({
    title: say('with-manager.title'),
    summary: say('with-manager.title'),
    body: [paragraph(words), ...(view.why ? [paragraph(escapeMarkdown(view.why))] : [])],
  });
}
