import { z } from 'zod';
import type { Clock } from '../../bot/context.js';
import type { Json, LedgerActivity } from './connector-ledger.js';

export interface ChatClientOptions {
  /** The bot's messaging endpoint. */
  readonly botUrl: string;
  readonly botAppId: string;
  /** '…/connector/' */
  readonly serviceUrl: string;
  readonly mintBotToken: (wanted: { aud: string; serviceUrl: string }) => Promise<string>;
  readonly clock: Clock;
  /** A fresh GUID: the id of each activity sent. */
  readonly newId: () => string;
  readonly fetch?: typeof fetch;
}

/** One activity sent to the bot and what came back. */
export interface Delivery {
  readonly activity: Json;
  /** HTTP status; 0 when the connection broke. */
  readonly status: number;
  readonly body: unknown;
  /** The card that an invoke was answered with. */
  readonly card: Json | null;
  /** The words that an invoke was answered with instead of a card: a message or an error. */
  readonly said: string | null;
}

/** What the connector says about a chat, and about a channel in which a thread was just started. */
const personalShape = z.looseObject({ id: z.string() });
export const threadShape = z.looseObject({
  rootId: z.string(),
  channel: z.looseObject({ id: z.string(), teamId: z.string(), name: z.string() }),
});

export type Wire = ReturnType<typeof createWire>;

/** HTTP to the bot and to the connector's own side. */
export function createWire(options: ChatClientOptions) {
  const request = options.fetch ?? fetch;
  const local = async (path: string, body?: unknown): Promise<unknown> => {
    const url = new URL(path, options.serviceUrl);
    const headers = { 'content-type': 'application/json' };
    const answer = await request(url, body ? { method: 'POST', headers, body: JSON.stringify(body) } : {});
    if (!answer.ok) throw new Error(`The connector answered ${answer.status} to ${path}.`);
    return answer.json();
  };

  return {
    botAppId: options.botAppId,
    serviceUrl: options.serviceUrl,
    clock: options.clock,
    newId: options.newId,
    async personal(oid: string): Promise<string> {
      const body = { botAppId: options.botAppId, oid };
      return personalShape.parse(await local('/_local/connector/personal', body)).id;
    },
    startThread: async (channelId: string) =>
      threadShape.parse(await local('/_local/connector/threads', { channelId })),
    /** What one chat or channel holds, or one activity. */
    async ledger(wanted: { top: string } | { id: string }): Promise<LedgerActivity[]> {
      const answer = await local(`/_local/connector/ledger?${new URLSearchParams(wanted).toString()}`);
      return (answer as { activities: LedgerActivity[] }).activities; // both ends are this folder's
    },
    async deliver(activity: Json): Promise<Delivery> {
      const token = await options.mintBotToken({ aud: options.botAppId, serviceUrl: options.serviceUrl });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      try {
        const answer = await request(options.botUrl, { method: 'POST', headers, body: JSON.stringify(activity) });
        return readAnswer(activity, answer.status, await answer.text());
      } catch {
        return { activity, status: 0, body: null, card: null, said: null };
      }
    },
  };
}

const invokeAnswer = z.looseObject({ type: z.string(), value: z.unknown().optional() });

function readAnswer(activity: Json, status: number, text: string): Delivery {
  let body: unknown = text;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    // Words instead of JSON: kept as they came.
  }
  const answer = invokeAnswer.safeParse(body);
  if (!answer.success) return { activity, status, body, card: null, said: null };
  const { type, value } = answer.data;
  const card =
    type === 'application/vnd.microsoft.card.adaptive' ? z.record(z.string(), z.unknown()).parse(value) : null;
  const message = z.looseObject({ message: z.string() }).safeParse(value);
  const said = card ? null : typeof value === 'string' ? value : message.success ? message.data.message : null;
  return { activity, status, body, card, said };
}
