/**
 * A list that stays where it is while its rows change under the reader: known rows keep their place and are marked, new ones
 * wait until they are asked for, those that left the view stay, marked, until the list is brought up to date. Pure.
 */
export interface Version {
  readonly id: string;
  readonly version: number;
}

export type Mark = 'changed' | 'moved' | null;

export interface Steady<Row extends Version> {
  /** What is shown, in the order shown. */
  readonly rows: readonly Row[];
  /** The version of each row when the reader last had it as it stood. */
  readonly seen: ReadonlyMap<string, number>;
  readonly marks: ReadonlyMap<string, Mark>;
  /** Rows that would stand somewhere above the end of the list, not shown yet. */
  readonly fresh: number;
}

/** The list as it stands, nothing marked. */
export function begin<Row extends Version>(rows: readonly Row[]): Steady<Row> {
  return { rows, seen: new Map(rows.map((row) => [row.id, row.version])), marks: new Map(), fresh: 0 };
}

/**
 * What the service says now. `complete` is false while there is a further page: a row missing past the last known one may
 * only have slipped onto it. `own` is the row that the reader has open, which is never news to them.
 */
export function absorb<Row extends Version>(
  before: Steady<Row>,
  now: { readonly rows: readonly Row[]; readonly complete: boolean; readonly own: string | null },
): Steady<Row> {
  const incoming = new Map(now.rows.map((row) => [row.id, row]));
  const shown = new Set(before.rows.map((row) => row.id));
  const lastKnown = now.rows.findLastIndex((row) => shown.has(row.id));
  if (lastKnown < 0) return begin(now.rows);

  const added = now.rows.slice(lastKnown + 1);
  const lastPresent = before.rows.findLastIndex((row) => incoming.has(row.id));
  const seen = new Map(before.seen);
  for (const row of added) seen.set(row.id, row.version);
  const rows = [...before.rows.map((row) => incoming.get(row.id) ?? row), ...added];
  const own = rows.find((row) => row.id === now.own);
  if (own) seen.set(own.id, own.version);

  const marks = new Map<string, Mark>();
  rows.forEach((row, index) => {
    const left = !incoming.has(row.id) && (now.complete || index < lastPresent);
    if (left) marks.set(row.id, 'moved');
    else if (seen.get(row.id) !== row.version) marks.set(row.id, 'changed');
  });
  return { rows, seen, marks, fresh: now.rows.slice(0, lastKnown + 1).filter((row) => !shown.has(row.id)).length };
}

/** How many rows would move or change if the list were brought up to date. */
export function changesIn(steady: Steady<Version>): number {
  return [...steady.marks.values()].filter((mark) => mark !== null).length;
}
