import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Connector, type ConnectorOptions, createConnector } from './connector.js';
import { activityBody, conversationBody, parseBody, Refusal } from './connector-places.js';
import { applyFaults, type Faults } from './faults.js';
import { connectorAudience, type Shared } from './shared.js';

export interface ConnectorRoutes {
  readonly connector: Connector;
  readonly faults: Faults;
  /** The app id of the bot whose token this is, or null: wrong audience, issuer, signature, time, or unknown bot. */
  readonly botOf: (token: string) => Promise<string | null>;
}

/** Teams refuses a post of more than about 28 KB (microsoft365.md 1.8). */
const maxPostBytes = 28 * 1024;

type ConversationParams = { Params: { conversationId: string } };
type ActivityParams = { Params: { conversationId: string; activityId: string } };
type MemberParams = { Params: { conversationId: string; memberId: string } };

/** Adds the connector to the local Microsoft 365; to be called in its `routes`. */
export function installConnector(app: FastifyInstance, shared: Shared, options: ConnectorOptions): Connector {
  const person = (oid: string) =>
    shared.tenants.map((tenant) => shared.people.find(tenant.tenantId, oid)).find((one) => one !== null) ?? null;
  const connector = createConnector({ ...options, clock: shared.clock, person });
  connectorRoutes(app, {
    connector,
    faults: shared.faults,
    async botOf(token) {
      const claims = await shared.tokens.verify(token, connectorAudience);
      return claims?.appOnly && shared.apps.botAppIds.includes(claims.clientId) ? claims.clientId : null;
    },
  });
  return connector;
}

/** Bot Connector v3 at /connector/, so `serviceUrl` is `${url}/connector/`. */
export function connectorRoutes(app: FastifyInstance, options: ConnectorRoutes): void {
  void app.register(
    async (scope) => {
      applyFaults(scope, 'connector', options.faults);
      scope.setErrorHandler(answerRefusal);
      const bots = new WeakMap<FastifyRequest, string>();
      scope.addHook('preHandler', async (request) => {
        bots.set(request, await authenticate(request, options.botOf));
        if (request.body && Buffer.byteLength(JSON.stringify(request.body)) > maxPostBytes)
          throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
      });
      routes(scope, options.connector, (request) => bots.get(request) ?? '');
    },
    { prefix: '/connector' },
  );
  localRoutes(app, options.connector);
}

function routes(scope: FastifyInstance, connector: Connector, bot: (request: FastifyRequest) => string): void {
  const conversation = '/v3/conversations/:conversationId';

  scope.post('/v3/conversations', async (request, reply) =>
    reply.code(201).send(connector.createConversation(bot(request), parseBody(conversationBody, request.body))),
  );
  for (const path of [`${conversation}/activities`, `${conversation}/activities/:activityId`])
    scope.post<ConversationParams & { Querystring: { isTargetedActivity?: string } }>(path, async (request, reply) => {
      const body = parseBody(activityBody, request.body);
      if (request.query.isTargetedActivity === 'true')
        return reply.code(201).send(connector.postTo(bot(request), request.params.conversationId, body));
      const activity = connector.post(bot(request), request.params.conversationId, body);
      return activity ? reply.code(201).send({ id: activity.id }) : reply.code(202).send();
    });
  scope.put<ActivityParams>(`${conversation}/activities/:activityId`, async (request) => {
    const { conversationId, activityId } = request.params;
    return { id: connector.update(bot(request), conversationId, activityId, parseBody(activityBody, request.body)).id };
  });
  scope.delete<ActivityParams>(`${conversation}/activities/:activityId`, async (request, reply) => {
    connector.delete(bot(request), request.params.conversationId, request.params.activityId);
    return reply.code(200).send();
  });
  scope.get<ConversationParams>(`${conversation}/members`, async (request) =>
    connector.members(bot(request), request.params.conversationId),
  );
  scope.get<MemberParams>(`${conversation}/members/:memberId`, async (request) =>
    connector.member(bot(request), request.params.conversationId, request.params.memberId),
  );
  scope.get<ConversationParams & { Querystring: { pageSize?: string; continuationToken?: string } }>(
    `${conversation}/pagedmembers`,
    async (request) => {
      const all = connector.members(bot(request), request.params.conversationId);
      return page(all, Number(request.query.pageSize ?? 50), Number(request.query.continuationToken ?? 0));
    },
  );
}

/** Page sizes are 50 to 500, as TeamsInfo.getPagedMembers. */
function page<T>(all: readonly T[], size: number, from: number): { members: T[]; continuationToken?: string } {
  const until = from + Math.min(500, Math.max(50, size));
  const members = all.slice(from, until);
  return until < all.length ? { members, continuationToken: String(until) } : { members };
}

/** What a Teams client or an administrator does, for this machine's tools; no bot uses these. */
function localRoutes(app: FastifyInstance, connector: Connector): void {
  app.get<{ Querystring: { top?: string; id?: string } }>('/_local/connector/ledger', async (request) => {
    const { top, id } = request.query;
    return { activities: connector.ledger().filter((one) => (!top || one.top === top) && (!id || one.id === id)) };
  });
  app.post<{ Body: { botAppId: string; oid: string } }>('/_local/connector/personal', async (request, reply) =>
    withRefusals(reply, () => connector.openPersonal(request.body.botAppId, request.body.oid)),
  );
  app.post<{ Body: { channelId: string } }>('/_local/connector/threads', async (request, reply) =>
    withRefusals(reply, () => {
      const channel = connector.channel(request.body.channelId);
      if (!channel) throw new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
      return { channel, rootId: connector.startThread(channel.id) };
    }),
  );
  app.post<{ Body: { oid: string; blocked: boolean } }>('/_local/connector/blocked', async (request, reply) => {
    connector.setBlocked(request.body.oid, request.body.blocked);
    return reply.code(204).send();
  });
}

function withRefusals<T>(reply: FastifyReply, work: () => T): T | FastifyReply {
  try {
    return work();
  } catch (error) {
    return answerRefusal(error, null, reply);
  }
}

async function authenticate(request: FastifyRequest, botOf: ConnectorRoutes['botOf']): Promise<string> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const appId = scheme?.toLowerCase() === 'bearer' && token ? await botOf(token) : null;
  if (appId === null) throw new Refusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
  return appId;
}

function answerRefusal(error: unknown, _request: unknown, reply: FastifyReply): FastifyReply {
  if (!(error instanceof Refusal)) throw error;
  if (error.retryAfterSeconds !== undefined) reply.header('Retry-After', String(error.retryAfterSeconds));
  return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
}
