import { changeKinds } from '../../learners/change-told.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, noId, paragraph, protectionLine } from './card.js';
import { type Finding, findLearner } from './find-learner.js';
import { type Protection, protectionText } from './welcome-card.js';

interface Form {
  readonly nonce: string;
  readonly protection: Protection;
}

/** *Something has changed*: first whom it is about. */
export function changeWhoCard(view: Form & { readonly finding: Finding }): CardJson {
  const data = { id: noId, version: 0, nonce: view.nonce };
  return card({
    title: say('change.title'),
    summary: say('change.summary'),
    body: [
      protectionLine(protectionText(view.protection)),
      paragraph(say('find.who'), { weight: 'bolder' }),
      ...findLearner(view.finding, (id) => ({ ...data, id, verb: 'change.pick' })),
      paragraph(say('find.other'), { isSubtle: true, size: 'small' }),
    ],
    actions: [
      execute(say('find.search'), { ...data, verb: 'change.find' }, { style: 'positive' }),
      execute(say('ask.other'), { ...data, verb: 'change.pick' }, { associatedInputs: 'none' }),
    ],
  });
}

/** Then what, and since when. `learnerId` is null for somebody not in the list: initials and class are asked for. */
export function changeWhatCard(
  view: Form & {
    readonly learnerId: string | null;
    readonly label: string | null;
    readonly typed: Readonly<Partial<Record<'kind' | 'what' | 'since' | 'initials' | 'class', string>>>;
    readonly missing: boolean;
  },
): CardJson {
  const { typed, learnerId } = view;
  const data = { id: learnerId ?? noId, version: 0, nonce: view.nonce };
  const input = (id: keyof typeof typed, label: string, more: CardJson = {}) => ({
    ...{ type: 'Input.Text', id, label, ...more },
    ...(typed[id] ? { value: typed[id] } : {}),
  });
  return card({
    title: say('change.title'),
    summary: say('change.summary'),
    body: [
      protectionLine(protectionText(view.protection)),
      ...(view.missing ? [paragraph(say('change.missing'), { color: 'attention' })] : []),
      ...(view.label
        ? [paragraph(say('ask.about', { label: escapeMarkdown(view.label) }), { weight: 'bolder' })]
        : [
            paragraph(say('find.other')),
            input('initials', say('ask.initials'), { maxLength: 8 }),
            input('class', say('ask.class'), { maxLength: 20 }),
          ]),
      {
        ...{ type: 'Input.ChoiceSet', id: 'kind', label: say('change.kind'), style: 'expanded' },
        choices: changeKinds.map((kind) => ({ title: say(`change.${kind}`), value: kind })),
        ...(typed.kind ? { value: typed.kind } : {}),
      },
      input('what', say('change.what'), { isMultiline: true, maxLength: 2000, placeholder: say('change.what.help') }),
      { type: 'Input.Date', id: 'since', label: say('change.since'), ...(typed.since ? { value: typed.since } : {}) },
    ],
    actions: [
      execute(say('change.tell'), { ...data, verb: 'change.tell' }, { style: 'positive' }),
      execute(say('ask.back'), { ...data, id: noId, verb: 'change.form' }, { associatedInputs: 'none' }),
    ],
  });
}

export function changeToldCard(): CardJson {
  return card({
    title: say('change.told.title'),
    summary: say('change.summary'),
    body: [paragraph(say('change.told'))],
  });
}
