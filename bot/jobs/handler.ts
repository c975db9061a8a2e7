import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { Context } from '../context.js';

/** What a handler may know of the row it runs for. */
export interface Job {
  readonly id: string;
  /** 1 for the first run. A kill, a lost lease and a failure each count. */
  readonly attempt: number;
  /** The outbox's lane; of a timer, its key. */
  readonly lane: string;
  /** How the attempt before ended, e.g. 'ambiguous'; null at the first. The work itself may have been done all the same. */
  readonly previousCode: string | null;
  /** Aborted when the time for a run is over or the process stops. */
  readonly signal: AbortSignal;
  /** Timers only: run this row again then. Takes effect with the end of this run, in one write; an earlier hint wins. */
  scheduleNext?(at: Temporal.Instant): void;
}

/**
 * One kind of job. It is run at least once, outside any transaction, as the system actor of the job's authority: so the
 * effect needs a key that makes it happen once, and access is checked again here, when the content is made. Throwing a
 * DeliveryError says what the far side answered (verdict.ts says what follows); returning says that it is done.
 *
 * A handler ships one release before the first job of its name or payload version is written: a node that does not know
 * a job declares it dead, where a person sees it.
 */
export interface Handler<P> {
  readonly payload: z.ZodType<P>;
  run(ctx: Context, payload: P, job: Job): Promise<void>;
}

/** Job name -> handler, put together by app.ts. */
export type Handlers = Readonly<Record<string, Handler<unknown>>>;
