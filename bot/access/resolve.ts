import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.js';
import type { Clock } from '../context.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import { actorAmong, type Arrival, type ArrivalAt, arrivalOf } from './arrival.js';
import type { Actor } from './roles.js';

/**
 * From (tenant, object id) to authority and actor: the only reader of schema directory. A person belongs to an authority
 * because the council said so, never by their tenant (product.md I): the tenant only says whose token it is.
 */
export interface Directory {
  /** All that a turn of the chat needs, in one round trip; null when that bot is not that tenant's. */
  arrival(at: ArrivalAt): Promise<Arrival | null>;
  /** Throws not-bound, or choose-authority when two councils claim the person and none is chosen. */
  actorFor(tenantId: string, objectId: string): Promise<Actor & { kind: 'person' }>;
  authoritiesOf(tenantId: string, objectId: string): Promise<{ id: string; name: string; personId: string }[]>;
  choose(tenantId: string, objectId: string, authorityId: string): Promise<void>;
  tenantKnown(tenantId: string): Promise<boolean>;
  authorities(): Promise<{ id: string; name: string }[]>;
  /** Councils whose people may sign in with this tenant. */
  authoritiesIn(tenantId: string): Promise<string[]>;
  registration(tenantId: string, kind: 'bot' | 'api' | 'worker'): Promise<string | null>;
  reviewMailbox(authorityId: string): Promise<{ tenantId: string; address: string } | null>;
  subscription(id: string): Promise<{ authorityId: string; tenantId: string; clientStateHash: string } | null>;
  /** The subscription of that mailbox that lasts longest, to be renewed; null when there is none. */
  subscriptionOf(authorityId: string, mailbox: string): Promise<{ id: string; clientStateHash: string } | null>;
  keepSubscription(row: {
    id: string;
    authorityId: string;
    tenantId: string;
    mailbox: string;
    clientStateHash: string;
    expiresAt: Date;
  }): Promise<void>;
  /** Where a person's 1:1 chat or the authority's requests channel is; null when nobody has said. */
  personalChat(authorityId: string, personId: string): Promise<Conversation | null>;
  requestsChannel(authorityId: string): Promise<Conversation | null>;
  /** Every channel that is bound for requests; the first bound is the one for whatever names no other. */
  requestsChannels(authorityId: string): Promise<BoundChannel[]>;
  conversation(botAppId: string, conversationId: string): Promise<Conversation | null>;
  seen(conversation: Omit<Conversation, 'lastSeenAt'> & { objectId: string | null }): Promise<void>;
  bindChannel(botAppId: string, conversationId: string, bound: ChannelBinding): Promise<void>;
  /** The conversation stays known; nothing is posted there for requests any more. False when it was not that authority's. */
  unbindChannel(botAppId: string, conversationId: string, authorityId: string): Promise<boolean>;
  block(botAppId: string, conversationId: string): Promise<void>;
  isDemo(): Promise<boolean>;
}

export interface Conversation {
  readonly tenantId: string;
  readonly botAppId: string;
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly kind: 'personal' | 'channel';
  readonly authorityId: string | null;
  readonly lastSeenAt: Date;
}

export interface ChannelBinding {
  readonly authorityId: string;
  /** What the council calls it; null when nobody has said. */
  readonly name: string | null;
  /** Teams' own id of the team that it is in. */
  readonly teamId: string | null;
}

export interface BoundChannel extends Conversation {
  readonly name: string | null;
}

const conversationColumns = [
  'tenant_id',
  'bot_app_id',
  'conversation_id',
  'service_url',
  'kind',
  'authority_id',
  'last_seen_at',
] as const;

function toConversation(row: {
  tenant_id: string;
  bot_app_id: string;
  conversation_id: string;
  service_url: string;
  kind: 'personal' | 'channel';
  authority_id: string | null;
  last_seen_at: Date;
}): Conversation {
  return {
    tenantId: row.tenant_id,
    botAppId: row.bot_app_id,
    conversationId: row.conversation_id,
    serviceUrl: row.service_url,
    kind: row.kind,
    authorityId: row.authority_id,
    lastSeenAt: row.last_seen_at,
  };
}

export function createDirectory(db: Kysely<Schema>, clock: Clock): Directory {
  const identities = (tenantId: string, objectId: string) =>
    db
      .selectFrom('directory.identity as i')
      .innerJoin('directory.tenant_authority as t', (join) =>
        join.onRef('t.tenant_id', '=', 'i.tenant_id').onRef('t.authority_id', '=', 'i.authority_id'),
      )
      .innerJoin('directory.authority as a', 'a.authority_id', 'i.authority_id')
      .where('i.tenant_id', '=', tenantId)
      .where('i.object_id', '=', objectId)
      .where((where) => where.or([where('i.ended_on', 'is', null), where('i.ended_on', '>', dateIn(clock.now()))]))
      .select(['i.authority_id as id', 'a.name', 'i.person_id as personId'])
      .orderBy('a.name')
      .execute();
  return {
    ...people(db, clock, identities),
    arrival: (at) => arrivalOf(db, clock, at),
    ...tenants(db),
    ...registrations(db),
    ...subscriptions(db),
    ...places(db),
    ...conversations(db, clock),
  };
}

type Identities = (tenantId: string, objectId: string) => Promise<{ id: string; name: string; personId: string }[]>;

function people(db: Kysely<Schema>, clock: Clock, identities: Identities) {
  return {
    authoritiesOf: identities,
    async actorFor(tenantId: string, objectId: string) {
      const found = await identities(tenantId, objectId);
      if (found.length < 2) return actorAmong(found, null);
      const chosen = await db
        .selectFrom('directory.chosen_authority')
        .select('authority_id')
        .where('tenant_id', '=', tenantId)
        .where('object_id', '=', objectId)
        .executeTakeFirst();
      return actorAmong(found, chosen?.authority_id ?? null);
    },
    async choose(tenantId: string, objectId: string, authorityId: string) {
      const found = await identities(tenantId, objectId);
      if (!found.some(({ id }) => id === authorityId)) throw new AppError('not-found');
      const row = { authority_id: authorityId, chosen_at: toDate(clock.now()) };
      await db
        .insertInto('directory.chosen_authority')
        .values({ tenant_id: tenantId, object_id: objectId, ...row })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'object_id']).doUpdateSet(row))
        .execute();
    },
  };
}

function tenants(db: Kysely<Schema>) {
  return {
    async tenantKnown(tenantId: string) {
      const row = await db
        .selectFrom('directory.tenant')
        .select('tenant_id')
        .where('tenant_id', '=', tenantId)
        .executeTakeFirst();
      return row !== undefined;
    },
    async authoritiesIn(tenantId: string) {
      const rows = await db
        .selectFrom('directory.tenant_authority')
        .select('authority_id')
        .where('tenant_id', '=', tenantId)
        .orderBy('authority_id')
        .execute();
      return rows.map((row) => row.authority_id);
    },
    authorities: () =>
      db.selectFrom('directory.authority').select(['authority_id as id', 'name']).orderBy('authority_id').execute(),
  };
}

function registrations(db: Kysely<Schema>) {
  return {
    async registration(tenantId: string, kind: 'bot' | 'api' | 'worker') {
      const row = await db
        .selectFrom('directory.registration')
        .select('value')
        .where('tenant_id', '=', tenantId)
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async reviewMailbox(authorityId: string) {
      const row = await db
        .selectFrom('directory.registration')
        .select(['tenant_id', 'value'])
        .where('authority_id', '=', authorityId)
        .where('kind', '=', 'review-mailbox')
        .executeTakeFirst();
      return row ? { tenantId: row.tenant_id, address: row.value } : null;
    },
  };
}

function subscriptions(db: Kysely<Schema>) {
  return {
    async subscription(id: string) {
      const row = await db
        .selectFrom('directory.subscription')
        .selectAll()
        .where('subscription_id', '=', id)
        .executeTakeFirst();
      if (!row) return null;
      return { authorityId: row.authority_id, tenantId: row.tenant_id, clientStateHash: row.client_state_hash };
    },
    async subscriptionOf(authorityId: string, mailbox: string) {
      const row = await db
        .selectFrom('directory.subscription')
        .select(['subscription_id as id', 'client_state_hash as clientStateHash'])
        .where('authority_id', '=', authorityId)
        .where('mailbox', '=', mailbox)
        .orderBy('expires_at', 'desc')
        .executeTakeFirst();
      return row ?? null;
    },
    async keepSubscription(row: {
      id: string;
      authorityId: string;
      tenantId: string;
      mailbox: string;
      clientStateHash: string;
      expiresAt: Date;
    }) {
      const kept = { client_state_hash: row.clientStateHash, expires_at: row.expiresAt };
      await db
        .insertInto('directory.subscription')
        .values({
          subscription_id: row.id,
          authority_id: row.authorityId,
          tenant_id: row.tenantId,
          mailbox: row.mailbox,
          ...kept,
        })
        .onConflict((conflict) => conflict.column('subscription_id').doUpdateSet(kept))
        .execute();
    },
    async isDemo() {
      const row = await db.selectFrom('directory.installation').select('demo').executeTakeFirst();
      return row?.demo === true;
    },
  };
}

function places(db: Kysely<Schema>) {
  const open = () =>
    db.selectFrom('directory.conversation').select(conversationColumns).where('blocked_at', 'is', null);
  const one = async (query: { executeTakeFirst(): Promise<Parameters<typeof toConversation>[0] | undefined> }) => {
    const row = await query.executeTakeFirst();
    return row ? toConversation(row) : null;
  };
  return {
    personalChat: (authorityId: string, personId: string) =>
      one(
        db
          .selectFrom('directory.conversation as c')
          .innerJoin('directory.identity as i', (join) =>
            join.onRef('i.tenant_id', '=', 'c.tenant_id').onRef('i.object_id', '=', 'c.object_id'),
          )
          .where('i.authority_id', '=', authorityId)
          .where('i.person_id', '=', personId)
          .where('c.kind', '=', 'personal')
          .where('c.blocked_at', 'is', null)
          .select([
            'c.tenant_id',
            'c.bot_app_id',
            'c.conversation_id',
            'c.service_url',
            'c.kind',
            'c.authority_id',
            'c.last_seen_at',
          ])
          .orderBy('c.last_seen_at', 'desc'),
      ),
    requestsChannel: (authorityId: string) =>
      one(open().where('authority_id', '=', authorityId).where('purpose', '=', 'requests').orderBy('first_seen_at')),
    async requestsChannels(authorityId: string) {
      const rows = await open()
        .select('name')
        .where('authority_id', '=', authorityId)
        .where('purpose', '=', 'requests')
        .orderBy(sql`coalesce(bound_at, first_seen_at)`)
        .orderBy('conversation_id')
        .execute();
      return rows.map((row) => ({ ...toConversation(row), name: row.name }));
    },
    conversation: (botAppId: string, conversationId: string) =>
      one(open().where('bot_app_id', '=', botAppId).where('conversation_id', '=', conversationId)),
  };
}

function conversations(db: Kysely<Schema>, clock: Clock) {
  return {
    async seen(at: Omit<Conversation, 'lastSeenAt'> & { objectId: string | null }) {
      const now = toDate(clock.now());
      const fresh = { service_url: at.serviceUrl, last_seen_at: now, blocked_at: null };
      await db
        .insertInto('directory.conversation')
        .values({
          bot_app_id: at.botAppId,
          conversation_id: at.conversationId,
          tenant_id: at.tenantId,
          kind: at.kind,
          object_id: at.objectId,
          authority_id: at.authorityId,
          purpose: null,
          first_seen_at: now,
          ...fresh,
        })
        .onConflict((conflict) => conflict.columns(['bot_app_id', 'conversation_id']).doUpdateSet(fresh))
        .execute();
    },
    async bindChannel(botAppId: string, conversationId: string, bound: ChannelBinding) {
      await db
        .updateTable('directory.conversation')
        .set({
          ...{ authority_id: bound.authorityId, purpose: 'requests', name: bound.name, team_id: bound.teamId },
          bound_at: toDate(clock.now()),
        })
        .where('bot_app_id', '=', botAppId)
        .where('conversation_id', '=', conversationId)
        .where('kind', '=', 'channel')
        .execute();
    },
    async unbindChannel(botAppId: string, conversationId: string, authorityId: string) {
      const row = await db
        .updateTable('directory.conversation')
        .set({ authority_id: null, purpose: null, bound_at: null })
        .where('bot_app_id', '=', botAppId)
        .where('conversation_id', '=', conversationId)
        .where('authority_id', '=', authorityId)
        .where('purpose', '=', 'requests')
        .returning('conversation_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async block(botAppId: string, conversationId: string) {
      await db
        .updateTable('directory.conversation')
        .set({ blocked_at: toDate(clock.now()) })
        .where('bot_app_id', '=', botAppId)
        .where('conversation_id', '=', conversationId)
        .execute();
    },
  };
}
