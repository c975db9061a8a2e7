import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { isClientState } from '../access/client-state.js';
import type { Directory } from '../access/resolve.js';
import type { Actor } from '../access/roles.js';
import type { Context } from '../context.js';
import type { Log } from '../log.js';
import { hint, readTimer, subscribeTimer } from '../reviews/timer-service.js';

/**
 * Where Graph says that a review mailbox changed. A notification carries nothing that is used: it only moves the reading of
 * the delta to now. Lost, doubled, late or forged ones therefore cost a read at most, and the timer reads without them.
 */
export interface NotificationOptions {
  readonly directory: Pick<Directory, 'subscription'>;
  readonly contextFor: (actor: Actor) => Context;
  /** Wakes this process's workers. */
  readonly nudge: () => void;
  readonly log: Log;
}

const handshake = z.object({
  // Graph's is a sentence with an id in it. It is sent back as it came, so nothing that a browser could run is taken.
  validationToken: z
    .string()
    .max(2048)
    .regex(/^[^<>"'&\p{Cc}]+$/u),
});

const notification = z.object({
  subscriptionId: z.string().max(128),
  clientState: z.string().max(128),
  tenantId: z.string().max(64),
  lifecycleEvent: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).optional().catch(undefined),
});
type Notification = z.infer<typeof notification>;
const batch = z.object({ value: z.array(z.unknown()).max(2000) });

interface Asked {
  Querystring: { validationToken?: unknown };
}

const limits = { bodyLimit: 4 * 1024 * 1024, config: { rateLimit: { max: 600, timeWindow: '1 minute' } } };

/** More different subscriptions than this in one batch is nobody who knows them. */
const mostSubscriptions = 50;

export async function notificationRoutes(app: FastifyInstance, options: NotificationOptions): Promise<void> {
  await app.register(async (scope) => {
    if (!scope.hasDecorator('rateLimit')) await scope.register(rateLimit, { global: false });
    // The handshake has no body and says text/plain; a body that is not JSON is an empty batch.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
      done(null, jsonOf(text.toString()));
    });

    const set = async (authorityId: string, timer: Parameters<typeof hint>[1]) =>
      hint(options.contextFor({ kind: 'system', authorityId, job: 'graph-notification' }), timer);

    scope.post<Asked>('/api/graph/notifications', limits, async (request, reply) => {
      if (request.query.validationToken !== undefined) return answerHandshake(request.query, reply);
      for (const authorityId of await known(options, request.body, 'change')) await set(authorityId, readTimer);
      options.nudge();
      return reply.code(202).send();
    });

    scope.post<Asked>('/api/graph/lifecycle', limits, async (request, reply) => {
      if (request.query.validationToken !== undefined) return answerHandshake(request.query, reply);
      for (const authorityId of await known(options, request.body, 'lifecycle')) {
        await set(authorityId, subscribeTimer);
        await set(authorityId, readTimer);
      }
      options.nudge();
      return reply.code(202).send();
    });
  });
}

function answerHandshake(query: unknown, reply: FastifyReply): FastifyReply {
  const parsed = handshake.safeParse(query);
  if (!parsed.success) return reply.code(400).send();
  return reply
    .code(200)
    .header('x-content-type-options', 'nosniff')
    .type('text/plain; charset=utf-8')
    .send(parsed.data.validationToken);
}

/** The authorities that the batch is truly about: every item is looked at, and each authority named once. */
async function known(options: NotificationOptions, body: unknown, kind: 'change' | 'lifecycle'): Promise<Set<string>> {
  const parsed = batch.safeParse(body);
  const items = parsed.success ? parsed.data.value.flatMap((one) => notification.safeParse(one).data ?? []) : [];
  const rows = new Map<string, Awaited<ReturnType<Directory['subscription']>>>();
  for (const id of [...new Set(items.map((item) => item.subscriptionId))].slice(0, mostSubscriptions))
    rows.set(id, await options.directory.subscription(id));
  const genuine = items.filter((item) => isGenuine(item, rows.get(item.subscriptionId) ?? null));
  if (genuine.length < items.length || !parsed.success)
    options.log('warn', 'graph.notification-refused', { count: items.length - genuine.length });
  const wanted = kind === 'lifecycle' ? genuine.filter((item) => item.lifecycleEvent !== undefined) : genuine;
  return new Set(wanted.flatMap((item) => rows.get(item.subscriptionId)?.authorityId ?? []));
}

function isGenuine(item: Notification, row: { tenantId: string; clientStateHash: string } | null): boolean {
  const known = isClientState(item.clientState, row?.clientStateHash ?? '');
  return row !== null && known && item.tenantId.toLowerCase() === row.tenantId.toLowerCase();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
