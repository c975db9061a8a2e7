import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Clock } from '../context.js';
import type { Database } from '../db/database.js';
import type { FeedEvent } from '../db/feed.js';
import type { Log } from '../log.js';
import type { LiveEvent } from '../people/contract.js';
import { LiveHub, liveLimits, type LiveLimits } from './live-hub.js';
import type { Api, RouteOptions } from './server.js';

interface LiveOptions extends RouteOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<LiveLimits>;
}

const fromFeed = z.object({
  feed: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/**
 * GET /api/live: a line of JSON for each thing that something happened to, as LiveEvent; kind 'heartbeat' is none, and says
 * only where the reader stands. `?feed=` goes on after the last one seen. What a thing is now is asked for elsewhere.
 */
export function liveRoutes(app: Api, { contextOf, limits, ...options }: LiveOptions): void {
  const hub = new LiveHub({ ...options, wait, limits: { ...liveLimits, ...limits } });
  app.addHook('preClose', async () => hub.close());
  app.get('/api/live', { schema: { querystring: fromFeed } }, async (request, reply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const events = hub.follow(contextOf(request), request.query.feed ?? null, gone.signal);
    // The first is awaited, so that a refusal is an answer with its own status and not a stream that breaks off.
    const first = await events.next();
    // A connection of its own, closed with the stream: kept alive it would hold up a server that is closing.
    void reply.type('application/x-ndjson').headers({ 'cache-control': 'no-store', connection: 'close' });
    return reply.send(Readable.from(linesOf(first, events)));
  });
}

type Heard = FeedEvent | { readonly position: string };

async function* linesOf(first: IteratorResult<Heard>, rest: AsyncGenerator<Heard>): AsyncGenerator<string> {
  try {
    if (!first.done) yield lineOf(first.value);
    for await (const heard of rest) yield lineOf(heard);
  } finally {
    await rest.return(undefined);
  }
}

function lineOf(heard: Heard): string {
  const event: LiveEvent = 'position' in heard ? { kind: 'heartbeat', id: '', seq: 0, feed: heard.position } : heard;
  return `${JSON.stringify(event)}\n`;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
