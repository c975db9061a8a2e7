import type { Temporal } from 'temporal-polyfill';
import type { Actor } from './access/roles.js';
import type { Database } from './db/database.js';
import type { Log } from './log.js';
import type { Clock } from './time.js';

export type { Clock } from './time.js';

/** The one source of randomness. `id` is a UUIDv7 stamped with ctx.clock; `code(n)` is n Crockford base32 characters. */
export interface Random {
  id(): string;
  code(length: number): string;
}

/** A wall time as Graph speaks it, already in UTC at this port. */
export interface BusyBlock {
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
  readonly kind: 'busy' | 'tentative' | 'away';
}

/** Availability that could not be read is `unknown` with its reason. Unknown is never free (product.md E.3). */
export type Availability =
  | { readonly known: true; readonly readAt: Temporal.Instant; readonly busy: readonly BusyBlock[] }
  | { readonly known: false; readonly reason: string };

export interface EventDraft {
  /** Graph `transactionId`: the review's invitation id, so that a repeated create is one event. */
  readonly transactionId: string;
  readonly subject: string;
  readonly bodyText: string;
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
  readonly online: boolean;
  readonly locationText: string;
  readonly attendees: readonly { readonly email: string; readonly required: boolean }[];
}

export interface EventAnswer {
  readonly email: string;
  readonly response: 'none' | 'accepted' | 'tentative' | 'declined';
  readonly respondedAt: Temporal.Instant | null;
  readonly proposed: { readonly startAt: Temporal.Instant; readonly endAt: Temporal.Instant } | null;
}

/** One changed event on the review mailbox, read from the organiser's copy. */
export interface EventChange {
  readonly eventId: string;
  readonly transactionId: string | null;
  readonly removed: boolean;
  readonly cancelled: boolean;
  readonly startAt: Temporal.Instant | null;
  readonly endAt: Temporal.Instant | null;
  readonly answers: readonly EventAnswer[];
}

/** The review mailbox of one authority: which tenant it lives in and its address. */
export interface ReviewMailbox {
  readonly tenantId: string;
  readonly address: string;
}

export interface Calendar {
  /** Availability by address, for at most 62 days less a minute; every asked address is a key of the answer. */
  availability(
    mailbox: ReviewMailbox,
    emails: readonly string[],
    from: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<ReadonlyMap<string, Availability>>;
  /** Idempotent by transactionId. Throws a DeliveryError (jobs) when the answer is ambiguous or refused. */
  createEvent(mailbox: ReviewMailbox, draft: EventDraft): Promise<{ eventId: string }>;
  updateEvent(mailbox: ReviewMailbox, eventId: string, draft: EventDraft): Promise<void>;
  cancelEvent(mailbox: ReviewMailbox, eventId: string, comment: string): Promise<void>;
  /** Changes since `link` (or a full read of the window when null or expired). The new link is to be stored with what was read. */
  changes(
    mailbox: ReviewMailbox,
    link: string | null,
    window: { from: Temporal.Instant; until: Temporal.Instant },
  ): Promise<{ changes: EventChange[]; link: string; full: boolean }>;
  /** Makes or renews the change-notification subscription of the mailbox; a speed-up, never the truth. */
  subscribe(
    mailbox: ReviewMailbox,
    subscription: { id: string | null; clientState: string },
  ): Promise<{ id: string; expiresAt: Temporal.Instant }>;
}

/** Where a card is to appear. Read from the directory; the service URL's host was checked when it was stored. */
export interface ChatTarget {
  readonly tenantId: string;
  readonly botAppId: string;
  readonly serviceUrl: string;
  readonly conversationId: string;
}

/** Somebody in a conversation, as its roster has them. */
export interface Member {
  readonly name: string;
  readonly objectId: string | null;
  readonly tenantId: string | null;
  readonly guest: boolean;
}

export interface Notifier {
  /** Posts once and answers with the activity's id. After an ambiguous failure the post may exist (see infra/decisions). */
  post(
    target: ChatTarget,
    message: { card: unknown; summary: string },
  ): Promise<{ activityId: string; conversationId: string }>;
  /** What the directory calls a member of this conversation; null when the roster does not hold them. */
  memberName(target: ChatTarget, memberId: string): Promise<string | null>;
  /** Null when the roster does not hold them. */
  member(target: ChatTarget, memberId: string): Promise<Member | null>;
  /** To one member of a channel or group, seen by them alone; gone after a day, so never the only record (microsoft365.md 1.10). */
  postTo(target: ChatTarget, memberId: string, message: { card: unknown; summary: string }): Promise<void>;
  /** Idempotent. */
  update(target: ChatTarget, activityId: string, message: { card: unknown; summary: string }): Promise<void>;
}

export const sheetRefusals = [
  'empty',
  'not-a-table',
  'old-or-locked',
  'has-macros',
  'damaged',
  'quote-not-closed',
  'cell-too-large',
  'too-many-columns',
  'too-many-rows',
  'file-too-large',
  'unpacks-too-large',
  'has-declarations',
  'took-too-long',
] as const;
export type SheetRefusal = (typeof sheetRefusals)[number];

/** Why a whole file is not taken. Numbers and codes only: never anything that stands in the file. */
export class SheetRefused extends Error {
  constructor(
    readonly code: SheetRefusal,
    readonly limit: number | null = null,
  ) {
    super(limit === null ? code : `${code} (${limit})`);
    this.name = 'SheetRefused';
  }
}

/** Tables that people upload, row by row. `number` is the row as a spreadsheet shows it, from 1. */
export interface Sheets {
  /** The source is opened more than once. Throws SheetRefused. */
  read(
    open: () => AsyncIterable<Uint8Array>,
  ): AsyncIterable<readonly { readonly number: number; readonly fields: readonly string[] }[]>;
}

export interface Ports {
  readonly sheets: Sheets;
  readonly calendar: Calendar;
  readonly notifier: Notifier;
}

/** What every service function receives: the database handle, time, randomness, the log and who is acting. */
export interface Context extends Ports {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly actor: Actor;
}

/** A foreign system's failure, as the edge saw it; the worker decides what to do by `kind`. */
export class DeliveryError extends Error {
  constructor(
    readonly kind: 'retry' | 'ambiguous' | 'refused' | 'gone',
    readonly detail: { readonly status?: number; readonly retryAfterMs?: number; readonly code?: string } = {},
  ) {
    super(`${kind}${detail.code ? `: ${detail.code}` : ''}${detail.status ? ` (${detail.status})` : ''}`);
    this.name = 'DeliveryError';
  }
}
