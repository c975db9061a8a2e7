import { Temporal } from 'temporal-polyfill';
import type { Clock, Context, Random } from '../context.js';
import type { Database, Trx } from '../db/database.js';
import type { Claim, Leased, Settled } from '../db/outbox-queue.js';
import { describeError, type Log } from '../log.js';
import { toDate } from '../time.js';
import type { Gate } from './gate.js';
import type { Handlers } from './handler.js';
import type { Pacer } from './pacer.js';
import { runJob } from './run-job.js';
import type { Sleep } from './sleep.js';
import type { Verdict } from './verdict.js';

/** The outbox or the timers, as the worker sees them. */
export interface Queue {
  readonly name: 'outbox' | 'timer';
  settle(trx: Trx, authorityId: string, now: Date, settled: readonly Settled[]): Promise<Set<string>>;
  claim(trx: Trx, claim: Claim): Promise<Leased[]>;
}

export interface Limits {
  /** How long a killed process keeps a row from the others. With the longest idle wait this stays under 30 s. */
  readonly leaseMs: number;
  /** Shorter than the lease: who still works when the lease ends may have been replaced. */
  readonly runLimitMs: number;
  readonly maxAttempts: number;
  /** Jobs of one authority at once, for each of the two queues. */
  readonly perAuthority: number;
  readonly shortestIdleMs: number;
  readonly longestIdleMs: number;
}

export interface Surroundings {
  readonly db: Database;
  readonly handlers: Handlers;
  readonly contextFor: (authorityId: string, job: string) => Context;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly gate: Gate;
  readonly limits: Limits;
  readonly pacer: Pacer;
  /** Whose published limit of sends a lane counts against. */
  readonly tenantOf: (authorityId: string, lane: string) => string;
}

interface Running {
  readonly leased: Leased;
  readonly ended: Promise<void>;
  readonly stop: AbortController;
}

const levels = { done: 'debug', again: 'debug', later: 'debug', retry: 'warn', dead: 'error' } as const;

/** One authority's share of one queue. Nothing in here reads or holds up another authority's. */
export class TenantQueue {
  readonly #running = new Map<string, Running>();
  readonly #ended: Settled[] = [];
  #closed = false;
  #starved = false;
  #nudges = 0;
  #wake: () => void = () => undefined;
  #soonest: Temporal.Instant | null = null;
  #last: Promise<number> = Promise.resolve(0);

  constructor(
    readonly authorityId: string,
    readonly queue: Queue,
    readonly around: Surroundings,
  ) {}

  /** What runs now; each resolves, never rejects, when its run has ended. */
  get running(): Promise<void>[] {
    return [...this.#running.values()].map(({ ended }) => ended);
  }

  /** Whether something ended that no turn has settled yet. */
  get unsettled(): boolean {
    return this.#ended.length > 0;
  }

  /** Whether the last turn found no place to claim anything into: the process, or this authority's share of it, was full. */
  get starved(): boolean {
    return this.#starved;
  }

  readonly nudge = (): void => {
    this.#nudges += 1;
    this.#wake();
  };

  /** Settles what ended, claims what may run, starts it; answers how many were started. One turn at a time. */
  turn(): Promise<number> {
    const step = () => this.#step();
    this.#last = this.#last.then(step, step);
    return this.#last;
  }

  /** Turns until `stop`: at once when nudged or when a run ended, else every idle wait. */
  async tend(stop: AbortSignal): Promise<void> {
    const { limits, log } = this.around;
    let idleMs = limits.shortestIdleMs;
    while (!stop.aborted) {
      const before = this.#nudges;
      const started = await this.turn().catch((error: unknown) => {
        log('error', 'worker-turn-failed', { authorityId: this.authorityId, ...describeError(error) });
        return null;
      });
      if (started !== null && this.#nudges !== before) continue;
      if (started === null) idleMs = limits.longestIdleMs;
      const woken = await this.#idle(idleMs);
      idleMs = started || woken ? limits.shortestIdleMs : Math.min(idleMs * 2, limits.longestIdleMs);
    }
  }

  /** Claims nothing from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Tells the runs to stop and gives their rows back; the next turn writes it. */
  release(): void {
    for (const { leased, stop } of [...this.#running.values()]) {
      this.#running.delete(leased.id);
      stop.abort();
      this.#settle(leased, { kind: 'later', at: this.around.clock.now(), counts: true });
    }
  }

  async #step(): Promise<number> {
    const { gate, limits, clock } = this.around;
    if (this.#closed && this.#ended.length === 0) return 0;
    const leased = await gate.inTurn(async () => {
      const places = this.#closed ? 0 : gate.take(limits.perAuthority - this.#running.size, this.nudge);
      this.#starved = !this.#closed && places === 0;
      return this.#settleAndClaim(places);
    });
    if (this.#soonest && Temporal.Instant.compare(this.#soonest, clock.now()) <= 0) this.#soonest = null;
    for (const row of leased) this.#start(row);
    return leased.length;
  }

  async #settleAndClaim(places: number): Promise<Leased[]> {
    const settling = this.#ended.splice(0);
    if (places === 0 && settling.length === 0) return [];
    let leased: Leased[] = [];
    try {
      leased = await this.#exchange(settling, places);
      return leased;
    } catch (error) {
      this.#ended.unshift(...settling);
      throw error;
    } finally {
      this.around.gate.give(places - leased.length);
    }
  }

  /** One transaction for what ended and what begins. A row that is no longer ours is another worker's, and so is its end. */
  #exchange(settling: readonly Settled[], room: number): Promise<Leased[]> {
    const { authorityId, queue } = this;
    const { db, clock, limits, log } = this.around;
    const now = clock.now();
    return db.transact({ kind: 'system', authorityId, job: queue.name }, clock, async (trx) => {
      if (settling.length > 0) {
        const written = await queue.settle(trx, authorityId, toDate(now), settling);
        for (const { id } of settling) if (!written.has(id)) log('warn', 'job-fenced-out', { authorityId, jobId: id });
      }
      if (room === 0) return [];
      const leaseUntil = toDate(now.add({ milliseconds: limits.leaseMs }));
      return queue.claim(trx, { authorityId, now: toDate(now), leaseUntil, room, holding: [...this.#running.keys()] });
    });
  }

  #start(leased: Leased): void {
    const { gate, pacer, clock } = this.around;
    const paced = this.queue.name === 'outbox' && leased.lane.startsWith('chat:');
    const tenant = this.around.tenantOf(this.authorityId, leased.lane);
    const waitMs = paced ? pacer.begin(leased.lane, tenant, clock.now().epochMilliseconds) : 0;
    if (waitMs > 0) {
      gate.give(1);
      const at = clock.now().add({ milliseconds: Math.ceil(waitMs) });
      return this.#settle(leased, { kind: 'later', at, counts: false });
    }
    const stop = new AbortController();
    const startedAt = clock.now();
    const ended = this.#run(leased, stop.signal).then((verdict) => {
      if (paced) pacer.end(leased.lane, tenant, clock.now().epochMilliseconds);
      gate.give(1);
      if (!this.#running.delete(leased.id)) return; // released: the row is no longer ours
      this.#report(leased, verdict, startedAt);
      this.#settle(leased, verdict);
    });
    this.#running.set(leased.id, { leased, ended, stop });
  }

  #run(leased: Leased, stop: AbortSignal): Promise<Verdict> {
    const { handlers, contextFor, clock, sleep, limits, random } = this.around;
    const timer = this.queue.name === 'timer';
    return runJob(leased, {
      handlers,
      context: () => contextFor(this.authorityId, leased.job),
      clock,
      sleep,
      runLimitMs: limits.runLimitMs,
      // A timer is the way back to the truth after everything else failed: it goes on trying.
      maxAttempts: timer ? Infinity : limits.maxAttempts,
      chance: () => chanceOf(random),
      recurring: timer,
      stop,
    });
  }

  #settle(leased: Leased, verdict: Verdict): void {
    const at = 'at' in verdict ? verdict.at : null;
    if (at && (!this.#soonest || Temporal.Instant.compare(at, this.#soonest) < 0)) this.#soonest = at;
    this.#ended.push({
      id: leased.id,
      fence: leased.fence,
      state: verdict.kind === 'done' || verdict.kind === 'dead' ? verdict.kind : 'pending',
      at: at && toDate(at),
      code: 'code' in verdict ? verdict.code : null,
      counts: verdict.kind !== 'later' || verdict.counts,
      again: verdict.kind === 'again',
    });
    this.nudge();
  }

  #report(leased: Leased, verdict: Verdict, startedAt: Temporal.Instant): void {
    const { log, clock } = this.around;
    log(levels[verdict.kind], `job-${verdict.kind}`, {
      authorityId: this.authorityId,
      job: leased.job,
      jobId: leased.id,
      attempt: leased.attempts,
      ms: clock.now().epochMilliseconds - startedAt.epochMilliseconds,
      ...('code' in verdict ? { code: verdict.code } : {}),
    });
  }

  /** Somewhere in the last quarter of the wait, so that authorities spread, or until the first row that waits. True when woken. */
  async #idle(idleMs: number): Promise<boolean> {
    const { clock, random, sleep } = this.around;
    const untilSoonest = this.#soonest
      ? this.#soonest.epochMilliseconds - clock.now().epochMilliseconds
      : Number.POSITIVE_INFINITY;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await sleep(Math.max(1, Math.min(idleMs * (0.75 + chanceOf(random) / 4), untilSoonest)), woken.signal);
    this.#wake = () => undefined;
    return woken.signal.aborted;
  }
}

/** 0 <= n < 1 from four Crockford characters, so that a run with a seeded source repeats itself. */
function chanceOf(random: Random): number {
  const digits = [...random.code(4)].map((character) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character));
  return digits.reduce((value, digit) => value * 32 + Math.max(0, digit), 0) / 32 ** 4;
}
