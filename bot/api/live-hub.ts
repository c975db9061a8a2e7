import type { Clock, Context } from '../context.js';
import type { Database } from '../db/database.js';
import { type FeedEvent, listFeed, listRecentFeed, readEvents } from '../db/feed.js';
import { AppError } from '../errors.js';
import { describeError, type Log } from '../log.js';
import { createFeedWindow, type FeedWindow } from './feed-window.js';

export interface LiveLimits {
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** A stream ends by itself, so that its reader comes back with a token that is looked at anew. */
  readonly lifeMs: number;
  readonly most: number;
  readonly mostOfOnePerson: number;
}

export const liveLimits: LiveLimits = {
  pollMs: 1_000,
  heartbeatMs: 15_000,
  lifeMs: 4 * 60_000,
  most: 1_000,
  mostOfOnePerson: 6,
};

type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface LiveHubOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
  readonly limits: LiveLimits;
}

const looksBack = 30;
const mostAtOnce = 1_000;
const mostMissed = 5_000;

/** One reader of one person's stream: what happened and was not read under that person's reach yet. */
interface Follower {
  readonly personId: string;
  readonly pending: string[];
  wake: () => void;
}

interface Watch {
  readonly followers: Set<Follower>;
  readonly window: Promise<FeedWindow>;
}

/** One look a second at an authority's feed, as long as somebody follows it, for all who follow it on this node. */
export class LiveHub {
  readonly #watches = new Map<string, Watch>();
  readonly #closing = new AbortController();

  constructor(readonly options: LiveHubOptions) {}

  get size(): number {
    return [...this.#watches.values()].reduce((sum, { followers }) => sum + followers.size, 0);
  }

  close(): void {
    this.#closing.abort();
  }

  /**
   * Events within ctx's person's reach, which is worked out anew for every one of them; null is a heartbeat, after which
   * `position` says where the reader stands. Ends after a while, when the person has no role any more, when `gone` is
   * aborted, and when the reader falls behind: it comes back with the last feed it saw. Throws AppError 'unavailable' when
   * there are too many streams.
   */
  async *follow(
    ctx: Context,
    from: string | null,
    gone: AbortSignal,
  ): AsyncGenerator<FeedEvent | { position: string }> {
    const follower = this.#join(ctx);
    const { limits, clock } = this.options;
    const ended = AbortSignal.any([gone, this.#closing.signal]);
    const endsAt = clock.now().add({ milliseconds: limits.lifeMs }).epochMilliseconds;
    const authorityId = ctx.actor.authorityId;
    try {
      const window = await this.#watchOf(authorityId).window;
      if (from !== null) follower.pending.push(...(await this.#missed(authorityId, from)));
      yield { position: from ?? window.top };
      while (!ended.aborted && clock.now().epochMilliseconds < endsAt) {
        if (follower.pending.length > mostMissed) return;
        const position = window.top;
        const events = await this.#reached(ctx, follower.pending.splice(0));
        if (events === null) return;
        yield* events;
        if (follower.pending.length > 0) continue;
        if (!(await this.#anything(follower, ended))) yield { position };
      }
    } finally {
      this.#leave(authorityId, follower);
    }
  }

  #join(ctx: Context): Follower {
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const watch = this.#watchOf(authorityId);
    const own = [...watch.followers].filter((follower) => follower.personId === personId).length;
    if (this.size >= this.options.limits.most || own >= this.options.limits.mostOfOnePerson)
      throw new AppError('unavailable');
    const follower: Follower = { personId, pending: [], wake: () => undefined };
    watch.followers.add(follower);
    if (watch.followers.size === 1) void this.#poll(authorityId, watch);
    return follower;
  }

  #leave(authorityId: string, follower: Follower): void {
    const watch = this.#watches.get(authorityId);
    watch?.followers.delete(follower);
    if (watch?.followers.size === 0) this.#watches.delete(authorityId);
  }

  #watchOf(authorityId: string): Watch {
    const known = this.#watches.get(authorityId);
    if (known) return known;
    const watch: Watch = { followers: new Set(), window: this.#begin(authorityId) };
    watch.window.catch(() => this.#watches.delete(authorityId));
    this.#watches.set(authorityId, watch);
    return watch;
  }

  async #begin(authorityId: string): Promise<FeedWindow> {
    const recent = await this.#asSystem(authorityId, (trx) =>
      listRecentFeed(trx, authorityId, { upTo: null, seconds: looksBack, limit: mostAtOnce }),
    );
    const lowest = recent[0]?.feed ?? '1';
    return createFeedWindow(
      { floor: (BigInt(lowest) - 1n).toString(), seen: recent.map(({ feed }) => feed) },
      looksBack,
    );
  }

  async #poll(authorityId: string, watch: Watch): Promise<void> {
    const { wait, limits, log } = this.options;
    while (watch.followers.size > 0 && !this.#closing.signal.aborted) {
      await wait(limits.pollMs, this.#closing.signal);
      await this.#look(authorityId, watch).catch((error: unknown) =>
        log('warn', 'live-look-failed', { authorityId, ...describeError(error) }),
      );
    }
  }

  async #look(authorityId: string, watch: Watch): Promise<void> {
    const window = await watch.window;
    const found = await this.#asSystem(authorityId, (trx) =>
      listFeed(trx, authorityId, { floor: window.floor, seen: window.seen, limit: mostAtOnce }),
    );
    const fresh = window.look(found).map(({ activityId }) => activityId);
    if (fresh.length === 0) return;
    for (const follower of watch.followers) {
      follower.pending.push(...fresh);
      follower.wake();
    }
  }

  /** What a reader that was last at `from` has not had, with what may have appeared below it since. */
  async #missed(authorityId: string, from: string): Promise<string[]> {
    const entries = await this.#asSystem(authorityId, async (trx) => [
      ...(await listRecentFeed(trx, authorityId, { upTo: from, seconds: looksBack, limit: 200 })),
      ...(await listFeed(trx, authorityId, { floor: from, seen: [], limit: mostMissed })),
    ]);
    return entries.map(({ activityId }) => activityId);
  }

  /** Null when the person holds no role today: there is nothing for them here any more. */
  async #reached(ctx: Context, activityIds: readonly string[]): Promise<FeedEvent[] | null> {
    if (activityIds.length === 0) return [];
    return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) =>
      reach.roles.length === 0 ? null : readEvents(trx, ctx.actor.authorityId, activityIds),
    );
  }

  #asSystem<T>(authorityId: string, work: Parameters<typeof this.options.db.transact<T>>[2]): Promise<T> {
    return this.options.db.transact({ kind: 'system', authorityId, job: 'live' }, this.options.clock, work);
  }

  /** False when nothing happened for as long as a heartbeat. */
  async #anything(follower: Follower, ended: AbortSignal): Promise<boolean> {
    const woken = new AbortController();
    follower.wake = () => woken.abort();
    await this.options.wait(this.options.limits.heartbeatMs, AbortSignal.any([ended, woken.signal]));
    follower.wake = () => undefined;
    return woken.signal.aborted;
  }
}
