import type { Context } from '../context.js';
import { listJoinRequests } from '../people/joining-service.js';
import { bindRequestsChannel, unbindRequestsChannel } from '../requests/channel-service.js';
import { mayBeConcern } from '../requests/concern.js';
import { addToDraft, findDraft } from '../requests/drafts-service.js';
import { type Intent, intentOf } from '../requests/intents.js';
import { listOwnRequests, readWelcome } from '../requests/reading.js';
import { followSource } from '../requests/source-service.js';
import { isAppError } from '../errors.js';
import type { ChatTarget } from '../context.js';
import { draftCard } from './asking-actions.js';
import type { CardJson } from './cards/card.js';
import { unboundCard } from './cards/channel-cards.js';
import { boundCard, messageMePersonallyCard, myRequestsCard } from './cards/plain-cards.js';
import { followedCard } from './cards/followed-card.js';
import { joinWaitingCard } from './cards/join-cards.js';
import { welcomeCard } from './cards/welcome-card.js';
import { changeForm, speakForm } from './change-actions.js';
import { holdMessage } from './concern-actions.js';
import { exclusionAdvice } from './exclusion-actions.js';

export interface Said {
  readonly ctx: Context;
  readonly target: ChatTarget;
  readonly inChannel: boolean;
  /** What was typed, mentions taken out, trimmed. */
  readonly text: string;
  /** Names the message, so that a later edit or deletion of it can be followed; null when the client gave it no id. */
  readonly source: string | null;
  /** Teams' id of the team that the channel is in. */
  readonly teamId: string | null;
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
  { says: /^(exclusion|sending home|exclude)$/i, where: 'personal', run: ({ ctx }) => exclusionAdvice(ctx) },
  { says: /^something has changed$/i, where: 'personal', run: ({ ctx }) => changeForm(ctx) },
  { says: /^who do i speak to\??$/i, where: 'personal', run: ({ ctx }) => speakForm(ctx) },
  { says: /^bind this channel( as .{1,60})?$/i, where: 'channel', run: bindChannel },
  { says: /^unbind this channel$/i, where: 'channel', run: unbindChannel },
  {
    says: /^(hi|hello|hiya|help|\?|start|ask for support|ask|support|)$/i,
    where: 'personal',
    run: (said) => welcome(said, false),
  },
];

/**
 * Answers a message. Free text is guarded before anything; then a sentence that asks for something offers the form with what
 * it says chosen, and nothing else that was typed is kept.
 */
export async function answerMessage(said: Said): Promise<CardJson> {
  const command = commands.find(
    ({ says, where }) => says.test(said.text) && (where === 'both' || (where === 'channel') === said.inChannel),
  );
  if (command) return command.run(said);
  if (said.inChannel) return messageMePersonallyCard();
  const { protection } = await readWelcome(said.ctx);
  if (!protection) return welcome(said, true);
  if (mayBeConcern([said.text])) return holdMessage(said.ctx, 'chat-message');
  const intent = intentOf(said.text);
  return intent.kind === 'ask' ? offerForm(said, intent) : answers[intent.kind](said);
}

/** Somebody edited a message of theirs (or deleted it: `text` null). Null when nothing here began with it. */
export async function answerChanged(changed: {
  readonly ctx: Context;
  readonly source: string;
  readonly text: string | null;
}): Promise<CardJson | null> {
  const { ctx, source, text } = changed;
  try {
    const followed = await followSource(ctx, source, text);
    if (followed.kind === 'nothing') return null;
    return followedCard(followed.kind === 'draft' ? { kind: 'draft', erased: text === null } : followed);
  } catch (error) {
    if (isAppError(error, 'concern')) return holdMessage(ctx, 'chat-edit');
    throw error;
  }
}

type Asking = Extract<Intent, { kind: 'ask' }>;

const answers: Readonly<Record<Exclude<Intent['kind'], 'ask'>, (said: Said) => Promise<CardJson>>> = {
  exclusion: ({ ctx }) => exclusionAdvice(ctx),
  change: ({ ctx }) => changeForm(ctx),
  speak: ({ ctx }) => speakForm(ctx),
  unknown: (said) => welcome(said, true),
};

/** The form, with the sentence in it and need and urgency chosen; whom it is about is still to be said. */
async function offerForm({ ctx, text, source }: Said, { need, urgency }: Asking): Promise<CardJson> {
  const typed = { what: text.slice(0, 4000), ...(need ? { need } : {}), ...(urgency ? { urgency } : {}) };
  return draftCard({ ctx }, await addToDraft(ctx, typed, source), { understood: true });
}

async function welcome({ ctx }: Said, notUnderstood: boolean): Promise<CardJson> {
  const begun = await findDraft(ctx);
  const view = { ...(await readWelcome(ctx)), nonce: ctx.random.code(16), notUnderstood };
  return welcomeCard({ ...view, begunAt: begun?.startedAt ?? null });
}

async function myRequests({ ctx }: Said): Promise<CardJson> {
  return myRequestsCard(await listOwnRequests(ctx), ctx.random.code(16));
}

async function peopleWaiting({ ctx }: Said): Promise<CardJson> {
  return joinWaitingCard((await listJoinRequests(ctx)).items, ctx.random.code(16));
}

/** "bind this channel as North team": the name is the council's own, for the routing table. */
async function bindChannel({ ctx, target, text, teamId }: Said): Promise<CardJson> {
  const name = / as (.+)$/i.exec(text)?.[1]?.trim() ?? null;
  await bindRequestsChannel(ctx, target, { name, teamId });
  return boundCard('channel');
}

async function unbindChannel({ ctx, target }: Said): Promise<CardJson> {
  await unbindRequestsChannel(ctx, target);
  return unboundCard();
}
