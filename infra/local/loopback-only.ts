import type { FastifyInstance } from 'fastify';

const loopbackHost = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/;

/**
 * Keeps a local server to this machine's own user: a Host other than 127.0.0.1 or localhost (DNS rebinding), an Origin that is
 * neither this server nor listed, and anything that went through a proxy are answered 403. `origins` are full origins
 * ('http://127.0.0.1:4800').
 */
export function loopbackOnly(app: FastifyInstance, options: { readonly origins?: readonly string[] } = {}): void {
  const listed = new Set(options.origins ?? []);
  app.addHook('onRequest', async (request, reply) => {
    const why = refusal(request.headers, listed);
    if (why) return reply.code(403).send({ error: { code: 'LoopbackOnly', message: why } });
    return undefined;
  });
}

/** Null when the request may pass. Pure, so that a server without fastify can ask the same question. */
export function refusal(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  origins: ReadonlySet<string>,
): string | null {
  const host = headers['host'];
  if (typeof host !== 'string' || !loopbackHost.test(host.toLowerCase()))
    return 'This server answers to 127.0.0.1 only.';
  const forwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (forwarded) return 'This server is not to be reached through a proxy.';
  const origin = headers['origin'];
  if (origin === undefined) return null;
  const own = origin === `http://${host}`;
  return own || (typeof origin === 'string' && origins.has(origin)) ? null : 'This origin is not known here.';
}
