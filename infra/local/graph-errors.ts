import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type z } from 'zod';
import { guid } from './ids.js';
import type { Shared } from './shared.js';

/** What a Graph route throws; answered as `{error:{code,message,innerError}}`. */
export class GraphError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 429,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'GraphError';
  }
}

export const notFound = () =>
  new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
export const accessDenied = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

/** Graph refuses a body whole when any of it is unknown; so does this, naming the property and never its value. */
export function bodyOf<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const parsed = shape.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
  const where = [issue?.path.join('.'), unknown].filter(Boolean).join('.') || 'body';
  throw new GraphError(
    400,
    unknown ? 'RequestBodyRead' : 'ErrorInvalidRequest',
    `The property '${where}' is not valid here.`,
  );
}

/** Request ids on every answer, and every failure in Graph's own words. */
export function graphErrors(app: FastifyInstance, shared: Pick<Shared, 'clock' | 'random'>): void {
  const requestIds = new WeakMap<FastifyRequest, string>();
  app.addHook('onRequest', async (request, reply) => {
    const id = guid(shared.random);
    requestIds.set(request, id);
    reply.header('request-id', id);
    const clientId = request.headers['client-request-id'];
    if (clientId) reply.header('client-request-id', clientId);
  });

  function send(request: FastifyRequest, reply: FastifyReply, error: GraphError): FastifyReply {
    const date = shared.clock.now().toString({ smallestUnit: 'second' }).replace('Z', '');
    const innerError = {
      date,
      'request-id': requestIds.get(request) ?? '',
      'client-request-id': requestIds.get(request) ?? '',
    };
    return reply
      .headers(error.headers)
      .code(error.status)
      .send({ error: { code: error.code, message: error.message, innerError } });
  }

  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof GraphError) return send(request, reply, error);
    const unreadable = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
    if (unreadable)
      return send(request, reply, new GraphError(400, 'BadRequest', 'Unable to read JSON request payload.'));
    throw error;
  });
  app.setNotFoundHandler(async (request, reply) =>
    send(request, reply, new GraphError(400, 'BadRequest', 'Resource not found for the segment.')),
  );
}
