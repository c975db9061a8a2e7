import type { Clock } from '../../bot/context.js';
import { oidOf } from './connector-ids.js';
import {
  type Change,
  type Chat,
  type Json,
  type Ledger,
  type LedgerActivity,
  openLedger,
  type Shown,
} from './connector-ledger.js';
import { createPacing, type Limit, type Pacing } from './connector-limits.js';
import {
  accountOf,
  type ActivityBody,
  type Channel,
  type ConversationBody,
  type Person,
  Refusal,
  shownBy,
} from './connector-places.js';
import { createRoster, type Directory, type Place, type Roster } from './connector-roster.js';
import { type Identify, type Tally, tallyLedger } from './connector-tally.js';

export interface ConnectorOptions {
  readonly channels: () => readonly Channel[];
  /** The ledger's file; absent means memory. */
  readonly stateFile?: string;
  /** Default: as published. */
  readonly limits?: { readonly send: readonly Limit[]; readonly read: readonly Limit[] };
}

/** The Bot Connector's state and rules. Every refusal is thrown as `Refusal`; connector-routes.ts speaks HTTP. */
export interface Connector {
  createConversation(botAppId: string, body: ConversationBody): { id: string; activityId?: string };
  /** Null for what Teams shows but does not keep (typing). */
  post(botAppId: string, conversationId: string, body: ActivityBody): LedgerActivity | null;
  /** Shown to one member and kept by nobody: it is not in the ledger. */
  postTo(botAppId: string, conversationId: string, body: ActivityBody): { id: string };
  /** What was shown to single members since the start. */
  targeted(): readonly Targeted[];
  update(botAppId: string, conversationId: string, activityId: string, body: ActivityBody): LedgerActivity;
  delete(botAppId: string, conversationId: string, activityId: string): void;
  members(botAppId: string, conversationId: string): Json[];
  member(botAppId: string, conversationId: string, memberId: string): Json;

  /** What the client side does: a person opens the chat with the bot, a group chat exists, a person starts a thread. */
  openPersonal(botAppId: string, oid: string): Chat;
  openGroup(chat: Extract<Chat, { kind: 'group' }>): void;
  startThread(channelId: string): string;
  /** A person who blocked or removed the app: posts to them are refused until it is lifted. */
  setBlocked(oid: string, blocked: boolean): void;

  ledger(): LedgerActivity[];
  activity(id: string): LedgerActivity | null;
  tally(identify?: Identify): Tally;
  person(oid: string): Person | null;
  channel(id: string): Channel | null;
  /** Called after each change is on record. Answers how to stop. */
  onChange(listener: (change: Change) => void): () => void;
}

export function createConnector(options: ConnectorOptions & Directory & { readonly clock: Clock }): Connector {
  const ledger = openLedger(options.stateFile);
  const roster = createRoster(options, ledger);
  const listeners = new Set<(change: Change) => void>();
  const announce = (change: Change) => {
    for (const listener of listeners) listener(change);
  };
  const parts = { clock: options.clock, ledger, roster, announce, pacing: createPacing(options.limits) };

  return {
    ...botSide(parts),
    openPersonal: roster.openPersonal,
    openGroup: (chat) => ledger.open(chat),
    startThread: (channelId) => ledger.startThread(channelId, options.clock.now().epochMilliseconds),
    ledger: () => ledger.activities(),
    activity: (id) => ledger.activity(id),
    tally: (identify) => tallyLedger(ledger.activities(), identify),
    person: options.person,
    channel: roster.channel,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A message that one member of a channel was shown. */
export interface Targeted {
  readonly conversationId: string;
  readonly oid: string;
  readonly shown: Shown;
}

function recipientOf(body: ActivityBody): string {
  const { recipient } = body as { readonly recipient?: { readonly id?: unknown } };
  if (typeof recipient?.id !== 'string') throw new Refusal(400, 'BadSyntax', 'A targeted message names its recipient.');
  return recipient.id;
}

interface Parts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly roster: Roster;
  readonly pacing: Pacing;
  readonly announce: (change: Change) => void;
}

type BotSide = Pick<
  Connector,
  'createConversation' | 'post' | 'postTo' | 'targeted' | 'update' | 'delete' | 'members' | 'member' | 'setBlocked'
>;

function botSide(parts: Parts): BotSide {
  const { clock, ledger, roster, pacing, announce } = parts;
  const write = createWriter(parts);
  const targeted: Targeted[] = [];
  const pace = (kind: 'send' | 'update' | 'read', botAppId: string, top: string) => {
    const waitMs = pacing[kind].take(`${botAppId} ${top}`, clock.now().epochMilliseconds);
    if (waitMs > 0) throw new Refusal(429, 'TooManyRequests', 'Too many requests.', Math.ceil(waitMs / 1000));
  };

  return {
    setBlocked: write.setBlocked,
    createConversation(botAppId, body) {
      const where = newPlace(roster, botAppId, body);
      pace('send', botAppId, where.top);
      const activity = body.activity ? write.post(botAppId, where, body.activity) : null;
      if (activity) return { id: activity.conversationId, activityId: activity.id };
      if (where.kind === 'chat') return { id: where.top };
      throw new Refusal(400, 'BadArgument', 'A new thread needs its first message.');
    },
    post(botAppId, conversationId, body) {
      const where = roster.place(botAppId, conversationId);
      pace('send', botAppId, where.top);
      return write.post(botAppId, where, body);
    },
    targeted: () => targeted,
    postTo(botAppId, conversationId, body) {
      const where = roster.place(botAppId, conversationId);
      pace('send', botAppId, where.top);
      const to = oidOf(recipientOf(body));
      if (where.kind !== 'channel' || !roster.peopleAt(where).some(({ oid }) => oid === to))
        throw new Refusal(403, 'BadArgument', 'A targeted message goes to a member of a channel.');
      notEmpty(body);
      targeted.push({ conversationId, oid: to, shown: shownBy(body, clock.now().toString()) });
      return { id: `targeted-${targeted.length}` };
    },
    update(botAppId, conversationId, activityId, body) {
      const where = roster.place(botAppId, conversationId);
      pace('update', botAppId, where.top);
      return write.update(botAppId, where, activityId, body);
    },
    delete(botAppId, conversationId, activityId) {
      const activity = ownActivity(ledger, botAppId, roster.place(botAppId, conversationId), activityId);
      const deleted = ledger.delete(activity.id, clock.now().toString());
      if (deleted) announce({ kind: 'delete', activity: deleted });
    },
    members(botAppId, conversationId) {
      const where = roster.place(botAppId, conversationId);
      pace('read', botAppId, where.top);
      return roster.peopleAt(where).map(accountOf);
    },
    member(botAppId, conversationId, memberId) {
      const where = roster.place(botAppId, conversationId);
      pace('read', botAppId, where.top);
      const found = roster.peopleAt(where).find((one) => one.oid === oidOf(memberId));
      if (found) return accountOf(found);
      throw new Refusal(404, 'MemberNotFoundInConversation', 'The member is not part of the conversation.');
    },
  };
}

function createWriter({ clock, ledger, announce }: Parts) {
  const blocked = new Set<string>();
  const mayWrite = (where: Place) => {
    if (where.kind === 'chat' && where.chat.kind === 'personal' && blocked.has(where.chat.oid))
      throw new Refusal(403, 'MessageWritesBlocked', 'Message writes are blocked.');
  };
  const shown = (body: ActivityBody) => shownBy(body, clock.now().toString());

  return {
    setBlocked(oid: string, block: boolean): void {
      if (block) blocked.add(oid);
      else blocked.delete(oid);
    },
    post(botAppId: string, where: Place, body: ActivityBody): LedgerActivity | null {
      mayWrite(where);
      if (body.type === 'typing') return null;
      if (body.type !== 'message') throw new Refusal(400, 'BadArgument', 'Unknown activity type.');
      notEmpty(body);
      const { top, rootId } = where;
      const post = { top, rootId, channel: where.kind === 'channel', botAppId, shown: shown(body) };
      const activity = ledger.post(post, clock.now().epochMilliseconds);
      announce({ kind: 'post', activity });
      return activity;
    },
    update(botAppId: string, where: Place, activityId: string, body: ActivityBody): LedgerActivity {
      mayWrite(where);
      notEmpty(body);
      const { id } = ownActivity(ledger, botAppId, where, activityId);
      const activity = ledger.update(id, shown(body)) ?? noSuchActivity();
      announce({ kind: 'update', activity });
      return activity;
    },
  };
}

function notEmpty(body: ActivityBody): void {
  if (!body.text && !body.attachments?.length)
    throw new Refusal(400, 'BadSyntax', 'Activity has neither text nor attachments.');
}

/** The activity as this bot may change it: its own, and in this conversation (named with or without the thread). */
function ownActivity(ledger: Ledger, botAppId: string, where: Place, activityId: string): LedgerActivity {
  const activity = ledger.activity(activityId);
  const own = activity && !activity.deletedAt && activity.top === where.top && activity.botAppId === botAppId;
  return own ? activity : noSuchActivity();
}

function noSuchActivity(): never {
  throw new Refusal(404, 'ActivityNotFoundInConversation', 'Activity not found in conversation.');
}

/** Where a conversation that is asked for would be: a new thread of a channel, or one person's chat. */
function newPlace(roster: Roster, botAppId: string, body: ConversationBody): Place {
  if (body.channelData?.channel) {
    const channel = roster.channel(body.channelData.channel.id);
    if (!channel) throw new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
    sameTenant(body, channel.tenantId);
    return { kind: 'channel', channel, top: channel.id, rootId: null };
  }
  const [member, another] = body.members ?? [];
  if (!member || another) throw new Refusal(400, 'BadArgument', 'One member is needed: groups cannot be created.');
  const chat = roster.openPersonal(botAppId, oidOf(member.id));
  sameTenant(body, chat.tenantId);
  return { kind: 'chat', chat, top: chat.id, rootId: null };
}

function sameTenant(body: ConversationBody, tenantId: string): void {
  const named = body.tenantId ?? body.channelData?.tenant?.id;
  if (named !== undefined && named !== tenantId)
    throw new Refusal(403, 'ForbiddenOperationException', 'The bot may not speak to another tenant.');
}
