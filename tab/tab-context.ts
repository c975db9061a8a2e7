import { createContext, useContext } from 'react';
import type { Api } from './api.js';
import type { TabClock } from './clock.js';

/** What main.tsx made and every page may use. */
export interface Tab {
  readonly api: Api;
  readonly clock: TabClock;
  /** A new press: sent with every change so that a repeat is one effect. */
  nonce(): string;
  /** 0 <= n < 1 */
  random(): number;
  wait(milliseconds: number): Promise<void>;
}

export const TabContext = createContext<Tab | null>(null);

export function useTab(): Tab {
  const tab = useContext(TabContext);
  if (!tab) throw new Error('TabContext is missing above this component');
  return tab;
}
