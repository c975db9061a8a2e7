import type { SubmitRequest } from './contract.js';
import { type Indicator, indicators, viewKinds } from './indicators.js';
import { needFrom } from './phrases.js';
import { type Level, levels, needs, urgencies, type Urgency } from './request.js';

/** Asking in steps: what may be typed, in which order, and what a request needs of it. Pure. Source: product.md A.3. */

export const askFields = [
  'who',
  'initials',
  'class',
  'need',
  'urgency',
  'what',
  'indicators',
  'tried',
  'viewKind',
  'view',
  'hoped',
  'namedPerson',
  'lead',
] as const;
export type AskField = (typeof askFields)[number];

/** As the card's inputs hold it: texts. `who` is a learner's id, 'other' (with initials and class) or a level. */
export type Typed = Readonly<Partial<Record<AskField, string>>>;

export const askSteps = ['who', 'other', 'level', 'what', 'more'] as const;
export type AskStep = (typeof askSteps)[number];

export const standardUrgency: Urgency = 'this-week';

const otherLevels = levels.filter((level) => level !== 'learner');
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isLearner = (who: string | undefined): who is string => who !== undefined && uuid.test(who);

/** Newer inputs over what was kept. An input that was shown and emptied is empty; one that was not shown stays. */
export function mergeTyped(kept: Typed, inputs: Typed): Typed {
  const merged: Partial<Record<AskField, string>> = { ...kept };
  for (const field of askFields) {
    const value = inputs[field];
    if (value !== undefined) merged[field] = value.trim();
  }
  return merged;
}

/** The first thing without which there is no request: who, what is happening (how soon has a standard answer). */
export function firstMissing(typed: Typed): AskField | null {
  const { who } = typed;
  const known = who === 'other' || otherLevels.some((level) => level === who) || isLearner(who);
  if (!known) return 'who';
  if (who === 'other' && !typed.initials) return 'initials';
  return typed.what ? null : 'what';
}

/** The step on which a field stands. */
export function stepOf(field: AskField, typed: Typed): AskStep {
  if (field === 'who') return 'who';
  if (field === 'initials' || field === 'class') return 'other';
  if (field === 'need' || field === 'urgency' || field === 'what') return 'what';
  return typed.who === undefined ? 'who' : 'more';
}

/** Where *Back* leads: through what was chosen, so that it can be chosen again. */
export function stepBefore(step: AskStep, typed: Typed): AskStep {
  if (step === 'more') return 'what';
  if (step !== 'what') return 'who';
  if (typed.who === 'other') return 'other';
  return otherLevels.some((level) => level === typed.who) ? 'level' : 'who';
}

/** Everything that somebody wrote in their own words, for the guard. */
export function wordsIn(typed: Typed): string[] {
  const { initials, class: schoolClass, what, tried, view, hoped, namedPerson, lead } = typed;
  return [initials, schoolClass, what, tried, view, hoped, namedPerson, lead].filter((one) => one !== undefined);
}

/** A request of what was typed; nothing may be missing. A need that was not chosen is read from the words. */
export function requestOf(typed: Typed): SubmitRequest {
  const level: Level = otherLevels.find((one) => one === typed.who) ?? 'learner';
  const unlisted = level === 'learner' && typed.who === 'other';
  const what = typed.what ?? '';
  return {
    level,
    need: needs.find((need) => need === typed.need) ?? needFrom(what) ?? 'other',
    urgency: urgencies.find((urgency) => urgency === typed.urgency) ?? standardUrgency,
    what,
    tried: typed.tried ?? '',
    learnerView: typed.view ?? '',
    hoped: typed.hoped ?? '',
    indicators: chosenIndicators(typed.indicators),
    ...(typed.view ? { viewKind: viewKinds.find((kind) => kind === typed.viewKind) ?? 'words' } : {}),
    ...(typed.namedPerson ? { namedPerson: typed.namedPerson } : {}),
    ...(typed.lead ? { leadProfessional: typed.lead } : {}),
    ...(isLearner(typed.who) ? { learnerId: typed.who } : {}),
    ...(unlisted ? { learnerInitials: typed.initials ?? '', learnerClass: typed.class ?? '' } : {}),
  };
}

/** A card sends several choices as one text with commas between. */
export function chosenIndicators(text: string | undefined): Indicator[] {
  const chosen = (text ?? '').split(',');
  return indicators.filter((one) => chosen.includes(one));
}
