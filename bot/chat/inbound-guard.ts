import { hash } from 'node:crypto';
import { authorizationValues, bearerToken } from '../access/bearer.js';
import { readGuid } from '../access/guid.js';
import type { Arrival, ArrivalAt } from '../access/arrival.js';
import type { SigningKeys } from '../access/signing-keys.js';
import { createTokenVerifier } from '../access/verified-token.js';
import type { Clock } from '../context.js';
import { baseConversation, readActivity, readBody, type InboundActivity } from './inbound.js';
import { createServiceUrlCheck } from './service-url.js';

/** Bot Framework's issuer and metadata (microsoft365.md 1.3). The emulator and skill issuers are accepted nowhere. */
export const botFrameworkIssuer = 'https://api.botframework.com';
export const botFrameworkMetadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** Every reason for refusing, and the status that the sender sees. */
const refusals = {
  'body-too-large': 413,
  'authorization-missing': 401,
  'authorization-repeated': 400,
  'authorization-malformed': 401,
  'token-too-large': 401,
  'token-malformed': 401,
  'token-algorithm': 401,
  'token-embedded-key': 401,
  'token-key-id': 401,
  'token-issuer': 401,
  'token-issuer-unknown': 401,
  'token-audience': 401,
  'token-expired': 401,
  'token-not-yet-valid': 401,
  'token-unknown-key': 401,
  'token-signature': 401,
  'keys-unavailable': 503,
  'key-not-endorsed': 401,
  'body-malformed': 400,
  'body-forbidden-key': 400,
  'body-too-deep': 400,
  'activity-malformed': 400,
  'channel-refused': 403,
  'service-url-missing': 403,
  'service-url-differs': 403,
  'service-url-refused': 403,
  'tenant-missing': 403,
  'tenant-disagrees': 403,
  'tenant-unknown': 403,
  'person-missing': 403,
} as const;
export type GuardReason = keyof typeof refusals;

/** One bot registration: its app id, and the tenants it serves (`directory`: whichever tenants the directory holds). */
export interface BotRegistration {
  readonly appId: string;
  readonly tenantIds: ReadonlySet<string> | 'directory';
}

export interface InboundGuardOptions {
  readonly registrations: (appId: string) => BotRegistration | undefined;
  /** What the directory holds; null when this tenant (a lower-case GUID) is not this bot's. An error is the caller's: nothing passes. */
  readonly arrival: (at: ArrivalAt) => Promise<Arrival | null>;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  /** Local mode only: exact `http://127.0.0.1:port` origins that a serviceUrl may have beside Microsoft's. */
  readonly localServiceOrigins?: readonly string[];
  readonly maxBodyBytes?: number;
  readonly maxDepth?: number;
}

export interface Passed {
  readonly ok: true;
  readonly appId: string;
  /** Lower-case GUID of a tenant in the directory. */
  readonly tenantId: string;
  readonly activity: InboundActivity & { readonly serviceUrl: string };
  readonly arrival: Arrival;
  /** SHA-256 of the body as it came, in hex: what the inbox keeps instead of the body. */
  readonly digest: string;
}

/** The status is for the sender; the reason is for the log only and says nothing of what was sent. */
export interface Refused {
  readonly ok: false;
  readonly status: (typeof refusals)[GuardReason];
  readonly reason: GuardReason;
}

export type InboundGuard = (rawHeaders: readonly string[], body: Uint8Array) => Promise<Passed | Refused>;

const channel = 'msteams';

const refuse = (reason: GuardReason): Refused => ({ ok: false, status: refusals[reason], reason });

/**
 * The door of the chat: what passes came from Teams, for one of our registrations, about a tenant in the directory. It
 * takes the headers as they came (`request.rawHeaders`), because Node hides a second Authorization header.
 */
export function createInboundGuard(options: InboundGuardOptions): InboundGuard {
  const { clock, keys, registrations } = options;
  const maxBodyBytes = options.maxBodyBytes ?? 256 * 1024;
  const maxDepth = options.maxDepth ?? 32;
  const serviceUrlAllowed = createServiceUrlCheck(options.localServiceOrigins);
  const verify = createTokenVerifier({
    issuer: () => botFrameworkIssuer,
    audience: (appId) => registrations(appId) !== undefined,
    keys: () => Promise.resolve(keys),
    algorithms: ['RS256', 'RS384', 'RS512'],
    clock,
  });

  return async (rawHeaders, body) => {
    if (body.byteLength > maxBodyBytes) return refuse('body-too-large');
    const bearer = bearerToken(authorizationValues(rawHeaders));
    if (!bearer.ok) return refuse(bearer.reason);
    const verified = await verify(bearer.token);
    if (!verified.ok) return refuse(verified.reason);
    const { aud } = verified.claims;
    const registration = typeof aud === 'string' ? registrations(aud) : undefined;
    if (!registration) return refuse('token-audience');
    if (!verified.key.endorsements.has(channel)) return refuse('key-not-endorsed');
    const read = readBody(body, maxDepth);
    if (!read.ok) return refuse(read.reason);
    const activity = readActivity(read.json);
    if (!activity) return refuse('activity-malformed');
    if (activity.channelId !== channel) return refuse('channel-refused');
    const { serviceUrl } = activity;
    if (serviceUrl === null) return refuse('service-url-missing');
    if (serviceUrl !== verified.claims['serviceurl']) return refuse('service-url-differs');
    if (!serviceUrlAllowed(serviceUrl)) return refuse('service-url-refused');
    const tenant = tenantOf(activity);
    if ('reason' in tenant) return refuse(tenant.reason);
    const { tenantId } = tenant;
    const served = registration.tenantIds === 'directory' || registration.tenantIds.has(tenantId);
    if (!served) return refuse('tenant-unknown');
    const { appId } = registration;
    const objectId = activity.from.aadObjectId;
    const at = { tenantId, botAppId: appId, objectId, conversationId: baseConversation(activity) };
    const arrival = await options.arrival(at);
    if (!arrival) return refuse('tenant-unknown');
    if (!objectId && needsPerson(activity)) return refuse('person-missing');
    const digest = hash('sha256', body, 'hex');
    return { ok: true, appId, tenantId, activity: { ...activity, serviceUrl }, arrival, digest };
  };
}

/** The token is the channel's and names no tenant, so every place of the activity that names one has to say the same. */
function tenantOf(activity: InboundActivity): { tenantId: string } | { reason: GuardReason } {
  const { conversation, channelData, from } = activity;
  const [first, ...others] = [conversation.tenantId, channelData.tenantId].filter((value) => value !== null);
  if (first === undefined) return { reason: 'tenant-missing' };
  const tenantId = readGuid(first);
  if (tenantId === null) return { reason: 'tenant-unknown' };
  // In a shared channel the sender may be of another tenant: nobody whom this directory answers for.
  if (from.tenantId !== null) others.push(from.tenantId);
  return others.every((other) => readGuid(other) === tenantId) ? { tenantId } : { reason: 'tenant-disagrees' };
}

function needsPerson({ type }: InboundActivity): boolean {
  return type === 'message' || type === 'invoke';
}

/**
 * Outside local mode the bot needs a real app id and tenant: botbuilder turns authentication off when the id is empty
 * (microsoft365.md 0.2). Throws at start, naming the setting.
 */
export function assertBotConfigured(
  bots: readonly { readonly appId: string; readonly tenantId: string }[],
  localMode: boolean,
): void {
  if (localMode) return;
  if (bots.length === 0) throw new Error('BOT_APPS is not set: the bot does not start without a registration');
  for (const { appId, tenantId } of bots) {
    if (readGuid(appId) === null) throw new Error('BOT_APPS names an app id that is empty or not a GUID');
    if (readGuid(tenantId) === null) throw new Error('BOT_APPS names a tenant id that is empty or not a GUID');
  }
}
