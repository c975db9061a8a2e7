import { randomUUID } from 'node:crypto';
import type { ChatClient } from '../../infra/local/chat-client.js';
import type { Json } from '../../infra/local/connector-ledger.js';
import { sceneVersion } from './route-shapes.js';
import type { Viewer } from './viewers.js';

/** Verbs that take the id of a request; what somebody else's card, or a made-up one, could carry. */
export const requestVerbs = [
  'request.refresh',
  'request.take',
  'request.reply',
  'request.withdraw',
  'request.reopen',
  'request.feedback',
  'manager.about',
  'manager.show',
  'manager.send-on',
  'exclusion.take',
] as const;
/** Verbs that take the id of a learner. */
export const learnerVerbs = ['change.pick', 'change.tell', 'speak.show'] as const;
export const joinVerbs = ['join.joined', 'join.refused'] as const;

interface Carried {
  readonly verb: string;
  readonly id: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

const typedFor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'request.reply': { body: 'Thank you.' },
  'request.feedback': { helped: 'yes', changed: 'More mornings.' },
  'change.tell': { kind: 'school', what: 'A new school since August.' },
};

/** A card that nobody was given, with one button that carries whatever the presser likes. */
export function forged({ verb, id }: Carried): Json {
  const data = { v: 1, verb, id, version: sceneVersion, nonce: `forged-${randomUUID()}` };
  return { type: 'AdaptiveCard', version: '1.5', actions: [{ type: 'Action.Execute', title: verb, verb, data }] };
}

/** What the presser is answered; `activityId` is a message that they do see. */
export async function press(chat: ChatClient, viewer: Viewer, activityId: string, carried: Carried): Promise<string> {
  const held = { activityId, card: forged(carried) };
  const inputs = carried.inputs ?? typedFor[carried.verb] ?? {};
  const { status, body } = await chat.as(viewer.person).press(held, carried.verb, inputs, { unchecked: true });
  return `${status} ${JSON.stringify(body)}`;
}

/** A form, filled in about somebody: with a learner's id, the choice that only those who reach them are offered. */
export const formAbout = (learner: string): Carried => ({
  ...{ verb: 'request.submit', id: '00000000-0000-0000-0000-000000000000' },
  inputs: { who: learner, need: 'attendance', urgency: 'today', what: 'Mornings are hard.' },
});
