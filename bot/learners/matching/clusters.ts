import type { Edge } from './linking.js';

/**
 * People out of pairs, where a file may hold one person many times: records are brought together while the mean evidence
 * between two groups says so (average linkage). Pairs that shared no key are scored when their groups meet: a group is held
 * by all its records, not by a chain of lucky ones. Pure. Answers one group number for each record.
 */
export function clusterRecords(
  size: number,
  edges: readonly Edge[],
  score: (a: number, b: number) => number,
  least: number,
): Int32Array {
  const groups = new Int32Array(size).map((_, at) => at);
  for (const component of smallComponents(size, edges, least))
    for (const members of divide(component, score, least)) for (const one of members) groups[one] = members[0] ?? one;
  return groups;
}

/** More records than these are nobody's: they hang together by chains, and are cut at their weaker links first. */
const largest = 300;

function smallComponents(size: number, edges: readonly Edge[], least: number): number[][] {
  return components(size, edges, least).flatMap((members) => {
    if (members.length <= largest) return [members];
    const inside = new Set(members);
    return smallComponents(
      size,
      edges.filter(({ a, weight }) => weight >= least + 1 && inside.has(a)),
      least + 1,
    );
  });
}

/** What hangs together by pairs of at least that weight; what is alone is left out. */
function components(size: number, edges: readonly Edge[], least: number): number[][] {
  const parent = new Int32Array(size).map((_, at) => at);
  const find = (of: number): number => {
    let root = of;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = of; at !== root;) [at, parent[at]] = [parent[at] ?? root, root];
    return root;
  };
  for (const { a, b, weight } of edges) if (weight >= least) parent[find(a)] = find(b);
  const together = new Map<number, number[]>();
  for (const { a, b, weight } of edges) {
    if (weight < least) continue;
    for (const one of [a, b]) {
      const members = together.get(find(one)) ?? [];
      if (members.length === 0) together.set(find(one), members);
      members.push(one);
    }
  }
  return [...together.values()].map((members) => [...new Set(members)].sort((x, y) => x - y));
}

/** Evidence against is no stronger than this, nor evidence for, in bits: one absurd value does not decide for a group. */
const bound = 20;

function divide(members: readonly number[], score: (a: number, b: number) => number, least: number): number[][] {
  const count = members.length;
  if (count === 2) return [[...members]];
  const between = new Float32Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const weight = Math.max(-bound, Math.min(bound, score(members[i] ?? 0, members[j] ?? 0)));
      between[i * count + j] = between[j * count + i] = weight;
    }
  return merge(members, between, least);
}

/** Agglomeration by mean weight; `between` holds sums of weights between groups and is changed. */
function merge(members: readonly number[], between: Float32Array, least: number): number[][] {
  const count = members.length;
  const groups: (number[] | null)[] = members.map((one) => [one]);
  const sizeOf = (at: number) => groups[at]?.length ?? 0;
  const nearest = (of: number): { readonly to: number; readonly mean: number } => {
    let [to, mean] = [-1, -Infinity];
    for (let other = 0; other < count; other++) {
      if (other === of || !groups[other]) continue;
      const found = (between[of * count + other] ?? 0) / (sizeOf(of) * sizeOf(other));
      if (found > mean) [to, mean] = [other, found];
    }
    return { to, mean };
  };
  const best = members.map((_, at) => nearest(at));
  for (;;) {
    let at = -1;
    for (let one = 0; one < count; one++)
      if (groups[one] && (at < 0 || (best[one]?.mean ?? 0) > (best[at]?.mean ?? 0))) at = one;
    const { to = -1, mean = -Infinity } = best[at] ?? {};
    if (at < 0 || to < 0 || mean < least) break;
    groups[at] = [...(groups[at] ?? []), ...(groups[to] ?? [])];
    groups[to] = null;
    for (let other = 0; other < count; other++) {
      const sum = (between[at * count + other] ?? 0) + (between[to * count + other] ?? 0);
      between[at * count + other] = between[other * count + at] = sum;
    }
    for (let one = 0; one < count; one++)
      if (groups[one] && (one === at || best[one]?.to === at || best[one]?.to === to)) best[one] = nearest(one);
      else if (groups[one]) {
        const found = (between[one * count + at] ?? 0) / (sizeOf(one) * sizeOf(at));
        if (found > (best[one]?.mean ?? -Infinity)) best[one] = { to: at, mean: found };
      }
  }
  return groups.filter((group) => group !== null);
}
