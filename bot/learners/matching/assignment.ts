import type { Edge } from './linking.js';

/**
 * One to one within a pair of sources: each record is used once, the strongest pair first. Pure. `least` in bits. Answers
 * the pairs taken, strongest first; what it refused is in a stronger pair or too weak.
 */
export function assignOneToOne<Pair extends Edge>(edges: readonly Pair[], least: number): Pair[] {
  const taken = new Set<number>();
  const strongest = edges
    .filter(({ weight }) => weight >= least)
    .sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b);
  return strongest.filter(({ a, b }) => {
    if (taken.has(a) || taken.has(b)) return false;
    taken.add(a).add(b);
    return true;
  });
}
