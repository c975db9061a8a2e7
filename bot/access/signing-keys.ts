import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../context.js';

export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  /** Channels that the issuer lets this key speak for (Bot Framework keys only; empty elsewhere). */
  readonly endorsements: ReadonlySet<string>;
}

export interface SigningKeys {
  /** `unavailable`: no keys young enough to trust are held and the issuer does not answer. Never throws. */
  find(kid: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
}

export type KeySource = { readonly metadataUrl: string } | { readonly jwksUrl: string };

export interface SigningKeysOptions {
  readonly source: KeySource;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** Local mode only: keys may come over plain http from 127.0.0.1. */
  readonly allowHttpLoopback?: boolean;
  /** Told why a load failed: a fixed code, never a body or a URL. */
  readonly onFailure?: (reason: string) => void;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
// Bot Framework authentication: keys are cached a day, and an unknown key id may cause a refetch once an hour.
const freshMs = 24 * hourMs;
const unknownKeyMs = hourMs;
// An issuer that is down for a long weekend does not close the service; a key withdrawn by it is not trusted for longer.
const heldAtMostMs = 72 * hourMs;
const retryMs = minuteMs;
const timeoutMs = 3_000;
const maxBytes = 512 * 1024;
const maxKeys = 200;
const minModulusBits = 2048;

/** A key id is a name, never a path or an address; Microsoft's are base64url thumbprints. */
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128 && /^[\w=-]+(\.[\w=-]+)*$/.test(value);
}

class KeyLoadError extends Error {}

/** The keys of one issuer. Throws at once when the source is not https (or loopback, where allowed). */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { clock, source } = options;
  checkedUrl('metadataUrl' in source ? source.metadataUrl : source.jwksUrl, options);
  const now = () => clock.now().epochMilliseconds;
  let held: { readonly keys: ReadonlyMap<string, SigningKey>; readonly at: number } | null = null;
  let loading: Promise<void> | null = null;
  let failedAt = -Infinity;
  let missedAt = -Infinity;

  const age = () => (held ? now() - held.at : Infinity);
  const loadOnce = async () => {
    try {
      held = { keys: await fetchKeys(options), at: now() };
    } catch (error) {
      failedAt = now();
      options.onFailure?.(error instanceof KeyLoadError ? error.message : 'issuer-unreachable');
    } finally {
      loading = null;
    }
  };
  const load = () => (loading ??= loadOnce());

  return {
    async find(kid) {
      if (age() >= freshMs && (loading || now() - failedAt >= retryMs)) await load();
      if (!held || age() >= heldAtMostMs) return 'unavailable';
      const known = held.keys.get(kid);
      if (known) return known;
      // Anybody can send a made-up key id, so the quota is per issuer and not per id.
      if (now() - missedAt >= unknownKeyMs && age() >= retryMs) {
        missedAt = now();
        await load();
      } else if (loading) {
        await loading;
      }
      return held.keys.get(kid) ?? 'unknown';
    },
  };
}

function checkedUrl(text: string, { allowHttpLoopback }: SigningKeysOptions): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const https = url?.protocol === 'https:';
  const loopback = allowHttpLoopback === true && url?.protocol === 'http:' && url.hostname === '127.0.0.1';
  if (!url || url.username || url.password || !(https || loopback)) throw new KeyLoadError('key-url-not-allowed');
  return url;
}

async function fetchKeys(options: SigningKeysOptions): Promise<ReadonlyMap<string, SigningKey>> {
  const jwks = await fetchJson(await keysUrl(options), options);
  const listed = isRecord(jwks) && Array.isArray(jwks['keys']) ? jwks['keys'] : [];
  if (listed.length > maxKeys) throw new KeyLoadError('too-many-keys');
  const keys = new Map<string, SigningKey>();
  for (const jwk of listed) {
    const key = readKey(jwk);
    if (key && !keys.has(key.kid)) keys.set(key.kid, key);
  }
  if (keys.size === 0) throw new KeyLoadError('no-usable-keys');
  return keys;
}

async function keysUrl(options: SigningKeysOptions): Promise<URL> {
  const { source } = options;
  if ('jwksUrl' in source) return checkedUrl(source.jwksUrl, options);
  const metadataUrl = checkedUrl(source.metadataUrl, options);
  const metadata = await fetchJson(metadataUrl, options);
  const named = isRecord(metadata) ? metadata['jwks_uri'] : undefined;
  if (typeof named !== 'string') throw new KeyLoadError('metadata-malformed');
  const url = checkedUrl(named, options);
  // Both of Microsoft's issuers keep the keys beside the metadata; elsewhere is somebody else's keys.
  if (url.origin !== metadataUrl.origin) throw new KeyLoadError('key-url-not-allowed');
  return url;
}

async function fetchJson(url: URL, options: SigningKeysOptions): Promise<unknown> {
  const response = await options.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok || !response.body) throw new KeyLoadError('issuer-refused');
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new KeyLoadError('answer-too-large');
    }
    chunks.push(read.value);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

/** RSA keys for signatures only; anything else in the set is left out, so one odd key does not close the door. */
function readKey(jwk: unknown): SigningKey | null {
  if (!isRecord(jwk)) return null;
  const { kid, kty, use, n, e, endorsements } = jwk;
  if (!isKeyId(kid) || kty !== 'RSA' || (use !== undefined && use !== 'sig')) return null;
  if (typeof n !== 'string' || typeof e !== 'string') return null;
  const publicKey = importRsa(n, e);
  if (!publicKey || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < minModulusBits) return null;
  const channels = Array.isArray(endorsements) ? endorsements.filter((name) => typeof name === 'string') : [];
  return { kid, publicKey, endorsements: new Set(channels) };
}

function importRsa(n: string, e: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
