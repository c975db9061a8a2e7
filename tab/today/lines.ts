import type { TodayItem, TodaySection } from '../../bot/requests/today-contract.js';
import { paths } from '../paths.js';
import { sayAgo, sayCalendarDay, sayNearDay } from '../ui/dates.js';
import { happened } from '../ui/happened.js';
import { say, wordFor } from '../words.js';

/** One line of Today in words. Pure. */
export interface TodayWords {
  /** Of whom or what it speaks. */
  readonly title: string;
  readonly says: string;
  /** Where it leads; null for what has no page of its own. */
  readonly to: string | null;
}

/** The word for a code of a line: a need, what is known of a learner, why a review is held. */
function aboutWord(about: string | null): string | null {
  if (about === null) return null;
  return wordFor('need', about) ?? wordFor('fact', about) ?? wordFor('purpose', about);
}

export function whoOf({ learner }: Pick<TodayItem, 'learner'>): string | null {
  if (!learner) return null;
  return learner.stage ? say('today.learner', { label: learner.label, stage: learner.stage }) : learner.label;
}

function days(count: number): string {
  return count === 0 ? say('today.sinceToday') : say('today.days', { count });
}

function dueWords(item: TodayItem): string | null {
  if (item.kind === 'overdue') return say('today.overdue', { days: days(item.days ?? 0) });
  return item.kind === 'today' ? say('today.dueToday') : null;
}

const saying: Readonly<Record<TodaySection, (item: TodayItem, now: number) => readonly (string | null)[]>> = {
  changed: (item, now) => [
    aboutWord(item.about)
      ? say('today.changedFact', {
          what: aboutWord(item.about) ?? '',
          how: wordFor('todayHow', item.kind) ?? '',
        }).trim()
      : happened(item.kind),
    item.person?.name ?? null,
    item.at && sayAgo(Date.parse(item.at), now),
  ],
  due: (item) => [aboutWord(item.about), dueWords(item), item.person?.name ?? say('nobody')],
  waiting: (item) => [
    wordFor('todayWaiting', item.kind),
    item.person?.name ?? null,
    item.days === null ? null : days(item.days),
  ],
  reviews: (item, now) => [aboutWord(item.about), item.at && sayNearDay(Date.parse(item.at), now)],
  agreed: (item, now) => [
    item.text,
    item.on && say('today.by', { when: sayCalendarDay(item.on, now) }),
    (item.days ?? 0) > 0 ? say('today.late', { days: days(item.days ?? 0) }) : null,
  ],
  attendance: (item) => [item.school?.name ?? null, item.text],
  'part-time': (item, now) => [
    item.school?.name ?? null,
    item.on && say('today.ended', { when: sayCalendarDay(item.on, now) }),
  ],
  'no-school': (item, now) => [item.on && say('today.since', { when: sayCalendarDay(item.on, now) })],
};

export function todayWords(section: TodaySection, item: TodayItem, now: number): TodayWords {
  const { reference } = item.subject;
  const said = saying[section](item, now).filter((part) => part !== null && part !== '');
  return { title: titleOf(section, item), says: said.join(' · '), to: reference && pathOf(item, reference) };
}

function titleOf(section: TodaySection, item: TodayItem): string {
  const who = whoOf(item);
  const { reference } = item.subject;
  if (section === 'agreed') return item.person?.name ?? who ?? reference ?? '';
  if (section === 'waiting' && item.school) return [item.school.name, reference].filter(Boolean).join(' · ');
  return [reference, who].filter(Boolean).join(' · ') || (item.school?.name ?? say('today.someone'));
}

function pathOf({ subject }: TodayItem, reference: string): string | null {
  if (subject.kind === 'review' || reference.startsWith('VR-')) return paths.review(reference);
  return reference.startsWith('VS-') ? paths.request(reference) : null;
}
