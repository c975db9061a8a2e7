import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { faultKinds, surfaces } from './faults.js';
import { GraphError } from './graph-errors.js';
import { answerInput } from './graph-event-input.js';
import { textOf } from './graph-event-view.js';
import { respond } from './graph-events.js';
import type { Graph } from './graph.js';
import { showsAs, type Item } from './meeting.js';
import type { Shared } from './shared.js';

const signInBody = z.strictObject({ tid: z.string(), oid: z.string() });
const rate = z.number().min(0).max(1);
const faultBody = z.strictObject({
  surface: z.enum(surfaces),
  rate,
  kinds: z.array(z.enum(faultKinds)).min(1),
  retryAfterSeconds: z.number().min(0).max(3600).optional(),
  slowMs: z.number().min(0).max(60_000).optional(),
});
const notificationBody = z.strictObject({
  ...{ duplicate: rate.optional(), late: rate.optional(), reorder: rate.optional(), lose: rate.optional() },
  lateMs: z.number().min(0).max(60_000).optional(),
});

/** What Microsoft 365 itself does not have: the doors for the start page, the host page and the tests. */
export function localRoutes(app: FastifyInstance, shared: Shared, graph: Graph): void {
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof GraphError)
      return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
    if (error instanceof z.ZodError)
      return reply.code(400).send({ error: { code: 'Invalid', message: 'The body is not valid.' } });
    throw error;
  });
  app.get('/people', async () => ({
    people: shared.people.list().map(({ tenantId, oid, name, email }) => ({ tenantId, oid, name, email })),
  }));
  app.post('/sign-in', async (request, reply) => {
    const { tid, oid } = signInBody.parse(request.body);
    if (!shared.people.find(tid, oid)) return notHere(reply);
    return reply.header('Cache-Control', 'no-store').send({ token: await shared.tokens.mintUserToken({ tid, oid }) });
  });
  calendarRoutes(app, shared, graph);
  faultRoutes(app, shared, graph);
}

const notHere = (reply: FastifyReply) =>
  reply.code(404).send({ error: { code: 'NotFound', message: 'Nobody by this id is here.' } });

type Owner = { Params: { oid: string }; Querystring: { from?: string; until?: string } };
type Press = { Params: { oid: string; eventId: string; answer: 'accept' | 'decline' | 'tentativelyAccept' } };

function calendarRoutes(app: FastifyInstance, shared: Shared, { meetings }: Graph): void {
  const known = (oid: string) => shared.people.list().some((person) => person.oid === oid);

  app.get<Owner>('/calendar/:oid', async (request, reply) => {
    const { oid } = request.params;
    if (!known(oid)) return notHere(reply);
    const from = Date.parse(request.query.from ?? '1970-01-01T00:00:00Z');
    const until = Date.parse(request.query.until ?? '9999-01-01T00:00:00Z');
    const shown = meetings.itemsOf(oid).filter(({ copy, meeting }) => {
      return !copy.removed && Date.parse(meeting.startAt) < until && Date.parse(meeting.endAt) > from;
    });
    const events = shown.sort((a, b) => Date.parse(a.meeting.startAt) - Date.parse(b.meeting.startAt)).map(pageEvent);
    return { events };
  });

  app.post<Press>('/calendar/:oid/:eventId/:answer', async (request, reply) => {
    const { oid, eventId, answer } = request.params;
    const item = known(oid) ? meetings.find(oid, eventId) : null;
    if (!item || !['accept', 'decline', 'tentativelyAccept'].includes(answer)) return notHere(reply);
    respond(meetings, item, answer, answerInput(request.body));
    return pageEvent(item);
  });
}

/** Times are instants: the page is not Graph and need not read Graph's. */
function pageEvent(item: Item): object {
  const { meeting, copy } = item;
  return {
    id: copy.id,
    subject: meeting.subject,
    body: textOf(meeting.bodyHtml),
    startAt: meeting.startAt,
    endAt: meeting.endAt,
    location: meeting.location,
    joinUrl: meeting.joinUrl,
    organiser: { name: meeting.organiser.name, address: meeting.organiser.address },
    isOrganiser: copy.response === 'organizer',
    isCancelled: meeting.cancelled,
    isPrivate: meeting.sensitivity === 'private',
    response: copy.response,
    showAs: showsAs(item),
  };
}

function faultRoutes(app: FastifyInstance, { faults }: Shared, graph: Graph): void {
  app.get('/graph/ledger', async () => ledger(graph));
  app.get('/graph/faults', async () => ({
    rules: Object.fromEntries(surfaces.map((surface) => [surface, faults.rule(surface)])),
    injected: faults.injected,
    notifications: graph.notifications.counts,
  }));
  app.put('/graph/faults', async (request, reply) => {
    const { surface, rate: share, kinds, retryAfterSeconds, slowMs } = faultBody.parse(request.body);
    const extras = {
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(slowMs === undefined ? {} : { slowMs }),
    };
    faults.set(surface, { rate: share, kinds, ...extras });
    return reply.code(204).send();
  });
  app.delete('/graph/faults', async (_request, reply) => {
    faults.clear();
    graph.notifications.setFaults({});
    return reply.code(204).send();
  });
  app.put('/graph/notifications', async (request, reply) => {
    const { duplicate = 0, late = 0, reorder = 0, lose = 0, lateMs = 2000 } = notificationBody.parse(request.body);
    graph.notifications.setFaults({ duplicate, late, reorder, lose, lateMs });
    return reply.code(204).send();
  });
  app.post('/graph/expire-delta', async (_request, reply) => {
    graph.expireDeltaLinks();
    return reply.code(204).send();
  });
}

/** For counting duplicates: how often each transactionId was asked for, and how many events there are for it. */
function ledger({ meetings }: Graph): object {
  const creations = meetings.creations;
  const transactions = [...new Set(creations.flatMap(({ transactionId }) => transactionId ?? []))].map(
    (transactionId) => {
      const asked = creations.filter((one) => one.transactionId === transactionId);
      const events = [...new Set(asked.map((one) => one.eventId))];
      return { transactionId, asked: asked.length, events };
    },
  );
  const events = meetings.all().map((meeting) => ({
    ...{ iCalUId: meeting.uid, transactionId: meeting.transactionId, organiser: meeting.organiser.address },
    ...{ startAt: meeting.startAt, endAt: meeting.endAt, cancelled: meeting.cancelled },
    attendees: meeting.attendees.map(({ address, response }) => ({ address, response })),
  }));
  return { transactions, events };
}
