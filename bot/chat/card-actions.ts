import { z } from 'zod';
import type { ChatTarget, Context } from '../context.js';
import { inOneTransaction } from '../db/database.js';
import { AppError, isAppError } from '../errors.js';
import { decideJoinRequest } from '../people/joining-service.js';
import { listReachedLearners } from '../learners/service.js';
import { levels, type Level, needs, urgencies } from '../requests/request.js';
import { listOwnRequests, readRequestCard, readWelcome } from '../requests/reading.js';
import { moveRequest, noteConcern, openForm, submitRequest } from '../requests/service.js';
import { reviewOfRequest } from '../reviews/service.js';
import type { CardJson } from './cards/card.js';
import { joinDecidedCard } from './cards/join-cards.js';
import { concernCard, formClearedCard, myRequestsCard, refusalCard, requestGoneCard } from './cards/plain-cards.js';
import { askerOwnCard, channelCard, type RequestCardProps } from './cards/request-card.js';
import { type FormField, formFields, requestFormCard, whoElse } from './cards/request-form-card.js';
import type { CardAction, JsonObject } from './inbound.js';

/** One press of one button, by somebody the directory knows. */
export interface Pressed {
  readonly ctx: Context;
  readonly action: CardAction;
  readonly target: ChatTarget;
  /** The activity whose card was pressed; null when the client did not say. */
  readonly activityId: string | null;
  readonly inChannel: boolean;
  readonly tabUrlOf: (kind: 'request' | 'review', id: string) => string | null;
}

type Handler = (pressed: Pressed) => Promise<CardJson>;

/** Verb -> what the button does. A card in answer takes the place of the one that was pressed, for the presser. */
const actions: Readonly<Record<string, Handler>> = {
  'request.form': openRequestForm,
  'request.form-cancel': async () => formClearedCard('cancelled'),
  'request.submit': submit,
  'concern.yes': concern,
  'request.mine': async ({ ctx }) => myRequestsCard(await listOwnRequests(ctx), ctx.random.code(16)),
  'request.refresh': show,
  'request.take': (pressed) => move(pressed, 'take'),
  'request.reply': (pressed) => move(pressed, 'reply'),
  'request.withdraw': (pressed) => move(pressed, 'withdraw'),
  'request.reopen': (pressed) => move(pressed, 'reopen'),
  'join.joined': (pressed) => decideJoin(pressed, 'joined'),
  'join.refused': (pressed) => decideJoin(pressed, 'refused'),
};

/** Refreshes that a client makes by itself may only read. */
const readOnly: ReadonlySet<string> = new Set(['request.refresh']);

/** Always answers with a card; what went wrong is said in words, never with a record's content. */
export async function runCardAction(pressed: Pressed): Promise<CardJson> {
  const { verb } = pressed.action.key;
  const handler = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
  if (!handler || (pressed.action.trigger === 'automatic' && !readOnly.has(verb))) return refusalCard('not-found');
  try {
    return await handler(pressed);
  } catch (error) {
    if (isAppError(error)) return refusalCard(error.code);
    throw error;
  }
}

async function protectionOf(ctx: Context) {
  const { protection } = await readWelcome(ctx);
  if (!protection) throw new AppError('setting-unset', { where: 'people.child-protection' });
  return protection;
}

async function openRequestForm({ ctx, target, activityId }: Pressed): Promise<CardJson> {
  const protection = await protectionOf(ctx);
  if (activityId) await openForm(ctx, target, activityId);
  return requestFormCard({ nonce: ctx.random.code(16), protection, learners: await listReachedLearners(ctx) });
}

const inputText = z.string().max(4000).catch('');
const typedForm = z.object({
  who: inputText,
  need: inputText,
  urgency: inputText,
  what: inputText,
  initials: inputText,
  class: inputText,
  tried: inputText,
  view: inputText,
  hoped: inputText,
  notConcern: z.union([z.boolean(), z.string().transform((text) => text === 'true')]).catch(false),
});

async function submit(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const form = typedForm.parse({ ...emptyForm, ...action.inputs });
  const missing = firstMissing(form);
  if (missing) return formAgain(pressed, form, { missing });
  try {
    const card = pressed.activityId ? { target: pressed.target, activityId: pressed.activityId } : null;
    const { requestId } = await submitRequest(ctx, requestOf(form), 'chat', { ...action.key, card });
    if (form.notConcern) await noteConcern(ctx, 'chat-form', 'no');
    return await requestCardFor(pressed, requestId, null);
  } catch (error) {
    if (!isAppError(error, 'concern')) throw error;
    await noteConcern(ctx, 'chat-form', 'shown');
    return formAgain(pressed, form, { held: true });
  }
}

const emptyForm = Object.fromEntries(formFields.map((field) => [field, '']));

function firstMissing(form: z.infer<typeof typedForm>): FormField | null {
  if (!z.uuid().safeParse(form.who).success && !(whoElse as readonly string[]).includes(form.who)) return 'who';
  if (form.who === 'other' && form.initials.trim() === '') return 'initials';
  if (!(needs as readonly string[]).includes(form.need)) return 'need';
  if (!(urgencies as readonly string[]).includes(form.urgency)) return 'urgency';
  return form.what.trim() === '' ? 'what' : null;
}

function requestOf(form: z.infer<typeof typedForm>) {
  const named = levels.find((level) => level === form.who);
  const level: Level = named ?? 'learner';
  const about = z.uuid().safeParse(form.who);
  return {
    level,
    need: needs.find((need) => need === form.need) ?? 'other',
    urgency: urgencies.find((urgency) => urgency === form.urgency) ?? 'this-week',
    what: form.what.trim(),
    tried: form.tried.trim(),
    learnerView: form.view.trim(),
    hoped: form.hoped.trim(),
    notConcern: form.notConcern,
    ...(about.success ? { learnerId: about.data } : {}),
    ...(form.who === 'other' ? { learnerInitials: form.initials.trim(), learnerClass: form.class.trim() } : {}),
  };
}

/** The same form back to the person who typed it, with their words in it: they are in Teams' hands, not in ours. */
async function formAgain(
  pressed: Pressed,
  form: z.infer<typeof typedForm>,
  why: { missing?: FormField; held?: boolean },
) {
  const { ctx, action } = pressed;
  const { notConcern: _answered, ...typed } = form;
  const learners = await listReachedLearners(ctx);
  return requestFormCard({ nonce: action.key.nonce, protection: await protectionOf(ctx), learners, typed, ...why });
}

async function concern({ ctx }: Pressed): Promise<CardJson> {
  const protection = await protectionOf(ctx);
  await noteConcern(ctx, 'chat-form', 'yes-or-not-sure');
  return concernCard(protection);
}

async function show(pressed: Pressed): Promise<CardJson> {
  return requestCardFor(pressed, pressed.action.key.id, null);
}

async function move(pressed: Pressed, name: 'take' | 'reply' | 'withdraw' | 'reopen'): Promise<CardJson> {
  const { ctx, action } = pressed;
  const { id, version, nonce } = action.key;
  const body = name === 'reply' ? bodyOf(action.inputs) : '';
  try {
    return await inOneTransaction(ctx, async (joined) => {
      await moveRequest(joined, id, name, { version, nonce, ...(body ? { body } : {}) });
      return requestCardFor({ ...pressed, ctx: joined }, id, null);
    });
  } catch (error) {
    if (isAppError(error, 'concern')) {
      await noteConcern(ctx, 'chat-reply', 'shown');
      return concernCard(await protectionOf(ctx));
    }
    // Somebody was quicker: the newer state is the answer, and nothing was done.
    if (isAppError(error, 'stale') || isAppError(error, 'not-allowed-now')) return requestCardFor(pressed, id, 'stale');
    throw error;
  }
}

function bodyOf(inputs: JsonObject): string {
  const body = inputs['body'];
  return typeof body === 'string' ? body.trim() : '';
}

/** The presser's own view: in the channel the channel's card, in the asker's chat theirs, for anybody else nothing. */
async function requestCardFor(
  pressed: Pressed,
  requestId: string,
  notice: RequestCardProps['notice'],
): Promise<CardJson> {
  const { ctx, inChannel } = pressed;
  if (ctx.actor.kind !== 'person') return requestGoneCard();
  const view = await readRequestCard(ctx, requestId, inChannel ? null : ctx.actor.personId);
  if (!view) return requestGoneCard();
  const review = await reviewOfRequest(ctx, requestId);
  const props = { ...view, nonce: ctx.random.code(16), tabUrl: pressed.tabUrlOf('request', requestId), review, notice };
  if (inChannel) return channelCard(props);
  return view.askerId === ctx.actor.personId ? askerOwnCard(props, view.lastWord) : requestGoneCard();
}

/** One press of the designated manager; once decided, a second press is told so. */
async function decideJoin({ ctx, action }: Pressed, outcome: 'joined' | 'refused'): Promise<CardJson> {
  await decideJoinRequest(ctx, action.key.id, { outcome });
  return joinDecidedCard(outcome);
}
