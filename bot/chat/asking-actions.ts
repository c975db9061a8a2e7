import { AppError, isAppError } from '../errors.js';
import { searchForAsker } from '../learners/asker-search-service.js';
import { typedShape } from '../requests/asking-contract.js';
import {
  type AskField,
  askFields,
  type AskStep,
  askSteps,
  stepBefore,
  stepOf,
  type Typed,
} from '../requests/asking.js';
import { mayBeConcern } from '../requests/concern.js';
import { needFrom, urgencyFrom } from '../requests/phrases.js';
import { addToDraft, discardDraft, type Draft, openDraft, saveDraft, submitDraft } from '../requests/drafts-service.js';
import { openForm } from '../requests/service.js';
import { askCard } from './cards/ask-cards.js';
import { alikeCard, formGoneCard, formKeptCard, withManagerCard } from './cards/asked-cards.js';
import { type CardJson, noId } from './cards/card.js';
import type { Finding } from './cards/find-learner.js';
import type { JsonObject } from './inbound.js';
import { carries, type Handler, type Pressed, protectionOf, type ShowRequest, typedIn } from './pressed.js';

/** *Ask for support* in steps (product.md A.3). Every step keeps what was typed; only the last makes a request. */
export function askingActions(show: ShowRequest): Readonly<Record<string, Handler>> {
  return {
    'request.form': open,
    'ask.begin': begin,
    'ask.find': here(find),
    'ask.pick': here(pick),
    'ask.to': here((pressed) => turn(pressed, stepNamed(typedIn(pressed.action.inputs, 'to')))),
    'ask.next': here(next),
    'ask.back': here(back),
    'ask.discard': discard,
    'request.form-cancel': here(keepForLater),
    'request.submit': here((pressed) => submit(pressed, show)),
  };
}

const nothingFound: Finding = { typed: '', found: null };

/** The form as it stands, in answer to a press. */
export async function draftCard(
  pressed: Pick<Pressed, 'ctx'>,
  draft: Draft,
  more: { readonly finding?: Finding; readonly missing?: AskField; readonly understood?: boolean } = {},
): Promise<CardJson> {
  const { ctx } = pressed;
  return askCard({
    ...{ draftId: draft.draftId, step: draft.step, typed: draft.typed, label: draft.label },
    ...{ nonce: ctx.random.code(16), protection: await protectionOf(ctx), finding: more.finding ?? nothingFound },
    ...{ missing: more.missing ?? null, understood: more.understood ?? false },
  });
}

/** A form that was sent, or is a day old, is said to be gone; its words are nowhere. */
function here(handler: Handler): Handler {
  return async (pressed) => {
    try {
      return await handler(pressed);
    } catch (error) {
      const form = pressed.action.key.id !== noId;
      if (form && isAppError(error, 'not-found') && !typedIn(pressed.action.inputs, 'who')) return formGoneCard('gone');
      throw error;
    }
  };
}

async function open(pressed: Pressed): Promise<CardJson> {
  const { ctx, target, activityId } = pressed;
  const draft = await openDraft(ctx);
  if (activityId) await openForm(ctx, target, activityId);
  return draftCard(pressed, draft);
}

/** A message that is to become a request: its words as they were sent, with the need that they seem to say. */
async function begin(pressed: Pressed): Promise<CardJson> {
  const what = typedIn(pressed.action.inputs, 'what').slice(0, 4000);
  if (!answeredNo(pressed) && mayBeConcern([what])) throw new AppError('concern');
  const [need, urgency] = [needFrom(what), urgencyFrom(what)];
  const typed = { what, ...(need ? { need } : {}), ...(urgency ? { urgency } : {}) };
  return draftCard(pressed, await addToDraft(pressed.ctx, typed, null), { understood: true });
}

async function find(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const typed = typedIn(action.inputs, 'find');
  const draft = await saveDraft(ctx, action.key.id, {}, { step: 'who', notConcern: true });
  return draftCard(pressed, draft, { finding: { typed, found: await searchForAsker(ctx, typed) } });
}

async function pick(pressed: Pressed): Promise<CardJson> {
  const { ctx, target, activityId, action } = pressed;
  // From here on the card may hold words: it is cleared when it was not sent in a day.
  if (activityId) await openForm(ctx, target, activityId);
  const who = typedIn(action.inputs, 'who');
  return turn(pressed, 'what', { who });
}

async function next(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const to = { step: (typed: Typed) => (typed.initials ? 'what' : 'other'), notConcern: answeredNo(pressed) } as const;
  const draft = await saveDraft(ctx, action.key.id, { ...formOf(action.inputs), who: 'other' }, to);
  return draftCard(pressed, draft, draft.step === 'other' ? { missing: 'initials' } : {});
}

async function back(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const draft = await openDraft(ctx);
  const step = (typed: Typed) => stepBefore(draft.step, typed);
  const to = { step, notConcern: answeredNo(pressed) };
  return draftCard(pressed, await saveDraft(ctx, action.key.id, formOf(action.inputs), to));
}

async function turn(pressed: Pressed, step: AskStep, more: Typed = {}): Promise<CardJson> {
  const { ctx, action } = pressed;
  const typed = { ...formOf(action.inputs), ...more };
  return draftCard(pressed, await saveDraft(ctx, action.key.id, typed, { step, notConcern: answeredNo(pressed) }));
}

async function keepForLater(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const current = await openDraft(ctx);
  const to = { step: current.step, notConcern: answeredNo(pressed) };
  const { expiresAt } = await saveDraft(ctx, action.key.id, formOf(action.inputs), to);
  return formKeptCard(expiresAt, ctx.random.code(16));
}

async function discard({ ctx }: Pressed): Promise<CardJson> {
  await discardDraft(ctx);
  return formGoneCard('discarded');
}

async function submit(pressed: Pressed, show: ShowRequest): Promise<CardJson> {
  const { ctx, action, activityId, target } = pressed;
  const { key, inputs } = action;
  const card = activityId ? { target, activityId } : null;
  const press = { ...key, card, draftId: key.id === noId ? null : key.id };
  const said = { notConcern: answeredNo(pressed), another: carries(inputs, 'another') };
  const sent = await submitDraft(ctx, press, formOf(inputs), said);
  if (sent.kind === 'sent') return show(pressed, sent.requestId);
  if (sent.kind === 'with-manager') return withManagerCard({ manager: sent.manager, decision: null, why: null });
  // A card that was made without a form (or whose form is gone) goes on as a form of its own.
  const draft = sent.draft ?? (await openDraft(ctx, { typed: sent.typed }));
  if (sent.kind === 'alike') return alikeCard({ ...sent.alike, draftId: draft.draftId }, ctx.random.code(16));
  const step = stepOf(sent.field, sent.typed);
  const to = { step, notConcern: true };
  return draftCard(pressed, await saveDraft(ctx, draft.draftId, {}, to), { missing: sent.field });
}

const answeredNo = ({ action }: Pressed) => carries(action.inputs, 'notConcern');

function stepNamed(name: string): AskStep {
  return askSteps.find((step) => step === name) ?? 'who';
}

/** The form's own inputs, whatever else came with the press. Too long a text is cut where the card would have cut it. */
function formOf(inputs: JsonObject): Typed {
  const typed = askFields.flatMap((field) => {
    const value = inputs[field];
    return typeof value === 'string' ? [[field, value.slice(0, 4000)] as const] : [];
  });
  return typedShape.parse(Object.fromEntries(typed));
}
