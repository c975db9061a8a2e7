import { useEffect, useState } from 'react';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** True once nobody has touched the page for that long (milliseconds); `back` ends it. `now` in milliseconds since 1970. */
export function useIdle(after: number, now: () => number): { idle: boolean; back(): void } {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (idle) return;
    let last = now();
    const isOver = () => now() - last >= after;
    const look = () => {
      if (isOver()) setIdle(true);
    };
    // After a sleep the first touch comes before the timer: it must not count as having been here all along.
    const touched = () => {
      if (isOver()) setIdle(true);
      else last = now();
    };
    const timer = setInterval(look, Math.min(after, 5000));
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, [idle, after, now]);
  return { idle, back: () => setIdle(false) };
}
