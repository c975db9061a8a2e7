import type { Temporal } from 'temporal-polyfill';
import { sayInstant } from '../../time.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, noId, paragraph, protectionLine } from './card.js';
import { row } from './find-learner.js';

export interface Protection {
  readonly police: string;
  readonly socialWork: string;
  readonly outOfHours: string;
}

export interface WelcomeView {
  readonly virtualSchool: { readonly name: string; readonly telephone: string | null } | null;
  /** null while the council has not set its numbers: then nothing is asked for here. */
  readonly protection: Protection | null;
  readonly nonce: string;
  /** Said first when what was typed was not understood. */
  readonly notUnderstood?: boolean;
  /** A form was begun then and is still kept. */
  readonly begunAt?: Temporal.Instant | null;
}

/** Markdown, for a paragraph: what the council entered is shown as it was entered. */
export function protectionText(protection: Protection | null): string {
  if (!protection) return say('protection.unset');
  const { police, socialWork, outOfHours } = protection;
  return say('protection.line', {
    police: escapeMarkdown(police),
    socialWork: escapeMarkdown(socialWork),
    outOfHours: escapeMarkdown(outOfHours),
  });
}

export function welcomeCard(view: WelcomeView): CardJson {
  const { name, telephone } = view.virtualSchool ?? { name: say('welcome.title'), telephone: null };
  const data = { id: noId, version: 0, nonce: view.nonce };
  return card({
    title: say('welcome.title'),
    summary: say('welcome.summary'),
    body: [
      ...(view.notUnderstood ? [paragraph(say('unknown.text'))] : []),
      paragraph(say('welcome.intro', { name: escapeMarkdown(name) })),
      ...(telephone ? [paragraph(say('welcome.telephone', { telephone: escapeMarkdown(telephone) }))] : []),
      ...(view.protection
        ? [row(say('ask.exclusion'), say('ask.exclusion'), { ...data, verb: 'exclusion.open' })]
        : []),
      protectionLine(protectionText(view.protection)),
    ],
    actions: [
      ...(view.protection
        ? [
            execute(askWords(view), { ...data, verb: 'request.form' }, { style: 'positive' }),
            execute(say('welcome.change'), { ...data, verb: 'change.form' }),
            execute(say('welcome.speak'), { ...data, verb: 'speak.form' }),
          ]
        : []),
      execute(say('welcome.mine'), { ...data, verb: 'request.mine' }),
    ],
  });
}

function askWords({ begunAt }: WelcomeView): string {
  return begunAt ? say('welcome.go-on', { at: sayInstant(begunAt) }) : say('welcome.ask');
}
