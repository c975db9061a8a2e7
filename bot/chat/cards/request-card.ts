import type { Temporal } from 'temporal-polyfill';
import { type Level, type Need, nextState, type RequestState, type Urgency } from '../../requests/request.js';
import { sayInstant } from '../../time.js';
import { channelWords } from '../../language/en/channel.js';
import { speaker } from '../../language/index.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, facts, openUrl, paragraph, quoted } from './card.js';

/** One view for both cards of a request; neither names a learner, a stage or a story. */
export interface RequestCardProps {
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly level: Level;
  readonly need: Need;
  readonly urgency: Urgency;
  readonly state: RequestState;
  readonly where: string | null;
  readonly assignee: string | null;
  readonly dueAt: Temporal.Instant | null;
  readonly overdue: boolean;
  readonly repliedAt: Temporal.Instant | null;
  readonly phoneThem: boolean;
  readonly nonce: string;
  /** Deep link to the request in the tab. */
  readonly tabUrl: string | null;
  readonly review: {
    readonly reference: string;
    readonly startsAt: Temporal.Instant;
    readonly joint: 'yes' | 'no' | 'not-yet';
    readonly answers: readonly { readonly service: ServiceName; readonly invited: number; readonly accepted: number }[];
  } | null;
  readonly notice: 'stale' | 'thanks' | null;
}

type ServiceName = 'education' | 'social-work' | 'carer' | 'family' | 'health' | 'other';

const sayChannel = speaker({ en: channelWords });
const stub = { version: 0, nonce: 'refresh' };

/** What is posted first: it may be posted twice when the network lies, so it says nothing that could be out of date. */
export function requestStubCard(reference: string, requestId: string, tabUrl: string | null): CardJson {
  const refresh = execute(say('request.show'), { verb: 'request.refresh', id: requestId, ...stub });
  return card({
    title: say('request.title', { reference }),
    summary: say('request.summary', { reference }),
    body: [paragraph(say('request.stub'))],
    actions: [refresh, ...(tabUrl ? [openUrl(say('request.open'), tabUrl)] : [])],
    refresh,
  });
}

/** The channel's: everybody reads it, now and later. */
export function channelCard(view: RequestCardProps): CardJson {
  const data = { id: view.requestId, version: view.version, nonce: view.nonce };
  const may = (move: 'take' | 'give' | 'ask') => nextState(view.state, move) !== null;
  return card({
    title: say('request.title', { reference: view.reference }),
    summary: say('request.summary', { reference: view.reference }),
    body: [
      ...notice(view),
      facts([
        [say('request.state'), say(`state.${view.state}`)],
        [say('request.level'), say(`level.${view.level}`)],
        [say('request.need'), say(`need.${view.need}`)],
        ...(view.where ? [[say('request.where'), view.where] as const] : []),
        [say('request.urgency'), say(`urgency.${view.urgency}`)],
        [say('request.due'), due(view)],
        [say('request.who'), view.assignee ?? say('request.nobody')],
        ...(view.repliedAt ? [[sayChannel('channel.replied'), sayInstant(view.repliedAt)] as const] : []),
      ]),
      ...(view.phoneThem ? [paragraph(sayChannel('channel.phone'), { weight: 'bolder' })] : []),
      ...review(view),
    ],
    actions: [
      ...(may('take') ? [execute(say('request.take'), { ...data, verb: 'request.take' }, { style: 'positive' })] : []),
      ...(may('give') ? [execute(sayChannel('channel.give'), { ...data, verb: 'request.give-form' })] : []),
      ...(may('ask') ? [execute(sayChannel('channel.ask'), { ...data, verb: 'request.ask-form' })] : []),
      ...(view.tabUrl ? [openUrl(say('request.open'), view.tabUrl)] : []),
    ],
    refresh: execute(say('request.show'), { ...data, verb: 'request.refresh' }),
  });
}

/** The asker's, as it is stored in the chat: reference, state in words, by when, who. Their words are not on it. */
export function askerCard(view: RequestCardProps): CardJson {
  return card({
    title: say('request.title', { reference: view.reference }),
    summary: say('request.summary', { reference: view.reference }),
    body: [...notice(view), askerFacts(view), ...review(view)],
    actions: askerActions(view),
    refresh: execute(say('request.show'), { id: view.requestId, ...stub, verb: 'request.refresh' }),
  });
}

/** The asker's own view, given in answer to their press or refresh: the team's last word and a place to reply. */
export function askerOwnCard(
  view: RequestCardProps,
  lastWord: { body: string; by: string } | null,
  wantsFeedback: boolean,
): CardJson {
  const data = { id: view.requestId, version: view.version, nonce: view.nonce };
  const canReply = nextState(view.state, 'reply') !== null;
  return card({
    title: say('request.title', { reference: view.reference }),
    summary: say('request.summary', { reference: view.reference }),
    body: [
      ...notice(view),
      askerFacts(view),
      ...review(view),
      ...(lastWord
        ? [
            paragraph(say('request.says', { by: escapeMarkdown(lastWord.by) }), { weight: 'bolder' }),
            quoted(lastWord.body),
          ]
        : []),
      ...(canReply
        ? [{ type: 'Input.Text', id: 'body', label: say('request.reply.label'), isMultiline: true, maxLength: 4000 }]
        : []),
      ...(wantsFeedback ? feedbackInputs : []),
    ],
    actions: [
      ...(canReply ? [execute(say('request.reply'), { ...data, verb: 'request.reply' })] : []),
      ...(wantsFeedback ? [execute(say('feedback.send'), { ...data, verb: 'request.feedback' })] : []),
      ...askerActions(view),
    ],
    refresh: execute(say('request.show'), { id: view.requestId, ...stub, verb: 'request.refresh' }),
  });
}

/** Did it help, and what changed: asked once it was answered, and never in the way of anything. */
const feedbackInputs: readonly CardJson[] = [
  {
    ...{ type: 'Input.ChoiceSet', id: 'helped', label: say('feedback.helped'), style: 'expanded' },
    choices: (['yes', 'partly', 'no'] as const).map((value) => ({ title: say(`feedback.${value}`), value })),
  },
  { type: 'Input.Text', id: 'changed', label: say('feedback.changed'), isMultiline: true, maxLength: 2000 },
];

function askerFacts(view: RequestCardProps): CardJson {
  return facts([
    [say('request.state'), say(`state.${view.state}`)],
    [say('request.need'), say(`need.${view.need}`)],
    [say('request.who'), view.assignee ?? say('request.nobody')],
    [say('request.due'), due(view)],
  ]);
}

function askerActions(view: RequestCardProps): CardJson[] {
  const data = { id: view.requestId, version: view.version, nonce: view.nonce };
  const none = { associatedInputs: 'none' };
  return [
    execute(say('request.show'), { ...data, verb: 'request.refresh' }, none),
    ...(nextState(view.state, 'reopen')
      ? [execute(say('request.reopen'), { ...data, verb: 'request.reopen' }, none)]
      : []),
    ...(nextState(view.state, 'withdraw')
      ? [execute(say('request.withdraw'), { ...data, verb: 'request.withdraw' }, none)]
      : []),
  ];
}

function notice(view: RequestCardProps): CardJson[] {
  return view.notice ? [paragraph(say(`request.${view.notice}`), { weight: 'bolder' })] : [];
}

function due(view: RequestCardProps): string {
  if (!view.dueAt) return say('request.due.none');
  const when = sayInstant(view.dueAt);
  return view.overdue ? say('request.due.overdue', { when }) : when;
}

function review(view: RequestCardProps): CardJson[] {
  if (!view.review) return [];
  const { reference, startsAt, joint, answers } = view.review;
  return [
    paragraph(say('request.review', { reference }), { weight: 'bolder', separator: true }),
    paragraph(sayInstant(startsAt)),
    ...answers.map(({ service, accepted, invited }) =>
      paragraph(say('request.review.answered', { service: say(`service.${service}`), accepted, invited }), {
        spacing: 'small',
      }),
    ),
    paragraph(say(`request.review.joint.${joint}`), { spacing: 'small' }),
  ];
}
