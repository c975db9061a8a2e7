import { personalConversationId, readConversationId } from './connector-ids.js';
import type { Chat, Ledger } from './connector-ledger.js';
import { type Channel, type Person, Refusal } from './connector-places.js';

/** Where something is said. `rootId` names the thread of a channel, null for a new one and for chats. */
export type Place = { readonly top: string; readonly rootId: string | null } & (
  { readonly kind: 'chat'; readonly chat: Chat } | { readonly kind: 'channel'; readonly channel: Channel }
);

export interface Directory {
  readonly person: (oid: string) => Person | null;
  readonly channels: () => readonly Channel[];
}

/** Who is where, and which bot may speak there. */
export interface Roster {
  channel(id: string): Channel | null;
  /** The chat of one person with one bot, made when it is first asked for. */
  openPersonal(botAppId: string, oid: string): Chat;
  /** Refuses what does not exist, and a chat of another bot. */
  place(botAppId: string, conversationId: string): Place;
  peopleAt(where: Place): Person[];
}

export function createRoster(directory: Directory, ledger: Ledger): Roster {
  const channel = (id: string) => directory.channels().find((one) => one.id === id) ?? null;

  return {
    channel,
    openPersonal(botAppId, oid) {
      const person = directory.person(oid);
      if (!person) throw new Refusal(400, 'BadArgument', 'Failed to decrypt pairwise id.');
      const id = personalConversationId(botAppId, person);
      const chat: Chat = { kind: 'personal', id, tenantId: person.tenantId, botAppId, oid };
      ledger.open(chat);
      return chat;
    },
    place(botAppId, conversationId) {
      const { top, rootId } = readConversationId(conversationId);
      const found = channel(top);
      if (found && (rootId === null || ledger.knowsThread(conversationId)))
        return { kind: 'channel', channel: found, top, rootId };
      const chat = found ? null : ledger.chat(top);
      if (!chat) throw new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
      if (chat.botAppId !== botAppId)
        throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
      return { kind: 'chat', chat, top, rootId: null };
    },
    peopleAt(where) {
      return oidsAt(where)
        .map(directory.person)
        .filter((one) => one !== null);
    },
  };
}

function oidsAt(where: Place): readonly string[] {
  if (where.kind === 'channel') return where.channel.members;
  return where.chat.kind === 'personal' ? [where.chat.oid] : where.chat.oids;
}
