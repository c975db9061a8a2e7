import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** `-after`: the work is done, and then the answer is lost. */
export type Fault = '429' | '503' | '504-after' | 'cut' | 'cut-after' | 'slow';
export const faultKinds: readonly Fault[] = ['429', '503', '504-after', 'cut', 'cut-after', 'slow'];

export type Surface = 'graph' | 'connector' | 'token';
export const surfaces: readonly Surface[] = ['graph', 'connector', 'token'];

/** `rate` is a probability 0..1 for each call; one of `kinds` is then drawn evenly. */
export interface FaultRule {
  readonly rate: number;
  readonly kinds: readonly Fault[];
  /** Default 1. */
  readonly retryAfterSeconds?: number;
  /** How long `slow` holds a call before it is handled, in milliseconds. Default 1500. */
  readonly slowMs?: number;
}

export interface InjectedFault {
  readonly surface: Surface;
  readonly fault: Fault;
  readonly method: string;
  readonly path: string;
  /** True once the handler answered 2xx, whatever the caller then saw. */
  didWork: boolean;
}

export interface Faults {
  set(surface: Surface, rule: FaultRule): void;
  /** Forgets every rule and every pending `once`; what was injected stays on record. */
  clear(): void;
  /** The next call that matches (or simply the next call) meets this fault. */
  once(surface: Surface, fault: Fault, match?: (method: string, path: string) => boolean): void;
  draw(surface: Surface, method: string, path: string): Fault | null;
  rule(surface: Surface): FaultRule | null;
  readonly injected: InjectedFault[];
}

export function createFaults(random: () => number): Faults {
  const rules = new Map<Surface, FaultRule>();
  let pending: { surface: Surface; fault: Fault; match: (method: string, path: string) => boolean }[] = [];
  const injected: InjectedFault[] = [];

  function choose(surface: Surface, method: string, path: string): Fault | null {
    const waiting = pending.findIndex((one) => one.surface === surface && one.match(method, path));
    if (waiting >= 0) return pending.splice(waiting, 1)[0]?.fault ?? null;
    const rule = rules.get(surface);
    if (!rule || rule.rate <= 0 || rule.kinds.length === 0) return null;
    if (random() >= rule.rate) return null;
    return rule.kinds[Math.floor(random() * rule.kinds.length)] ?? null;
  }

  return {
    set: (surface, rule) => void rules.set(surface, rule),
    clear() {
      rules.clear();
      pending = [];
    },
    once: (surface, fault, match = () => true) => void pending.push({ surface, fault, match }),
    draw(surface, method, path) {
      const fault = choose(surface, method, path);
      if (fault) injected.push({ surface, fault, method, path, didWork: false });
      return fault;
    },
    rule: (surface) => rules.get(surface) ?? null,
    injected,
  };
}

/** Each Microsoft surface words its failures in its own shape; clients read the code out of it. */
function errorBody(surface: Surface, status: 429 | 503 | 504): object {
  const code = { 429: 'TooManyRequests', 503: 'ServiceUnavailable', 504: 'GatewayTimeout' }[status];
  const message = 'Asked for by the local fault rules.';
  if (surface === 'token')
    return { error: 'temporarily_unavailable', error_description: message, error_codes: [status] };
  if (surface === 'connector') return { error: { code, message } };
  const innerError = { 'request-id': '00000000-0000-0000-0000-000000000000', date: '1970-01-01T00:00:00' };
  return { error: { code, message, innerError } };
}

/** Adds the hooks to `app`, which is to be an encapsulated scope: its routes, and only those, meet the surface's faults. */
export function applyFaults(app: FastifyInstance, surface: Surface, faults: Faults): void {
  const met = new WeakMap<FastifyRequest, { fault: Fault; record: InjectedFault | undefined }>();

  async function refuse(reply: FastifyReply, status: 429 | 503): Promise<FastifyReply> {
    const seconds = faults.rule(surface)?.retryAfterSeconds ?? 1;
    if (status === 429) reply.header('Retry-After', String(seconds));
    return reply.code(status).send(errorBody(surface, status));
  }

  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? request.url;
    const fault = faults.draw(surface, request.method, path);
    if (!fault) return undefined;
    if (fault === '429' || fault === '503') return refuse(reply, fault === '429' ? 429 : 503);
    if (fault === 'cut') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    met.set(request, { fault, record: faults.injected.at(-1) });
    if (fault === 'slow') await pause(faults.rule(surface)?.slowMs ?? 1500);
    return undefined;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const meeting = met.get(request);
    if (!meeting) return payload;
    met.delete(request);
    if (meeting.record) meeting.record.didWork = reply.statusCode < 300;
    if (meeting.fault === 'cut-after') request.raw.socket.destroy();
    if (meeting.fault !== '504-after') return payload;
    reply.code(504).removeHeader('content-length').type('application/json; charset=utf-8');
    return JSON.stringify(errorBody(surface, 504));
  });
}
