import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Desk } from './start-desk.js';

const everyMs = 1000;

/**
 * Server-sent events for the start page: 'state' once a second, 'lines' with what the live
 * thread holds, then 'line' for each new one. The database is looked at while somebody looks at the page, and not else.
 */
export function streamTo(app: FastifyInstance, path: string, desk: () => Desk | null): void {
  const viewers = new Set<(event: string, data: unknown) => void>();
  const tell = (event: string, data: unknown) => viewers.forEach((viewer) => viewer(event, data));
  let looking = false;

  async function lookWhileWatched(found: Desk): Promise<void> {
    if (looking) return;
    looking = true;
    const stop = found.thread.onLine((line) => tell('line', line));
    while (viewers.size > 0) {
      // A database that is just going away answers nothing, and then neither does this page.
      await found.look().then(
        (state) => tell('state', state),
        () => tell('away', null),
      );
      await pause(everyMs, undefined, { ref: false });
    }
    stop();
    looking = false;
  }

  app.get(path, (request, reply) => {
    const found = desk();
    if (!found) return reply.code(503).send({ error: 'Still starting.' });
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const send = (event: string, data: unknown) =>
      void reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    send('lines', found.thread.lines());
    viewers.add(send);
    request.raw.once('close', () => viewers.delete(send));
    void lookWhileWatched(found);
    return reply;
  });
}
