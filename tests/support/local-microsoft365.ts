import { Temporal } from 'temporal-polyfill';
import type { LocalPerson } from '../../infra/local/shared.js';
import { startMicrosoft365, type Microsoft365, type Microsoft365Options } from '../../infra/local/microsoft365.js';

export const tid = '5f1c1b0e-8a51-4c56-9e0f-0a4e5d8f7a11';
export const otherTid = '9d2e7c44-1f6b-4c0a-8b52-77c1a3f0b922';
export const workerAppId = '3c0b2a5e-6a0e-4f0b-9a56-1f4f0f7c1d33';
export const apiClientId = 'b7f0e7f8-45c1-4b2f-a0a4-6a1b8d7f2e44';
export const botAppId = '1a9f6c0d-7e2b-4d5c-8f3a-2b1c0d9e8f55';
export const reviews = 'reviews@strathlinn.example';

export const socialWorker: LocalPerson = {
  tenantId: tid,
  oid: '0c4b7f52-3d1e-4f7a-9b1c-5a6d7e8f9a01',
  name: 'Ailsa Sinclair',
  email: 'ailsa.sinclair@strathlinn.example',
  calendar: [
    { startAt: '2026-11-24T09:00:00Z', endAt: '2026-11-24T10:00:00Z', showAs: 'busy', subject: 'Team meeting' },
    { startAt: '2026-11-24T13:00:00Z', endAt: '2026-11-24T17:00:00Z', showAs: 'oof', subject: 'Leave' },
  ],
};
export const teacher: LocalPerson = {
  tenantId: tid,
  oid: '0c4b7f52-3d1e-4f7a-9b1c-5a6d7e8f9a02',
  name: 'Mairi NicLeòid',
  email: 'mairi.nicleoid@strathlinn.example',
  calendar: [],
};
export const stranger: LocalPerson = {
  tenantId: otherTid,
  oid: '0c4b7f52-3d1e-4f7a-9b1c-5a6d7e8f9a03',
  name: 'Tunde Adeyemi',
  email: 'tunde@otherside.example',
  calendar: [],
};

/** A clock that stands still until it is moved, and randomness that repeats. */
export function world(options: Partial<Microsoft365Options> = {}) {
  let now = Temporal.Instant.from('2026-11-23T09:00:00Z');
  let state = 42;
  const settings: Microsoft365Options = {
    clock: { now: () => now },
    random: () => (state = (state * 16807) % 2147483647) / 2147483647,
    tenants: [
      { tenantId: tid, name: 'Strathlinn Council' },
      { tenantId: otherTid, name: 'Otherside Council' },
    ],
    apps: { botAppIds: [botAppId], apiClientId, workerAppId, reviewMailboxes: [{ tenantId: tid, address: reviews }] },
    people: [socialWorker, teacher, stranger],
    ...options,
  };
  return {
    settings,
    start: () => startMicrosoft365(settings),
    move: (hours: number) => void (now = now.add({ hours })),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What stands at a path of an answer, undefined when nothing does. */
export function at(body: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (here as Record<string | number, unknown> | null | undefined)?.[key],
    body,
  );
}

export function textAt(body: unknown, ...path: (string | number)[]): string {
  const found = at(body, ...path);
  if (typeof found !== 'string') throw new Error(`No text at ${path.join('.')}`);
  return found;
}

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** A plain Graph caller: the worker's token unless another is given. Absolute links are turned back to this machine. */
export async function graphCaller(m365: Microsoft365, token?: string): Promise<Call> {
  const bearer = token ?? (await m365.mintAppToken({ tid, clientId: workerAppId, aud: 'https://graph.microsoft.com' }));
  return async (method, path, body, headers = {}) => {
    const url = path.replace('https://graph.microsoft.com/v1.0', '');
    const content: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const answer = await fetch(`${m365.url}/graph/v1.0${url}`, {
      method,
      headers: { Authorization: `Bearer ${bearer}`, ...content, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? (JSON.parse(text) as unknown) : null };
  };
}

export function invitation(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    subject: 'Review meeting VR-7K2M9Q',
    body: { contentType: 'html', content: '<p>Sign in to see what this is about.</p>' },
    start: { dateTime: '2026-11-25T10:00:00', timeZone: 'GMT Standard Time' },
    end: { dateTime: '2026-11-25T11:00:00', timeZone: 'GMT Standard Time' },
    attendees: [socialWorker, teacher].map(({ email, name }) => ({
      type: 'required',
      emailAddress: { address: email, name },
    })),
    hideAttendees: true,
    sensitivity: 'private',
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    transactionId: 'invitation-1',
    ...changes,
  };
}
