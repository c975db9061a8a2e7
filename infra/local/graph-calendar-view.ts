import { Temporal } from 'temporal-polyfill';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GraphAccess } from './graph-access.js';
import { GraphError } from './graph-errors.js';
import { graphEvent } from './graph-event-view.js';
import { preferences, selected } from './graph-events.js';
import { overlaps, type Item } from './meeting.js';
import type { Mailbox } from './mailboxes.js';
import type { Meetings } from './meetings.js';

/** Links name Microsoft's host as Graph's do: the client's own middleware turns them back to this machine. */
const graphRoot = 'https://graph.microsoft.com/v1.0';

type Query = Readonly<Record<string, string | undefined>>;
type Listed = { Params: { user: string }; Querystring: Query };

export function calendarViewRoutes(app: FastifyInstance, access: GraphAccess, meetings: Meetings): void {
  const listed =
    (only: (request: FastifyRequest<Listed>) => (item: Item) => boolean) => async (request: FastifyRequest<Listed>) => {
      const mailbox = access.mailbox(request, request.params.user);
      const kept = only(request);
      const items = meetings.itemsOf(mailbox.id).filter((item) => !item.copy.removed && kept(item));
      return page(
        request,
        items.sort((a, b) => Date.parse(a.meeting.startAt) - Date.parse(b.meeting.startAt)),
      );
    };
  const inWindow = (request: FastifyRequest<Listed>) => {
    const [from, until] = windowOf(request.query);
    return (item: Item) => overlaps(item.meeting, from, until);
  };
  for (const prefix of ['/users/:user', '/users/:user/calendar']) {
    app.get(`${prefix}/calendarView`, listed(inWindow));
    app.get(
      `${prefix}/events`,
      listed(() => () => true),
    );
  }
  for (const path of ['/users/:user/calendarView/delta', '/users/:user/calendarView/delta()']) {
    app.get<Listed>(path, async (request) =>
      deltaPage(request, access.mailbox(request, request.params.user), meetings),
    );
  }
}

function windowOf(query: Query): [number, number] {
  const [from, until] = [query['startDateTime'], query['endDateTime']].map(instantOrNull);
  if (!from || !until || Temporal.Instant.compare(from, until) >= 0) {
    const message =
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.';
    throw new GraphError(400, 'ErrorInvalidParameter', message);
  }
  return [from.epochMilliseconds, until.epochMilliseconds];
}

/** Without an offset Graph reads the window in UTC. */
function instantOrNull(text: string | undefined): Temporal.Instant | null {
  try {
    return text ? Temporal.Instant.from(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`) : null;
  } catch {
    return null;
  }
}

function page(request: FastifyRequest<Listed>, items: readonly Item[]): object {
  const { query } = request;
  const unknown = Object.keys(query).find((name) => ['$filter', '$search', '$expand', '$orderby'].includes(name));
  if (unknown)
    throw new GraphError(400, 'ErrorInvalidUrlQueryFilter', `The query parameter '${unknown}' is not held here.`);
  const [size, skip] = [count(query['$top'], 10), count(query['$skip'], 0)];
  const prefer = preferences(request);
  const value = items.slice(skip, skip + size).map((item) => selected(graphEvent(item, prefer), query['$select']));
  const more = skip + size < items.length;
  const next = new URLSearchParams({ ...query, $top: String(size), $skip: String(skip + size) });
  const path = (request.url.split('?')[0] ?? '').replace('/graph/v1.0', '');
  return { value, ...(more ? { '@odata.nextLink': `${graphRoot}${path}?${next.toString()}` } : {}) };
}

function count(text: string | undefined, otherwise: number): number {
  const given = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(given) && given >= 0 && given <= 1000) return given;
  throw new GraphError(400, 'ErrorInvalidUrlQuery', 'A paging parameter is not a number between 0 and 1000.');
}

/** Everything that a delta link remembers, because Graph keeps none of it: the window is fixed in the link. */
const deltaToken = z.object({
  epoch: z.number(),
  mailbox: z.string(),
  from: z.number(),
  until: z.number(),
  /** Changes up to this have been told; -1 is a first read. */
  since: z.number(),
  /** The round now being paged: the changes that its delta link will cover, and the last id sent (a round goes by id). */
  upTo: z.number(),
  after: z.string(),
});
type DeltaToken = z.infer<typeof deltaToken>;

const pack = (token: DeltaToken) => Buffer.from(JSON.stringify(token)).toString('base64url');

function unpack(text: string, mailbox: Mailbox, meetings: Meetings): DeltaToken {
  const refuse = () => new GraphError(400, 'ErrorInvalidUrlQuery', 'The delta or skip token cannot be read.');
  let token: DeltaToken;
  try {
    token = deltaToken.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw refuse();
  }
  if (token.mailbox !== mailbox.id) throw refuse();
  if (token.epoch !== meetings.epoch || token.since > meetings.seq) {
    throw new GraphError(410, 'syncStateNotFound', 'The sync state generation is not found; read the window again.');
  }
  return token;
}

function deltaPage(request: FastifyRequest<Listed>, mailbox: Mailbox, meetings: Meetings): object {
  const { query } = request;
  const refused = Object.keys(query).filter((name) => /^\$(select|filter|expand|orderby|search|top|skip)$/i.test(name));
  if (refused.length > 0) {
    const message = `The following parameters are not supported with change tracking over the 'CalendarView' resource: '${refused.join(', ')}'.`;
    throw new GraphError(400, 'ErrorInvalidUrlQuery', message);
  }
  const token = tokenOf(query, mailbox, meetings);
  const prefer = preferences(request);
  const changed = meetings
    .itemsOf(mailbox.id)
    .filter((item) => item.copy.id > token.after && isNews(item, token))
    .sort((a, b) => (a.copy.id < b.copy.id ? -1 : 1));
  const size = Number(/odata\.maxpagesize=(\d+)/i.exec([request.headers.prefer ?? ''].flat().join())?.[1] ?? 10);
  const sent = changed.slice(0, Math.max(1, size));
  const last = sent.at(-1);
  const link =
    changed.length > sent.length && last
      ? { '@odata.nextLink': deltaLink(mailbox, '$skiptoken', { ...token, after: last.copy.id }) }
      : { '@odata.deltaLink': deltaLink(mailbox, '$deltatoken', { ...token, since: token.upTo }) };
  return { value: sent.map((item) => (isThere(item, token) ? graphEvent(item, prefer) : removed(item))), ...link };
}

function tokenOf(query: Query, mailbox: Mailbox, meetings: Meetings): DeltaToken {
  const [skip, delta] = [query['$skiptoken'], query['$deltatoken']];
  if (skip) return unpack(skip, mailbox, meetings);
  if (delta) return { ...unpack(delta, mailbox, meetings), upTo: meetings.seq, after: '' };
  const [from, until] = windowOf(query);
  return { epoch: meetings.epoch, mailbox: mailbox.id, from, until, since: -1, upTo: meetings.seq, after: '' };
}

const isThere = ({ copy, meeting }: Item, { from, until }: DeltaToken) =>
  !copy.removed && overlaps(meeting, from, until);

/** On a first read everything there; later what changed since, and what went or left the window. */
function isNews(item: Item, token: DeltaToken): boolean {
  const { createdSeq, seq } = item.copy;
  return isThere(item, token) ? seq > token.since : createdSeq <= token.since && seq > token.since;
}

function removed({ copy }: Item): object {
  return { '@odata.type': '#microsoft.graph.event', id: copy.id, '@removed': { reason: 'deleted' } };
}

function deltaLink(mailbox: Mailbox, name: '$skiptoken' | '$deltatoken', token: DeltaToken): string {
  return `${graphRoot}/users/${encodeURIComponent(mailbox.address)}/calendarView/delta?${name}=${pack(token)}`;
}
