import { graphTime, type GraphTime } from './graph-time.js';
import { showsAs, type Item, type Meeting, type MeetingAttendee } from './meeting.js';

/** How Graph says "never" (the answer of somebody who has not answered). */
const never = '0001-01-01T00:00:00Z';

/** `zone` is the name the caller asked times in; `textBody` when the caller prefers plain text. */
export interface EventPreferences {
  readonly zone: string;
  readonly textBody: boolean;
}

export function etagOf({ copy }: Item): string {
  return `W/"${changeKey(copy.seq)}"`;
}

function changeKey(seq: number): string {
  return Buffer.from(`change-${String(seq).padStart(10, '0')}`).toString('base64');
}

/** One copy of a meeting as its own mailbox sees it. */
export function graphEvent(item: Item, prefer: EventPreferences): Record<string, unknown> {
  const { meeting, copy } = item;
  const isOrganizer = copy.response === 'organizer';
  return {
    '@odata.etag': etagOf(item),
    id: copy.id,
    createdDateTime: copy.createdAt,
    lastModifiedDateTime: copy.modifiedAt,
    changeKey: changeKey(copy.seq),
    categories: meeting.categories,
    transactionId: isOrganizer ? meeting.transactionId : null,
    originalStartTimeZone: meeting.startZone,
    originalEndTimeZone: meeting.endZone,
    iCalUId: meeting.uid,
    ...{ reminderMinutesBeforeStart: meeting.reminderMinutes, isReminderOn: true, hasAttachments: false },
    subject: meeting.cancelled ? `Canceled: ${meeting.subject}` : meeting.subject,
    ...bodies(meeting, prefer),
    ...{ importance: meeting.importance, sensitivity: meeting.sensitivity, isAllDay: meeting.isAllDay },
    ...{
      isCancelled: meeting.cancelled,
      isOrganizer,
      isDraft: false,
      type: 'singleInstance',
      recurrence: null,
      seriesMasterId: null,
    },
    ...{ responseRequested: meeting.responseRequested, allowNewTimeProposals: meeting.allowNewTimeProposals },
    showAs: isOrganizer ? meeting.showAs : showsAs(item),
    hideAttendees: meeting.hideAttendees,
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(copy.id)}&exvsurl=1&path=/calendar/item`,
    ...online(meeting),
    responseStatus: { response: copy.response, time: copy.respondedAt ?? never },
    start: graphTime(meeting.startAt, prefer.zone),
    end: graphTime(meeting.endAt, prefer.zone),
    ...places(meeting),
    attendees: visibleAttendees(item).map((attendee) => graphAttendee(attendee, isOrganizer, prefer.zone)),
    organizer: { emailAddress: { name: meeting.organiser.name, address: meeting.organiser.address } },
  };
}

function bodies(meeting: Meeting, { textBody }: EventPreferences) {
  const text = textOf(meeting.bodyHtml);
  const body = textBody ? { contentType: 'text', content: text } : { contentType: 'html', content: meeting.bodyHtml };
  return { bodyPreview: text.slice(0, 255), body };
}

/** Exchange keeps HTML whatever it was given; this is the plain reading of it. */
export function textOf(html: string): string {
  const stripped = html.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '');
  return stripped
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .trim();
}

export function htmlOf(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<html><body><div>${escaped.replace(/\r?\n/g, '<br>')}</div></body></html>`;
}

function online({ isOnlineMeeting, joinUrl }: Meeting) {
  const onlineMeetingProvider = isOnlineMeeting ? 'teamsForBusiness' : 'unknown';
  return {
    isOnlineMeeting,
    onlineMeetingProvider,
    onlineMeetingUrl: null,
    onlineMeeting: joinUrl ? { joinUrl } : null,
  };
}

function places({ location }: Meeting) {
  const one = { displayName: location ?? '', locationType: 'default', uniqueIdType: location ? 'private' : 'unknown' };
  return { location: one, locations: location ? [one] : [] };
}

/** Hidden attendees see themselves and nobody else; the organiser sees them all. */
function visibleAttendees({ meeting, copy }: Item): MeetingAttendee[] {
  if (!meeting.hideAttendees || copy.response === 'organizer') return meeting.attendees;
  return meeting.attendees.filter((attendee) => attendee.address.toLowerCase() === copy.address.toLowerCase());
}

/** Who answered what is the organiser's to know: an attendee's copy shows everybody as not having answered. */
function graphAttendee(attendee: MeetingAttendee, toOrganiser: boolean, zone: string) {
  const { response, respondedAt, proposed } = attendee;
  const status = toOrganiser ? { response, time: respondedAt ?? never } : { response: 'none', time: never };
  const slot: { start: GraphTime; end: GraphTime } | null =
    proposed && toOrganiser ? { start: graphTime(proposed.startAt, zone), end: graphTime(proposed.endAt, zone) } : null;
  const emailAddress = { name: attendee.name, address: attendee.address };
  return { type: attendee.type, status, emailAddress, ...(slot ? { proposedNewTime: slot } : {}) };
}
