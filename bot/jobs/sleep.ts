/** Resolves after so many milliseconds, or at once when the signal is aborted. Never rejects. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;
