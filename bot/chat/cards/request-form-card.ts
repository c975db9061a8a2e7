import { needs, urgencies } from '../../requests/request.js';
import { say } from '../words.js';
import { card, type CardJson, execute, noId, paragraph, protectionLine } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

export interface FormView {
  readonly nonce: string;
  readonly protection: Protection;
  /** Learners the asker reaches: initials and stage only (product.md "Who may see whom"). */
  readonly learners: readonly { readonly id: string; readonly label: string }[];
  /** What was typed, on the way back to the person who typed it. Never stored with us. */
  readonly typed?: Readonly<Partial<Record<FormField, string>>>;
  /** The field to mend. */
  readonly missing?: FormField;
  /** A phrase was met: the child protection question comes before anything else. */
  readonly held?: boolean;
}

export const formFields = ['who', 'need', 'urgency', 'what', 'initials', 'class', 'tried', 'view', 'hoped'] as const;
export type FormField = (typeof formFields)[number];

/** `who` that is not a learner's id. */
export const whoElse = ['other', 'school', 'cluster', 'authority'] as const;

export function requestFormCard(view: FormView): CardJson {
  const data = { id: noId, version: 0, nonce: view.nonce };
  const question = view.held
    ? [paragraph(say('hold.question'), { weight: 'bolder' }), paragraph(say('hold.kept'))]
    : [];
  return card({
    title: view.held ? say('hold.title') : say('form.title'),
    summary: say('form.summary'),
    body: [
      protectionLine(protectionText(view.protection)),
      ...question,
      ...(view.missing
        ? [paragraph(say('form.invalid', { where: fieldLabel(view.missing) }), { color: 'attention' })]
        : []),
      { type: 'Container', id: 'fields', isVisible: !view.held, items: fieldsOf(view) },
    ],
    actions: view.held
      ? [
          execute(say('hold.yes'), { ...data, verb: 'concern.yes' }, { associatedInputs: 'none' }),
          execute(say('hold.no'), { ...data, verb: 'request.submit', extra: { notConcern: true } }),
        ]
      : [
          execute(say('form.send'), { ...data, verb: 'request.submit' }, { style: 'positive' }),
          { type: 'Action.ToggleVisibility', title: say('form.more'), targetElements: ['more'] },
          execute(say('form.cancel'), { ...data, verb: 'request.form-cancel' }, { associatedInputs: 'none' }),
        ],
  });
}

function fieldLabel(field: FormField): string {
  const labels: Record<FormField, string> = {
    who: say('form.who'),
    need: say('form.need'),
    urgency: say('form.urgency'),
    what: say('form.what'),
    initials: say('form.who.initials'),
    class: say('form.who.class'),
    tried: say('form.tried'),
    view: say('form.view'),
    hoped: say('form.hoped'),
  };
  return labels[field];
}

function fieldsOf(view: FormView): CardJson[] {
  const typed = view.typed ?? {};
  const open = ['initials', 'class', 'tried', 'view', 'hoped'] as const;
  return [
    choices('who', whoChoices(view), typed.who, say('form.who.error')),
    choices(
      'need',
      needs.map((need) => ({ title: say(`need.${need}`), value: need })),
      typed.need,
      say('form.need.error'),
    ),
    choices(
      'urgency',
      urgencies.map((urgency) => ({ title: say(`urgency.${urgency}`), value: urgency })),
      typed.urgency ?? 'this-week',
      say('form.urgency.error'),
    ),
    text('what', typed.what, {
      isRequired: true,
      errorMessage: say('form.what.error'),
      placeholder: say('form.what.hint'),
      isMultiline: true,
    }),
    {
      type: 'Container',
      id: 'more',
      isVisible: typed.who === 'other' || open.some((field) => (typed[field] ?? '') !== ''),
      items: [
        text('initials', typed.initials, { maxLength: 8 }),
        text('class', typed.class, { maxLength: 20 }),
        paragraph(say('form.who.help'), { isSubtle: true, size: 'small' }),
        ...(['tried', 'view', 'hoped'] as const).map((field) => text(field, typed[field], { isMultiline: true })),
      ],
    },
  ];
}

function whoChoices(view: FormView) {
  return [
    ...view.learners.map(({ id, label }) => ({ title: label, value: id })),
    ...whoElse.map((value) => ({ title: say(`form.who.${value}`), value })),
  ];
}

function choices(
  id: FormField,
  options: readonly { title: string; value: string }[],
  value: string | undefined,
  error: string,
): CardJson {
  return {
    type: 'Input.ChoiceSet',
    id,
    label: fieldLabel(id),
    style: 'compact',
    isRequired: true,
    errorMessage: error,
    placeholder: say('form.who.choose'),
    choices: options,
    ...(value !== undefined ? { value } : {}),
  };
}

function text(id: FormField, value: string | undefined, more: CardJson): CardJson {
  return {
    type: 'Input.Text',
    id,
    label: fieldLabel(id),
    maxLength: 4000,
    ...more,
    ...(value !== undefined ? { value } : {}),
  };
}
