import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { EventAnswer, EventChange, EventDraft } from '../context.js';
import { htmlOf } from './event-body.js';
import { absoluteOrNever, graphTime, graphTimeOf, instantFrom } from './zones.js';

/** Graph's event, as far as it is used, from a delta or a single read of the organiser's copy. */
export const eventItem = z.object({
  id: z.string().min(1),
  '@removed': z.unknown().optional(),
  transactionId: z.string().nullish(),
  isCancelled: z.boolean().nullish(),
  start: graphTime.nullish(),
  end: graphTime.nullish(),
  attendees: z
    .array(
      z.object({
        emailAddress: z.object({ address: z.string().nullish() }).nullish(),
        status: z.object({ response: z.string().nullish(), time: z.string().nullish() }).nullish(),
        proposedNewTime: z.object({ start: graphTime.nullish(), end: graphTime.nullish() }).nullish(),
      }),
    )
    .nullish(),
});
export type EventItem = z.infer<typeof eventItem>;
type Attendee = NonNullable<EventItem['attendees']>[number];

const responses: Readonly<Record<string, EventAnswer['response']>> = {
  none: 'none',
  notResponded: 'none',
  tentativelyAccepted: 'tentative',
  accepted: 'accepted',
  declined: 'declined',
};

/** A time that cannot be read is null ("not known"), never now and never the machine's own zone. */
export function changeOf(item: EventItem): EventChange {
  const removed = item['@removed'] !== undefined;
  const answers = removed ? [] : (item.attendees ?? []).flatMap(answerOf);
  return {
    eventId: item.id,
    transactionId: item.transactionId ?? null,
    removed,
    cancelled: item.isCancelled === true,
    startAt: removed ? null : instantOrNull(item.start),
    endAt: removed ? null : instantOrNull(item.end),
    answers,
  };
}

function answerOf({ emailAddress, status, proposedNewTime }: Attendee): EventAnswer[] {
  const response = responses[status?.response ?? 'none'];
  if (!emailAddress?.address || response === undefined) return []; // the organiser, or an answer we have no word for
  const [startAt, endAt] = [instantOrNull(proposedNewTime?.start), instantOrNull(proposedNewTime?.end)];
  return [
    {
      email: emailAddress.address.toLowerCase(),
      response,
      respondedAt: neverOrNull(status?.time),
      proposed: startAt && endAt ? { startAt, endAt } : null,
    },
  ];
}

function instantOrNull(time: z.infer<typeof graphTime> | null | undefined): Temporal.Instant | null {
  try {
    return time ? instantFrom(time) : null;
  } catch {
    return null;
  }
}

function neverOrNull(text: string | null | undefined): Temporal.Instant | null {
  try {
    return absoluteOrNever(text);
  } catch {
    return null;
  }
}

/** What may change after an event was made. Attendees are always hidden from each other (product.md E.5). */
export function changeableOf(draft: EventDraft) {
  return {
    subject: draft.subject,
    start: graphTimeOf(draft.startAt),
    end: graphTimeOf(draft.endAt),
    location: { displayName: draft.locationText },
    hideAttendees: true,
    attendees: draft.attendees.map(({ email, required }) => ({
      emailAddress: { address: email },
      type: required ? 'required' : 'optional',
    })),
  };
}

export function newEventOf(draft: EventDraft) {
  return {
    ...changeableOf(draft),
    body: { contentType: 'html', content: htmlOf(draft.bodyText) },
    transactionId: draft.transactionId,
    sensitivity: 'private',
    responseRequested: true,
    allowNewTimeProposals: true,
    // Once set it cannot be taken back, and an event in a room needs none.
    ...(draft.online ? { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' } : {}),
  };
}
