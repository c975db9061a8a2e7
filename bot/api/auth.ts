import { Temporal } from 'temporal-polyfill';
import { bearerToken, type BearerFault } from '../access/bearer.js';
import { readGuid } from '../access/guid.js';
import { createSigningKeys, type SigningKeys, type SigningKeysOptions } from '../access/signing-keys.js';
import { createTokenVerifier, type Claims, type TokenFault } from '../access/verified-token.js';
import type { Clock } from '../context.js';

/** Entra's v2 issuer of one tenant; v1 tokens (sts.windows.net) are refused rather than supported (microsoft365.md 2). */
export const entraIssuer = (tenantId: string) => `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const entraMetadataUrl = (tenantId: string) => `${entraIssuer(tenantId)}/.well-known/openid-configuration`;

export type TokenRefusal =
  BearerFault | TokenFault | 'version' | 'app-only' | 'scope' | 'client' | 'guest' | 'person-missing';

/** The status is for the caller; the reason is for the log and never leaves. */
export class TokenRefused extends Error {
  readonly status: 401 | 403 | 503;
  constructor(readonly reason: TokenRefusal) {
    super(`token refused: ${reason}`);
    this.name = 'TokenRefused';
    this.status = statuses[reason] ?? 401;
  }
}

const statuses: Partial<Record<TokenRefusal, 403 | 503>> = {
  'keys-unavailable': 503,
  'app-only': 403,
  scope: 403,
  client: 403,
  guest: 403,
};

/** Who holds the token. Tenant and object id are the key; no name or address of the token is read. */
export interface TokenHolder {
  readonly tenantId: string;
  readonly oid: string;
  readonly issuedAt: Temporal.Instant;
  /** When the person last proved who they are, where the registration asks for `auth_time`. */
  readonly authTime: Temporal.Instant | null;
}

export interface TokenCheckOptions {
  /** The API registration's client id: the only audience. */
  readonly apiClientId: string;
  /** Client ids (`azp`) that may call: the tab's and add-in's own. */
  readonly allowedClients: readonly string[];
  /** Whether the directory holds this tenant (a lower-case GUID). Asked on every request. */
  readonly tenantKnown: (tenantId: string) => Promise<boolean>;
  readonly keysFor: (tenantId: string) => SigningKeys;
  readonly clock: Clock;
}

/** One header value as Node gives it, or every value there was (`authorizationValues`): several are refused. */
export type AuthorizationHeader = string | readonly string[] | undefined;

const scope = 'access_as_user';

/** Throws TokenRefused. A directory that does not answer is the caller's error: nobody is let in. */
export function createTokenCheck(options: TokenCheckOptions): (header: AuthorizationHeader) => Promise<TokenHolder> {
  const { apiClientId, allowedClients, tenantKnown, keysFor, clock } = options;
  if (!readGuid(apiClientId)) throw new Error('the API client id must be a GUID');
  const verify = createTokenVerifier({
    issuer: (claims) => (isGuid(claims['tid']) ? entraIssuer(claims['tid']) : null),
    audience: (audience) => audience === apiClientId,
    keys: async ({ tid }) => (isGuid(tid) && (await tenantKnown(tid)) ? keysFor(tid) : null),
    algorithms: ['RS256'],
    clock,
  });

  return async (header) => {
    const bearer = bearerToken(typeof header === 'string' ? [header] : (header ?? []));
    if (!bearer.ok) throw new TokenRefused(bearer.reason);
    const verified = await verify(bearer.token);
    if (!verified.ok) throw new TokenRefused(verified.reason);
    return holderOf(verified.claims, allowedClients);
  };
}

function holderOf(claims: Claims, allowedClients: readonly string[]): TokenHolder {
  const { tid, oid, ver, azp, scp, idtyp, iat } = claims;
  if (ver !== '2.0' || !isGuid(tid)) throw new TokenRefused('version');
  if ((idtyp !== undefined && idtyp !== 'user') || scp === undefined) throw new TokenRefused('app-only');
  if (typeof scp !== 'string' || !scp.split(' ').includes(scope)) throw new TokenRefused('scope');
  if (typeof azp !== 'string' || !allowedClients.includes(azp)) throw new TokenRefused('client');
  if (isGuest(claims, tid)) throw new TokenRefused('guest');
  if (!isGuid(oid)) throw new TokenRefused('person-missing');
  const issuedAt = instant(iat);
  if (!issuedAt) throw new TokenRefused('token-malformed');
  return { tenantId: tid, oid, issuedAt, authTime: instant(claims['auth_time']) };
}

/** `acct` is the optional claim that says so; `idp` names another tenant when the account's home is elsewhere. */
function isGuest({ acct, idp }: Claims, tenantId: string): boolean {
  if (acct !== undefined && acct !== 0 && acct !== '0') return true;
  return idp !== undefined && idp !== entraIssuer(tenantId) && idp !== `https://sts.windows.net/${tenantId}/`;
}

function isGuid(value: unknown): value is string {
  return value !== undefined && readGuid(value) === value;
}

function instant(seconds: unknown): Temporal.Instant | null {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > 1e11) return null;
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(seconds * 1000));
}

export interface TenantKeysOptions extends Omit<SigningKeysOptions, 'source'> {
  /** Entra's metadata outside local mode. */
  readonly metadataUrl?: (tenantId: string) => string;
  /** How many tenants' keys are held; the longest unused goes first. */
  readonly maxTenants?: number;
}

/** One bounded set of keys a tenant. Ask only for tenants of the directory. */
export function createTenantKeys(options: TenantKeysOptions): (tenantId: string) => SigningKeys {
  const { metadataUrl = entraMetadataUrl, maxTenants = 256, ...rest } = options;
  const held = new Map<string, SigningKeys>();
  return (tenantId) => {
    const keys = held.get(tenantId) ?? createSigningKeys({ ...rest, source: { metadataUrl: metadataUrl(tenantId) } });
    held.delete(tenantId);
    held.set(tenantId, keys);
    const oldest = held.keys().next();
    if (held.size > maxTenants && !oldest.done) held.delete(oldest.value);
    return keys;
  };
}
