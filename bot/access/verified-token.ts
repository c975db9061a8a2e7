import { hash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Clock } from '../context.js';
import { isKeyId, type SigningKey, type SigningKeys } from './signing-keys.js';

/** What a token says. Only names that the caller asks for are read; a value is trusted only from an `ok` answer. */
export type Claims = Readonly<Record<string, unknown>>;

export type TokenFault =
  | 'token-too-large'
  | 'token-malformed'
  | 'token-algorithm'
  | 'token-embedded-key'
  | 'token-key-id'
  | 'token-issuer'
  | 'token-issuer-unknown'
  | 'token-audience'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-unknown-key'
  | 'token-signature'
  | 'keys-unavailable';

export type Verified =
  | { readonly ok: true; readonly claims: Claims; readonly key: SigningKey }
  | { readonly ok: false; readonly reason: TokenFault };

export type RsaAlgorithm = 'RS256' | 'RS384' | 'RS512';

/** What one door asks of a token. The functions see claims before the signature is checked: they may decide nothing but refusal. */
export interface TokenRules {
  /** The one issuer that these claims may name, or null to refuse. */
  readonly issuer: (claims: Claims) => string | null;
  readonly audience: (audience: string) => boolean;
  /** The keys of that issuer, or null when we do not deal with that issuer. Called after every check that needs no key. */
  readonly keys: (claims: Claims) => Promise<SigningKeys | null>;
  readonly algorithms: readonly RsaAlgorithm[];
  readonly clock: Clock;
  /** Clock skew allowed both ways; microsoft365.md 1.3 gives five minutes. */
  readonly skewSeconds?: number;
  /** How many verified tokens are remembered. */
  readonly remembered?: number;
}

interface Reading {
  readonly kid: string;
  readonly claims: Claims;
}

const maxTokenBytes = 16 * 1024;
const embeddedKeys = ['jwk', 'jku', 'x5u', 'x5c'] as const;
const refuse = (reason: TokenFault) => ({ ok: false, reason }) as const;

/**
 * A verifier with a bounded memory of good tokens by their SHA-256, so that a repeat costs a hash and not an RSA check.
 * Only the signature is remembered: issuer, audience, times and the key itself are asked again every time, so a withdrawn
 * key, tenant or registration counts at once.
 */
export function createTokenVerifier(rules: TokenRules): (token: string) => Promise<Verified> {
  const size = rules.remembered ?? 10_000;
  const remembered = new Map<string, Reading & { readonly key: SigningKey }>();

  return async (token) => {
    if (token.length > maxTokenBytes) return refuse('token-too-large');
    const digest = hash('sha256', token, 'base64');
    const known = remembered.get(digest);
    const reading = known ?? readUnverified(token, rules.algorithms);
    if (typeof reading === 'string') return refuse(reading);
    const fault = faultOfClaims(reading.claims, rules);
    if (fault) {
      remembered.delete(digest);
      return refuse(fault);
    }
    const keys = await rules.keys(reading.claims);
    if (!keys) return refuse('token-issuer-unknown');
    const key = await keys.find(reading.kid);
    if (key === 'unavailable') return refuse('keys-unavailable');
    if (key === 'unknown') return refuse('token-unknown-key');
    if (known?.key !== key) {
      const signed = await signatureFault(token, key, rules);
      if (signed) return refuse(signed);
    }
    remembered.delete(digest);
    remembered.set(digest, { kid: reading.kid, claims: reading.claims, key });
    if (remembered.size > size)
      for (const oldest of remembered.keys()) {
        remembered.delete(oldest);
        break;
      }
    return { ok: true, claims: reading.claims, key };
  };
}

/** Header and claims of a token nobody has vouched for, or why it is not worth asking. */
function readUnverified(token: string, algorithms: readonly string[]): Reading | TokenFault {
  try {
    const header = decodeProtectedHeader(token);
    if ('crit' in header) return 'token-malformed';
    if (embeddedKeys.some((name) => name in header)) return 'token-embedded-key';
    if (typeof header.alg !== 'string' || !algorithms.includes(header.alg)) return 'token-algorithm';
    if (!isKeyId(header.kid)) return 'token-key-id';
    return { kid: header.kid, claims: decodeJwt(token) };
  } catch {
    return 'token-malformed';
  }
}

function faultOfClaims(claims: Claims, rules: TokenRules): TokenFault | null {
  const { aud, exp, nbf } = claims;
  const expected = rules.issuer(claims);
  if (expected === null || claims['iss'] !== expected) return 'token-issuer';
  // One audience, as text: a list would let a token be good at two doors.
  if (typeof aud !== 'string' || aud === '' || !rules.audience(aud)) return 'token-audience';
  const nowSeconds = rules.clock.now().epochMilliseconds / 1000;
  const skewSeconds = rules.skewSeconds ?? 300;
  if (!isSeconds(exp) || (nbf !== undefined && !isSeconds(nbf))) return 'token-malformed';
  if (exp + skewSeconds <= nowSeconds) return 'token-expired';
  if (nbf !== undefined && nbf - skewSeconds > nowSeconds) return 'token-not-yet-valid';
  return null;
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

async function signatureFault(token: string, key: SigningKey, rules: TokenRules): Promise<TokenFault | null> {
  try {
    await jwtVerify(token, key.publicKey, {
      algorithms: [...rules.algorithms],
      currentDate: new Date(rules.clock.now().epochMilliseconds),
      clockTolerance: rules.skewSeconds ?? 300,
    });
    return null;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'token-signature';
    return 'token-malformed';
  }
}
