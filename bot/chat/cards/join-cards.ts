import { say } from '../words.js';
import { card, type CardJson, execute, paragraph, quoted } from './card.js';

export interface Waiting {
  readonly id: string;
  /** As the directory has them, never as claimed. */
  readonly name: string;
  readonly tenant: string;
}

/** The same whether or not there is such a school: an unknown account learns nothing from it. */
export function joinAskedCard(): CardJson {
  return plain(say('join.asked.title'), say('join.asked.text'));
}

/** Two at a time, so that no more than four actions are in sight. */
export function joinWaitingCard(waiting: readonly Waiting[], nonce: string): CardJson {
  return card({
    title: say('join.title'),
    summary: say('join.title'),
    body:
      waiting.length === 0
        ? [paragraph(say('join.none'))]
        : waiting.map(({ name, tenant }) => quoted(say('join.from', { name, tenant }))),
    actions: waiting
      .slice(0, 2)
      .flatMap(({ id, name }) => [
        execute(say('join.add', { name }), { verb: 'join.joined', id, version: 0, nonce }),
        execute(say('join.refuse', { name }), { verb: 'join.refused', id, version: 0, nonce }),
      ]),
  });
}

export function joinDecidedCard(outcome: 'joined' | 'refused'): CardJson {
  return plain(say('join.title'), say(outcome === 'joined' ? 'join.added' : 'join.refused'));
}

function plain(title: string, words: string): CardJson {
  return card({ title, summary: title, body: [paragraph(words)] });
}
