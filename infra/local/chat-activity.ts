import { z } from 'zod';
import type { threadShape, Wire } from './chat-wire.js';
import { botMri, personMri } from './connector-ids.js';
import type { Json } from './connector-ledger.js';

export interface ChatPerson {
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
}

/** An activity's envelope, as Teams fills it in (microsoft365.md 1.7). */
export function addressed(wire: Wire, person: ChatPerson, conversationId: string): Json {
  const [top = conversationId] = conversationId.split(';');
  const channel = top.startsWith('19:');
  const at = wire.clock.now().toString();
  return {
    ...{ id: wire.newId(), channelId: 'msteams', serviceUrl: wire.serviceUrl, timestamp: at, locale: 'en-GB' },
    from: { id: personMri(person.oid), aadObjectId: person.oid, name: person.name },
    recipient: { id: botMri(wire.botAppId), name: 'Golden Thread' },
    conversation: {
      ...{ id: conversationId, tenantId: person.tenantId, conversationType: channel ? 'channel' : 'personal' },
      ...(channel ? { isGroup: true } : {}),
    },
    channelData: { tenant: { id: person.tenantId }, ...(channel ? { channel: { id: top } } : {}) },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' }],
  };
}

/** A person's first message of a thread, which mentions the bot. */
type StartedIn = z.infer<typeof threadShape>['channel'];

export function mention(base: Json, channel: StartedIn, rootId: string, text: string): Json {
  const words = '<at>Golden Thread</at>';
  const tenant = z.looseObject({ tenant: z.unknown().optional() }).parse(base['channelData']).tenant;
  const clientInfo = Array.isArray(base['entities']) ? base['entities'] : [];
  return {
    ...base,
    id: rootId,
    type: 'message',
    text: `${words} ${text}`,
    entities: [...(clientInfo as readonly unknown[]), { type: 'mention', text: words, mentioned: base['recipient'] }],
    channelData: { tenant, team: { id: channel.teamId }, channel: { id: channel.id, name: channel.name } },
  };
}
