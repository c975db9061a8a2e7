import { useSyncExternalStore } from 'react';

/** Whether a media query holds, followed while it is shown. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Room for list and detail side by side. */
export const desk = '(min-width: 1000px)';
/** Room for every column of a long list. */
export const spacious = '(min-width: 1500px)';
/** Cards instead of rows. */
export const phone = '(max-width: 639px)';
