import type { Context } from '../context.js';
import { listJoinRequests } from '../people/joining-service.js';
import { bindRequestsChannel, noteConcern } from '../requests/service.js';
import { mayBeConcern } from '../requests/concern.js';
import { listOwnRequests, readWelcome } from '../requests/reading.js';
import type { ChatTarget } from '../context.js';
import type { CardJson } from './cards/card.js';
import { boundCard, concernCard, messageMePersonallyCard, myRequestsCard } from './cards/plain-cards.js';
import { joinWaitingCard } from './cards/join-cards.js';
import { welcomeCard } from './cards/welcome-card.js';

export interface Said {
  readonly ctx: Context;
  readonly target: ChatTarget;
  readonly inChannel: boolean;
  /** What was typed, mentions taken out, trimmed. */
  readonly text: string;
}

interface Command {
  readonly says: RegExp;
  /** Where it may be said; elsewhere it is not understood. */
  readonly where: 'personal' | 'channel' | 'both';
  run(said: Said): Promise<CardJson>;
}

/** First match wins; what none matches is answered with what can be done. */
const commands: readonly Command[] = [
  { says: /^(my requests|mine|requests)$/i, where: 'personal', run: myRequests },
  { says: /^people waiting$/i, where: 'personal', run: peopleWaiting },
  { says: /^bind this channel$/i, where: 'channel', run: bindChannel },
  {
    says: /^(hi|hello|hiya|help|\?|start|ask for support|ask|support|)$/i,
    where: 'personal',
    run: (said) => welcome(said, false),
  },
];

/** Answers a message. Free text goes no further than the phrase table: nothing of it is stored. */
export async function answerMessage(said: Said): Promise<CardJson> {
  const command = commands.find(
    ({ says, where }) => says.test(said.text) && (where === 'both' || (where === 'channel') === said.inChannel),
  );
  if (command) return command.run(said);
  if (said.inChannel) return messageMePersonallyCard();
  if (mayBeConcern([said.text])) {
    const { protection } = await readWelcome(said.ctx);
    if (protection) {
      await noteConcern(said.ctx, 'chat-message', 'shown');
      return concernCard(protection);
    }
  }
  return welcome(said, true);
}

async function welcome({ ctx }: Said, notUnderstood: boolean): Promise<CardJson> {
  return welcomeCard({ ...(await readWelcome(ctx)), nonce: ctx.random.code(16), notUnderstood });
}

async function myRequests({ ctx }: Said): Promise<CardJson> {
  return myRequestsCard(await listOwnRequests(ctx), ctx.random.code(16));
}

async function peopleWaiting({ ctx }: Said): Promise<CardJson> {
  return joinWaitingCard((await listJoinRequests(ctx)).items, ctx.random.code(16));
}

async function bindChannel({ ctx, target }: Said): Promise<CardJson> {
  await bindRequestsChannel(ctx, target);
  return boundCard('channel');
}
