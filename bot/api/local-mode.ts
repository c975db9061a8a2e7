import type { FastifyInstance } from 'fastify';

/** Whatever a proxy adds to say for whom it asks. */
const ofProxy = /^(forwarded|x-forwarded-.*|x-real-ip)$/;

/**
 * Local mode signs anybody in, so it answers this machine alone: a foreign Host (a name that was made to point here), a
 * foreign Origin (a page elsewhere) and anything that came through a proxy are refused before any route is looked up.
 */
export function refuseAllButThisMachine(app: FastifyInstance, origins: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? '';
    const origin = request.headers.origin;
    const own = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
    const known = origin === undefined || origins.includes(origin) || origin === `http://${host}`;
    if (own && known && !Object.keys(request.headers).some((name) => ofProxy.test(name))) return;
    await reply.code(403).send({ code: 'forbidden', message: 'Local mode answers this machine alone.' });
  });
}
