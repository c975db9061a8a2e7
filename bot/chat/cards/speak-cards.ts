import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, facts, noId, paragraph } from './card.js';
import { type Finding, findLearner } from './find-learner.js';

export interface Reachable {
  readonly name: string;
  readonly telephone: string | null;
}

/** *Who do I speak to?*: whom about. The asker's own designated manager stands here whoever is looked for. */
export function speakWhoCard(view: {
  readonly nonce: string;
  readonly finding: Finding;
  readonly ownManager: Reachable | null;
}): CardJson {
  const data = { id: noId, version: 0, nonce: view.nonce };
  const unlisted = view.ownManager
    ? say('speak.your-manager', { who: escapeMarkdown(wordsOf(view.ownManager)) })
    : say('speak.unlisted');
  return card({
    title: say('speak.title'),
    summary: say('speak.summary'),
    body: [
      ...findLearner(view.finding, (id) => ({ ...data, id, verb: 'speak.show' })),
      paragraph(unlisted, { isSubtle: true }),
    ],
    actions: [execute(say('find.search'), { ...data, verb: 'speak.find' }, { style: 'positive' })],
  });
}

export function speakCard(view: {
  readonly nonce: string;
  readonly label: string;
  readonly socialWorker: Reachable | null;
  readonly designatedManager: Reachable | null;
  readonly ourWorker: Reachable | null;
  readonly virtualSchool: Reachable | null;
}): CardJson {
  const line = (who: Reachable | null) => (who ? wordsOf(who) : say('speak.nobody'));
  return card({
    title: say('speak.title'),
    summary: say('speak.summary'),
    body: [
      paragraph(say('speak.about', { label: escapeMarkdown(view.label) }), { weight: 'bolder' }),
      facts([
        [say('speak.social-worker'), line(view.socialWorker)],
        [say('speak.designated-manager'), line(view.designatedManager)],
        [say('speak.our-worker'), line(view.ourWorker)],
        ...(view.virtualSchool ? [[say('speak.virtual-school'), line(view.virtualSchool)] as const] : []),
      ]),
    ],
    actions: [execute(say('speak.another'), { id: noId, version: 0, nonce: view.nonce, verb: 'speak.form' })],
  });
}

function wordsOf({ name, telephone }: Reachable): string {
  return telephone ? `${name}, ${telephone}` : name;
}
