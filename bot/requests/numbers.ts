import { discloseTable, leastShown, type ShownTable } from './disclosure.js';
import type { Breakdown, NumbersRow } from './numbers-contract.js';
import type { OfficeClock } from './office-clock.js';
import { levels, needs, openStates } from './request.js';

/** A request as the numbers see it: no learner, no words. */
export interface Counted {
  readonly need: string;
  readonly level: string;
  readonly school_id: string | null;
  readonly cluster_id: string | null;
  readonly state: string;
  readonly submitted_at: Date;
  readonly first_answered_at: Date | null;
  readonly closed_at: Date | null;
  readonly due_at: Date | null;
  /** While the school is waited for, since when: our clock stands. */
  readonly paused_at: Date | null;
  readonly reopened: boolean;
  readonly transferred: boolean;
  readonly helped: 'yes' | 'partly' | 'no' | null;
}

/** A school or cluster with its name, in the order in which it is to be shown. */
export interface Place {
  readonly id: string;
  readonly name: string;
}

export interface Tallying {
  readonly by: Breakdown;
  readonly now: Date;
  readonly clock: OfficeClock;
  readonly schools: readonly Place[];
  readonly clusters: readonly Place[];
}

const columnOf = { need: 'need', level: 'level', school: 'school_id', cluster: 'cluster_id' } as const;

/** Where a request stands in the three that `asked` adds up of. */
const standings = ['answered', 'open', 'otherwise'] as const;

function standingOf(row: Counted): (typeof standings)[number] {
  if (row.first_answered_at) return 'answered';
  return openStates.some((state) => state === row.state) ? 'open' : 'otherwise';
}

interface Group {
  readonly key: string | null;
  readonly name: string | null;
  readonly rows: readonly Counted[];
}

/** In the lists' own order, places by name; what has none comes last. Codes without a request are left out, places too. */
function groupsOf(rows: readonly Counted[], { by, schools, clusters }: Tallying): Group[] {
  const column = columnOf[by];
  const found = new Map<string | null, Counted[]>();
  for (const row of rows) {
    const group = found.get(row[column]);
    if (group) group.push(row);
    else found.set(row[column], [row]);
  }
  const places = by === 'school' ? schools : by === 'cluster' ? clusters : [];
  const names = new Map(places.map(({ id, name }) => [id, name]));
  const order: readonly (string | null)[] =
    by === 'need' ? needs : by === 'level' ? levels : places.map(({ id }) => id);
  const known = order.filter((key) => found.has(key));
  const others = [...found.keys()].filter((key) => !order.includes(key));
  return [...known, ...others].map((key) => ({
    ...{ key, name: key === null ? null : (names.get(key) ?? null), rows: found.get(key) ?? [] },
  }));
}

/** What the team sees: every count and time as it is. */
export function tally(rows: readonly Counted[], how: Tallying): { rows: NumbersRow[]; total: NumbersRow } {
  const groups = groupsOf(rows, how);
  return { rows: groups.map((group) => count(group, how)), total: count({ key: null, name: null, rows }, how) };
}

function count({ key, name, rows }: Group, { now, clock }: Tallying): NumbersRow {
  const many = (is: (row: Counted) => boolean) => rows.filter(is).length;
  const times = (end: (row: Counted) => Date | null) =>
    spread(
      rows.flatMap((row) => {
        const ended = end(row);
        return ended ? [clock(row.submitted_at, ended)] : [];
      }),
    );
  return {
    ...{ key, name, asked: rows.length },
    answered: many((row) => standingOf(row) === 'answered'),
    open: many((row) => standingOf(row) === 'open'),
    otherwise: many((row) => standingOf(row) === 'otherwise'),
    overdue: many((row) => isLate(row, now)),
    reopened: many((row) => row.reopened),
    transferred: many((row) => row.transferred),
    closed: many((row) => row.state === 'closed'),
    helped: {
      yes: many((row) => row.helped === 'yes'),
      partly: many((row) => row.helped === 'partly'),
      no: many((row) => row.helped === 'no'),
    },
    firstAnswer: times((row) => row.first_answered_at),
    close: times((row) => (row.state === 'closed' ? row.closed_at : null)),
  };
}

/** First answered after its due time, or past it and still open. */
function isLate(row: Counted, now: Date): boolean {
  if (!row.due_at) return false;
  return standingOf(row) === 'open'
    ? row.due_at < (row.paused_at ?? now)
    : (row.first_answered_at ?? row.due_at) > row.due_at;
}

/** Median (of an even number the mean of the middle two) and the ninetieth by nearest rank, in minutes. */
function spread(minutes: readonly (number | null)[]): NumbersRow['firstAnswer'] {
  const sorted = minutes.flatMap((one) => (one === null ? [] : [one])).sort((a, b) => a - b);
  const n = minutes.length;
  if (sorted.length === 0) return { n, median: null, ninetieth: null };
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  return { n, median, ninetieth: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null };
}

/** Of fewer the ninetieth is somebody's own. */
const fewestTimed = 10;

/**
 * What is shown outside the team: how many asked and where those stand, with small counts and what would give them away
 * withheld; times of ten or more; nothing else. All breakdowns of the same requests are looked at together, because what one
 * cannot show the others must not tell.
 */
export function tallyForOthers(
  rows: readonly Counted[],
  how: Tallying,
  breakdowns: readonly Breakdown[],
): { rows: NumbersRow[]; total: NumbersRow } {
  const tables = breakdowns.map((by) => discloseTable(tableOf(groupsOf(rows, { ...how, by }))));
  const groups = groupsOf(rows, how);
  const shown = tables.includes(null) ? null : discloseTable(tableOf(groups));
  return {
    rows: groups.map((group, at) => forOthers(group, how, shown && shownRow(shown.cells[at], shown.rowTotals[at]))),
    total: forOthers({ key: null, name: null, rows }, how, shown && shownRow(shown.columnTotals, shown.total)),
  };
}

const tableOf = (groups: readonly Group[]) =>
  groups.map(({ rows }) => standings.map((standing) => rows.filter((row) => standingOf(row) === standing).length));

type Shown = { readonly cells: ShownTable['rowTotals']; readonly asked: number | null };

const shownRow = (cells: ShownTable['rowTotals'] | undefined, asked: number | null | undefined): Shown => ({
  ...{ cells: cells ?? [], asked: asked ?? null },
});

function forOthers(group: Group, how: Tallying, shown: Shown | null): NumbersRow {
  const [answered = null, open = null, otherwise = null] = shown?.cells ?? [];
  const full = count(group, how);
  const none = { n: null, median: null, ninetieth: null };
  const timed = answered !== null && answered >= Math.max(fewestTimed, leastShown);
  return {
    ...{ key: group.key, name: group.name, asked: shown?.asked ?? null, answered, open, otherwise },
    ...{ overdue: null, reopened: null, transferred: null, closed: null },
    helped: { yes: null, partly: null, no: null },
    firstAnswer: timed ? full.firstAnswer : none,
    close: none,
  };
}
