/** What all authorities share of one process: how many jobs run at once, and how many of the database's connections claims use. */
export interface Gate {
  /** Takes up to `wanted` places; fewer, or none, when the process is full. Who gets none is called when there is one. */
  take(wanted: number, onFree: () => void): number;
  give(places: number): void;
  /** In the order of asking: one authority's turn does not wait for another's twice. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(options: { maxRunning: number; maxTurns: number }): Gate {
  let free = options.maxRunning;
  let turns = options.maxTurns;
  const waiting = new Set<() => void>();
  const queued: (() => void)[] = [];
  return {
    take(wanted, onFree) {
      const taken = Math.min(wanted, free);
      free -= taken;
      if (taken < wanted) waiting.add(onFree);
      else waiting.delete(onFree);
      return taken;
    },
    give(places) {
      free += places;
      for (const onFree of [...waiting].slice(0, Math.max(0, free))) {
        waiting.delete(onFree);
        onFree();
      }
    },
    async inTurn(work) {
      if (turns > 0) turns -= 1;
      else await new Promise<void>((resolve) => queued.push(resolve));
      try {
        return await work();
      } finally {
        const next = queued.shift();
        if (next) next();
        else turns += 1;
      }
    },
  };
}
