/** How well pairs were found, from the people that rows are about. Pairs are counted, not enumerated: files may be large. */
export interface Figures {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export function figuresOf(right: number, found: number, truth: number): Figures {
  const precision = found === 0 ? null : right / found;
  const recall = truth === 0 ? null : right / truth;
  const f1 = found + truth === 0 ? null : (2 * right) / (found + truth);
  return { precision: rounded(precision), recall: rounded(recall), f1: rounded(f1) };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(5));
}

/** True pairs: within one file (split null), or of the first `split` rows with the rest. */
export function truePairs(truth: readonly string[], split: number | null): number {
  const [first, second] = [countBy(truth.slice(0, split ?? truth.length)), countBy(truth.slice(split ?? 0))];
  let pairs = 0;
  for (const [person, count] of first)
    pairs += split === null ? (count * (count - 1)) / 2 : count * (second.get(person) ?? 0);
  return pairs;
}

/** Pairs that groups make, and how many of them are one person. */
export function groupPairs(
  groups: Int32Array,
  truth: readonly string[],
): { readonly found: number; readonly right: number } {
  const pairs = (counts: Map<unknown, number>) =>
    [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  return {
    found: pairs(countBy(Array.from(groups, String))),
    right: pairs(countBy(truth.map((person, at) => `${groups[at] ?? -1} ${person}`))),
  };
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
