import type { Leveller } from './levels.js';
import { countValues, type Records } from './records.js';
import { mixHashes } from './strings.js';

/** Which records are compared with which: within one file, or the first `split` records with the rest. */
export interface Sides {
  readonly size: number;
  readonly split: number | null;
}

export function pairsOf({ size, split }: Sides): number {
  return split === null ? (size * (size - 1)) / 2 : split * (size - split);
}

/** How often two records picked by chance agree at each level, by column and level; level 0 (missing) is left out. Pure. */
export function chanceLevels(records: Records, leveller: Leveller, sides: Sides, samples = 150_000): Float64Array[] {
  const counts = records.columns.map(({ comparison }) => new Float64Array(comparison.levels.length));
  const levels = new Uint8Array(records.columns.length);
  for (let sample = 0; sample < samples; sample++) {
    const [a, b] = pairAt(sides, sample);
    if (a === b) continue;
    leveller.compare(a, b, levels);
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at];
      const level = levels[at] ?? 0;
      if (count) count[level] = (count[level] ?? 0) + 1;
    }
  }
  return counts.map((count, at) =>
    shares(count, records.columns[at]?.comparison.exact ?? 0, exactly(records, at, sides)),
  );
}

/** A pair for the sample, the same each time: numbers well spread, not random. */
function pairAt({ size, split }: Sides, sample: number): [number, number] {
  const [first, second] = [mixHashes(sample, 0x5bd1e995), mixHashes(sample, 0x1b873593)];
  return split === null ? [first % size, second % size] : [first % split, split + (second % (size - split))];
}

/** The share of exact agreement is counted, not sampled: of rare agreements a sample sees none. */
function exactly(records: Records, at: number, { size, split }: Sides): number {
  const column = records.columns[at];
  if (!column) return 0;
  const ones = countValues(column, 0, split ?? size);
  const others = split === null ? ones : countValues(column, split, size);
  let [agreeing, allOnes, allOthers] = [0, 0, 0];
  for (let code = 0; code < ones.length; code++) {
    const [one, other] = [ones[code] ?? 0, others[code] ?? 0];
    agreeing += split === null ? one * (one - 1) : one * other;
    allOnes += one;
    allOthers += other;
  }
  const all = split === null ? allOnes * (allOnes - 1) : allOnes * allOthers;
  return all === 0 ? 0 : agreeing / all;
}

function shares(count: Float64Array, exact: number, exactShare: number): Float64Array {
  let inexact = 0;
  for (let level = 1; level < count.length; level++) if (level !== exact) inexact += count[level] ?? 0;
  return count.map((found, level) => {
    if (level === 0) return 0;
    if (level === exact) return exactShare;
    // Half a find for what the sample never saw.
    return ((found + 0.5) / (inexact + 0.5 * (count.length - 2))) * (1 - exactShare);
  });
}
