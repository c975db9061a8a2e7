import type { Clock, Context, Random } from '../context.js';
import type { Database } from '../db/database.js';
import { armTimer } from '../db/timer-queue.js';
import { describeError, type Log } from '../log.js';
import { toDate } from '../time.js';
import { createGate } from './gate.js';
import type { Handlers } from './handler.js';
import { outboxQueue } from './outbox-worker.js';
import { createPacer } from './pacer.js';
import type { Sleep } from './sleep.js';
import { type Limits, type Surroundings, TenantQueue } from './tenant-queue.js';
import { timerQueue } from './timer-worker.js';

/** A timer that every authority has, from the moment a worker first meets the authority; its handler sets it again. */
export interface RecurringTimer {
  readonly job: string;
  readonly payload: { readonly v: number };
  readonly key: string;
}

export interface WorkersOptions {
  readonly db: Database;
  readonly handlers: Handlers;
  /** A context whose actor is the system's own in that authority, doing that job. */
  readonly contextFor: (authorityId: string, job: string) => Context;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly recurring?: readonly RecurringTimer[];
  /** Whose limit of sends a second a conversation counts against: the tenant it lives in. The authority when absent. */
  readonly tenantOf?: (authorityId: string, lane: string) => string;
  readonly limits?: Partial<Limits>;
  /** Jobs at once in this process, and connections that claims may use. */
  readonly maxRunning?: number;
  readonly maxTurns?: number;
}

export interface Workers {
  start(): void;
  /** Call after a commit that wrote to the outbox or set a timer: it is looked at now. Without an authority, all are. */
  nudge(authorityId?: string): void;
  /** Runs what may run by the clock as it stands, and what that brings about, until nothing is left. */
  drain(): Promise<void>;
  /** Lets runs end, then gives the rest back. Takes 5 s at most. */
  stop(): Promise<void>;
}

export const defaultLimits: Limits = {
  leaseMs: 25_000,
  runLimitMs: 20_000,
  // With waits of 1 s, 2 s ... 5 min this is an hour and a half of trying.
  maxAttempts: 25,
  perAuthority: 8,
  shortestIdleMs: 250,
  longestIdleMs: 1_000,
};
const newAuthoritiesMs = 30_000;
const graceMs = 4_000;
const lastWordMs = 1_000;

/** The delivery of one process: every authority's outbox and timers, each in its own transactions, under its own walls. */
export function createWorkers(options: WorkersOptions): Workers {
  const around = surroundingsOf(options);
  const tenants = new Map<string, readonly TenantQueue[]>();
  const queues = () => [...tenants.values()].flat();
  const stopping = new AbortController();
  const tended: Promise<void>[] = [];
  let started = false;

  async function meetAuthorities(): Promise<void> {
    for (const authorityId of await listAuthorities(options.db)) {
      if (tenants.has(authorityId)) continue;
      await armRecurring(options, authorityId);
      const own = [outboxQueue(), timerQueue()].map((queue) => new TenantQueue(authorityId, queue, around));
      tenants.set(authorityId, own);
      if (started) tended.push(...own.map((queue) => queue.tend(stopping.signal)));
    }
  }

  async function watchAuthorities(): Promise<void> {
    while (!stopping.signal.aborted) {
      const met = await meetAuthorities().then(
        () => true,
        (error: unknown) => options.log('error', 'worker-sweep-failed', describeError(error)),
      );
      await options.sleep(met ? newAuthoritiesMs : around.limits.longestIdleMs, stopping.signal);
    }
  }

  return {
    start() {
      if (started) return;
      started = true;
      tended.push(...queues().map((queue) => queue.tend(stopping.signal)), watchAuthorities());
    },
    nudge: (authorityId) => (authorityId ? (tenants.get(authorityId) ?? []) : queues()).forEach(({ nudge }) => nudge()),
    async drain() {
      await meetAuthorities();
      await drainAll(queues());
    },
    async stop() {
      stopping.abort();
      for (const queue of queues()) {
        queue.close();
        queue.nudge();
      }
      const ended = Promise.all(tended).then(() => Promise.all(queues().flatMap(({ running }) => running)));
      await within(graceMs, options.sleep, ended);
      queues().forEach((queue) => queue.release());
      const written = queues().flatMap((queue) => (queue.unsettled ? [queue.turn()] : []));
      await within(lastWordMs, options.sleep, Promise.allSettled(written));
    },
  };
}

function surroundingsOf(options: WorkersOptions): Surroundings {
  const { maxRunning = 32, maxTurns = 4, tenantOf = (authorityId: string) => authorityId } = options;
  return {
    ...options,
    gate: createGate({ maxRunning, maxTurns }),
    limits: { ...defaultLimits, ...options.limits },
    pacer: createPacer(),
    tenantOf,
  };
}

async function listAuthorities(db: Database): Promise<string[]> {
  const rows = await db.directory.selectFrom('directory.authority').select('authority_id').execute();
  return rows.map((row) => row.authority_id);
}

async function armRecurring(options: WorkersOptions, authorityId: string): Promise<void> {
  const { db, clock, random, recurring = [] } = options;
  if (recurring.length === 0) return;
  await db.transact({ kind: 'system', authorityId, job: 'arm-recurring' }, clock, async (trx) => {
    const now = toDate(clock.now());
    for (const timer of recurring) await armTimer(trx, authorityId, { ...timer, id: random.id(), now });
  });
}

/** Until a whole round started nothing, nothing runs and nothing waits to be written. */
async function drainAll(queues: readonly TenantQueue[]): Promise<void> {
  for (;;) {
    const started = await Promise.all(queues.map((queue) => queue.turn()));
    // Who found no place while the others were asking finds one now, or something runs.
    for (const queue of queues) if (queue.starved) started.push(await queue.turn());
    if (started.some((count) => count > 0) || queues.some((queue) => queue.unsettled)) continue;
    const running = queues.flatMap((queue) => queue.running);
    if (running.length === 0) return;
    await Promise.race(running);
  }
}

async function within(ms: number, sleep: Sleep, work: Promise<unknown>): Promise<void> {
  const inTime = new AbortController();
  await Promise.race([work, sleep(ms, inTime.signal)]);
  inTime.abort();
}
