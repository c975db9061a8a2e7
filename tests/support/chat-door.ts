import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { createSigningKeys } from '../../bot/access/signing-keys.js';
import type { Arrival } from '../../bot/access/arrival.js';
import { botFrameworkIssuer, createInboundGuard } from '../../bot/chat/inbound-guard.js';
import type { GuardReason, InboundGuardOptions } from '../../bot/chat/inbound-guard.js';
import { makeKey, movableClock, sign, startIssuer } from './issuer.js';
import type { Issuer, IssuerKey, MovableClock } from './issuer.js';

export const appId = '0b7e6a52-3b6f-4c1e-9d2a-5f4c8f1a2b3c';
export const otherAppId = '1c7e6a52-3b6f-4c1e-9d2a-5f4c8f1a2b3c';
export const tenantId = 'a3f1c2d4-1111-4222-8333-944455556666';
export const otherTenant = 'b3f1c2d4-1111-4222-8333-944455556666';
export const stranger = 'f3f1c2d4-1111-4222-8333-944455556666';
export const oid = 'c0ffee00-1111-4222-8333-944455556666';
export const serviceUrl = `https://smba.trafficmanager.net/uk/${tenantId}/`;

/** A tenant that the directory knows, and somebody in it whom it does not. */
export const nobody: Arrival = { people: [], chosen: null, conversation: null };

export type Fields = Record<string, unknown>;

/** One delivery to the door: what is left out is as Teams sends it. */
export interface Attempt {
  readonly token?: string | Promise<string>;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  readonly with?: Partial<InboundGuardOptions>;
}
export type RefusedCase = readonly [name: string, status: number, reason: GuardReason, attempt: () => Attempt];

export const activity = (changed: Fields = {}): Fields => ({
  type: 'message',
  id: '1763888400000',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:1abc', aadObjectId: oid, name: 'Somebody' },
  recipient: { id: `28:${appId}` },
  conversation: { id: 'a:1xyz', conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  text: 'hi',
  ...changed,
});
export const posted = (changed: Fields): Attempt => ({ body: JSON.stringify(activity(changed)) });
export const inTenants = (conversation: unknown, channelData: unknown): Fields => ({
  conversation: { id: 'a:1xyz', conversationType: 'personal', tenantId: conversation },
  channelData: { tenant: { id: channelData } },
});

/** The guard before a local issuer: `appId` serves the whole directory (two tenants), `otherAppId` the second only. */
export function chatDoor() {
  let issuer: Issuer;
  let keys: { good: IssuerKey; unendorsed: IssuerKey; unpublished: IssuerKey };
  let clock: MovableClock;
  let options: InboundGuardOptions;

  beforeAll(async () => {
    keys = {
      good: await makeKey('channel-key', { endorsements: ['msteams'] }),
      unendorsed: await makeKey('slack-key', { endorsements: ['slack'] }),
      unpublished: await makeKey('channel-key', { endorsements: ['msteams'] }),
    };
    issuer = await startIssuer([keys.good, keys.unendorsed]);
  });
  const opened: Issuer[] = [];
  afterAll(() => issuer.close());
  afterEach(async () => {
    for (const other of opened.splice(0)) await other.close();
  });
  beforeEach(() => {
    clock = movableClock();
    options = {
      registrations: (id) => {
        if (id === otherAppId) return { appId: id, tenantIds: new Set([otherTenant]) };
        return id === appId ? { appId, tenantIds: 'directory' } : undefined;
      },
      arrival: ({ tenantId: id }) => Promise.resolve(id === tenantId || id === otherTenant ? nobody : null),
      keys: keysOf(issuer),
      clock,
    };
  });

  const keysOf = ({ metadataUrl }: Issuer) =>
    createSigningKeys({ source: { metadataUrl }, clock, fetch: globalThis.fetch, allowHttpLoopback: true });
  const claims = (changed: Fields = {}): Fields => ({
    iss: botFrameworkIssuer,
    aud: appId,
    serviceurl: serviceUrl,
    nbf: clock.seconds - 10,
    exp: clock.seconds + 3600,
    ...changed,
  });
  const signed = (changed: Fields = {}, header: Fields = {}) => sign(keys.good, claims(changed), header);

  return {
    keys: () => keys,
    clock: () => clock,
    keysOf,
    /** Another issuer with the same keys, for a test that breaks it; closed when the test ends. */
    anotherIssuer: async (): Promise<Issuer> => {
      const other = await startIssuer([keys.good, keys.unendorsed]);
      opened.push(other);
      return other;
    },
    claims,
    signed,
    guard: (changed: Partial<InboundGuardOptions> = {}) => createInboundGuard({ ...options, ...changed }),
    attempt: async ({ token, headers, body, with: changed }: Attempt) => {
      const authorization = ['Authorization', `Bearer ${await (token ?? signed())}`];
      const guard = createInboundGuard({ ...options, ...changed });
      return guard(headers ?? authorization, Buffer.from(body ?? JSON.stringify(activity())));
    },
    withHeader: (header: Fields): Attempt => ({ token: signed({}, header) }),
    claiming: (changed: Fields): Attempt => ({ token: signed(changed) }),
    /** Token and activity agree that the service is there. */
    servedAt: (url: unknown): Attempt => ({ token: signed({ serviceurl: url }), ...posted({ serviceUrl: url }) }),
  };
}
