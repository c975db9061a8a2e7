import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { guid, guidOf } from './ids.js';
import { graphAudience, type Claims, type Shared, type Tokens } from './shared.js';

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

type World = Pick<Shared, 'clock' | 'random' | 'store' | 'tenants' | 'apps' | 'people'>;

export async function createSigning(world: World): Promise<Signing> {
  const { clock, store, tenants } = world;
  const state = store.part<KeyState>('keys', () => ({}));
  state.entra ??= await keyOf('entra');
  state.botFramework ??= await keyOf('botFramework');
  store.changed();
  const entra = await opened(state.entra);
  const botFramework = await opened(state.botFramework);

  const sign = (key: typeof entra, claims: Record<string, unknown>, expiresIn = hour): Promise<string> => {
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + expiresIn })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, x5t: key.kid })
      .sign(key.private);
  };

  return {
    entraKeys: { keys: [entra.public] },
    botFrameworkKeys: { keys: [{ ...botFramework.public, endorsements: ['msteams'] }] },
    mintUserToken: async (wanted) => sign(entra, userClaims(world, wanted), wanted.expiresIn),
    idToken: async ({ tid, oid, clientId }) => sign(entra, { ...personClaims(world, tid, oid), aud: clientId }),
    mintAppToken: async (wanted) => sign(entra, appClaims(world, wanted), wanted.expiresIn ?? appTokenSeconds),
    mintBotToken: async ({ aud, serviceUrl, expiresIn }) =>
      sign(botFramework, { iss: 'https://api.botframework.com', aud, serviceurl: serviceUrl }, expiresIn),
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

const issued = (random: () => number, tid: string) => ({ iss: issuerOf(tid), tid, ver: '2.0', uti: guid(random) });

function personClaims({ people, random }: World, tid: string, oid: string): Record<string, unknown> {
  const person = people.find(tid, oid);
  if (!person) throw new Error('Nobody by this object id can sign in to this tenant.');
  return {
    ...issued(random, tid),
    oid,
    sub: guidOf(`subject ${tid} ${oid}`),
    name: person.name,
    preferred_username: person.email,
  };
}

function userClaims(world: World, wanted: Parameters<Tokens['mintUserToken']>[0]): Record<string, unknown> {
  const { apiClientId } = world.apps;
  const client = { aud: wanted.aud ?? apiClientId, azp: wanted.azp ?? apiClientId, azpacr: '0' };
  const signedIn = {
    scp: wanted.scp ?? 'access_as_user',
    auth_time: Math.floor(world.clock.now().epochMilliseconds / 1000),
  };
  return { ...personClaims(world, wanted.tid, wanted.oid), ...client, ...signedIn };
}

function appClaims({ random }: World, wanted: Parameters<Tokens['mintAppToken']>[0]): Record<string, unknown> {
  const { tid, clientId, aud } = wanted;
  const oid = guidOf(`service principal ${tid} ${clientId}`);
  const roles = aud === graphAudience ? ['Calendars.ReadBasic'] : [];
  const client = { aud, azp: clientId, appid: clientId, azpacr: '1', idtyp: 'app' };
  return { ...issued(random, tid), ...client, oid, sub: oid, roles };
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
