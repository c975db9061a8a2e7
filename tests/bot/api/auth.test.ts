import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { authorizationValues } from '../../../bot/access/bearer.js';
import {
  createTenantKeys,
  createTokenCheck,
  entraIssuer,
  entraMetadataUrl,
  TokenRefused,
  type AuthorizationHeader,
  type TokenCheckOptions,
  type TokenRefusal,
} from '../../../bot/api/auth.js';
import { forge, makeKey, movableClock, sign, startIssuer } from '../../support/issuer.js';
import type { Issuer, IssuerKey, MovableClock } from '../../support/issuer.js';

const apiClientId = '0b7e6a52-3b6f-4c1e-9d2a-5f4c8f1a2b3c';
const tabClientId = '1c7e6a52-3b6f-4c1e-9d2a-5f4c8f1a2b3c';
const tenantId = 'a3f1c2d4-1111-4222-8333-944455556666';
const otherTenant = 'b3f1c2d4-1111-4222-8333-944455556666';
const stranger = 'f3f1c2d4-1111-4222-8333-944455556666';
const oid = 'c0ffee00-1111-4222-8333-944455556666';

let issuer: Issuer;
let key: IssuerKey;
let unpublished: IssuerKey;
let clock: MovableClock;
let options: TokenCheckOptions;
let keysAskedFor: string[];

beforeAll(async () => {
  key = await makeKey('entra-key');
  unpublished = await makeKey('entra-key');
  issuer = await startIssuer([key]);
});
afterAll(() => issuer.close());
beforeEach(() => {
  clock = movableClock();
  keysAskedFor = [];
  const keysFor = tenantKeys(256);
  options = {
    apiClientId,
    allowedClients: [tabClientId],
    tenantKnown: (id) => Promise.resolve(id === tenantId || id === otherTenant),
    keysFor: (id) => (keysAskedFor.push(id), keysFor(id)),
    clock,
  };
});

function tenantKeys(maxTenants: number) {
  const metadataUrl = () => issuer.metadataUrl;
  return createTenantKeys({ clock, fetch: globalThis.fetch, allowHttpLoopback: true, metadataUrl, maxTenants });
}

type Fields = Record<string, unknown>;
const claims = (changed: Fields = {}): Fields => ({
  ver: '2.0',
  iss: entraIssuer(tenantId),
  tid: tenantId,
  aud: apiClientId,
  azp: tabClientId,
  oid,
  scp: 'access_as_user',
  iat: clock.seconds - 60,
  nbf: clock.seconds - 60,
  exp: clock.seconds + 3600,
  name: 'Somebody',
  preferred_username: 'somebody@example.org',
  ...changed,
});
const claiming = (changed: Fields) => () => sign(key, claims(changed));
const hmac = (input: string) =>
  createHmac('sha256', key.publicKey.export({ type: 'spki', format: 'pem' }))
    .update(input)
    .digest();

async function refusal(header: AuthorizationHeader, changed: Partial<TokenCheckOptions> = {}) {
  try {
    await createTokenCheck({ ...options, ...changed })(header);
    return 'passed';
  } catch (error) {
    if (error instanceof TokenRefused) return { status: error.status, reason: error.reason };
    throw error;
  }
}

describe('who passes', () => {
  test('a person of a tenant in the directory, by tenant and object id and nothing that names them', async () => {
    const signedInAt = clock.now().subtract({ minutes: 20 });
    const token = await sign(key, claims({ auth_time: clock.seconds - 1200 }));
    const holder = await createTokenCheck(options)(`Bearer ${token}`);
    expect(holder).toEqual({ tenantId, oid, issuedAt: expect.anything(), authTime: expect.anything() });
    expect(holder.issuedAt.equals(clock.now().subtract({ seconds: 60 }))).toBe(true);
    expect(holder.authTime?.equals(signedInAt)).toBe(true);
  });

  test.each<readonly [string, Fields]>([
    ['expired four minutes ago', { exp: 240 }],
    ['several scopes, ours among them', { scp: 'openid access_as_user profile' }],
    ['said to be a user', { idtyp: 'user' }],
    ['said to be a member', { acct: 0 }],
    ['with the home tenant as identity provider', { idp: `https://sts.windows.net/${tenantId}/` }],
    ['of another tenant of ours', { tid: otherTenant, iss: entraIssuer(otherTenant) }],
  ])('%s', async (_name, { exp, ...changed }) => {
    const token = await sign(
      key,
      claims({ ...changed, ...(typeof exp === 'number' ? { exp: clock.seconds - exp } : {}) }),
    );
    expect(await refusal(`bearer ${token}`)).toBe('passed');
  });

  test('no time of sign-in in the token is null', async () => {
    const holder = await createTokenCheck(options)([`Bearer ${await sign(key, claims())}`]);
    expect(holder.authTime).toBeNull();
  });
});

describe('tokens that are refused', () => {
  const v1 = { ver: '1.0', iss: `https://sts.windows.net/${tenantId}/`, appid: tabClientId, azp: undefined };
  test.each<readonly [string, 401 | 403, TokenRefusal, () => string | Promise<string>]>([
    ['junk', 401, 'token-malformed', () => 'a.b.c'],
    ['1 MB', 401, 'token-too-large', () => 'x'.repeat(1024 * 1024)],
    ['alg none', 401, 'token-algorithm', () => forge({ alg: 'none', kid: key.kid }, claims(), () => '')],
    [
      'HS256 with the RSA public key',
      401,
      'token-algorithm',
      () => forge({ alg: 'HS256', kid: key.kid }, claims(), hmac),
    ],
    ['PS256', 401, 'token-algorithm', () => sign(key, claims(), { alg: 'PS256' })],
    ['RS512, which Entra does not use', 401, 'token-algorithm', () => sign(key, claims(), { alg: 'RS512' })],
    ['a key nobody published', 401, 'token-signature', () => sign(unpublished, claims())],
    ['an embedded jwk', 401, 'token-embedded-key', () => sign(unpublished, claims(), { jwk: unpublished.jwk })],
    ['jku', 401, 'token-embedded-key', () => sign(key, claims(), { jku: 'https://evil.example/' })],
    ['x5u', 401, 'token-embedded-key', () => sign(key, claims(), { x5u: 'https://evil.example/' })],
    ['a path for a kid', 401, 'token-key-id', () => sign(key, claims(), { kid: '../key' })],
    ['an unknown kid', 401, 'token-unknown-key', () => sign(key, claims(), { kid: 'made-up' })],
    ['the v1 issuer', 401, 'token-issuer', claiming(v1)],
    ['a v1 token with our issuer', 401, 'version', claiming({ ver: '1.0' })],
    ['no version', 401, 'version', claiming({ ver: undefined })],
    ['the Bot Framework issuer', 401, 'token-issuer', claiming({ iss: 'https://api.botframework.com' })],
    ['iss of one tenant of ours and tid of another', 401, 'token-issuer', claiming({ tid: otherTenant })],
    ['no tid', 401, 'token-issuer', claiming({ tid: undefined })],
    ['tid common', 401, 'token-issuer', claiming({ tid: 'common', iss: entraIssuer('common') })],
    [
      "a stranger's tenant, rightly signed",
      401,
      'token-issuer-unknown',
      claiming({ tid: stranger, iss: entraIssuer(stranger) }),
    ],
    ['an api:// audience', 401, 'token-audience', claiming({ aud: `api://${apiClientId}` })],
    ['Graph for audience', 401, 'token-audience', claiming({ aud: '00000003-0000-0000-c000-000000000000' })],
    ['an array for audience', 401, 'token-audience', claiming({ aud: [apiClientId] })],
    ['no audience', 401, 'token-audience', claiming({ aud: undefined })],
    ['expired six minutes ago', 401, 'token-expired', () => sign(key, claims({ exp: clock.seconds - 360 }))],
    ['good in six minutes', 401, 'token-not-yet-valid', () => sign(key, claims({ nbf: clock.seconds + 360 }))],
    ['no time of issue', 401, 'token-malformed', claiming({ iat: undefined })],
    ['no scope, as an id token or an app has', 403, 'app-only', claiming({ scp: undefined })],
    ['another scope', 403, 'scope', claiming({ scp: 'access_as_user_admin Calendars.Read' })],
    ['a list for scope', 403, 'scope', claiming({ scp: ['access_as_user'] })],
    ['an app with roles', 403, 'app-only', claiming({ scp: undefined, roles: ['access_as_user'], idtyp: 'app' })],
    ['an app that has a scope', 403, 'app-only', claiming({ idtyp: 'app' })],
    ['another client', 403, 'client', claiming({ azp: stranger })],
    ['no client', 403, 'client', claiming({ azp: undefined })],
    ['the API itself as client', 403, 'client', claiming({ azp: apiClientId })],
    ['a guest', 403, 'guest', claiming({ acct: 1 })],
    ['a guest, as text', 403, 'guest', claiming({ acct: '1' })],
    ['an account whose home is elsewhere', 403, 'guest', claiming({ idp: `https://sts.windows.net/${stranger}/` })],
    ['a personal account', 403, 'guest', claiming({ idp: 'live.com' })],
    ['no object id', 401, 'person-missing', claiming({ oid: undefined, upn: 'somebody@example.org' })],
    ['an object id that is no GUID', 401, 'person-missing', claiming({ oid: 'somebody@example.org' })],
  ])('%s: %i %s', async (_name, status, reason, make) => {
    expect(await refusal(`Bearer ${await make()}`)).toEqual({ status, reason });
  });

  test.each<readonly [string, AuthorizationHeader, TokenRefusal]>([
    ['no header', undefined, 'authorization-missing'],
    ['no value', [], 'authorization-missing'],
    ['an empty value', '', 'authorization-malformed'],
    ['another scheme', 'Basic YTpi', 'authorization-malformed'],
    [
      'two headers',
      authorizationValues(['Authorization', 'Bearer a', 'AUTHORIZATION', 'Bearer b']),
      'authorization-repeated',
    ],
    ['two headers joined', 'Bearer a, Bearer b', 'authorization-malformed'],
  ])('%s: %s', async (_name, header, reason) => {
    expect(await refusal(header)).toEqual({ status: 401, reason });
  });
});

describe('keys of tenants', () => {
  test("a stranger's tenant, a wrong issuer or audience asks for no keys at all", async () => {
    for (const changed of [{ tid: stranger, iss: entraIssuer(stranger) }, { tid: otherTenant }, { aud: stranger }])
      await refusal(`Bearer ${await sign(key, claims(changed))}`);
    expect(keysAskedFor).toEqual([]);
  });

  test('a tenant that was taken out of the directory is refused at once, remembered token or not', async () => {
    let known = true;
    const check = createTokenCheck({ ...options, tenantKnown: () => Promise.resolve(known) });
    const header = `Bearer ${await sign(key, claims())}`;
    await check(header);
    known = false;
    await expect(check(header)).rejects.toMatchObject({ reason: 'token-issuer-unknown' });
  });

  test('no more tenants are held than allowed; the longest unused goes', () => {
    const keysFor = tenantKeys(2);
    const first = keysFor(tenantId);
    const second = keysFor(otherTenant);
    expect(keysFor(tenantId)).toBe(first);
    keysFor(stranger);
    expect(keysFor(tenantId)).toBe(first);
    expect(keysFor(otherTenant)).not.toBe(second);
  });

  test('an issuer that does not answer is 503', async () => {
    const down = await startIssuer([key]);
    await down.close();
    const keysFor = createTenantKeys({
      clock,
      fetch: globalThis.fetch,
      allowHttpLoopback: true,
      metadataUrl: () => down.metadataUrl,
    });
    expect(await refusal(`Bearer ${await sign(key, claims())}`, { keysFor })).toEqual({
      status: 503,
      reason: 'keys-unavailable',
    });
  });

  test('a directory that does not answer lets nobody in', async () => {
    const tenantKnown = () => Promise.reject(new Error('down'));
    await expect(refusal(`Bearer ${await sign(key, claims())}`, { tenantKnown })).rejects.toThrow('down');
  });
});

test("outside local mode a tenant's keys come from Microsoft over https", () => {
  expect(entraMetadataUrl(tenantId)).toBe(
    `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`,
  );
});

test.each(['', 'api://tab', '00000000-0000-0000-0000-000000000000'])(
  'an API client id of %p is refused at start',
  (id) => {
    expect(() => createTokenCheck({ ...options, apiClientId: id })).toThrow('GUID');
  },
);

test('a refusal says nothing of the token', async () => {
  const error: unknown = await createTokenCheck(options)(`Bearer ${await sign(key, claims({ acct: 1 }))}`).catch(
    (caught: unknown) => caught,
  );
  expect(String(error)).toBe('TokenRefused: token refused: guest');
});
