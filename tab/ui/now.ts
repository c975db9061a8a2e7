import { createContext, useContext, useEffect, useState } from 'react';

/** The time that words such as "2 hours ago" are reckoned from. Milliseconds since 1970. */
export const NowContext = createContext(0);

export function useNow(): number {
  return useContext(NowContext);
}

/**
 * Reads the clock again every half minute and whenever it was set right, so that what is shown stays true without anybody
 * pressing anything.
 */
export function useTicking(now: () => number, onSet: (listener: () => void) => () => void): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const look = () => setAt(now());
    const timer = setInterval(look, 30_000);
    const end = onSet(look);
    return () => {
      clearInterval(timer);
      end();
    };
  }, [now, onSet]);
  return at;
}
