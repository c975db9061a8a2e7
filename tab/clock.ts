/** The service's time: the browser's own, set right by the Date header of the service's answers. Milliseconds since 1970. */
export interface TabClock {
  now(): number;
  /** The Date header of an answer just received, which has whole seconds only: small differences are left alone. */
  heard(date: string | null): void;
  /** Called after the time was set right. Answers with what ends it. */
  onSet(listener: () => void): () => void;
}

export function createClock(browserNow: () => number): TabClock {
  let ahead = 0;
  const listeners = new Set<() => void>();
  return {
    now: () => browserNow() + ahead,
    heard(date) {
      const told = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(told)) return;
      const difference = told - browserNow();
      if (Math.abs(difference - ahead) <= 2000) return;
      ahead = difference;
      for (const listener of listeners) listener();
    },
    onSet(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
