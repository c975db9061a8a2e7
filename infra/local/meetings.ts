import type { Mailbox, Mailboxes } from './mailboxes.js';
import { calendarUid, eventId, guid } from './ids.js';
import {
  responseOf,
  type Answer,
  type Copy,
  type Item,
  type Meeting,
  type MeetingAttendee,
  type MeetingDetails,
  type Slot,
} from './meeting.js';
import type { Shared } from './shared.js';

/** One create that did work or was recognised as a repeat; what a count of duplicates is made from. */
export interface Creation {
  readonly transactionId: string | null;
  readonly mailbox: string;
  readonly eventId: string;
  readonly at: string;
  readonly repeated: boolean;
}

export interface MeetingChange {
  readonly item: Item;
  readonly kind: 'created' | 'updated' | 'deleted';
}

export interface AttendeeDraft {
  readonly name: string;
  readonly address: string;
  readonly type: MeetingAttendee['type'];
}

interface MeetingState {
  seq: number;
  /** Delta links of an earlier epoch are gone. */
  epoch: number;
  meetings: Record<string, Meeting>;
  creations: Creation[];
}

/** The calendars of everybody: one meeting, a copy of it in each mailbox here, and the traffic between the copies. */
export class Meetings {
  readonly #state: MeetingState;
  readonly #listeners: ((change: MeetingChange) => void)[] = [];

  constructor(
    private readonly shared: Pick<Shared, 'store' | 'clock' | 'random'>,
    private readonly mailboxes: Mailboxes,
  ) {
    this.#state = shared.store.part<MeetingState>('meetings', () => ({
      seq: 0,
      epoch: 1,
      meetings: {},
      creations: [],
    }));
  }

  onChange(listener: (change: MeetingChange) => void): void {
    this.#listeners.push(listener);
  }

  get seq(): number {
    return this.#state.seq;
  }

  get epoch(): number {
    return this.#state.epoch;
  }

  get creations(): readonly Creation[] {
    return this.#state.creations;
  }

  all(): Meeting[] {
    return Object.values(this.#state.meetings);
  }

  expireDeltaLinks(): void {
    this.#state.epoch += 1;
    this.shared.store.changed();
  }

  /** Every copy in this mailbox, those removed included. */
  itemsOf(mailboxId: string): Item[] {
    const known = [...this.mailboxes.commitments(mailboxId), ...this.all()];
    return known.flatMap((meeting) => {
      const copy = meeting.copies[mailboxId];
      return copy ? [{ meeting, copy, mailboxId }] : [];
    });
  }

  find(mailboxId: string, id: string): Item | null {
    return this.itemsOf(mailboxId).find((item) => item.copy.id === id && !item.copy.removed) ?? null;
  }

  /** A transactionId that this mailbox already used answers with the event that it made. */
  create(mailbox: Mailbox, details: MeetingDetails, attendees: AttendeeDraft[], transactionId: string | null): Item {
    const earlier = transactionId ? this.#byTransaction(mailbox.id, transactionId) : null;
    const item = earlier ?? this.#add(mailbox, details, attendees, transactionId);
    const record = { transactionId, mailbox: mailbox.address, eventId: item.copy.id, at: this.#now() };
    this.#state.creations.push({ ...record, repeated: earlier !== null });
    this.shared.store.changed();
    return item;
  }

  /** A new time makes every answer so far meaningless, so Exchange asks everybody again. */
  update(item: Item, details: Partial<MeetingDetails>, attendees: AttendeeDraft[] | null): void {
    const { meeting } = item;
    const [startAt, endAt] = [Date.parse(meeting.startAt), Date.parse(meeting.endAt)];
    const wasOnline = meeting.isOnlineMeeting;
    Object.assign(meeting, details, { isOnlineMeeting: wasOnline || details.isOnlineMeeting === true });
    // A body written without its join link loses the link for good: the trap that a careless PATCH falls into.
    if (meeting.joinUrl && !meeting.bodyHtml.includes(meeting.joinUrl)) meeting.joinUrl = null;
    if (meeting.isOnlineMeeting && !wasOnline) this.#makeOnline(meeting);
    if (attendees) this.#replaceAttendees(meeting, attendees);
    if (startAt !== Date.parse(meeting.startAt) || endAt !== Date.parse(meeting.endAt)) askAgain(meeting);
    this.#tell(item, 'updated');
    this.#invite(meeting);
  }

  /** Takes one copy out of its own diary. */
  remove(item: Item): void {
    item.copy.removed = true;
    this.#tell(item, 'deleted');
  }

  /** The organiser's copy goes; the attendees' stay, marked as cancelled, until each takes it out of the diary. */
  cancel(item: Item): void {
    item.meeting.cancelled = true;
    this.remove(item);
    for (const other of attendeeItems(item.meeting)) if (!other.copy.removed) this.#tell(other, 'updated');
  }

  /** With `sendResponse` false the organiser never hears of it. */
  answer(item: Item, given: Answer, options: { readonly sendResponse: boolean; readonly proposed: Slot | null }): void {
    const { meeting, copy } = item;
    copy.response = responseOf[given];
    copy.respondedAt = this.#now();
    this.#tell(item, 'updated');
    const attendee = meeting.attendees.find((one) => one.address.toLowerCase() === copy.address.toLowerCase());
    const organiser = organiserItem(meeting);
    if (!options.sendResponse || !attendee || !organiser) return;
    Object.assign(attendee, { response: copy.response, respondedAt: copy.respondedAt, proposed: options.proposed });
    this.#tell(organiser, 'updated');
  }

  #now(): string {
    return this.shared.clock.now().toString({ smallestUnit: 'millisecond' });
  }

  #tell(item: Item, kind: MeetingChange['kind']): void {
    this.#state.seq += 1;
    item.copy.seq = this.#state.seq;
    item.copy.modifiedAt = this.#now();
    this.shared.store.changed();
    for (const listener of this.#listeners) listener({ item, kind });
  }

  #add(mailbox: Mailbox, details: MeetingDetails, attendees: AttendeeDraft[], transactionId: string | null): Item {
    const { random } = this.shared;
    const meeting: Meeting = {
      ...details,
      uid: calendarUid(random),
      organiser: { mailboxId: mailbox.id, name: mailbox.name, address: mailbox.address },
      transactionId,
      joinUrl: null,
      attendees: attendees.map(newAttendee),
      cancelled: false,
      copies: {},
    };
    if (meeting.isOnlineMeeting) this.#makeOnline(meeting);
    this.#state.meetings[meeting.uid] = meeting;
    const item = this.#addCopy(meeting, mailbox, 'organizer');
    this.#invite(meeting);
    return item;
  }

  #makeOnline(meeting: Meeting): void {
    const id = guid(this.shared.random).replaceAll('-', '');
    meeting.joinUrl = `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${id}%40thread.v2/0`;
    meeting.bodyHtml += `<div class="me-email-text"><a href="${meeting.joinUrl}">Join the meeting now</a></div>`;
  }

  #addCopy(meeting: Meeting, mailbox: Mailbox, response: Copy['response']): Item {
    const at = this.#now();
    const seq = this.#state.seq + 1;
    const own = { response, respondedAt: null, removed: false };
    const { id: mailboxId, address } = mailbox;
    const id = eventId(this.shared.random);
    const copy: Copy = { id, address, createdSeq: seq, createdAt: at, seq, modifiedAt: at, ...own };
    meeting.copies[mailboxId] = copy;
    const item = { meeting, copy, mailboxId };
    this.#tell(item, 'created');
    return item;
  }

  #byTransaction(mailboxId: string, transactionId: string): Item | null {
    const items = this.all().flatMap((meeting) => organiserItem(meeting) ?? []);
    const same = (item: Item) => item.mailboxId === mailboxId && item.meeting.transactionId === transactionId;
    return items.find((item) => same(item) && !item.copy.removed) ?? null;
  }

  /** The mail that an invitation is: it reaches every mailbox here, in whatever tenant; the rest of the world is not here. */
  #invite(meeting: Meeting): void {
    for (const attendee of meeting.attendees) {
      const mailbox = this.mailboxes.byAddress(attendee.address);
      if (!mailbox || mailbox.id === meeting.organiser.mailboxId) continue;
      const copy = meeting.copies[mailbox.id];
      if (!copy) this.#addCopy(meeting, mailbox, 'notResponded');
      else this.#receiveUpdate({ meeting, copy, mailboxId: mailbox.id });
    }
  }

  #receiveUpdate(item: Item): void {
    item.copy.removed = false;
    this.#tell(item, 'updated');
  }

  #replaceAttendees(meeting: Meeting, attendees: AttendeeDraft[]): void {
    const known = new Map(meeting.attendees.map((attendee) => [attendee.address.toLowerCase(), attendee]));
    meeting.attendees = attendees.map((draft) => {
      const earlier = known.get(draft.address.toLowerCase());
      return earlier ? { ...earlier, type: draft.type } : newAttendee(draft);
    });
    const invited = new Set(meeting.attendees.map((attendee) => this.mailboxes.byAddress(attendee.address)?.id));
    for (const item of attendeeItems(meeting)) if (!invited.has(item.mailboxId)) this.remove(item);
  }
}

function organiserItem(meeting: Meeting): Item | null {
  const { mailboxId } = meeting.organiser;
  const copy = meeting.copies[mailboxId];
  return copy ? { meeting, copy, mailboxId } : null;
}

function attendeeItems(meeting: Meeting): Item[] {
  const items = Object.entries(meeting.copies).map(([mailboxId, copy]) => ({ meeting, copy, mailboxId }));
  return items.filter((item) => item.mailboxId !== meeting.organiser.mailboxId);
}

function askAgain(meeting: Meeting): void {
  for (const attendee of meeting.attendees)
    Object.assign(attendee, { response: 'none', respondedAt: null, proposed: null });
  for (const { copy } of attendeeItems(meeting)) Object.assign(copy, { response: 'notResponded', respondedAt: null });
}

function newAttendee(draft: AttendeeDraft): MeetingAttendee {
  return { ...draft, response: 'none', respondedAt: null, proposed: null };
}
