import { z } from 'zod';
import { labelForAsker, searchForAsker } from '../learners/asker-search-service.js';
import { readOwnManager, readWhoToSpeakTo, tellChange } from '../learners/changes-told-service.js';
import { changeKinds } from '../learners/change-told.js';
import { AppError } from '../errors.js';
import { mayBeConcern } from '../requests/concern.js';
import { type CardJson, noId } from './cards/card.js';
import { changeToldCard, changeWhatCard, changeWhoCard } from './cards/change-cards.js';
import type { Finding } from './cards/find-learner.js';
import { speakCard, speakWhoCard } from './cards/speak-cards.js';
import { carries, type Handler, type Pressed, protectionOf, typedIn } from './pressed.js';

/** *Something has changed* and *Who do I speak to?* (product.md A.5 and A.6). */
export const changeActions: Readonly<Record<string, Handler>> = {
  'change.form': ({ ctx }) => changeForm(ctx),
  'change.find': async ({ ctx, action }) => changeForm(ctx, await lookFor(ctx, typedIn(action.inputs, 'find'))),
  'change.pick': (pressed) => whatChanged(pressed, {}, false),
  'change.tell': tell,
  'speak.form': ({ ctx }) => speakForm(ctx),
  'speak.find': async ({ ctx, action }) => speakForm(ctx, await lookFor(ctx, typedIn(action.inputs, 'find'))),
  'speak.show': showWhoToSpeakTo,
};

type Ctx = Pressed['ctx'];

async function lookFor(ctx: Ctx, typed: string): Promise<Finding> {
  return { typed, found: await searchForAsker(ctx, typed) };
}

export async function changeForm(ctx: Ctx, finding: Finding = { typed: '', found: null }): Promise<CardJson> {
  return changeWhoCard({ nonce: ctx.random.code(16), protection: await protectionOf(ctx), finding });
}

export async function speakForm(ctx: Ctx, finding: Finding = { typed: '', found: null }): Promise<CardJson> {
  return speakWhoCard({ nonce: ctx.random.code(16), finding, ownManager: await readOwnManager(ctx) });
}

type Typed = Readonly<Partial<Record<'kind' | 'what' | 'since' | 'initials' | 'class', string>>>;

async function whatChanged(pressed: Pressed, typed: Typed, missing: boolean): Promise<CardJson> {
  const { ctx, action } = pressed;
  const learnerId = action.key.id === noId ? null : action.key.id;
  const about = learnerId ? await aboutWhom(ctx, learnerId) : null;
  // The same nonce all along: whoever presses twice tells it once.
  const nonce = action.key.verb === 'change.tell' ? action.key.nonce : ctx.random.code(16);
  const label = about?.label ?? null;
  return changeWhatCard({ nonce, protection: await protectionOf(ctx), learnerId, label, typed, missing });
}

async function aboutWhom(ctx: Ctx, learnerId: string) {
  const about = z.uuid().safeParse(learnerId).success ? await labelForAsker(ctx, learnerId) : null;
  if (!about) throw new AppError('not-found');
  return about;
}

async function tell(pressed: Pressed): Promise<CardJson> {
  const { ctx, action } = pressed;
  const { key, inputs } = action;
  const field = (id: keyof Typed) => typedIn(inputs, id);
  const typed = { kind: field('kind'), what: field('what'), since: field('since') };
  const unlisted = { initials: field('initials').slice(0, 8), class: field('class').slice(0, 20) };
  if (!carries(inputs, 'notConcern') && mayBeConcern([typed.what, unlisted.initials, unlisted.class]))
    throw new AppError('concern');
  const kind = changeKinds.find((one) => one === typed.kind);
  const learnerId = key.id === noId ? null : key.id;
  if (learnerId && !z.uuid().safeParse(learnerId).success) throw new AppError('not-found');
  if (!kind || typed.what === '' || (!learnerId && unlisted.initials === ''))
    return whatChanged(pressed, { ...typed, ...unlisted }, true);
  const sinceOn = z.iso.date().safeParse(typed.since).data ?? null;
  const said = { initials: unlisted.initials || null, class: unlisted.class || null };
  await tellChange(ctx, { learnerId, ...said, kind, what: typed.what.slice(0, 2000), sinceOn }, key);
  return changeToldCard();
}

async function showWhoToSpeakTo({ ctx, action }: Pressed): Promise<CardJson> {
  if (!z.uuid().safeParse(action.key.id).success) throw new AppError('not-found');
  return speakCard({ nonce: ctx.random.code(16), ...(await readWhoToSpeakTo(ctx, action.key.id)) });
}
