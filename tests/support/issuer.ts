import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../bot/context.js';

/** An issuer of tokens on loopback, with what a test has to bend: its keys, its answers, and whether it answers at all. */
export interface Issuer {
  readonly origin: string;
  readonly metadataUrl: string;
  readonly keysUrl: string;
  /** How often each document was asked for. */
  readonly asked: { metadata: number; keys: number };
  /** Replaces what is served; null is the ordinary document. */
  readonly answers: { metadata: string | null; keys: string | null };
  down: boolean;
  publish(key: IssuerKey): void;
  withdraw(kid: string): void;
  close(): Promise<void>;
}

export interface IssuerKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: JWK;
}

export async function makeKey(kid: string, extra: Record<string, unknown> = {}, bits = 2048): Promise<IssuerKey> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', ...extra } };
}

export async function startIssuer(keys: readonly IssuerKey[]): Promise<Issuer> {
  const published = new Map(keys.map((key) => [key.kid, key.jwk]));
  const server = createServer((request, response) => {
    if (issuer.down) return void request.socket.destroy();
    if (request.url === '/metadata')
      return (issuer.asked.metadata++, send(response, issuer.answers.metadata ?? metadata()));
    if (request.url === '/keys') return (issuer.asked.keys++, send(response, issuer.answers.keys ?? jwks()));
    response.writeHead(404).end();
  });
  const metadata = () => JSON.stringify({ jwks_uri: issuer.keysUrl });
  const jwks = () => JSON.stringify({ keys: [...published.values()] });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const issuer: Issuer = {
    origin,
    metadataUrl: `${origin}/metadata`,
    keysUrl: `${origin}/keys`,
    asked: { metadata: 0, keys: 0 },
    answers: { metadata: null, keys: null },
    down: false,
    publish: (key) => void published.set(key.kid, key.jwk),
    withdraw: (kid) => void published.delete(kid),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}

function send(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

/** `header` is added to (and may replace) alg and kid. */
export function sign(key: IssuerKey, claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })
    .sign(key.privateKey);
}

/** A token put together by hand, for what a library refuses to make. */
export function forge(header: unknown, claims: unknown, signature: (signingInput: string) => Buffer | string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signingInput = `${part(header)}.${part(claims)}`;
  const made = signature(signingInput);
  return `${signingInput}.${typeof made === 'string' ? made : made.toString('base64url')}`;
}

export interface MovableClock extends Clock {
  advance(amount: Temporal.DurationLike): void;
  readonly seconds: number;
}

export function movableClock(start = '2026-11-23T09:00:00Z'): MovableClock {
  let at = Temporal.Instant.from(start);
  return {
    now: () => at,
    advance: (amount) => void (at = at.add(amount)),
    get seconds() {
      return at.epochMilliseconds / 1000;
    },
  };
}
