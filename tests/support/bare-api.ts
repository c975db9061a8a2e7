import Fastify, { type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Actor } from '../../bot/access/roles.js';
import { httpErrors } from '../../bot/api/errors.js';
import type { Api, RouteOptions } from '../../bot/api/server.js';
import type { Context } from '../../bot/context.js';
import { isAppError } from '../../bot/errors.js';

/** A route or two over real HTTP without sign-in: header `x-actor` says who calls. */
export interface BareApi {
  readonly url: string;
  as(actor: Actor): {
    get: (path: string, signal?: AbortSignal) => Promise<Response>;
    post: (path: string, body?: unknown) => Promise<Response>;
    put: (path: string, body: unknown) => Promise<Response>;
  };
  close(): Promise<void>;
}

export async function bareApi(
  contextFor: (actor: Actor) => Context,
  register: (app: Api, routes: RouteOptions) => void,
): Promise<BareApi> {
  const app = Fastify({ logger: false }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, _request, reply) =>
    isAppError(error)
      ? reply.code(httpErrors[error.code].status).send({ code: error.code })
      : reply.code(error instanceof Error && 'validation' in error ? 400 : 500).send({ code: 'failed' }),
  );
  register(app, {
    contextOf: (request: FastifyRequest) => contextFor(JSON.parse(String(request.headers['x-actor'])) as Actor),
    holderOf: () => {
      throw new Error('nobody signed in');
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    as: (actor) => {
      const headers = { 'x-actor': JSON.stringify(actor) };
      const send = (method: string, path: string, body?: unknown) =>
        fetch(url + path, {
          method,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      return {
        get: (path, signal) => fetch(url + path, { headers, ...(signal ? { signal } : {}) }),
        post: (path, body) => send('POST', path, body),
        put: (path, body) => send('PUT', path, body),
      };
    },
    close: () => app.close(),
  };
}
