import type { Read } from './source.js';

/** Circles of imports, types included; each once, beginning with the file that sorts first. */
export function findCycles(read: readonly Read[]): string[][] {
  const ways = new Map(read.map(({ path, imports }) => [path, imports.flatMap(({ ours, to }) => (ours ? to : []))]));
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      const cycle = turned(trail.slice(seenAt));
      cycles.set(cycle.join(), cycle);
      return;
    }
    if (done.has(path)) return;
    for (const next of ways.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of [...ways.keys()].sort()) walk(path, []);
  return [...cycles.values()];
}

function turned(cycle: readonly string[]): string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
