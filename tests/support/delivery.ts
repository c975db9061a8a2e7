import type { Actor } from '../../bot/access/roles.js';
import type { Context } from '../../bot/context.js';
import { openDatabase, type Database } from '../../bot/db/database.js';
import { enqueue, type OutboxEntry } from '../../bot/db/outbox.js';
import { setTimer, type TimerEntry } from '../../bot/db/timer.js';
import type { Handlers } from '../../bot/jobs/handler.js';
import { createWorkers, type Workers, type WorkersOptions } from '../../bot/jobs/workers.js';
import type { LogFields } from '../../bot/log.js';
import { contextOn } from './context.js';
import type { TestDatabase } from './database.js';
import { seededRandom, virtualTime, type VirtualTime } from './virtual-time.js';

/** One process that delivers, as far as the database and the far side can tell. */
export interface DeliveryNode {
  readonly workers: Workers;
  /** kill -9: from now on it neither reads nor writes anything, and nobody is told. */
  kill(): void;
  readonly killed: boolean;
}

export interface DeliveryRig {
  readonly time: VirtualTime;
  readonly db: Database;
  readonly logged: { event: string; fields: LogFields }[];
  node(handlers: Handlers, options?: Partial<WorkersOptions>): DeliveryNode;
  enqueue(authorityId: string, ...entries: OutboxEntry[]): Promise<void>;
  setTimer(authorityId: string, entry: TimerEntry): Promise<void>;
  close(): Promise<void>;
}

export function deliveryRig(database: TestDatabase, seed = 1): DeliveryRig {
  const time = virtualTime();
  const random = seededRandom(time, seed);
  const db = openDatabase({ url: database.appUrl, maxConnections: 8, onIdleError: () => undefined });
  const logged: { event: string; fields: LogFields }[] = [];
  const log: Context['log'] = (_level, event, fields = {}) => void logged.push({ event, fields });
  const contextOf = (actor: Actor) => contextOn({ db, clock: time, random, log, actor });
  const system = (authorityId: string, job = 'test') => contextOf({ kind: 'system', authorityId, job });
  return {
    time,
    db,
    logged,
    node(handlers, options = {}) {
      const life = { killed: false };
      const workers = createWorkers({
        db: mortal(db, life),
        handlers,
        contextFor: system,
        clock: time,
        random,
        log,
        sleep: time.sleep,
        ...options,
      });
      return {
        workers,
        kill: () => void (life.killed = true),
        get killed() {
          return life.killed;
        },
      };
    },
    async enqueue(authorityId, ...entries) {
      const ctx = system(authorityId);
      await db.transact(ctx.actor, time, async (trx) => {
        for (const entry of entries) await enqueue(ctx, trx, entry);
      });
    },
    async setTimer(authorityId, entry) {
      const ctx = system(authorityId);
      await db.transact(ctx.actor, time, (trx) => setTimer(ctx, trx, entry));
    },
    close: () => db.close(),
  };
}

/** A killed process's calls are neither answered nor made; one that was under way is cut off at its commit, or just after. */
function mortal(db: Database, life: { killed: boolean }): Database {
  const never = () => new Promise<never>(() => undefined);
  return {
    ...db,
    transact: async (actor, clock, work) => {
      const alive = () => !life.killed;
      if (!alive()) return never();
      const result = await db.transact(actor, clock, work);
      return alive() ? result : never();
    },
  };
}

/** Lets everything that does not wait for the clock go on: the database answers within real time. */
export function realMoment(ms = 4): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
