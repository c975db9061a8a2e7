import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessDenied, GraphError } from './graph-errors.js';
import type { Mailbox, Mailboxes } from './mailboxes.js';
import { graphAudience, type Claims, type Shared } from './shared.js';

export interface GraphAccess {
  /** Who calls: checked before any route runs. */
  caller(request: FastifyRequest): Claims;
  /** The mailbox of `/users/{id}` when this caller may open its calendar; 404 when there is none, 403 when it may not. */
  mailbox(request: FastifyRequest, idOrAddress: string): Mailbox;
}

/**
 * The worker reaches the review mailboxes of its token's tenant and no other calendar, as Exchange's RBAC for Applications
 * scopes it; a signed-in person (on behalf of) reaches their own. Any other application is refused.
 */
export function graphAccess(app: FastifyInstance, shared: Shared, mailboxes: Mailboxes): GraphAccess {
  const callers = new WeakMap<FastifyRequest, Claims>();

  app.addHook('onRequest', async (request) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    const claims =
      scheme?.toLowerCase() === 'bearer' && token ? await shared.tokens.verify(token, graphAudience) : null;
    if (!claims)
      throw new GraphError(401, 'InvalidAuthenticationToken', 'Access token is empty, expired or not for Graph.');
    const worker = claims.appOnly && claims.clientId === shared.apps.workerAppId;
    const person = !claims.appOnly && claims.scopes.some((scope) => scope.startsWith('Calendars.'));
    if (!worker && !person) throw accessDenied();
    callers.set(request, claims);
  });

  function caller(request: FastifyRequest): Claims {
    const claims = callers.get(request);
    if (!claims) throw accessDenied();
    return claims;
  }

  return {
    caller,
    mailbox(request, idOrAddress) {
      const claims = caller(request);
      const mailbox = mailboxes.find(claims.tenantId, idOrAddress);
      if (!mailbox) throw new GraphError(404, 'ErrorInvalidUser', 'The requested user is invalid.');
      const allowed = claims.appOnly ? mailbox.isReviewMailbox : mailbox.id === claims.oid;
      if (!allowed) throw accessDenied();
      return mailbox;
    },
  };
}

/** Calls that one app may have in hand on one mailbox at a time; the fifth is answered 429 (microsoft365.md 4.5). */
const mailboxConcurrency = 4;

export function limitConcurrency(app: FastifyInstance): void {
  const inHand = new Map<string, number>();
  app.addHook('onRequest', async (request, reply) => {
    const { user } = request.params as { user?: string };
    if (user === undefined) return;
    const key = `${request.headers.authorization ?? ''} ${user.toLowerCase()}`;
    const already = inHand.get(key) ?? 0;
    if (already >= mailboxConcurrency) {
      const message = 'Application is over its MailboxConcurrency limit.';
      throw new GraphError(429, 'ApplicationThrottled', message, { 'Retry-After': '1' });
    }
    inHand.set(key, already + 1);
    reply.raw.once('close', () => {
      const left = (inHand.get(key) ?? 1) - 1;
      if (left > 0) inHand.set(key, left);
      else inHand.delete(key);
    });
  });
}
