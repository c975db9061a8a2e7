import { channelWords } from '../../language/en/channel.js';
import { speaker } from '../../language/index.js';
import { sayDate } from '../../time.js';
import { card, type CardJson, execute, paragraph, protectionLine } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

const say = speaker({ en: channelWords });

/** What the presser alone is shown when they give a request or ask: the card that everybody sees stays as it is. */
export interface PressedRequest {
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly nonce: string;
}

export interface Taker {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly awayUntil: string | null;
}

/** Staff of the team by name, with how much each has open and who is away. */
export function giveCard(request: PressedRequest, takers: readonly Taker[]): CardJson {
  const title = say('channel.give.title', { reference: request.reference });
  const data = { id: request.requestId, version: request.version, nonce: request.nonce };
  const choose: CardJson = {
    ...{ type: 'Input.ChoiceSet', id: 'assignee', label: say('channel.give.who'), isRequired: true },
    ...{ errorMessage: say('channel.give.error'), placeholder: say('channel.give.choose'), style: 'compact' },
    choices: takers.map((one) => ({ title: named(one), value: one.id })),
  };
  return card({
    ...{ title, summary: title },
    body: takers.length > 0 ? [choose] : [paragraph(say('channel.give.nobody'))],
    actions: [
      ...(takers.length > 0 ? [execute(say('channel.give.send'), { ...data, verb: 'request.give' })] : []),
      back(data),
    ],
  });
}

function named({ name, open, awayUntil }: Taker): string {
  if (awayUntil) return say('channel.give.away', { name, until: sayDate(awayUntil) });
  return open > 0 ? say('channel.give.person', { name, count: open }) : name;
}

export function questionCard(request: PressedRequest, protection: Protection): CardJson {
  const title = say('channel.ask.title', { reference: request.reference });
  const data = { id: request.requestId, version: request.version, nonce: request.nonce };
  return card({
    ...{ title, summary: title },
    body: [
      protectionLine(protectionText(protection)),
      paragraph(say('channel.ask.hint')),
      {
        ...{ type: 'Input.Text', id: 'body', label: say('channel.ask.what'), isMultiline: true, maxLength: 4000 },
        ...{ isRequired: true, errorMessage: say('channel.ask.error') },
      },
    ],
    actions: [execute(say('channel.ask.send'), { ...data, verb: 'request.ask' }), back(data)],
  });
}

function back(data: { id: string; version: number; nonce: string }): CardJson {
  return execute(say('channel.back'), { ...data, verb: 'request.refresh' }, { associatedInputs: 'none' });
}

export function unboundCard(): CardJson {
  const title = say('channel.unbound.title');
  return card({ title, summary: title, body: [paragraph(say('channel.unbound.text'))] });
}
