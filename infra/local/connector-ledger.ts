import { threadId } from './connector-ids.js';
import { openJournal } from './connector-journal.js';

export type Json = Readonly<Record<string, unknown>>;

/** What one post or update showed. */
export interface Shown {
  readonly at: string;
  readonly card: Json | null;
  readonly text: string | null;
}

export interface LedgerActivity {
  readonly id: string;
  /** A personal or group chat, or a thread: '19:…;messageid=…'. */
  readonly conversationId: string;
  /** The chat or channel that holds it, without the thread. */
  readonly top: string;
  readonly botAppId: string;
  /** Oldest first; the first is the post, each further one an update. */
  readonly versions: readonly Shown[];
  readonly deletedAt: string | null;
}

/** A chat that came to be at run time. Channels are configuration. */
export type Chat =
  | {
      readonly kind: 'personal';
      readonly id: string;
      readonly tenantId: string;
      readonly botAppId: string;
      readonly oid: string;
    }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly tenantId: string;
      readonly botAppId: string;
      readonly oids: readonly string[];
    };

type Entry =
  | { readonly did: 'open'; readonly chat: Chat }
  | { readonly did: 'thread'; readonly id: string; readonly top: string }
  | {
      readonly did: 'post';
      readonly id: string;
      readonly top: string;
      readonly rootId: string | null;
      readonly botAppId: string;
      readonly shown: Shown;
    }
  | { readonly did: 'update'; readonly id: string; readonly shown: Shown }
  | { readonly did: 'delete'; readonly id: string; readonly at: string };

export type Change = { readonly kind: 'post' | 'update' | 'delete'; readonly activity: LedgerActivity };

export interface Ledger {
  open(chat: Chat): void;
  chat(id: string): Chat | null;
  /** Makes room for a thread whose first message a person wrote; the id of that message. */
  startThread(top: string, nowMs: number): string;
  knowsThread(conversationId: string): boolean;
  /** `rootId` null in a channel starts a thread. */
  post(
    post: { top: string; rootId: string | null; channel: boolean; botAppId: string; shown: Shown },
    nowMs: number,
  ): LedgerActivity;
  /** Null when there is no such activity, or it was deleted. */
  update(id: string, shown: Shown): LedgerActivity | null;
  delete(id: string, at: string): LedgerActivity | null;
  activity(id: string): LedgerActivity | null;
  /** In the order of posting. */
  activities(): LedgerActivity[];
}

export function openLedger(file: string | undefined): Ledger {
  const journal = openJournal<Entry>(file);
  const chats = new Map<string, Chat>();
  const threads = new Set<string>();
  const activities = new Map<string, LedgerActivity>();
  let lastId = 0;

  function apply(entry: Entry): LedgerActivity | null {
    if (entry.did === 'open') return (chats.set(entry.chat.id, entry.chat), null);
    if (entry.did === 'thread' || entry.did === 'post') lastId = Math.max(lastId, Number(entry.id));
    if (entry.did === 'thread') return (threads.add(threadId(entry.top, entry.id)), null);
    if (entry.did === 'post') {
      const conversationId = entry.rootId ? threadId(entry.top, entry.rootId) : entry.top;
      if (entry.rootId) threads.add(conversationId);
      const { id, top, botAppId, shown } = entry;
      return keep({ id, conversationId, top, botAppId, versions: [shown], deletedAt: null });
    }
    const activity = activities.get(entry.id);
    if (!activity || activity.deletedAt) return null;
    if (entry.did === 'delete') return keep({ ...activity, deletedAt: entry.at });
    return keep({ ...activity, versions: [...activity.versions, entry.shown] });
  }

  /** Teams names an activity by its instant in milliseconds; two in one millisecond must still differ. */
  function nextId(nowMs: number): string {
    return String(Math.max(nowMs, lastId + 1));
  }

  function keep(activity: LedgerActivity): LedgerActivity {
    activities.set(activity.id, activity);
    return activity;
  }

  function record(entry: Entry): LedgerActivity | null {
    const activity = apply(entry);
    if (activity || entry.did === 'open' || entry.did === 'thread') journal.append(entry);
    return activity;
  }

  for (const entry of journal.entries) apply(entry);

  return {
    open(chat) {
      if (!chats.has(chat.id)) record({ did: 'open', chat });
    },
    chat: (id) => chats.get(id) ?? null,
    startThread(top, nowMs) {
      const id = nextId(nowMs);
      record({ did: 'thread', id, top });
      return id;
    },
    knowsThread: (conversationId) => threads.has(conversationId),
    post({ top, rootId, channel, botAppId, shown }, nowMs) {
      const id = nextId(nowMs);
      const entry = { did: 'post', id, top, rootId: channel ? (rootId ?? id) : null, botAppId, shown } as const;
      const activity = record(entry);
      if (!activity) throw new Error('A post is always recorded.');
      return activity;
    },
    update: (id, shown) => record({ did: 'update', id, shown }),
    delete: (id, at) => record({ did: 'delete', id, at }),
    activity: (id) => activities.get(id) ?? null,
    activities: () => [...activities.values()],
  };
}
