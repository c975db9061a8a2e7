import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds, or at once when the signal is aborted. Never rejects. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The machine's own. Does not keep the process alive. */
export const systemSleep: Sleep = (ms, signal) =>
  setTimeout(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
