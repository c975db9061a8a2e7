import type { Temporal } from 'temporal-polyfill';
import { fullNameOf } from '../learners/learner.js';
import { fromDate } from '../time.js';
import type { ReviewDetail, ReviewRow } from './contract.js';
import type { ListedAttendee, ListedReview, listThread, StoredReview } from './repository.js';
import { answersByService, purposes, type ReviewState, type ServiceAnswer, willBeJoint } from './review.js';

/** Turns what is stored into what a viewer is shown. Pure. */
export function labelOf(learner: { given_name: string; family_name: string; known_as: string | null }): string {
  return fullNameOf({ givenName: learner.given_name, familyName: learner.family_name, knownAs: learner.known_as });
}

export function reviewRowOf(review: ListedReview, attendees: readonly ListedAttendee[]): ReviewRow {
  const own = attendees.filter((one) => one.review_id === review.review_id);
  return {
    id: review.review_id,
    reference: review.reference,
    version: review.version,
    state: review.state,
    purpose: purposes.find((purpose) => purpose === review.purpose) ?? 'other',
    ...{ series: review.series, convener: review.convener, heldOn: review.held_on },
    learner: { id: review.learner_id, label: labelOf(review), stage: review.stage },
    startsAt: review.starts_at.toISOString(),
    endsAt: review.ends_at.toISOString(),
    online: review.online,
    place: review.place,
    request:
      review.request_id && review.request_reference
        ? { id: review.request_id, reference: review.request_reference }
        : null,
    answers: answersByService(own),
    joint: review.joint === null ? willBeJoint(own) : review.joint ? 'yes' : 'no',
  };
}

export function attendeeOf(one: ListedAttendee): ReviewDetail['attendees'][number] {
  const { proposed_start_at: start, proposed_end_at: end } = one;
  return {
    id: one.attendee_id,
    person: one.person_id && one.person_name ? { id: one.person_id, name: one.person_name } : null,
    service: one.service,
    required: one.required,
    response: one.response,
    respondedAt: one.responded_at?.toISOString() ?? null,
    attended: one.attended,
    proposed: start && end ? { startsAt: start.toISOString(), endsAt: end.toISOString() } : null,
  };
}

type Happening = Awaited<ReturnType<typeof listThread>>[number];

/** An answer is named by what it was and by who gave it: the one who wrote it down is the system. */
export function threadEntryOf(entry: Happening, attendees: readonly ListedAttendee[]): ReviewDetail['thread'][number] {
  const data = new Map(Object.entries(typeof entry.data === 'object' && entry.data !== null ? entry.data : {}));
  const attendee = attendees.find((one) => one.attendee_id === data.get('attendeeId'));
  const response: unknown = data.get('response');
  const answered = entry.kind === 'review.answered' && typeof response === 'string';
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    kind: answered ? `review.${response}` : entry.kind,
    by: attendee?.person_name ?? entry.by,
  };
}

/** What a card may say of a review: nothing of the learner, because everybody in the channel reads it now and later. */
export interface ReviewCardView {
  readonly reviewId: string;
  readonly reference: string;
  readonly version: number;
  readonly state: ReviewState;
  readonly startsAt: Temporal.Instant;
  readonly online: boolean;
  readonly answers: readonly ServiceAnswer[];
  readonly joint: 'yes' | 'no' | 'not-yet';
}

export function cardViewOf(review: StoredReview, attendees: readonly ListedAttendee[]): ReviewCardView {
  return {
    reviewId: review.review_id,
    reference: review.reference,
    version: review.version,
    state: review.state,
    startsAt: fromDate(review.starts_at),
    online: review.online,
    answers: answersByService(attendees),
    joint: willBeJoint(attendees),
  };
}
