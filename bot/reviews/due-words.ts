import { speaker } from '../language/index.js';
import { reviewsDueWords } from '../language/en/reviews-due.js';
import { type CalendarDate, sayDate } from '../time.js';
import type { Moved } from './due-compared.js';
import type { DueClock } from './due-dates.js';
import { type Period, ruleOf } from './due-rules.js';

/** "Why is this date?" in a sentence, and where the rule is written. Pure. */
const say = speaker({ en: reviewsDueWords });

/** Years matter here: a review may be counted from one of last year's. */
export function sayFullDate(on: CalendarDate): string {
  return `${sayDate(on)} ${on.slice(0, 4)}`;
}

export function whatOf({ rule }: Pick<DueClock, 'rule'>): string {
  return say(`rule.${rule}`);
}

export function whyOf(clock: DueClock): string {
  const what = whatOf(clock);
  const event = say(`event.${clock.base.event}`);
  if (clock.state === 'gate' || clock.state === 'advisory') return say(`due.${clock.state}`, { what });
  if (clock.state === 'frequency-not-agreed' || clock.state === 'period-not-set')
    return say(`due.${clock.state}`, { what });
  if (clock.dueOn === null || clock.base.on === null) return say('due.not-known', { what, event });
  const values = { what, event, base: sayFullDate(clock.base.on), by: sayFullDate(clock.dueOn) };
  const period = clock.period ? sayPeriod(clock.period) : '';
  if (clock.base.event === 'frequency-agreed') return say('due.sentence-first-by', values);
  if (ruleOf(clock.rule).standing === 'agreed') return say('due.sentence-agreed', { ...values, period });
  if (ruleOf(clock.rule).before) return say('due.sentence-before', { ...values, period });
  if (clock.dueOn === clock.base.on) return say('due.sentence-same-day', values);
  return say('due.sentence', { ...values, period });
}

/** Law, guidance, or what a council set and says so. */
export function sourceOf({ rule }: Pick<DueClock, 'rule'>): string {
  const { source, standing } = ruleOf(rule);
  if (standing === 'council') return say('due.council', { source });
  return say(standing === 'agreed' ? 'due.source-agreed' : 'due.source', { source });
}

export function sayPeriod(period: Period): string {
  if ('days' in period) return say('period.days', { count: period.days });
  if ('weeks' in period) return say('period.weeks', { count: period.weeks });
  if ('months' in period) return say('period.months', { count: period.months });
  return say('period.working', { count: period.workingDays });
}

export function movedBecause({ before, after, because }: Moved): string {
  const reasons = because.map(({ fact, change }) => {
    const event = say(`event.${fact.event}`);
    const on = fact.on === null ? say('moved.unknown-day') : sayFullDate(fact.on);
    return change === 'withdrawn' ? say('moved.withdrawn', { event }) : say(`moved.${change}`, { event, on });
  });
  const why = reasons.length > 0 ? reasons.join('; ') : say('moved.policy');
  const [from, to] = [before?.dueOn ?? null, after?.dueOn ?? null].map((on) => (on === null ? null : sayFullDate(on)));
  if (from && to) return say('moved.date', { from, to, because: why });
  if (to) return say('moved.appeared', { to, because: why });
  if (from) return say('moved.went', { from, because: why });
  return say('moved.other', { because: why });
}
