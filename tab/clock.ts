/** The service's time: the browser's own, set right by the Date header of the service's answers. Milliseconds since 1970. */
export interface TabClock {
  now(): number;
  /** The Date header of an answer just received, which has whole seconds only: small differences are left alone. */
  heard(date: string | null): void;
}

export function createClock(browserNow: () => number): TabClock {
  let ahead = 0;
  return {
    now: () => browserNow() + ahead,
    heard(date) {
      const told = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(told)) return;
      const difference = told - browserNow();
      if (Math.abs(difference - ahead) > 2000) ahead = difference;
    },
  };
}
