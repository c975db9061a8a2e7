import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Directory } from '../access/resolve.js';

/** What the tab must know before anybody has signed in. A tenant that is not ours is not told so: it gets what all get. */
export function publicRoutes(
  app: FastifyInstance,
  options: { readonly directory: Directory; readonly apiClientId: string; readonly parentOrigins: readonly string[] },
): void {
  app.get('/config/:tenantId', { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }, async (request, reply) => {
    const { tenantId } = z.object({ tenantId: z.guid() }).parse(request.params);
    const own = await options.directory.registration(tenantId.toLowerCase(), 'api');
    const clientId = own ?? options.apiClientId;
    return reply.header('cache-control', 'no-store').send({
      clientId,
      scope: `api://${clientId}/access_as_user`,
      parentOrigins: options.parentOrigins,
    });
  });
}
