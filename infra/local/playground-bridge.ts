import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Connector } from './connector.js';
import { botMri, personalConversationId, personMri, readConversationId, threadId } from './connector-ids.js';
import { guid } from './ids.js';
import { type Playground, type PlaygroundOptions, startPlayground } from './playground.js';
import type { PlaygroundSetting } from './playground-config.js';
import { createMirror, type Mirror } from './playground-mirror.js';

export interface BridgeOptions {
  readonly connector: Connector;
  readonly mintBotToken: (wanted: { aud: string; serviceUrl: string }) => Promise<string>;
  /** The bot's messaging endpoint. */
  readonly botUrl: string;
  /** Where this server listens; asked when first needed. */
  readonly url: () => string;
  /** 0 <= n < 1 */
  readonly random: () => number;
  readonly fetch?: typeof fetch;
}

/**
 * Between Playgrounds, which send no token and know no tenant, and a bot that always checks both. What a person does is put
 * under their own name, signed as the connector signs, and sent on; what the bot posts is on our ledger first and then shown.
 */
export interface PlaygroundBridge {
  /** To be called in the local Microsoft 365's `routes`. */
  routes(app: FastifyInstance): void;
  /** Starts a Playground for one person. What its conversations already hold is shown in it. */
  open(options: Omit<PlaygroundOptions, 'bridgeUrl'>): Promise<Playground>;
  /** As `open`, for a Playground that runs already and sends to `path`. */
  attach(setting: PlaygroundSetting): { readonly path: string; show(playgroundUrl: string): Mirror; detach(): void };
}

/** Older messages are left in the ledger when a Playground is filled at its start. */
const shownAtStart = 50;

interface Seat {
  readonly setting: PlaygroundSetting;
  readonly tops: ReadonlySet<string>;
  /** Arrivals already told: the page tells them again at every reload. */
  readonly told: Set<string>;
  mirror: Mirror | null;
}

const activityShape = z.looseObject({
  type: z.string(),
  action: z.string().optional(),
  membersAdded: z.unknown().optional(),
  name: z.string().optional(),
  replyToId: z.string().optional(),
  value: z.looseObject({}).optional(),
  conversation: z.looseObject({ id: z.string() }),
  channelData: z.looseObject({}).optional(),
});
type Activity = z.infer<typeof activityShape>;

export function createPlaygroundBridge(options: BridgeOptions): PlaygroundBridge {
  const { connector } = options;
  const seats = new Map<string, Seat>();
  connector.onChange(({ activity }) => {
    for (const seat of seats.values()) if (seat.tops.has(activity.top)) seat.mirror?.show(activity.id);
  });

  function attach(setting: PlaygroundSetting) {
    const key = guid(options.random);
    const seat: Seat = { setting, tops: openPlaces(connector, setting), told: new Set(), mirror: null };
    seats.set(key, seat);
    return {
      path: `/_local/playground/${key}/messages`,
      show(playgroundUrl: string): Mirror {
        const mirror = createMirror({
          url: playgroundUrl,
          activity: connector.activity,
          fetch: options.fetch ?? fetch,
        });
        const live = connector.ledger().filter((one) => seat.tops.has(one.top) && !one.deletedAt);
        for (const one of live.slice(-shownAtStart)) mirror.show(one.id);
        seat.mirror = mirror;
        return mirror;
      },
      detach: (): void => void seats.delete(key),
    };
  }

  return {
    attach,
    async open(wanted) {
      const place = attach(wanted);
      try {
        const playground = await startPlayground({ ...wanted, bridgeUrl: `${options.url()}${place.path}` });
        place.show(playground.url);
        const stop = async () => {
          place.detach();
          await playground.stop();
        };
        return { ...playground, stop };
      } catch (error) {
        place.detach();
        throw error;
      }
    },
    routes: (app) => messageRoutes(app, options, seats),
  };
}

function messageRoutes(app: FastifyInstance, options: BridgeOptions, seats: ReadonlyMap<string, Seat>): void {
  const path = '/_local/playground/:key/messages';
  // The page asks with HEAD whether its bot is there.
  app.head(path, async (_request, reply) => reply.code(200).send());
  app.post<{ Params: { key: string } }>(path, async (incoming, reply) => {
    const seat = seats.get(incoming.params.key);
    const activity = activityShape.safeParse(incoming.body);
    if (!seat) return reply.code(404).send({ error: { code: 'NoSuchPlayground', message: 'No such Playground.' } });
    if (!activity.success) return reply.code(400).send({ error: { code: 'BadSyntax', message: 'No activity.' } });
    if (alreadyTold(seat, activity.data)) return reply.code(200).send();
    const answer = await forward(options, seat, activity.data);
    return reply.code(answer.status).type(answer.type).send(answer.body);
  });
}

/** Makes the Playground's conversations known to our connector, so that the bot can speak there before anybody has. */
function openPlaces(connector: Connector, setting: PlaygroundSetting): ReadonlySet<string> {
  const { botAppId, person, users, team, groupChatId } = setting;
  connector.openPersonal(botAppId, person.oid);
  const oids = [person, ...users].map((one) => one.oid);
  connector.openGroup({ kind: 'group', id: groupChatId, tenantId: person.tenantId, botAppId, oids });
  const channels = [team.id, ...(team.channel ? [team.channel.id] : [])];
  return new Set([personalConversationId(botAppId, person), groupChatId, ...channels]);
}

function alreadyTold(seat: Seat, activity: Activity): boolean {
  if (activity.type !== 'installationUpdate' && activity.type !== 'conversationUpdate') return false;
  if (activity.action === 'remove') {
    seat.told.clear();
    return false;
  }
  const what = JSON.stringify([activity.type, activity.action, activity.membersAdded, activity.conversation.id]);
  if (seat.told.has(what)) return true;
  seat.told.add(what);
  return false;
}

async function forward(options: BridgeOptions, seat: Seat, activity: Activity) {
  const request = options.fetch ?? fetch;
  const serviceUrl = `${options.url()}/connector/`;
  const token = await options.mintBotToken({ aud: seat.setting.botAppId, serviceUrl });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ ...(await asTeamsSendsIt(options.connector, seat, activity)), serviceUrl });
  try {
    const answer = await request(options.botUrl, { method: 'POST', headers, body });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    return { status: answer.status, type, body: await answer.text() };
  } catch {
    return { status: 502, type: 'text/plain', body: 'The bot does not answer.' };
  }
}

/**
 * A Playground is one person's: whatever its page was told to send, it is sent under that person's name and tenant. It names
 * messages by ids of its own, and threads by the id of their first message.
 */
async function asTeamsSendsIt(connector: Connector, seat: Seat, activity: Activity): Promise<object> {
  const { person, botAppId, botName } = seat.setting;
  const replyToId = activity.replyToId && ((await seat.mirror?.ours(activity.replyToId)) ?? activity.replyToId);
  return {
    ...activity,
    ...(replyToId ? { replyToId } : {}),
    // The Playground leaves out what Teams says of a press.
    ...(activity.name === 'adaptiveCard/action' ? { value: { trigger: 'manual', ...activity.value } } : {}),
    locale: 'en-GB',
    from: { id: personMri(person.oid), aadObjectId: person.oid, name: person.name },
    recipient: { id: botMri(botAppId), name: botName },
    conversation: {
      ...{ ...activity.conversation, tenantId: person.tenantId },
      id: await ourConversation(connector, seat, activity.conversation.id),
    },
    channelData: { ...activity.channelData, tenant: { id: person.tenantId } },
  };
}

async function ourConversation(connector: Connector, seat: Seat, theirs: string): Promise<string> {
  const { top, rootId } = readConversationId(theirs);
  if (rootId === null) return top;
  const known = await seat.mirror?.ours(rootId);
  if (known) return threadId(top, known);
  const started = connector.startThread(top);
  seat.mirror?.pair(started, rootId);
  return threadId(top, started);
}
