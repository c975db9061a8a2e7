import type { Temporal } from 'temporal-polyfill';
import type { EventAnswer, EventChange } from '../context.js';
import type { Response, ReviewState } from './review.js';

/** What a change in the review mailbox means for a review. Pure: the organiser's copy is the truth about answers and times. */
export interface KnownReview {
  readonly state: ReviewState;
  readonly eventId: string | null;
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
  readonly attendees: readonly KnownAttendee[];
  /** We changed it and the mailbox has not been told yet: its own time is the old one, and no news. */
  readonly writePending: boolean;
}

export interface KnownAttendee {
  readonly id: string;
  readonly email: string;
  readonly response: Response;
  readonly proposed: EventAnswer['proposed'];
}

export interface Effects {
  /** The event was made but its answer was lost: this is it. */
  readonly foundEventId: string | null;
  /** A review that was cancelled here has an event that still stands. */
  readonly cancelEvent: boolean;
  /** Somebody took the event out of the mailbox. */
  readonly removed: boolean;
  /** Somebody moved it. */
  readonly moved: { readonly startAt: Temporal.Instant; readonly endAt: Temporal.Instant } | null;
  readonly answers: readonly {
    readonly attendeeId: string;
    readonly response: Response;
    readonly respondedAt: Temporal.Instant | null;
    readonly proposed: EventAnswer['proposed'];
    /** Worth telling: somebody answered anew, or proposed another time. */
    readonly news: 'answered' | 'proposed' | null;
  }[];
}

const nothing: Effects = { foundEventId: null, cancelEvent: false, removed: false, moved: null, answers: [] };

/** Seeing the same change again has no effects: what is stored is already so. */
export function effectsOf(review: KnownReview, change: EventChange): Effects {
  const isOurs = review.eventId === null || review.eventId === change.eventId;
  if (!isOurs) return nothing;
  if (review.state === 'held' || review.state === 'not-held') return nothing;
  const gone = change.removed || change.cancelled;
  if (gone) return { ...nothing, removed: review.state === 'booked' && review.eventId !== null };
  const foundEventId = review.eventId === null ? change.eventId : null;
  if (review.state === 'cancelled') return { ...nothing, foundEventId, cancelEvent: true };
  return {
    ...nothing,
    foundEventId,
    moved: review.writePending ? null : movedTo(review, change),
    answers: review.writePending ? [] : review.attendees.flatMap((attendee) => answerFor(attendee, change.answers)),
  };
}

function movedTo(review: KnownReview, { startAt, endAt }: EventChange): Effects['moved'] {
  if (!startAt || !endAt) return null; // a time that could not be read is not a new time
  return startAt.equals(review.startAt) && endAt.equals(review.endAt) ? null : { startAt, endAt };
}

function answerFor(attendee: KnownAttendee, answers: readonly EventAnswer[]): Effects['answers'] {
  const given = answers.find(({ email }) => email.toLowerCase() === attendee.email.toLowerCase());
  if (!given) return [];
  const { response, respondedAt, proposed } = given;
  const proposedAnew = proposed !== null && !sameTime(proposed, attendee.proposed);
  const answeredAnew = response !== attendee.response;
  if (!answeredAnew && sameTime(proposed, attendee.proposed)) return [];
  const news = proposedAnew ? 'proposed' : answeredAnew && response !== 'none' ? 'answered' : null;
  return [{ attendeeId: attendee.id, response, respondedAt, proposed, news }];
}

function sameTime(one: EventAnswer['proposed'], other: EventAnswer['proposed']): boolean {
  if (one === null || other === null) return one === other;
  return one.startAt.equals(other.startAt) && one.endAt.equals(other.endAt);
}
