import type { ShowAs } from './shared.js';

/** The words are Graph's own (attendees[].status.response and responseStatus.response). */
export type Response = 'none' | 'organizer' | 'notResponded' | 'tentativelyAccepted' | 'accepted' | 'declined';
export type Answer = 'accept' | 'decline' | 'tentativelyAccept';

export const responseOf: Readonly<Record<Answer, Response>> = {
  accept: 'accepted',
  decline: 'declined',
  tentativelyAccept: 'tentativelyAccepted',
};

/** Instants. */
export interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

export interface MeetingAttendee {
  readonly name: string;
  readonly address: string;
  readonly type: 'required' | 'optional' | 'resource';
  /** As the organiser's copy knows it: what the attendee sent, not what the attendee did. */
  response: Response;
  respondedAt: string | null;
  proposed: Slot | null;
}

/** One mailbox's own copy: its id, its place in that mailbox's history, and how its owner answered. */
export interface Copy {
  readonly id: string;
  /** The mailbox's own address: which attendee this is. */
  readonly address: string;
  readonly createdSeq: number;
  readonly createdAt: string;
  seq: number;
  modifiedAt: string;
  response: Response;
  respondedAt: string | null;
  removed: boolean;
}

/** What the organiser decides. */
export interface MeetingDetails {
  subject: string;
  /** HTML; for an online meeting the join link stands in it. */
  bodyHtml: string;
  startAt: string;
  endAt: string;
  startZone: string;
  endZone: string;
  isAllDay: boolean;
  location: string | null;
  importance: 'low' | 'normal' | 'high';
  sensitivity: 'normal' | 'personal' | 'private' | 'confidential';
  showAs: ShowAs;
  hideAttendees: boolean;
  allowNewTimeProposals: boolean;
  responseRequested: boolean;
  isOnlineMeeting: boolean;
  reminderMinutes: number;
  categories: string[];
}

export interface Meeting extends MeetingDetails {
  readonly uid: string;
  readonly organiser: { readonly mailboxId: string; readonly name: string; readonly address: string };
  readonly transactionId: string | null;
  joinUrl: string | null;
  attendees: MeetingAttendee[];
  cancelled: boolean;
  /** By mailbox id. */
  readonly copies: Record<string, Copy>;
}

export interface Item {
  readonly meeting: Meeting;
  readonly copy: Copy;
  readonly mailboxId: string;
}

/** How this copy fills its owner's diary (what free/busy tells others). */
export function showsAs({ meeting, copy }: Item): ShowAs {
  if (meeting.cancelled || copy.removed || copy.response === 'declined') return 'free';
  if (copy.response === 'notResponded' || copy.response === 'tentativelyAccepted') return 'tentative';
  return meeting.showAs;
}

export function overlaps(meeting: Meeting, from: number, until: number): boolean {
  return Date.parse(meeting.startAt) < until && Date.parse(meeting.endAt) > from;
}
