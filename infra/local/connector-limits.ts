/** `count` calls in any `seconds`. */
export interface Limit {
  readonly count: number;
  readonly seconds: number;
}

/** Per bot and conversation, as published (learn.microsoft.com, Teams bots rate limit, 2026-10-08). */
export const sendLimits: readonly Limit[] = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
];
export const readLimits: readonly Limit[] = [
  { count: 14, seconds: 1 },
  { count: 16, seconds: 2 },
  { count: 120, seconds: 30 },
  { count: 3600, seconds: 3600 },
];

export interface Window {
  /** Milliseconds to wait, or 0 and the call is counted. A refused call is not counted. */
  take(key: string, nowMs: number): number;
}

export function createWindow(limits: readonly Limit[]): Window {
  const longestMs = Math.max(0, ...limits.map((limit) => limit.seconds * 1000));
  const calls = new Map<string, number[]>();

  return {
    take(key, nowMs) {
      const kept = (calls.get(key) ?? []).filter((at) => at > nowMs - longestMs);
      calls.set(key, kept);
      const waitMs = Math.max(0, ...limits.map((limit) => waitFor(limit, kept, nowMs)));
      if (waitMs === 0) kept.push(nowMs);
      return waitMs;
    },
  };
}

/** `times` rise. The window is free again once the call `count` places from the end has left it. */
function waitFor(limit: Limit, times: readonly number[], nowMs: number): number {
  const decisive = times[times.length - limit.count];
  return decisive === undefined ? 0 : Math.max(0, decisive + limit.seconds * 1000 - nowMs);
}

/**
 * A bot's pace in one conversation. Updates are in no published table: they get the sends' numbers, counted apart, rather
 * than none.
 */
export type Pacing = Readonly<Record<'send' | 'update' | 'read', Window>>;

export function createPacing(limits?: { readonly send: readonly Limit[]; readonly read: readonly Limit[] }): Pacing {
  const send = limits?.send ?? sendLimits;
  return { send: createWindow(send), update: createWindow(send), read: createWindow(limits?.read ?? readLimits) };
}
