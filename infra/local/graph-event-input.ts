import { z } from 'zod';
import { bodyOf, GraphError } from './graph-errors.js';
import { htmlOf } from './graph-event-view.js';
import { instantOf } from './graph-time.js';
import type { MeetingDetails, Slot } from './meeting.js';
import type { AttendeeDraft } from './meetings.js';

const dateTime = z.strictObject({ dateTime: z.string().min(16), timeZone: z.string().nullish() });
const emailAddress = z.strictObject({ address: z.string().min(3), name: z.string().nullish() });
const attendee = z.object({ emailAddress, type: z.enum(['required', 'optional', 'resource']).default('required') });
const showAs = z.enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere']);

/** What a caller may write; properties that Exchange computes itself are refused, as Graph does for anything unknown. */
const eventBody = z.strictObject({
  subject: z.string().max(255).nullish(),
  body: z.strictObject({ contentType: z.enum(['text', 'html', 'Text', 'HTML']), content: z.string() }).nullish(),
  start: dateTime.optional(),
  end: dateTime.optional(),
  attendees: z.array(attendee).max(500).optional(),
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  isAllDay: z.boolean().nullish(),
  importance: z.enum(['low', 'normal', 'high']).nullish(),
  sensitivity: z.enum(['normal', 'personal', 'private', 'confidential']).nullish(),
  showAs: showAs.nullish(),
  hideAttendees: z.boolean().nullish(),
  allowNewTimeProposals: z.boolean().nullish(),
  responseRequested: z.boolean().nullish(),
  isOnlineMeeting: z.boolean().nullish(),
  onlineMeetingProvider: z.enum(['unknown', 'teamsForBusiness']).nullish(),
  isReminderOn: z.boolean().nullish(),
  reminderMinutesBeforeStart: z.int().nullish(),
  categories: z.array(z.string()).optional(),
  transactionId: z.string().max(128).nullish(),
  singleValueExtendedProperties: z.array(z.strictObject({ id: z.string(), value: z.string() })).optional(),
});
type EventBody = z.infer<typeof eventBody>;

export interface EventInput {
  readonly details: Partial<MeetingDetails>;
  readonly attendees: AttendeeDraft[] | null;
  readonly transactionId: string | null;
}

/** Throws GraphError 400 for a body that Graph would not take. */
export function eventInput(body: unknown): EventInput {
  const given = bodyOf(eventBody, body);
  const details: Partial<MeetingDetails> = { ...times(given), ...plain(given) };
  if (details.startAt && details.endAt && Date.parse(details.endAt) < Date.parse(details.startAt)) {
    throw new GraphError(
      400,
      'ErrorPropertyValidationFailure',
      'At least one property failed validation: end is before start.',
    );
  }
  const attendees = given.attendees?.map((one): AttendeeDraft => {
    const { address, name } = one.emailAddress;
    return { address, name: name ?? address, type: one.type };
  });
  return { details, attendees: attendees ?? null, transactionId: given.transactionId ?? null };
}

function plain(given: EventBody): Partial<MeetingDetails> {
  const { body, location, reminderMinutesBeforeStart: reminderMinutes } = given;
  const isHtml = body?.contentType.toLowerCase() === 'html';
  return dropNothing({
    subject: given.subject,
    bodyHtml: body ? (isHtml ? body.content : htmlOf(body.content)) : undefined,
    location: location ? location.displayName : undefined,
    ...{ isAllDay: given.isAllDay, importance: given.importance, sensitivity: given.sensitivity, showAs: given.showAs },
    ...{ hideAttendees: given.hideAttendees, allowNewTimeProposals: given.allowNewTimeProposals },
    ...{ responseRequested: given.responseRequested, isOnlineMeeting: given.isOnlineMeeting },
    ...{ reminderMinutes, categories: given.categories },
  });
}

type Defined<T> = { [K in keyof T]?: NonNullable<T[K]> };

function dropNothing<T extends object>(values: T): Defined<T> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given) as Defined<T>; // exactly the keys of T whose value is there
}

function times({ start, end }: EventBody): Partial<MeetingDetails> {
  return {
    ...(start ? { startAt: readInstant(start), startZone: start.timeZone ?? 'UTC' } : {}),
    ...(end ? { endAt: readInstant(end), endZone: end.timeZone ?? 'UTC' } : {}),
  };
}

function readInstant(time: z.infer<typeof dateTime>): string {
  const instant = instantOf(time);
  if (!instant)
    throw new GraphError(400, 'TimeZoneNotSupportedException', 'A date, time or time zone could not be read.');
  return instant.toString();
}

const slot = z.object({ start: dateTime, end: dateTime });
const answerBody = z.strictObject({
  comment: z.string().nullish(),
  sendResponse: z.boolean().nullish(),
  proposedNewTime: slot.nullish(),
});

/** The body of accept, decline and tentativelyAccept. `proposed` needs a response that is sent. */
export function answerInput(body: unknown): { sendResponse: boolean; proposed: Slot | null } {
  const { sendResponse, proposedNewTime } = bodyOf(answerBody, body);
  const proposed = proposedNewTime
    ? { startAt: readInstant(proposedNewTime.start), endAt: readInstant(proposedNewTime.end) }
    : null;
  if (proposed && sendResponse === false)
    throw new GraphError(400, 'ErrorInvalidRequest', 'A proposed time needs a response.');
  return { sendResponse: sendResponse ?? true, proposed };
}

const scheduleBody = z.strictObject({
  schedules: z.array(z.string().min(1)).min(1),
  startTime: dateTime,
  endTime: dateTime,
  availabilityViewInterval: z.int().nullish(),
});

export interface ScheduleInput {
  readonly schedules: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly intervalMinutes: number;
}

/** At most 20 schedules, under 62 days, 5 to 1440 minutes a slot (microsoft365.md 4.3). */
export function scheduleInput(body: unknown): ScheduleInput {
  const asked = bodyOf(scheduleBody, capitalsLowered(body));
  const [from, until] = [Date.parse(readInstant(asked.startTime)), Date.parse(readInstant(asked.endTime))];
  const intervalMinutes = asked.availabilityViewInterval ?? 30;
  const minutes = (until - from) / 60_000;
  const refuse = (message: string) => new GraphError(400, 'ErrorInvalidParameter', message);
  if (asked.schedules.length > 20) throw refuse('The number of schedules is over the limit of 20.');
  if (minutes <= 0) throw refuse('The end of the window is not after its start.');
  if (minutes >= 62 * 24 * 60) throw new GraphError(400, 'ErrorTimeIntervalTooBig', 'The window is 62 days or longer.');
  if (intervalMinutes < 5 || intervalMinutes > 1440) throw refuse('The interval is not between 5 and 1440 minutes.');
  if (intervalMinutes > minutes) throw refuse('The interval is longer than the window.');
  return { schedules: asked.schedules, from, until, intervalMinutes };
}

/** Graph takes the parameters of its older actions in either case: 'Schedules' is what its own examples send. */
function capitalsLowered(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}
