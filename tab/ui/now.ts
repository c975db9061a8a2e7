import { createContext, useContext, useEffect, useState } from 'react';

/** The time that words such as "2 hours ago" are reckoned from. Milliseconds since 1970. */
export const NowContext = createContext(0);

export function useNow(): number {
  return useContext(NowContext);
}

/** Reads the clock again every half minute, so that what is shown stays true without anybody pressing anything. */
export function useTicking(now: () => number): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 30_000);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}
