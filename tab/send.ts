import { z } from 'zod';
import { Failure, failureFrom } from './failure.js';

/** For an answer that says only that it was done. */
export const nothing = z.unknown();

export interface Connection {
  readonly fetch: typeof fetch;
  token(fresh: boolean): Promise<string>;
  /** The Date header of every answer. */
  heardDate(date: string | null): void;
}

export interface Send {
  <T>(method: 'GET' | 'POST' | 'PUT', path: string, answer: z.ZodType<T>, body?: unknown): Promise<T>;
  /** The answer itself, for a stream. */
  open(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, signal?: AbortSignal): Promise<Response>;
}

/** A bearer token on every request, once more with a fresh one after a 401, and every other end as a Failure. */
export function createSend(connection: Connection): Send {
  const attempt = async (fresh: boolean, path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await connection.token(fresh)}`);
    const answer = await connection.fetch(`/api${path}`, { ...init, headers, cache: 'no-store' }).catch(() => null);
    if (!answer) throw new Failure('offline');
    connection.heardDate(answer.headers.get('date'));
    return answer;
  };
  const open: Send['open'] = async (method, path, body, signal) => {
    const init: RequestInit = {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(signal ? { signal } : {}),
    };
    const first = await attempt(false, path, init);
    const answer = first.status === 401 ? await attempt(true, path, init) : first;
    if (!answer.ok) throw failureFrom(answer.status, await bodyOf(answer));
    return answer;
  };
  return Object.assign(
    async <T>(method: 'GET' | 'POST' | 'PUT', path: string, answer: z.ZodType<T>, body?: unknown) => {
      const parsed = answer.safeParse(await bodyOf(await open(method, path, body)));
      if (!parsed.success) throw new Failure('unexpected');
      return parsed.data;
    },
    { open },
  );
}

async function bodyOf(answer: Response): Promise<unknown> {
  return answer.json().catch(() => null);
}
