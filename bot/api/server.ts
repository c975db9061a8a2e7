import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Directory } from '../access/resolve.js';
import type { Actor } from '../access/roles.js';
import type { Clock, Context } from '../context.js';
import { AppError, isAppError } from '../errors.js';
import { describeError, type Log } from '../log.js';
import { authorizationValues } from '../access/bearer.js';
import { type TokenHolder, TokenRefused } from './auth.js';
import { httpErrors } from './errors.js';
import { refuseAllButThisMachine } from './local-mode.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers somebody who serves two councils and has not said yet for which they act. */
    beforeChoosing?: boolean;
  }
}

export type Api = FastifyInstance<
  FastifyInstance['server'],
  FastifyRequest['raw'],
  FastifyReply['raw'],
  FastifyInstance['log'],
  ZodTypeProvider
>;

export interface ServerOptions {
  readonly log: Log;
  readonly directory: Directory;
  readonly checkToken: (header: readonly string[]) => Promise<TokenHolder>;
  readonly contextFor: (actor: Actor) => Context;
  readonly tabDirectory: string | null;
  /** Origins that may frame the tab. */
  readonly frameAncestors: readonly string[];
  /** Where the tab's scripts may call beside its own origin. */
  readonly connectSources: readonly string[];
  readonly local: { readonly origins: readonly string[] } | null;
  readonly requestsPerMinute?: number;
  /** Answers under /api are dated by it, so that whoever asked can keep the service's time. */
  readonly clock: Clock;
}

export interface RouteOptions {
  readonly contextOf: (request: FastifyRequest) => Context;
  readonly holderOf: (request: FastifyRequest) => TokenHolder;
}

/** Hosts of Teams, Outlook and Microsoft 365 for work (microsoft365.md 2); consumer hosts are left out. */
export const microsoftFrames = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://www.office.com',
  'https://*.microsoft365.com',
] as const;

export async function createServer(options: ServerOptions): Promise<{
  app: FastifyInstance;
  api: (register: (app: Api, routes: RouteOptions) => void | Promise<void>) => Promise<void>;
}> {
  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  if (options.local) refuseAllButThisMachine(app, options.local.origins);
  await app.register(helmet, {
    contentSecurityPolicy: false,
    frameguard: false,
    hsts: options.local ? false : { maxAge: 31_536_000 },
  });
  await app.register(rateLimit, { global: false });
  await app.register(swagger, {
    openapi: { info: { title: 'Golden Thread', version: '1' }, servers: [] },
    transform: jsonSchemaTransform,
  });
  errors(app, options.log);
  health(app, options);
  if (options.tabDirectory) await tab(app, options, options.tabDirectory);
  await docs(app);
  return { app, api: (register) => api(app, options, register) };
}

/** `healthz`: the process answers. `readyz`: the database answers it too; however many ask at once, it is asked once. */
function health(app: FastifyInstance, { directory }: ServerOptions): void {
  let asking: Promise<boolean> | null = null;
  const ready = () =>
    (asking ??= directory
      .isDemo()
      .then(
        () => true,
        () => false,
      )
      .finally(() => (asking = null)));
  app.get('/healthz', async (_request, reply) => reply.send({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const ok = await ready();
    return reply.code(ok ? 200 : 503).send({ ok });
  });
}

async function docs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
}

interface Signed {
  /** Null before somebody who serves two councils has chosen; only routes marked `beforeChoosing` answer then. */
  ctx: Context | null;
  holder: TokenHolder;
}

/** Everything under /api that a person calls: token, then who they are, on every request; nothing is cached anywhere. */
async function api(
  root: FastifyInstance,
  options: ServerOptions,
  register: (app: Api, routes: RouteOptions) => void | Promise<void>,
): Promise<void> {
  const signed = new WeakMap<FastifyRequest, Signed>();
  await root.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      void reply
        .header('cache-control', 'no-store')
        .header('date', new Date(options.clock.now().epochMilliseconds).toUTCString())
        .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      const holder = await options.checkToken(authorizationValues(request.raw.rawHeaders));
      signed.set(request, { ctx: await contextOf(options, request, holder), holder });
    });
    await scope.register(rateLimit, {
      max: options.requestsPerMinute ?? 600,
      timeWindow: 60_000,
      keyGenerator: (request) => signed.get(request)?.holder.oid ?? request.ip,
      hook: 'preHandler',
    });
    const found = (request: FastifyRequest) => {
      const one = signed.get(request);
      if (!one) throw new Error('a route outside the sign-in');
      return one;
    };
    await register(scope.withTypeProvider<ZodTypeProvider>(), {
      contextOf(request) {
        const { ctx } = found(request);
        if (!ctx) throw new AppError('choose-authority');
        return ctx;
      },
      holderOf: (request) => found(request).holder,
    });
  });
}

async function contextOf(
  options: ServerOptions,
  request: FastifyRequest,
  holder: TokenHolder,
): Promise<Context | null> {
  try {
    return options.contextFor(await options.directory.actorFor(holder.tenantId, holder.oid));
  } catch (error) {
    if (isAppError(error, 'choose-authority') && request.routeOptions.config.beforeChoosing) return null;
    throw error;
  }
}

function errors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (isAppError(error)) {
      const { status, message } = httpErrors[error.code];
      const where = error.detail.where;
      return reply.code(status).send({ code: error.code, message, ...(where ? { where } : {}) });
    }
    if (error instanceof TokenRefused) {
      log('info', 'api.token-refused', { route, reason: error.reason });
      return reply.code(error.status).send({ code: 'sign-in', message: 'Sign in again.' });
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const where = error.validation.map((one) => one.instancePath.replace(/^\//, '')).join(', ');
      return reply.code(422).send({ code: 'invalid', message: httpErrors.invalid.message, where });
    }
    const status = error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
    if (status < 500) return reply.code(status).send({ code: 'invalid', message: httpErrors.invalid.message });
    log('error', isResponseSerializationError(error) ? 'api.answer-misshapen' : 'api.failed', {
      route,
      ...describeError(error),
    });
    return reply
      .code(500)
      .send({ code: 'failed', message: 'Something went wrong on our side. Nothing was half done.' });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'not-found', message: httpErrors['not-found'].message }),
  );
}

/** Where the tab's own addresses begin (tab/paths.ts); each is answered with its one page. */
const tabRooms = ['learners', 'register', 'today', 'requests', 'workload', 'numbers', 'reviews', 'settings'] as const;

/** The tab's page may be framed by Microsoft's hosts alone; its scripts are its own. */
async function tab(app: FastifyInstance, options: ServerOptions, directory: string): Promise<void> {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    // Fluent UI writes its styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${options.connectSources.join(' ')}`,
    `frame-ancestors ${options.frameAncestors.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/tab/',
    index: false,
    decorateReply: true,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.setHeader('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  const page = async (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .sendFile('index.html', directory, { cacheControl: false });
  app.get('/', page);
  for (const room of tabRooms) {
    app.get(`/${room}`, page);
    app.get(`/${room}/*`, page);
  }
}
