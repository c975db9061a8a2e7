import { eventIdOf, guidOf } from './ids.js';
import type { Meeting } from './meeting.js';
import type { LocalPerson, Shared } from './shared.js';

export interface Mailbox {
  /** The directory object id: what `Users/{id}` says in notifications. */
  readonly id: string;
  readonly tenantId: string;
  readonly address: string;
  readonly name: string;
  readonly isReviewMailbox: boolean;
}

export interface Mailboxes {
  /** By object id or address, as Graph's `/users/{id}` takes either; only inside one tenant. */
  find(tenantId: string, idOrAddress: string): Mailbox | null;
  /** Any tenant's: mail crosses tenants, directories do not. */
  byAddress(address: string): Mailbox | null;
  /** What was in the diary before any of this began; never written to the state file. */
  commitments(mailboxId: string): readonly Meeting[];
}

export function createMailboxes(shared: Pick<Shared, 'people' | 'apps' | 'tenants'>): Mailboxes {
  const { people, apps, tenants } = shared;
  const made = new WeakMap<LocalPerson, readonly Meeting[]>();
  const review: readonly Mailbox[] = apps.reviewMailboxes.map(({ tenantId, address }) => ({
    id: guidOf(`mailbox ${tenantId} ${address.toLowerCase()}`),
    tenantId,
    address,
    name: `${tenants.find((tenant) => tenant.tenantId === tenantId)?.name ?? 'Virtual School'} reviews`,
    isReviewMailbox: true,
  }));

  function all(): Mailbox[] {
    const own = people.list().map(({ oid, tenantId, email, name }): Mailbox => {
      return { id: oid, tenantId, address: email, name, isReviewMailbox: false };
    });
    return [...review, ...own];
  }
  const lower = (text: string) => text.toLowerCase();

  return {
    find: (tenantId, asked) =>
      all().find((box) => box.tenantId === tenantId && [lower(box.id), lower(box.address)].includes(lower(asked))) ??
      null,
    byAddress: (address) => all().find((box) => lower(box.address) === lower(address)) ?? null,
    commitments(mailboxId) {
      const person = people.list().find((one) => one.oid === mailboxId);
      if (!person) return [];
      const known = made.get(person) ?? person.calendar.map((_, index) => commitment(person, index));
      made.set(person, known);
      return known;
    },
  };
}

function commitment(person: LocalPerson, index: number): Meeting {
  const own = person.calendar[index];
  if (!own) throw new Error('A commitment was asked for that is not in the calendar.');
  const words = `${person.tenantId} ${person.oid} ${index} ${own.startAt} ${own.subject}`;
  const copy = {
    ...{
      id: eventIdOf(words),
      address: person.email,
      createdSeq: 0,
      seq: 0,
      createdAt: '2026-01-05T09:00:00Z',
      modifiedAt: '2026-01-05T09:00:00Z',
    },
    ...{ response: 'organizer' as const, respondedAt: null, removed: false },
  };
  return {
    uid: guidOf(words),
    organiser: { mailboxId: person.oid, name: person.name, address: person.email },
    transactionId: null,
    ...{
      subject: own.subject,
      bodyHtml: '',
      location: null,
      isAllDay: false,
      importance: 'normal',
      sensitivity: 'normal',
    },
    ...{ startAt: own.startAt, endAt: own.endAt, startZone: 'GMT Standard Time', endZone: 'GMT Standard Time' },
    ...{ showAs: own.showAs, hideAttendees: false, allowNewTimeProposals: true, responseRequested: true },
    ...{ isOnlineMeeting: false, joinUrl: null, reminderMinutes: 15, categories: [] },
    attendees: [],
    cancelled: false,
    copies: { [person.oid]: copy },
  };
}
