import { type Column, isName, type Records } from './records.js';

/** Levels of agreement of pairs of records, each pair of distinct values compared once and remembered. Pure. */
export interface Leveller {
  /** Writes one level per column into `into`, for records a and b. */
  compare(a: number, b: number, into: Uint8Array): void;
  /** The level of one column, names exchanged left aside. */
  level(column: number, a: number, b: number): number;
  /** Is the forename of each the surname of the other? */
  areSwapped(a: number, b: number): boolean;
  /** One number for a list of levels. */
  patternOf(levels: Uint8Array): number;
  levelsOf(pattern: number): Uint8Array;
}

interface Remembered {
  readonly column: Column;
  /** Of few values, every pair: 0 until it was compared. Memory that nobody touches costs nothing. */
  readonly table: Uint8Array;
  readonly width: number;
  /** Of many, the pairs met last. */
  readonly keys: Float64Array;
  readonly levels: Uint8Array;
}

const memory = 1 << 18;
const swapped = 6;

function remember(column: Column): Remembered {
  const distinct = column.dictionary.values.length;
  const { quick } = column.comparison;
  const width = distinct <= (quick ? 1024 : 8192) ? distinct : 0;
  const last = quick || width > 0 ? 0 : memory;
  return {
    ...{ column, width, table: new Uint8Array(width * width) },
    ...{ keys: new Float64Array(last).fill(-1), levels: new Uint8Array(last) },
  };
}

export function createLeveller({ columns }: Records): Leveller {
  const remembered = columns.map(remember);
  const forename = columns.findIndex(({ spec }) => spec.kind === 'forename');
  const surname = columns.findIndex(({ spec }) => spec.kind === 'surname');
  const names = [columns[forename], columns[surname]] as const;
  const mayBeSwapped = names.every(
    (column) => column && isName(column.spec.kind) && column.comparison.levels.length > swapped,
  );
  const level = (at: number, a: number, b: number) => {
    const field = remembered[at];
    return field ? compareRecords(field, a, b) : 0;
  };
  return {
    level,
    areSwapped: (a, b) => mayBeSwapped && areSwapped(names, a, b),
    compare(a, b, into) {
      for (let at = 0; at < remembered.length; at++) into[at] = level(at, a, b);
      if (mayBeSwapped && (into[forename] ?? 0) <= 2 && (into[surname] ?? 0) <= 2 && areSwapped(names, a, b)) {
        into[forename] = swapped;
        // Said once: the other half of an exchange is no second piece of evidence.
        into[surname] = 0;
      }
    },
    ...patterns(columns),
  };
}

/** The best agreement of what the two records say: an earlier name or a known-as counts as much as the main one. */
function compareRecords(field: Remembered, a: number, b: number): number {
  const { codes, others } = field.column;
  const best = compareCodes(field, codes[a] ?? -1, codes[b] ?? -1);
  if (!others) return best;
  const [otherA, otherB] = [others[a] ?? -1, others[b] ?? -1];
  if (otherA < 0 && otherB < 0) return best;
  return Math.max(
    best,
    compareCodes(field, otherA, codes[b] ?? -1),
    compareCodes(field, codes[a] ?? -1, otherB),
    compareCodes(field, otherA, otherB),
  );
}

function compareCodes(field: Remembered, a: number, b: number): number {
  if (a < 0 || b < 0) return 0;
  const { column, table, width } = field;
  if (a === b) return column.comparison.exact;
  if (a < width && b < width) {
    const known = table[a * width + b] ?? 0;
    if (known !== 0) return known;
    const level = compareValues(column, a, b);
    table[a * width + b] = table[b * width + a] = level;
    return level;
  }
  return field.keys.length === 0 ? compareValues(column, a, b) : recall(field, a, b);
}

function compareValues({ dictionary, comparison }: Column, a: number, b: number): number {
  return comparison.compare(dictionary.values[a] ?? '', dictionary.values[b] ?? '');
}

function recall({ column, keys, levels }: Remembered, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  const key = low * 0x4000000 + high;
  const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 14;
  if (keys[slot] === key) return levels[slot] ?? 0;
  const level = compareValues(column, low, high);
  keys[slot] = key;
  levels[slot] = level;
  return level;
}

function areSwapped(
  [forename, surname]: readonly [Column | undefined, Column | undefined],
  a: number,
  b: number,
): boolean {
  const [forenameA, surnameA] = [forename?.codes[a] ?? -1, surname?.codes[a] ?? -1];
  const [forenameB, surnameB] = [forename?.codes[b] ?? -1, surname?.codes[b] ?? -1];
  if (forenameA < 0 || surnameA < 0 || forenameA === surnameA) return false;
  return forenameA === surnameB && surnameA === forenameB;
}

function patterns(columns: readonly Column[]): Pick<Leveller, 'patternOf' | 'levelsOf'> {
  const radix = columns.map(({ comparison }) => comparison.levels.length);
  return {
    patternOf(levels) {
      let pattern = 0;
      for (let at = 0; at < radix.length; at++) pattern = pattern * (radix[at] ?? 1) + (levels[at] ?? 0);
      return pattern;
    },
    levelsOf(pattern) {
      const levels = new Uint8Array(radix.length);
      for (let at = radix.length - 1, rest = pattern; at >= 0; at--) {
        const size = radix[at] ?? 1;
        levels[at] = rest % size;
        rest = Math.floor(rest / size);
      }
      return levels;
    },
  };
}
