import type { CalendarDate } from '../time.js';
import type { DueClock, DueFact } from './due-dates.js';
import type { Series } from './due-rules.js';

/** What became of the dates when facts changed, and which clocks one meeting can meet. Pure. */
export interface Moved {
  readonly series: Series;
  readonly before: DueClock | null;
  readonly after: DueClock | null;
  /** The facts that are there on one side only: what moved it. */
  readonly because: readonly { readonly fact: DueFact; readonly change: 'added' | 'withdrawn' | 'corrected' }[];
}

interface Known {
  readonly facts: readonly DueFact[];
  readonly clocks: readonly DueClock[];
}

/** Clocks whose date or state is not what it was. A clock's rule may change with it: the second review follows the first. */
export function movedBetween(before: Known, after: Known): Moved[] {
  const because = changesOf(before.facts, after.facts);
  const keys = [...new Set([...before.clocks, ...after.clocks].map(keyOf))];
  return keys.flatMap((key) => {
    const [was, is] = [before, after].map(({ clocks }) => clocks.find((one) => keyOf(one) === key) ?? null);
    const same = was?.dueOn === is?.dueOn && was?.state === is?.state && was?.rule === is?.rule;
    const ofSeries = (is ?? was)?.series;
    return same || !ofSeries ? [] : [{ series: ofSeries, before: was ?? null, after: is ?? null, because }];
  });
}

/** One clock of each series that is counted on; those that stand alone, by rule. */
function keyOf({ series, rule, state }: DueClock): string {
  const alone = series === 'other' || series === 'school-change' || state === 'gate' || state === 'advisory';
  return alone ? `${series} ${rule}` : series;
}

function changesOf(before: readonly DueFact[], after: readonly DueFact[]): Moved['because'] {
  const was = new Map(before.map((fact) => [fact.id, fact]));
  const is = new Map(after.map((fact) => [fact.id, fact]));
  return [
    ...after.flatMap((fact): Moved['because'] => {
      const old = was.get(fact.id);
      if (!old) return [{ fact, change: 'added' }];
      return JSON.stringify(old) === JSON.stringify(fact) ? [] : [{ fact, change: 'corrected' }];
    }),
    ...before.flatMap((fact) => (is.has(fact.id) ? [] : [{ fact, change: 'withdrawn' as const }])),
  ];
}

export interface OneMeeting {
  readonly clocks: readonly DueClock[];
  /** The earliest of their dates: held by then, the meeting is in time for all of them. */
  readonly by: CalendarDate;
}

/**
 * Meetings of one learner that fall due near each other, offered as one. Each keeps its own clock and its own record: joining
 * them moves no date. `withinDays`: how much earlier than it must be a meeting may be asked for.
 */
export function togetherAs(
  clocks: readonly DueClock[],
  meets: (clock: DueClock) => boolean,
  withinDays: number,
): OneMeeting[] {
  const due = clocks
    .flatMap((clock) => (clock.dueOn !== null && meets(clock) ? [{ clock, on: clock.dueOn }] : []))
    .sort((one, other) => (one.on < other.on ? -1 : one.on === other.on ? 0 : 1));
  const groups: OneMeeting[] = [];
  let left = due;
  while (left.length > 0) {
    const by = left[0]?.on ?? '';
    const near = left.filter(({ on }) => daysBetween(by, on) <= withinDays);
    if (near.length > 1) groups.push({ clocks: near.map(({ clock }) => clock), by });
    left = left.slice(near.length);
  }
  return groups;
}

/** Calendar days from one date to a later one. */
export function daysBetween(from: CalendarDate, until: CalendarDate): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
