/** What happened to a row since the list was last brought up to date. */
export type Mark = 'changed' | 'moved' | null;

export interface Version {
  readonly id: string;
  readonly version: number;
}

/**
 * A long list of which only windows have been read, steady under its reader: known rows keep their place and are marked, new
 * ones wait until they are asked for, those that left stay, marked, until the list is brought up to date. Pure.
 */
export interface Windows<Row extends Version> {
  /** As long as the list is; null where nothing has been read yet. */
  readonly rows: readonly (Row | null)[];
  /** The version of each row when the reader last had it as it stood. */
  readonly seen: ReadonlyMap<string, number>;
  readonly marks: ReadonlyMap<string, Mark>;
  /** Rows that would stand somewhere in the list, not shown yet. */
  readonly fresh: number;
  /** How long the list was when it was last brought up to date. */
  readonly total: number;
}

/** A window as the service gave it: its rows from place `at` on. */
export interface Window<Row> {
  readonly at: number;
  readonly rows: readonly Row[];
}

export interface Answer<Row> {
  readonly total: number;
  readonly windows: readonly Window<Row>[];
}

/** The list as it stands, nothing marked. */
export function beginWindows<Row extends Version>({ total, windows }: Answer<Row>): Windows<Row> {
  const known = new Set<string>();
  const rows = Array.from<Row | null>({ length: total }).fill(null);
  for (const { at, rows: read } of windows)
    read.forEach((row, offset) => {
      // Two windows read at two moments may both have a row that slipped from one into the other.
      if (at + offset >= total || known.has(row.id)) return;
      known.add(row.id);
      rows[at + offset] = row;
    });
  return {
    rows,
    seen: new Map(rows.flatMap((row) => (row ? [[row.id, row.version]] : []))),
    marks: new Map(),
    fresh: 0,
    total,
  };
}

/**
 * What the service says now of the windows in sight. `own` is the row that the reader has open, which is never news to them.
 * A window that had not been read before is new ground: there the list is simply as it stands.
 */
export function absorbWindows<Row extends Version>(
  before: Windows<Row>,
  now: Answer<Row> & { readonly own: string | null },
): Windows<Row> {
  const ground = now.windows.some(({ at, rows }) => rows.length > 0 && (before.rows[at] ?? null) === null);
  if (before.total === 0 || (ground && isStale(before))) return beginWindows(now);
  const added = ground ? withNew(before, now) : before;
  const incoming = new Map(now.windows.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
  const rows = added.rows.map((row) => (row && incoming.get(row.id)) ?? row);
  const seen = new Map(added.seen);
  const own = now.own === null ? undefined : incoming.get(now.own);
  if (own) seen.set(own.id, own.version);
  const gone = leftAmong(rows, incoming, now);
  const marks = new Map<string, Mark>();
  for (const row of rows) {
    if (!row) continue;
    if (gone.has(row.id)) marks.set(row.id, 'moved');
    else if (seen.get(row.id) !== row.version) marks.set(row.id, 'changed');
  }
  const fresh = Math.max(0, now.total - added.total + gone.size, freshInSight(seen, now));
  return { rows, seen, marks, fresh, total: added.total };
}

/** Rows that are new above one that is known; one below all that are known may only have slipped into the window. */
function freshInSight<Row extends Version>(seen: ReadonlyMap<string, number>, { windows }: Answer<Row>): number {
  const inWindow = ({ rows }: Window<Row>) => {
    const lastKnown = rows.findLastIndex(({ id }) => seen.has(id));
    return rows.slice(0, Math.max(0, lastKnown)).filter(({ id }) => !seen.has(id)).length;
  };
  return windows.reduce((sum, one) => sum + (one.at === 0 ? inWindow(one) : 0), 0);
}

/** Something waits for the list to be brought up to date. */
function isStale({ marks, fresh }: Windows<Version>): boolean {
  return fresh > 0 || [...marks.values()].includes('moved');
}

function withNew<Row extends Version>(before: Windows<Row>, now: Answer<Row>): Windows<Row> {
  const rows = [...before.rows];
  const seen = new Map(before.seen);
  for (const { at, rows: read } of now.windows)
    read.forEach((row, offset) => {
      if (at + offset >= rows.length || rows[at + offset] !== null || seen.has(row.id)) return;
      rows[at + offset] = row;
      seen.set(row.id, row.version);
    });
  return { ...before, rows, seen };
}

/** Rows that stand between others which are still there, and are not there themselves. */
function leftAmong<Row extends Version>(
  rows: readonly (Row | null)[],
  incoming: ReadonlyMap<string, Row>,
  now: Answer<Row>,
): ReadonlySet<string> {
  const present = (row: Row | null) => row !== null && incoming.has(row.id);
  const first = now.windows.some(({ at }) => at === 0) ? 0 : rows.findIndex(present);
  const whole = now.windows.some(({ at, rows: read }) => at + read.length >= now.total);
  const last = whole ? rows.length - 1 : rows.findLastIndex(present);
  const gone = new Set<string>();
  for (let index = Math.max(0, first); index <= last; index += 1) {
    const row = rows[index];
    if (row && !incoming.has(row.id) && covered(index, rows, now)) gone.add(row.id);
  }
  return gone;
}

/** Between windows that are not next to each other nothing is known. */
function covered<Row>(index: number, rows: readonly (Row | null)[], now: Answer<Row>): boolean {
  const drift = now.total - rows.length;
  return now.windows.some(
    ({ at, rows: read }) => index >= at + Math.min(0, -drift) && index < at + read.length + Math.max(0, -drift),
  );
}

/** How many rows would move or change if the list were brought up to date. */
export function changesAmong({ marks }: Pick<Windows<Version>, 'marks'>): number {
  return [...marks.values()].filter((mark) => mark !== null).length;
}
