import type { AskField, AskStep, Typed } from '../../requests/asking.js';
import { indicators, viewKinds } from '../../requests/indicators.js';
import { levels, needs, urgencies } from '../../requests/request.js';
import { say } from '../words.js';
import { type ActionData, card, type CardJson, escapeMarkdown, execute, paragraph, protectionLine } from './card.js';
import { type Finding, findLearner, row } from './find-learner.js';
import { type Protection, protectionText } from './welcome-card.js';

/** One step of asking. What was typed goes back to the person who typed it, and stands on no card after it was sent. */
export interface AskView {
  readonly draftId: string;
  readonly nonce: string;
  readonly protection: Protection;
  readonly step: AskStep;
  readonly typed: Typed;
  /** Initials and stage of the learner it is about. */
  readonly label: string | null;
  readonly finding: Finding;
  /** The field to mend. */
  readonly missing: AskField | null;
  /** It began as a typed sentence. */
  readonly understood: boolean;
}

const none = { associatedInputs: 'none' };

export function askCard(view: AskView): CardJson {
  const { body, actions } = steps[view.step](view);
  return card({
    title: view.step === 'more' ? say('ask.more.title') : say('form.title'),
    summary: say('form.summary'),
    body: [
      protectionLine(protectionText(view.protection)),
      ...(view.understood ? [paragraph(say('ask.understood'))] : []),
      ...(view.missing
        ? [paragraph(say('ask.missing', { where: fieldLabel(view.missing) }), { color: 'attention' })]
        : []),
      ...body,
    ],
    actions,
  });
}

const data = (view: AskView, verb: string, extra: ActionData['extra'] = {}): ActionData => ({
  ...{ verb, id: view.draftId, version: 0, nonce: view.nonce, extra },
});
const back = (view: AskView) => execute(say('ask.back'), data(view, 'ask.back'));
const notNow = (view: AskView) => execute(say('ask.not-now'), data(view, 'request.form-cancel'));

interface Step {
  readonly body: readonly CardJson[];
  readonly actions: readonly CardJson[];
}

const steps: Readonly<Record<AskStep, (view: AskView) => Step>> = {
  who: (view) => ({
    body: [
      row(say('ask.exclusion'), say('ask.exclusion'), data(view, 'exclusion.open'), { style: 'warning' }),
      paragraph(say('find.who'), { weight: 'bolder' }),
      ...findLearner(view.finding, (who) => data(view, 'ask.pick', { who })),
      paragraph(say('find.other'), { isSubtle: true, size: 'small' }),
    ],
    actions: [
      execute(say('find.search'), data(view, 'ask.find'), { style: 'positive' }),
      execute(say('ask.other'), data(view, 'ask.to', { to: 'other' }), none),
      execute(say('ask.level'), data(view, 'ask.to', { to: 'level' }), none),
      notNow(view),
    ],
  }),
  other: (view) => ({
    body: [
      paragraph(say('find.other')),
      text('initials', view.typed, { maxLength: 8 }),
      text('class', view.typed, { maxLength: 20 }),
    ],
    actions: [
      execute(say('ask.next'), data(view, 'ask.next', { who: 'other' }), { style: 'positive' }),
      back(view),
      notNow(view),
    ],
  }),
  level: (view) => ({
    body: [
      paragraph(say('ask.level.label'), { weight: 'bolder' }),
      ...levels
        .filter((level) => level !== 'learner')
        .map((level) =>
          row(say(`form.who.${level}`), say(`form.who.${level}`), data(view, 'ask.pick', { who: level })),
        ),
    ],
    actions: [back(view), notNow(view)],
  }),
  what: (view) => ({
    body: [
      paragraph(say('ask.about', { label: escapeMarkdown(aboutOf(view)) }), { weight: 'bolder' }),
      ...whatFields(view),
    ],
    actions: [
      execute(say('ask.send'), data(view, 'request.submit'), { style: 'positive' }),
      execute(say('ask.more'), data(view, 'ask.to', { to: 'more' })),
      back(view),
      notNow(view),
    ],
  }),
  more: (view) => ({
    body: [paragraph(say('ask.more.help')), ...moreFields(view)],
    actions: [execute(say('ask.send'), data(view, 'request.submit'), { style: 'positive' }), back(view), notNow(view)],
  }),
};

function aboutOf({ label, typed }: AskView): string {
  if (label) return label;
  const level = levels.find((one) => one === typed.who);
  if (level && level !== 'learner') return say(`form.who.${level}`);
  return [typed.initials, typed.class].filter((one) => one).join(', ') || say('form.who.other');
}

function fieldLabel(field: AskField): string {
  const labels: Record<AskField, string> = {
    who: say('find.who'),
    initials: say('ask.initials'),
    class: say('ask.class'),
    need: say('form.need'),
    urgency: say('form.urgency'),
    what: say('form.what'),
    indicators: say('ask.indicators'),
    tried: say('form.tried'),
    viewKind: say('ask.view.kind'),
    view: say('ask.view'),
    hoped: say('form.hoped'),
    namedPerson: say('ask.named-person'),
    lead: say('ask.lead'),
  };
  return labels[field];
}

function whatFields({ typed }: AskView): CardJson[] {
  const needChoices = needs.map((need) => ({ title: say(`need.${need}`), value: need }));
  const urgencyChoices = urgencies.map((urgency) => ({ title: say(`urgency.${urgency}`), value: urgency }));
  return [
    text('what', typed, { placeholder: say('form.what.hint'), isMultiline: true, maxLength: 4000 }),
    choices('need', needChoices, typed.need, { placeholder: say('ask.need.guess') }),
    choices('urgency', urgencyChoices, typed.urgency ?? 'this-week', {}),
  ];
}

function moreFields({ typed }: AskView): CardJson[] {
  const words = { isMultiline: true, maxLength: 2000 };
  const name = { maxLength: 120 };
  return [
    choices(
      'indicators',
      indicators.map((one) => ({ title: say(`indicator.${one}`), value: one })),
      typed.indicators,
      { style: 'expanded', isMultiSelect: true },
    ),
    text('tried', typed, words),
    choices(
      'viewKind',
      viewKinds.map((kind) => ({ title: say(`ask.view.${kind}`), value: kind })),
      typed.viewKind,
      {},
    ),
    text('view', typed, words),
    text('hoped', typed, words),
    text('namedPerson', typed, name),
    text('lead', typed, name),
  ];
}

function choices(id: AskField, options: readonly CardJson[], value: string | undefined, more: CardJson): CardJson {
  const chosen = value ? { value } : {};
  return { type: 'Input.ChoiceSet', id, label: fieldLabel(id), style: 'compact', choices: options, ...more, ...chosen };
}

function text(id: AskField, typed: Typed, more: CardJson): CardJson {
  const value = typed[id];
  return { type: 'Input.Text', id, label: fieldLabel(id), ...more, ...(value ? { value } : {}) };
}
