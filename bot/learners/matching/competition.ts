import type { Edge } from './linking.js';

/**
 * One record of a source is one person, so candidates compete: two that fit equally well cannot both be likely. Pure. Answers
 * for each pair the probability that remains beside all others of the same records, by the order of `edges`.
 */
export function competingProbabilities(edges: readonly Edge[]): Float64Array {
  const sums = new Map<number, number>();
  // A record of one side and one of the other never have the same number.
  for (const { a, b, weight } of edges) {
    const odds = 2 ** Math.min(60, weight);
    sums.set(a, (sums.get(a) ?? 0) + odds);
    sums.set(b, (sums.get(b) ?? 0) + odds);
  }
  return Float64Array.from(edges, ({ a, b, weight }) => {
    const most = Math.max(sums.get(a) ?? 0, sums.get(b) ?? 0);
    return 2 ** Math.min(60, weight) / (1 + most);
  });
}
