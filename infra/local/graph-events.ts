import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphAccess } from './graph-access.js';
import { accessDenied, GraphError, notFound } from './graph-errors.js';
import { answerInput, eventInput } from './graph-event-input.js';
import { etagOf, graphEvent, type EventPreferences } from './graph-event-view.js';
import { preferredZone } from './graph-time.js';
import type { Answer, Item, MeetingDetails, Slot } from './meeting.js';
import type { Meetings } from './meetings.js';

/** The request's own wishes for times and bodies; an unknown zone is refused. */
export function preferences(request: FastifyRequest): EventPreferences {
  const { prefer } = request.headers;
  const zone = preferredZone(prefer);
  if (!zone)
    throw new GraphError(400, 'TimeZoneNotSupportedException', 'The time zone in the Prefer header is not known.');
  return { zone, textBody: /outlook\.body-content-type\s*=\s*"text"/i.test([prefer ?? ''].flat().join()) };
}

/** Properties outside `$select` fall away; the id and the etag always stay. */
export function selected(event: Record<string, unknown>, select: string | undefined): Record<string, unknown> {
  if (!select) return event;
  const wanted = new Set(['id', '@odata.etag', ...select.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(event).filter(([name]) => wanted.has(name)));
}

type One = { Params: { user: string; id: string }; Querystring: { $select?: string } };

/** `prefix` is '/users/:user' or '/users/:user/calendar': Graph has both names for the default calendar. */
export function eventRoutes(app: FastifyInstance, access: GraphAccess, meetings: Meetings, prefix: string): void {
  function item(request: FastifyRequest<One>): Item {
    const mailbox = access.mailbox(request, request.params.user);
    const found = meetings.find(mailbox.id, request.params.id);
    if (!found) throw notFound();
    return found;
  }

  app.post<{ Params: { user: string } }>(`${prefix}/events`, async (request, reply) => {
    const mailbox = access.mailbox(request, request.params.user);
    const prefer = preferences(request);
    const { details, attendees, transactionId } = eventInput(request.body);
    const made = meetings.create(mailbox, complete(details), attendees ?? [], transactionId);
    const user = encodeURIComponent(request.params.user);
    const context = `https://graph.microsoft.com/v1.0/$metadata#users('${user}')/events/$entity`;
    return reply.code(201).send({ '@odata.context': context, ...graphEvent(made, prefer) });
  });
  app.get<One>(`${prefix}/events/:id`, async (request) => {
    return selected(graphEvent(item(request), preferences(request)), request.query.$select);
  });
  app.patch<One>(`${prefix}/events/:id`, async (request) => {
    const found = item(request);
    change(meetings, found, request.body, request.headers['if-match']);
    return graphEvent(found, preferences(request));
  });
  app.delete<One>(`${prefix}/events/:id`, async (request, reply) => {
    const found = item(request);
    if (found.copy.response === 'organizer' && found.meeting.attendees.length > 0) meetings.cancel(found);
    else meetings.remove(found);
    return reply.code(204).send();
  });
  app.post<One>(`${prefix}/events/:id/cancel`, async (request, reply) => {
    const found = item(request);
    if (found.copy.response !== 'organizer') {
      throw new GraphError(
        400,
        'ErrorInvalidRequest',
        'Your request cannot be completed: only the organizer can cancel.',
      );
    }
    meetings.cancel(found);
    return reply.code(202).send();
  });
  for (const answer of ['accept', 'decline', 'tentativelyAccept'] as const) {
    app.post<One>(`${prefix}/events/:id/${answer}`, async (request, reply) => {
      respond(meetings, item(request), answer, answerInput(request.body));
      return reply.code(202).send();
    });
  }
}

function change(meetings: Meetings, item: Item, body: unknown, ifMatch: string | undefined): void {
  const { details, attendees, transactionId } = eventInput(body);
  if (ifMatch && ifMatch !== '*' && ifMatch !== etagOf(item)) {
    throw new GraphError(412, 'ErrorIrresolvableConflict', 'The send or update operation could not be performed.');
  }
  if (transactionId && transactionId !== item.meeting.transactionId) {
    throw new GraphError(400, 'ErrorInvalidPropertySet', 'transactionId cannot be changed.');
  }
  if (item.copy.response !== 'organizer') throw accessDenied();
  meetings.update(item, details, attendees);
}

/** What Outlook's own buttons do, with the rules that Exchange has for them. */
export function respond(
  meetings: Meetings,
  item: Item,
  answer: Answer,
  given: { readonly sendResponse: boolean; readonly proposed: Slot | null },
): void {
  const refuse = (message: string) => new GraphError(400, 'ErrorInvalidRequest', message);
  if (item.copy.response === 'organizer') throw refuse('You are the organizer of this meeting.');
  if (item.meeting.cancelled) throw refuse('This meeting has been canceled.');
  if (given.proposed && answer === 'accept') throw refuse('proposedNewTime is not a parameter of accept.');
  if (given.proposed && !item.meeting.allowNewTimeProposals) throw refuse('New time proposals are not allowed.');
  meetings.answer(item, answer, given);
}

function complete(details: Partial<MeetingDetails>): MeetingDetails {
  const { startAt, endAt } = details;
  if (!startAt || !endAt) throw new GraphError(400, 'ErrorPropertyValidationFailure', 'Start and end are required.');
  return {
    ...{
      subject: '',
      bodyHtml: '',
      location: null,
      isAllDay: false,
      importance: 'normal',
      sensitivity: 'normal',
      showAs: 'busy',
    },
    ...{ hideAttendees: false, allowNewTimeProposals: true, responseRequested: true, isOnlineMeeting: false },
    ...{ reminderMinutes: 15, categories: [], startZone: 'UTC', endZone: 'UTC' },
    ...details,
    ...{ startAt, endAt },
  };
}
