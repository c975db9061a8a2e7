import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { guid } from './ids.js';
import {
  graphAudience,
  type Claims,
  type LocalApps,
  type People,
  type Shared,
  type Tenant,
  type Tokens,
} from './shared.js';

/** Private keys as they are stored; the state file is readable by its owner only. */
type KeyState = { entra?: JWK; botFramework?: JWK };

export interface Signing extends Tokens {
  /** Public halves, ready to be served. */
  readonly entraKeys: { keys: JWK[] };
  readonly botFrameworkKeys: { keys: (JWK & { endorsements: string[] })[] };
  idToken(wanted: { tid: string; oid: string; clientId: string }): Promise<string>;
}

const hour = 3600;
/**
 * MSAL counts a token's hour on the real clock while the demonstration's clock is moved on by days, so what an app holds stays
 * valid across such a jump; `expires_in` says an hour all the same.
 */
const appTokenSeconds = 400 * 24 * hour;

export async function createSigning(
  shared: Pick<Shared, 'clock' | 'random' | 'store'> & { tenants: readonly Tenant[]; apps: LocalApps; people: People },
): Promise<Signing> {
  const { clock, random, store, tenants, apps, people } = shared;
  const state = store.part<KeyState>('keys', () => ({}));
  state.entra ??= await keyOf('entra');
  state.botFramework ??= await keyOf('botFramework');
  store.changed();
  const entra = await opened(state.entra);
  const botFramework = await opened(state.botFramework);

  const sign = (key: typeof entra, claims: Record<string, unknown>, expiresIn: number): Promise<string> => {
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + expiresIn })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, x5t: key.kid })
      .sign(key.private);
  };

  function userClaims(tid: string, oid: string): Record<string, unknown> {
    const person = people.find(tid, oid);
    if (!person) throw new Error('Nobody by this object id can sign in to this tenant.');
    return { ...issued(tid), oid, sub: guid(random), name: person.name, preferred_username: person.email };
  }
  const issued = (tid: string) => ({ iss: issuerOf(tid), tid, ver: '2.0', uti: guid(random) });

  return {
    entraKeys: { keys: [entra.public] },
    botFrameworkKeys: { keys: [{ ...botFramework.public, endorsements: ['msteams'] }] },
    async mintUserToken({ tid, oid, scp, aud, azp, expiresIn }) {
      const auth_time = Math.floor(clock.now().epochMilliseconds / 1000);
      const scope = scp ?? 'access_as_user';
      const client = { aud: aud ?? apps.apiClientId, azp: azp ?? apps.apiClientId, azpacr: '0' };
      return sign(entra, { ...userClaims(tid, oid), ...client, scp: scope, auth_time }, expiresIn ?? hour);
    },
    async idToken({ tid, oid, clientId }) {
      return sign(entra, { ...userClaims(tid, oid), aud: clientId }, hour);
    },
    async mintAppToken({ tid, clientId, aud, expiresIn }) {
      const oid = guid(random);
      const roles = aud === graphAudience ? ['Calendars.ReadBasic'] : [];
      const claims = {
        ...issued(tid),
        aud,
        azp: clientId,
        appid: clientId,
        azpacr: '1',
        idtyp: 'app',
        oid,
        sub: oid,
        roles,
      };
      return sign(entra, claims, expiresIn ?? appTokenSeconds);
    },
    async mintBotToken({ aud, serviceUrl, expiresIn }) {
      const claims = { iss: 'https://api.botframework.com', aud, serviceurl: serviceUrl };
      return sign(botFramework, claims, expiresIn ?? hour);
    },
    async verify(token, audience) {
      try {
        const currentDate = new Date(clock.now().epochMilliseconds);
        const { payload } = await jwtVerify(token, entra.verifying, { audience, algorithms: ['RS256'], currentDate });
        const tid = String(payload['tid']);
        if (!tenants.some((tenant) => tenant.tenantId === tid) || payload.iss !== issuerOf(tid)) return null;
        return asClaims(payload, audience, tid);
      } catch {
        return null; // whatever is wrong with it, the answer is the same 401
      }
    },
  };
}

function asClaims(payload: Record<string, unknown>, audience: string, tenantId: string): Claims {
  const scp = payload['scp'];
  return {
    tenantId,
    audience,
    clientId: String(payload['azp']),
    oid: String(payload['oid']),
    appOnly: payload['idtyp'] === 'app',
    scopes: typeof scp === 'string' ? scp.split(' ') : [],
  };
}

/** The issuer is Microsoft's name even here, so that what checks it is the same code and constant as in production. */
export function issuerOf(tid: string): string {
  return `https://login.microsoftonline.com/${tid}/v2.0`;
}

const madeHere = new Map<keyof KeyState, Promise<JWK>>();

/** One key an issuer and process: making one takes half a second, and tests start this server many times. */
function keyOf(issuer: keyof KeyState): Promise<JWK> {
  const key = madeHere.get(issuer) ?? newKey();
  madeHere.set(issuer, key);
  return key;
}

async function newKey(): Promise<JWK> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(pair.privateKey);
}

async function opened(key: JWK) {
  const { kty, n, e } = key;
  if (kty !== 'RSA' || !n || !e) throw new Error('The local state file holds a signing key that is not an RSA key.');
  const kid = await calculateJwkThumbprint({ kty, n, e });
  const publicKey: JWK = { kty, use: 'sig', kid, x5t: kid, n, e };
  const [signing, verifying] = await Promise.all([importJWK(key, 'RS256'), importJWK(publicKey, 'RS256')]);
  return { kid, public: publicKey, private: signing, verifying };
}
