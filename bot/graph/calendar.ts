import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Availability, type Calendar, DeliveryError, type EventDraft, type ReviewMailbox } from '../context.js';
import type { Log } from '../log.js';
import type { Graph } from './client.js';
import { replaceOurText } from './event-body.js';
import { changeableOf, changeOf, type EventItem, eventItem, newEventOf } from './events.js';
import { availabilityOf, joined, scheduleInformation, viewMinutes } from './schedule.js';
import { type SubscriptionOptions, subscribeTo } from './subscriptions.js';
import { graphTimeOf } from './zones.js';

export interface CalendarOptions extends SubscriptionOptions {
  readonly log: Log;
}

/** Ids that stay the same when an event is moved between folders; and times in UTC, which no clock change makes ambiguous. */
const prefer = 'IdType="ImmutableId", outlook.timezone="UTC"';
const mostSchedules = 20;
const mostDays = 61;
const mostPages = 400;

const userPath = (mailbox: ReviewMailbox) => `/users/${encodeURIComponent(mailbox.address)}`;
const eventPath = (mailbox: ReviewMailbox, eventId: string) =>
  `${userPath(mailbox)}/events/${encodeURIComponent(eventId)}`;

export function createCalendar(options: CalendarOptions): Calendar {
  const { graph } = options;
  return {
    availability: (mailbox, emails, from, until) => availability(options, mailbox, emails, { from, until }),
    createEvent: (mailbox, draft) => createEvent(graph, mailbox, draft),
    updateEvent: (mailbox, eventId, draft) => updateEvent(graph, mailbox, eventId, draft),
    cancelEvent: (mailbox, eventId, comment) => cancelEvent(graph, mailbox, eventId, comment),
    changes: (mailbox, link, window) => changes(options, mailbox, link, window),
    subscribe: (mailbox, subscription) => subscribeTo(options, mailbox, subscription),
  };
}

interface Window {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

async function availability(
  options: CalendarOptions,
  mailbox: ReviewMailbox,
  emails: readonly string[],
  window: Window,
) {
  const addresses = [...new Set(emails)];
  const chunks = Array.from({ length: Math.ceil(addresses.length / mostSchedules) }, (_, index) =>
    addresses.slice(index * mostSchedules, (index + 1) * mostSchedules),
  );
  const read = await Promise.all(
    chunks.flatMap((chunk) => windowsOf(window).map((part) => schedules(options, mailbox, chunk, part))),
  );
  return new Map(addresses.map((email) => [email, joined(read.flatMap((part) => part.get(email) ?? []))]));
}

function windowsOf({ from, until }: Window): Window[] {
  const parts: Window[] = [];
  for (let at = from; Temporal.Instant.compare(at, until) < 0; at = at.add({ hours: mostDays * 24 })) {
    const end = at.add({ hours: mostDays * 24 });
    parts.push({ from: at, until: Temporal.Instant.compare(end, until) < 0 ? end : until });
  }
  return parts;
}

/** What cannot be read is unknown, with a reason, and never an exception: one closed door must not hide the open ones. */
async function schedules(
  { graph, clock }: CalendarOptions,
  mailbox: ReviewMailbox,
  emails: readonly string[],
  { from, until }: Window,
): Promise<Map<string, Availability>> {
  const readAt = clock.now();
  const body = {
    schedules: emails,
    ...{ startTime: graphTimeOf(from, 'UTC'), endTime: graphTimeOf(until, 'UTC') },
    availabilityViewInterval: viewMinutes,
  };
  const answered = await graph({
    ...{ tenantId: mailbox.tenantId, mailbox: mailbox.address },
    ...{ method: 'POST', reads: true, route: '/users/{mailbox}/calendar/getSchedule' },
    path: `${userPath(mailbox)}/calendar/getSchedule`,
    headers: { Prefer: prefer },
    body,
    answer: z.object({ value: z.array(z.unknown()) }),
  }).catch((error: unknown) => {
    if (error instanceof DeliveryError) return { value: [] };
    throw error;
  });
  const parsed = answered.value.flatMap((one) => scheduleInformation.safeParse(one).data ?? []);
  const byAddress = new Map(parsed.map((one) => [one.scheduleId.toLowerCase(), one]));
  return new Map(emails.map((email) => [email, availabilityOf(byAddress.get(email.toLowerCase()), from, readAt)]));
}

const made = z.object({ id: z.string().min(1) });

/** Repeated with the same transactionId after a lost answer, Graph answers with the event it made the first time. */
async function createEvent(graph: Graph, mailbox: ReviewMailbox, draft: EventDraft): Promise<{ eventId: string }> {
  try {
    const { id } = await graph({
      ...{ tenantId: mailbox.tenantId, mailbox: mailbox.address },
      ...{ method: 'POST', path: `${userPath(mailbox)}/events`, route: '/users/{mailbox}/events' },
      headers: { Prefer: prefer },
      body: newEventOf(draft),
      answer: made,
    });
    return { eventId: id };
  } catch (error) {
    // It says so when the event was changed since: the transaction was used "to create a different event".
    const used = error instanceof DeliveryError && /TransactionId/i.test(error.detail.code ?? '');
    const found = used ? await findMade(graph, mailbox, draft) : null;
    if (found) return { eventId: found };
    throw error;
  }
}

async function findMade(graph: Graph, mailbox: ReviewMailbox, draft: EventDraft): Promise<string | null> {
  const [from, until] = [draft.startAt.subtract({ hours: 48 }), draft.endAt.add({ hours: 48 })];
  const query = `startDateTime=${from.toString()}&endDateTime=${until.toString()}&$select=id,transactionId&$top=500`;
  const { value } = await graph({
    ...{ tenantId: mailbox.tenantId, mailbox: mailbox.address },
    ...{ method: 'GET', path: `${userPath(mailbox)}/calendarView?${query}`, route: '/users/{mailbox}/calendarView' },
    headers: { Prefer: prefer },
    answer: z.object({ value: z.array(made.extend({ transactionId: z.string().nullish() })) }),
  });
  return value.find(({ transactionId }) => transactionId === draft.transactionId)?.id ?? null;
}

const present = z.object({
  '@odata.etag': z.string(),
  body: z.object({ content: z.string() }).nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
});

/** Read, change, write if nobody wrote in between ('retry' when somebody did). The join link stays. */
async function updateEvent(graph: Graph, mailbox: ReviewMailbox, eventId: string, draft: EventDraft): Promise<void> {
  const path = eventPath(mailbox, eventId);
  const where = { tenantId: mailbox.tenantId, mailbox: mailbox.address, route: '/users/{mailbox}/events/{id}' };
  const now = await graph({ ...where, method: 'GET', path, headers: { Prefer: prefer }, answer: present });
  const content = replaceOurText(now.body?.content ?? '', draft.bodyText, now.onlineMeeting?.joinUrl ?? null);
  await graph({
    ...{ ...where, method: 'PATCH', path },
    headers: { Prefer: prefer, 'If-Match': now['@odata.etag'] },
    body: { ...changeableOf(draft), ...(content === null ? {} : { body: { contentType: 'html', content } }) },
    answer: z.unknown(),
  });
}

/** An event that is no longer there is cancelled already. */
async function cancelEvent(graph: Graph, mailbox: ReviewMailbox, eventId: string, comment: string): Promise<void> {
  await graph({
    ...{ tenantId: mailbox.tenantId, mailbox: mailbox.address, method: 'POST' },
    ...{ path: `${eventPath(mailbox, eventId)}/cancel`, route: '/users/{mailbox}/events/{id}/cancel' },
    headers: { Prefer: prefer },
    body: { comment },
    answer: z.unknown(),
  }).catch((error: unknown) => {
    if (!(error instanceof DeliveryError && error.kind === 'gone')) throw error;
  });
}

const deltaPage = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** Every page to the end. A link that Graph no longer knows is answered by reading the whole window again. */
async function changes(options: CalendarOptions, mailbox: ReviewMailbox, link: string | null, window: Window) {
  if (link !== null) {
    try {
      return { ...(await readDelta(options, mailbox, link)), full: false };
    } catch (error) {
      if (!(error instanceof DeliveryError && (error.kind === 'gone' || error.kind === 'refused'))) throw error;
    }
  }
  const query = `startDateTime=${window.from.toString()}&endDateTime=${window.until.toString()}`;
  return { ...(await readDelta(options, mailbox, `${userPath(mailbox)}/calendarView/delta?${query}`)), full: true };
}

async function readDelta({ graph, log }: CalendarOptions, mailbox: ReviewMailbox, start: string) {
  const items: EventItem[] = [];
  let path = start;
  for (let page = 0; page < mostPages; page += 1) {
    const read = await graph({
      ...{ tenantId: mailbox.tenantId, mailbox: mailbox.address, method: 'GET', path },
      route: '/users/{mailbox}/calendarView/delta',
      headers: { Prefer: `${prefer}, odata.maxpagesize=100` },
      answer: deltaPage,
    });
    const parsed = read.value.map((one) => eventItem.safeParse(one));
    const unreadable = parsed.filter(({ success }) => !success).length;
    if (unreadable > 0) log('warn', 'graph.unreadable-events', { count: unreadable });
    items.push(...parsed.flatMap((one) => one.data ?? []));
    const deltaLink = read['@odata.deltaLink'];
    if (deltaLink !== undefined) return { changes: items.map(changeOf), link: deltaLink };
    const next = read['@odata.nextLink'];
    if (next === undefined) break;
    path = next;
  }
  throw new DeliveryError('retry', { code: 'delta-without-end' });
}
