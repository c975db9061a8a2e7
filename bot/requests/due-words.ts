import { addDays, type CalendarDate, sayDate } from '../time.js';
import type { Due, DueWhy } from './due.js';
import { sayRouting } from './routing-words.js';

/** Why a due time is what it is. `putBackMs` is the office time in which we waited for the school. */
export function explainDue(because: Due['because'], why: DueWhy, putBackMs = 0): string[] {
  if (because !== 'council-target') return [sayRouting(`due.${because}`)];
  const { days = 0, ofNeed, countedFrom, askedOutOfHours, closed = [] } = why;
  const minutes = Math.round(putBackMs / 60_000);
  return [
    sayRouting('due.days', { count: days }),
    ...(ofNeed ? [sayRouting('due.of-need')] : []),
    ...(countedFrom
      ? [sayRouting(askedOutOfHours ? 'due.out-of-hours' : 'due.from', { on: sayDate(countedFrom) })]
      : []),
    ...(closed.length > 0 ? [sayRouting('due.closed', { days: sayDays(closed) })] : []),
    ...(minutes > 0 ? [sayRouting('due.put-back', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })] : []),
  ];
}

/** "Mon 24 Dec to Fri 28 Dec, Wed 2 Jan". */
function sayDays(days: readonly CalendarDate[]): string {
  const runs: CalendarDate[][] = [];
  for (const on of days) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && addDays(last, 1) === on) run.push(on);
    else runs.push([on]);
  }
  return runs.map((run) => [...new Set([run[0] ?? '', run.at(-1) ?? ''])].map(sayDate).join(' – ')).join(', ');
}
