import { createHash } from 'node:crypto';

/** The address of one person's chat with one bot. Opaque to the bot, and the same whenever it is asked for. */
export function personalConversationId(
  botAppId: string,
  person: { readonly tenantId: string; readonly oid: string },
): string {
  const digest = createHash('sha256').update(`${botAppId}|${person.tenantId}|${person.oid}`).digest('base64url');
  return `a:1${digest}`;
}

export const personMri = (oid: string): string => `29:${oid}`;
export const botMri = (appId: string): string => `28:${appId}`;

/** Accepts what Teams accepts to name a person: the id of the bot's own pairing, or the directory's object id. */
export function oidOf(memberId: string): string {
  return memberId.startsWith('29:') ? memberId.slice(3) : memberId;
}

/** '19:…@thread.tacv2;messageid=161…' names a thread of a channel; without the part after the semicolon, the channel. */
export function readConversationId(id: string): { readonly top: string; readonly rootId: string | null } {
  const [top = id, ...rest] = id.split(';');
  const root = rest.find((part) => part.startsWith('messageid='));
  return { top, rootId: root ? root.slice('messageid='.length) : null };
}

export const threadId = (channelId: string, rootId: string): string => `${channelId};messageid=${rootId}`;
