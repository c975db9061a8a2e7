import {
  AuthenticationHandler,
  AuthenticationHandlerOptions,
  Client,
  type Context as Sending,
  type Middleware,
  type MiddlewareOptions,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { type Clock, DeliveryError } from '../context.js';
import type { Log } from '../log.js';
import { deliveryError, type Failure, retryAfterMs } from './failures.js';
import { createMailboxLanes } from './mailbox-lanes.js';
import type { TokenFor } from './tokens.js';

export const graphScope = 'https://graph.microsoft.com/.default';
const graphRoot = 'https://graph.microsoft.com/v1.0';

export interface GraphCall<T> {
  readonly tenantId: string;
  /** Whose mailbox it works on: calls on one mailbox take turns. */
  readonly mailbox: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query after /v1.0, or a link that Graph gave. */
  readonly path: string;
  /** For the log: the path with its ids taken out. */
  readonly route: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A POST that only reads (getSchedule). */
  readonly reads?: boolean;
  /** What of the answer is used; the rest is dropped here and goes no further. */
  readonly answer: z.ZodType<T>;
}

/** Throws DeliveryError, and repeats nothing by itself but a call whose token was refused before any work was done. */
export type Graph = <T>(call: GraphCall<T>) => Promise<T>;

export interface GraphOptions {
  readonly tokenFor: TokenFor;
  readonly clock: Clock;
  readonly log: Log;
  /** Graph on this machine, 'http://127.0.0.1:port/graph/v1.0'. Absent: Microsoft's own. */
  readonly localRoot?: string;
  /** Milliseconds from asking to the last byte of the answer. Two calls and a token fit in a job's lease of 30 s. */
  readonly deadlineMs?: number;
}

export function createGraph(options: GraphOptions): Graph {
  const client = Client.initWithMiddleware({ middleware: chain(options.localRoot) });
  const lanes = createMailboxLanes({ total: 4, writes: 2 });
  return (call) =>
    lanes.run(call.mailbox, isRead(call) ? 'read' : 'write', () =>
      attempt(client, options, call, false).catch((error: unknown) => {
        const refusedToken = error instanceof DeliveryError && error.detail.status === 401;
        if (!refusedToken) throw error;
        return attempt(client, options, call, true);
      }),
    );
}

function isRead<T>(call: GraphCall<T>): boolean {
  return call.method === 'GET' || call.reads === true;
}

async function attempt<T>(client: Client, options: GraphOptions, call: GraphCall<T>, fresh: boolean): Promise<T> {
  const { clock, log } = options;
  const startedAt = clock.now();
  const said = (status: number, code?: string, graphRequestId?: string | null) => {
    const ms = clock.now().epochMilliseconds - startedAt.epochMilliseconds;
    const fields = { route: call.route, method: call.method, status, ms };
    const level = status >= 200 && status < 300 ? 'debug' : 'warn';
    log(level, 'graph.call', { ...fields, ...(code ? { code } : {}), ...(graphRequestId ? { graphRequestId } : {}) });
  };
  const { response, text } = await send(client, options, call, fresh).catch((error: unknown) => {
    if (error instanceof DeliveryError) throw error;
    const failure = noAnswer(error);
    said(0, failure.code);
    throw deliveryError(failure, isRead(call));
  });
  const graphRequestId = response.headers.get('request-id');
  const content = json(text);
  if (response.ok) {
    const parsed = call.answer.safeParse(content);
    said(response.status, parsed.success ? undefined : 'unreadable', graphRequestId);
    if (parsed.success) return parsed.data;
    throw deliveryError({ code: 'unreadable' }, isRead(call));
  }
  const error = deliveryError(failureOf(response, content, clock), isRead(call));
  said(response.status, error.detail.code, graphRequestId);
  throw error;
}

async function send<T>(client: Client, options: GraphOptions, call: GraphCall<T>, fresh: boolean) {
  const met = new Met();
  const token = await options.tokenFor(call.tenantId, graphScope, { fresh });
  const request = client
    .api(pathOf(call.path))
    .headers({ ...call.headers, 'Content-Type': 'application/json' })
    .middlewareOptions([new AuthenticationHandlerOptions({ getAccessToken: () => Promise.resolve(token) }), met])
    .option('signal', AbortSignal.timeout(options.deadlineMs ?? 10_000))
    .responseType(ResponseType.RAW);
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const verbs = {
    GET: () => request.get(),
    POST: () => request.post(body),
    PATCH: () => request.patch(body),
    DELETE: () => request.delete(),
  };
  const answered: unknown = await verbs[call.method]().catch((error: unknown) => {
    throw met.error ?? error;
  });
  const response = rawResponse.parse(answered);
  return { response, text: await response.text() };
}

const rawResponse = z.instanceof(Response);
const graphError = z.object({ error: z.object({ code: z.string() }) });

function failureOf(response: Response, content: unknown, clock: Clock): Failure {
  const parsed = graphError.safeParse(content);
  const wait = retryAfterMs(response.headers.get('retry-after'), clock.now());
  return {
    status: response.status,
    ...(parsed.success ? { code: parsed.data.error.code } : {}),
    ...(wait === null ? {} : { retryAfterMs: wait }),
  };
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** What fetch threw, carried past the Graph client, which keeps nothing of it but its name. */
class Met implements MiddlewareOptions {
  error: unknown;
}

const thrown = z.object({ name: z.unknown(), code: z.unknown(), cause: z.unknown() }).partial();

/** By name and code rather than by class: an abort is a DOMException, and the system's own code is some causes down. */
function noAnswer(error: unknown): Failure {
  let one = error;
  for (let depth = 0; depth < 5; depth += 1) {
    const { name, code, cause } = thrown.safeParse(one).data ?? {};
    if (typeof code === 'string' && neverSent.has(code)) return { code, unsent: true };
    if (name === 'TimeoutError' || name === 'AbortError') return { code: 'deadline' };
    one = cause;
  }
  return { code: 'no-answer' };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A link of Graph's is followed only to Graph. */
function pathOf(path: string): string {
  if (path.startsWith(`${graphRoot}/`)) return path.slice(graphRoot.length);
  if (path.startsWith('/')) return path;
  throw new DeliveryError('refused', { code: 'foreign-link' });
}

/** No retry handler: a POST is repeated by a job that knows what a repeat would do, or not at all. */
function chain(localRoot: string | undefined): Middleware {
  const authentication = new AuthenticationHandler({ getAccessToken: () => Promise.reject(new Error('no token')) });
  authentication.setNext({
    async execute(sending: Sending) {
      const url = typeof sending.request === 'string' ? sending.request : sending.request.url;
      // The client signs requests to graph.microsoft.com alone, so the way to this machine is taken after that.
      const target = localRoot ? url.replace(graphRoot, localRoot) : url;
      try {
        sending.response = await fetch(target, { ...sending.options, redirect: 'error' });
      } catch (error) {
        const met = sending.middlewareControl?.getMiddlewareOptions(Met);
        if (met instanceof Met) met.error = error;
        throw error;
      }
    },
  });
  return authentication;
}
