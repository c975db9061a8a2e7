import Fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from '../../bot/context.js';
import { createFaults, type Faults } from './faults.js';
import { createGraph } from './graph.js';
import { localRoutes } from './local-routes.js';
import { loopbackOnly } from './loopback-only.js';
import type { Notifications } from './graph-notifications.js';
import { oidcRoutes } from './oidc.js';
import { createPeople } from './people.js';
import type { LocalApps, LocalPerson, People, Shared, Tenant, Tokens } from './shared.js';
import { createSigning } from './signing.js';
import { createStore } from './store.js';

export interface Microsoft365Options {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Absent: the state lives in memory. */
  readonly stateFile?: string;
  readonly clock: Clock;
  /** 0 <= n < 1 */
  readonly random: () => number;
  readonly tenants: readonly Tenant[];
  readonly apps: LocalApps;
  readonly people: readonly LocalPerson[];
  /** Further origins whose pages may call this server ('http://127.0.0.1:4800'); its own always may. */
  readonly origins?: readonly string[];
  /** Each is called once with an encapsulated scope of the one server. */
  readonly routes?: readonly ((app: FastifyInstance, shared: Shared) => void | Promise<void>)[];
}

/** One call, as the live thread shows it. `status` 0: the connection was cut. `path` carries no query. */
export interface Call {
  readonly kind: 'graph' | 'token' | 'connector';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** An instant. */
  readonly at: string;
}

export interface Microsoft365 extends Tokens {
  /** 'http://127.0.0.1:{port}' */
  readonly url: string;
  readonly faults: Faults;
  readonly notifications: Notifications;
  readonly people: People;
  /** From now on every delta link given out so far answers 410. */
  expireDeltaLinks(): void;
  onCall(listener: (call: Call) => void): () => void;
  close(): Promise<void>;
}

/** Microsoft 365 on this machine: sign-in, Graph, and whatever `routes` add (the Bot Connector), on 127.0.0.1 alone. */
export async function startMicrosoft365(options: Microsoft365Options): Promise<Microsoft365> {
  const { clock, random, tenants, apps } = options;
  const store = createStore(options.stateFile);
  const people = createPeople(options.people);
  const signing = await createSigning({ clock, random, store, tenants, apps, people });
  const faults = createFaults(random);
  let listening = '';
  const shared: Shared = { url: () => listening, clock, random, store, faults, tenants, apps, people, tokens: signing };

  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    bodyLimit: 4 * 1024 * 1024,
  });
  loopbackOnly(app, { origins: options.origins ?? [] });
  const onCall = watchCalls(app, clock);
  // What was changed is on disk before anybody is told: a process killed in between has promised nothing.
  app.addHook('onSend', async (request) => {
    if (request.method !== 'GET') await store.saved();
  });
  const graph = createGraph(shared);
  await app.register(async (scope) => oidcRoutes(scope, { ...shared, signing }));
  await app.register(async (scope) => graph.routes(scope), { prefix: '/graph/v1.0' });
  await app.register(async (scope) => localRoutes(scope, shared, graph), { prefix: '/_local' });
  for (const route of options.routes ?? []) await app.register(async (scope) => route(scope, shared));
  listening = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

  const { mintUserToken, mintBotToken, mintAppToken, verify } = signing;
  return {
    ...{ url: listening, faults, people, mintUserToken, mintBotToken, mintAppToken, verify, onCall },
    notifications: graph.notifications,
    expireDeltaLinks: graph.expireDeltaLinks,
    async close() {
      graph.notifications.stop();
      await app.close();
      await store.close();
    },
  };
}

function kindOf(path: string): Call['kind'] | null {
  if (path.startsWith('/graph/')) return 'graph';
  if (path.startsWith('/connector/')) return 'connector';
  return path.endsWith('/oauth2/v2.0/token') ? 'token' : null;
}

function watchCalls(app: FastifyInstance, clock: Clock): Microsoft365['onCall'] {
  const listeners = new Set<(call: Call) => void>();
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const kind = kindOf(path);
    if (!kind) return;
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 0;
      const call = { kind, method: request.method, path, status, at: clock.now().toString() };
      for (const listener of listeners) listener(call);
    });
  });
  return (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
