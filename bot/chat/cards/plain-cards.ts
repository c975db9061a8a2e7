import type { ErrorCode } from '../../errors.js';
import type { Need, RequestState } from '../../requests/request.js';
import { say } from '../words.js';
import { card, type CardJson, execute, facts, paragraph } from './card.js';
import type { Protection } from './welcome-card.js';

/** Cards that say one thing. */
export function refusalCard(code: ErrorCode): CardJson {
  return card({
    title: say('refusal.title'),
    summary: say('refusal.summary'),
    body: [paragraph(say(`refusal.${code}`))],
  });
}

export function concernCard(protection: Protection): CardJson {
  return card({
    title: say('concern.title'),
    summary: say('concern.summary'),
    body: [
      facts([
        [say('concern.police'), protection.police],
        [say('concern.socialWork'), protection.socialWork],
        [say('concern.outOfHours'), protection.outOfHours],
      ]),
      paragraph(say('hold.kept')),
    ],
  });
}

export function formClearedCard(why: 'expired'): CardJson {
  return card({ title: say('form.title'), summary: say('form.summary'), body: [paragraph(say(`form.${why}`))] });
}

export function requestGoneCard(): CardJson {
  return card({ title: say('refusal.title'), summary: say('refusal.summary'), body: [paragraph(say('request.gone'))] });
}

export function boundCard(what: 'person' | 'channel'): CardJson {
  const words = what === 'person' ? say('bound.text') : say('channel.bound.text');
  const title = what === 'person' ? say('bound.title') : say('channel.bound.title');
  return card({ title, summary: title, body: [paragraph(words)] });
}

export function messageMePersonallyCard(): CardJson {
  return card({
    title: say('welcome.title'),
    summary: say('welcome.summary'),
    body: [paragraph(say('channel.personal'))],
  });
}

export interface OwnRequest {
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly need: Need;
  readonly state: RequestState;
}

/** Four actions in sight at most: the newest four can be opened, the rest are listed. */
export function myRequestsCard(requests: readonly OwnRequest[], nonce: string): CardJson {
  return card({
    title: say('mine.title'),
    summary: say('mine.summary'),
    body:
      requests.length === 0
        ? [paragraph(say('mine.none'))]
        : [
            facts(
              requests.map(({ reference, need, state }) => [
                reference,
                `${say(`need.${need}`)}. ${say(`state.${state}`)}`,
              ]),
            ),
          ],
    actions: requests
      .slice(0, 4)
      .map(({ reference, requestId, version }) =>
        execute(say('mine.show', { reference }), { verb: 'request.refresh', id: requestId, version, nonce }),
      ),
  });
}
