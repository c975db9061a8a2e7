import type { Temporal } from 'temporal-polyfill';
import { sayInstant } from '../../time.js';
import { say } from '../words.js';
import { card, type CardJson, escapeMarkdown, execute, facts, noId, paragraph, protectionLine } from './card.js';
import { type Protection, protectionText } from './welcome-card.js';

/** Everything that must be said before a child is sent home (product.md A.4). No learner is asked for. */
export interface ExclusionView {
  readonly nonce: string;
  readonly protection: Protection | null;
  readonly telephone: string | null;
  /** Null while somebody is on duty; else when the office opens, if that is known. */
  readonly closed: { readonly opens: Temporal.Instant | null } | null;
  /** What the council's ladder does; null when it has none. */
  readonly minutes: number | null;
  /** This school's alert of today, when there is one that is not settled. */
  readonly alert: { readonly raisedAt: Temporal.Instant; readonly takenBy: string | null } | null;
}

export function exclusionCard(view: ExclusionView): CardJson {
  const data = { id: noId, version: 0, nonce: view.nonce };
  const people = ['learner', 'family', 'worker'] as const;
  return card({
    title: say('exclusion.title'),
    summary: say('exclusion.summary'),
    body: [
      ...closed(view),
      paragraph(say('exclusion.is'), { weight: 'bolder' }),
      paragraph(
        view.telephone
          ? say('exclusion.phone', { telephone: escapeMarkdown(view.telephone) })
          : say('exclusion.phone.none'),
        { weight: 'bolder', size: 'medium' },
      ),
      paragraph(say('exclusion.speak')),
      ...people.map((one) => paragraph(`- ${say(`exclusion.speak.${one}`)}`, { spacing: 'small' })),
      ...told(view),
      protectionLine(protectionText(view.protection)),
    ],
    actions: [
      ...(view.alert
        ? []
        : [execute(say('exclusion.alert'), { ...data, verb: 'exclusion.alert' }, { style: 'positive' })]),
      execute(say('exclusion.workers'), { ...data, verb: 'speak.form' }),
      execute(say('welcome.ask'), { ...data, verb: 'request.form' }),
    ],
  });
}

function closed(view: ExclusionView): CardJson[] {
  if (!view.closed) return [];
  const { opens } = view.closed;
  const words = opens ? say('exclusion.closed', { opens: sayInstant(opens) }) : say('exclusion.closed.unknown');
  return [paragraph(words, { weight: 'bolder' })];
}

function told({ alert, minutes, closed: shut }: ExclusionView): CardJson[] {
  if (!alert) return [];
  if (alert.takenBy)
    return [paragraph(say('exclusion.taken', { name: escapeMarkdown(alert.takenBy) }), { separator: true })];
  const climbs = minutes === null ? say('exclusion.no-ladder') : say('exclusion.climbs', { minutes });
  return [
    paragraph(say('exclusion.told', { at: sayInstant(alert.raisedAt) }), { separator: true }),
    paragraph(shut ? say('exclusion.told.later') : climbs),
  ];
}

/** For the channel, and for whoever the ladder tells: staff and school later, by a press; never a learner. */
export interface AlertView {
  readonly alertId: string;
  readonly version: number;
  readonly nonce: string;
  readonly state: 'open' | 'taken' | 'stood-down';
  /** The school, or its cluster when the school has under five learners. */
  readonly where: string | null;
  readonly raisedAt: Temporal.Instant;
  readonly takenBy: string | null;
  /** For the presser alone: whom to call. */
  readonly call: { readonly name: string; readonly telephone: string | null } | null;
}

export function exclusionAlertCard(view: AlertView): CardJson {
  const data = { id: view.alertId, version: view.version, nonce: view.nonce };
  const { call } = view;
  return card({
    title: say('exclusion.channel.title'),
    summary: say('exclusion.channel.title'),
    body: [
      paragraph(say('exclusion.channel.text')),
      facts([
        ...(view.where ? [[say('request.where'), view.where] as const] : []),
        [say('exclusion.channel.asked'), sayInstant(view.raisedAt)],
        [
          say('request.who'),
          view.state === 'stood-down' ? say('exclusion.channel.stood-down') : (view.takenBy ?? say('request.nobody')),
        ],
      ]),
      ...(call ? [paragraph(callWords(call), { weight: 'bolder' })] : []),
    ],
    actions: [
      ...(view.state === 'open'
        ? [execute(say('exclusion.channel.take'), { ...data, verb: 'exclusion.take' }, { style: 'positive' })]
        : []),
      ...(view.state === 'taken'
        ? [execute(say('exclusion.channel.stand-down'), { ...data, verb: 'exclusion.stand-down' })]
        : []),
    ],
  });
}

function callWords({ name, telephone }: { readonly name: string; readonly telephone: string | null }): string {
  if (!telephone) return say('exclusion.call.none', { name: escapeMarkdown(name) });
  return say('exclusion.call', { name: escapeMarkdown(name), telephone: escapeMarkdown(telephone) });
}

/** What is posted first: it may be posted twice when the network lies, so it holds nothing that could be out of date. */
export function exclusionStubCard(): CardJson {
  const title = say('exclusion.channel.title');
  return card({ title, summary: title, body: [paragraph(say('exclusion.channel.text'))] });
}
