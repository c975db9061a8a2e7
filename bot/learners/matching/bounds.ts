import type { Leveller } from './levels.js';
import type { Column } from './records.js';

/**
 * Most pairs that share a key are two strangers, and a look at the numbers of their values shows it: what agrees, and the most
 * that everything else could still add. Only pairs that might be of interest are compared letter by letter. Pure. Never lower
 * than the true weight, so nothing is lost.
 */
export interface BoundField {
  readonly column: Column;
  readonly exact: number;
  /** Bits by level, where the column hangs on nothing that agrees; and where it does. */
  readonly weights: Float64Array;
  readonly given: Float64Array;
  readonly parent: number;
  /** Bits by value; empty when frequency does not count. */
  readonly rarity: Float32Array;
}

interface Bounds {
  readonly at: number;
  readonly column: Column;
  readonly bits: Float64Array;
  readonly rarity: Float32Array;
  readonly atExact: number;
  readonly atLess: number;
  /** Rarest value's bits: the most that any agreement can add. */
  readonly rarest: number;
}

/** A value that has others beside it: anything may agree. */
const several = -2;

export interface Bound {
  /** Says which record the next questions are about. */
  ask(a: number): void;
  /** Can the weight of that record and b, the prior included, reach `floor`? */
  mayReach(b: number, floor: number): boolean;
}

export function createBound(fields: readonly BoundField[], size: number, leveller: Leveller, prior: number): Bound {
  const bounds = fields.map(boundsOf);
  const quick = bounds.filter(({ column }) => column.comparison.quick);
  const width = bounds.length;
  // Row by row, so that what is known of one record lies together in memory.
  const rows = new Int32Array(size * width);
  for (let record = 0; record < size; record++)
    for (const { at, column } of bounds) rows[record * width + at] = valueOf(column, record);
  const [own, ifSame, ifNot, added] = [
    new Int32Array(width),
    new Float64Array(width),
    new Float64Array(width),
    new Float64Array(width),
  ];
  let asked = -1;
  const ask = (a: number) => {
    asked = a;
    for (const one of bounds) {
      const code = valueOf(one.column, a);
      own[one.at] = code;
      const rarity = code < 0 ? one.rarest : Math.max(0, one.rarity[code] ?? one.rarest);
      ifSame[one.at] = Math.max(0, one.atExact + rarity);
      ifNot[one.at] = one.atLess + rarity / 2;
    }
  };
  const rowOf = (b: number, at: number) => (b < size ? (rows[b * width + at] ?? -1) : several);
  const mayReach = (b: number, floor: number): boolean => {
    if (leveller.areSwapped(asked, b)) return true;
    let sum = prior;
    for (let at = 0; at < width; at++) {
      const [one, other] = [own[at] ?? -1, rowOf(b, at)];
      const unknown = one === -1 || other === -1;
      const bits = unknown
        ? 0
        : one === other || one === several || other === several
          ? (ifSame[at] ?? 0)
          : (ifNot[at] ?? 0);
      added[at] = bits;
      sum += bits;
    }
    if (sum < floor) return false;
    for (const one of quick) {
      if (own[one.at] === rowOf(b, one.at)) continue;
      sum += actualOf(one, leveller.level(one.at, asked, b), asked, b) - (added[one.at] ?? 0);
      if (sum < floor) return false;
    }
    return true;
  };
  return { ask, mayReach };
}

function valueOf({ codes, others }: Column, record: number): number {
  return (others?.[record] ?? -1) >= 0 ? several : (codes[record] ?? -1);
}

function boundsOf(field: BoundField, at: number): Bounds {
  const bits = field.weights.map((weight, level) =>
    field.parent < 0 ? weight : Math.max(weight, field.given[level] ?? 0),
  );
  let [less, rarest] = [-Infinity, 0];
  for (const [level, weight] of bits.entries()) if (level > 0 && level < field.exact) less = Math.max(less, weight);
  for (const bitsOf of field.rarity) rarest = Math.max(rarest, bitsOf);
  return {
    at,
    column: field.column,
    bits,
    rarity: field.rarity,
    atExact: bits[field.exact] ?? 0,
    atLess: less,
    rarest,
  };
}

function actualOf({ column, bits, rarity }: Bounds, level: number, a: number, b: number): number {
  const weight = bits[level] ?? 0;
  if (level < 2) return weight;
  return weight + Math.max(0, rarity[column.codes[a] ?? -1] ?? 0, rarity[column.codes[b] ?? -1] ?? 0);
}
