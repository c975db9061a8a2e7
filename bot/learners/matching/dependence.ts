import { pairsOf, type Sides } from './chance.js';
import type { Leveller } from './levels.js';
import { type Column, countValues, type Records } from './records.js';
import { mixHashes } from './strings.js';

/**
 * Fields that say the same thing twice: people of one place share its postcodes, people of one family its name and address.
 * Of two strangers who agree on one such field, agreement on the other is no surprise and must not be counted as if it were.
 * For each column this finds the coarser one it hangs on, and pairs that agree there, from which the weights learn how often
 * strangers then agree here (weights.ts). Pure.
 */
export interface Dependence {
  /** The column on whose agreement this one hangs, or -1. */
  readonly parent: number;
  /** Patterns of pairs that agree on the parent, with how many of the sample showed them. */
  readonly patterns: ReadonlyMap<number, number>;
}

/** Agreement that becomes this many times likelier is a dependence. */
const notable = 8;
/** ... of at least this share of the pairs that agree there. */
const frequent = 0.02;
const samples = 20_000;

/** `strange` is the probability that a pair with these levels is two people, as believed before anything is learnt. */
export function findDependences(
  records: Records,
  leveller: Leveller,
  sides: Sides,
  chance: readonly Float64Array[],
  strange: (levels: Uint8Array) => number,
): Dependence[] {
  const agreeing = records.columns.map((column) => agreeingPairs(column, records, leveller, sides));
  const weighed = agreeing.map((patterns) =>
    [...patterns].map(([pattern, count]) => {
      const levels = leveller.levelsOf(pattern);
      return { levels, count: count * strange(levels) };
    }),
  );
  const exactChance = records.columns.map(({ comparison }, at) => chance[at]?.[comparison.exact] ?? 0);
  return records.columns.map((column, child) => {
    let [parent, best] = [-1, notable];
    for (let at = 0; at < agreeing.length; at++) {
      if (at === child || (exactChance[at] ?? 0) <= (exactChance[child] ?? 0)) continue;
      const lift = liftOf(weighed[at] ?? [], child, chance[child] ?? new Float64Array(0), column.comparison.exact);
      if (lift > best) [parent, best] = [at, lift];
    }
    return { parent, patterns: agreeing[parent] ?? new Map<number, number>() };
  });
}

/** How many times likelier the child's agreement, whole or any, is where the parent agrees; whichever grows more. */
function liftOf(
  patterns: readonly { readonly levels: Uint8Array; readonly count: number }[],
  child: number,
  chance: Float64Array,
  exact: number,
): number {
  let [known, alike, same] = [0, 0, 0];
  for (const { levels, count } of patterns) {
    const level = levels[child] ?? 0;
    if (level > 0) known += count;
    if (level > 1) alike += count;
    if (level === exact) same += count;
  }
  // Fewer than this tell nothing.
  if (known < 200) return 0;
  const expected = chance.reduce((sum, share, level) => (level > 1 ? sum + share : sum), 0);
  const more = (found: number, by: number) => (found < known * frequent ? 0 : found / known / Math.max(by, 1e-9));
  return Math.max(more(alike, expected), more(same, chance[exact] ?? 0));
}

/** Pairs that agree exactly on the column, spread as such pairs are: a value that many have gives many pairs. */
function agreeingPairs(column: Column, records: Records, leveller: Leveller, sides: Sides): Map<number, number> {
  const patterns = new Map<number, number>();
  const { members, starts, upTo } = byValue(column, sides.size);
  const total = upTo.at(-1) ?? 0;
  if (total === 0 || pairsOf(sides) === 0) return patterns;
  const levels = new Uint8Array(records.columns.length);
  for (let sample = 0; sample < samples; sample++) {
    const value = firstAbove(upTo, (mixHashes(sample, 0x2545f491) / 4294967296) * total);
    const [begin, end] = [starts[value] ?? 0, starts[value + 1] ?? 0];
    const a = members[begin + (mixHashes(sample, 0x68e31da4) % (end - begin))] ?? 0;
    const b = members[begin + (mixHashes(sample, 0xb5297a4d) % (end - begin))] ?? 0;
    if (a === b || (sides.split !== null && a < sides.split === b < sides.split)) continue;
    leveller.compare(a, b, levels);
    const pattern = leveller.patternOf(levels);
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1);
  }
  return patterns;
}

/** Records by their value, and running totals of how many pairs each value gives. */
function byValue(column: Column, size: number) {
  const counts = countValues(column, 0, size);
  const starts = new Int32Array(counts.length + 1);
  const upTo = new Float64Array(counts.length);
  for (let code = 0, pairs = 0; code < counts.length; code++) {
    const count = counts[code] ?? 0;
    starts[code + 1] = (starts[code] ?? 0) + count;
    upTo[code] = pairs += count * (count - 1);
  }
  const next = starts.slice();
  const members = new Int32Array(starts.at(-1) ?? 0);
  for (let record = 0; record < size; record++) {
    const code = column.codes[record] ?? -1;
    if (code < 0) continue;
    const to = next[code] ?? 0;
    members[to] = record;
    next[code] = to + 1;
  }
  return { members, starts, upTo };
}

function firstAbove(upTo: Float64Array, wanted: number): number {
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
