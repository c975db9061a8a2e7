import type { Temporal } from 'temporal-polyfill';
import type { Clock, Context } from '../context.js';
import type { Leased } from '../db/outbox-queue.js';
import type { Handlers, Job } from './handler.js';
import type { Sleep } from './sleep.js';
import { judgeFailure, RunTimeout, type Verdict } from './verdict.js';

export interface RunSettings {
  readonly handlers: Handlers;
  readonly context: () => Context;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Shorter than the lease: who is still working when the lease ends may have been replaced. */
  readonly runLimitMs: number;
  readonly maxAttempts: number;
  readonly chance: () => number;
  readonly recurring: boolean;
  readonly stop: AbortSignal;
}

/** Runs one leased row outside any transaction and says what becomes of it. Never throws. */
export async function runJob(leased: Leased, settings: RunSettings): Promise<Verdict> {
  const { handlers, clock, maxAttempts, chance } = settings;
  const handler = Object.hasOwn(handlers, leased.job) ? handlers[leased.job] : undefined;
  if (!handler) return { kind: 'dead', code: 'job-unknown' };
  const payload = handler.payload.safeParse(leased.payload);
  if (!payload.success) return { kind: 'dead', code: 'payload-unknown' };
  // It ended without a word each time: every process that took it died of it, or of something else.
  if (leased.attempts > maxAttempts) return { kind: 'dead', code: leased.lastCode ?? 'attempts' };
  const next: { at?: Temporal.Instant } = {};
  const inTime = new AbortController();
  const job: Job = {
    id: leased.id,
    attempt: leased.attempts,
    lane: leased.lane,
    previousCode: leased.lastCode,
    signal: AbortSignal.any([settings.stop, inTime.signal]),
    ...(settings.recurring ? { scheduleNext: (at: Temporal.Instant) => void (next.at = at) } : {}),
  };
  try {
    await withinTime(async () => handler.run(settings.context(), payload.data, job), inTime, settings);
    return next.at ? { kind: 'again', at: next.at } : { kind: 'done' };
  } catch (error) {
    return judgeFailure(error, { attempt: leased.attempts, maxAttempts, now: clock.now(), chance: chance() });
  } finally {
    inTime.abort();
  }
}

async function withinTime(
  work: () => Promise<void>,
  inTime: AbortController,
  { sleep, runLimitMs }: RunSettings,
): Promise<void> {
  const working = work();
  working.catch(() => undefined); // when time is over nobody listens any more
  const over = sleep(runLimitMs, inTime.signal).then(() => {
    throw new RunTimeout();
  });
  over.catch(() => undefined);
  await Promise.race([working, over]);
}
