import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSigningKeys, isKeyId, type KeySource } from '../../../bot/access/signing-keys.js';
import {
  makeKey,
  movableClock,
  startIssuer,
  type Issuer,
  type IssuerKey,
  type MovableClock,
} from '../../support/issuer.js';

let first: IssuerKey;
let second: IssuerKey;
let issuer: Issuer;
let clock: MovableClock;
let failures: string[];

beforeAll(async () => {
  first = await makeKey('first', { endorsements: ['msteams', 'webchat'] });
  second = await makeKey('second');
});
beforeEach(async () => {
  issuer = await startIssuer([first]);
  clock = movableClock();
  failures = [];
});
afterEach(() => issuer.close());

function keysOf(source: KeySource = { metadataUrl: issuer.metadataUrl }) {
  const onFailure = (reason: string) => failures.push(reason);
  return createSigningKeys({ source, clock, fetch: globalThis.fetch, allowHttpLoopback: true, onFailure });
}

describe('asking the issuer', () => {
  test('a key is found through the metadata, with the channels that it is endorsed for', async () => {
    const key = await keysOf().find('first');
    expect(key).toMatchObject({ kid: 'first', endorsements: new Set(['msteams', 'webchat']) });
  });

  test('keys can be read from a key address alone', async () => {
    expect(await keysOf({ jwksUrl: issuer.keysUrl }).find('first')).toMatchObject({ kid: 'first' });
    expect(issuer.asked).toEqual({ metadata: 0, keys: 1 });
  });

  test('keys are held for a day', async () => {
    const keys = keysOf();
    await keys.find('first');
    clock.advance({ hours: 23 });
    await keys.find('first');
    expect(issuer.asked.keys).toBe(1);
    clock.advance({ hours: 1 });
    await keys.find('first');
    expect(issuer.asked.keys).toBe(2);
  });

  test('many askers at once cause one fetch', async () => {
    const keys = keysOf();
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('first')));
    expect(found.every((key) => typeof key === 'object')).toBe(true);
    expect(issuer.asked).toEqual({ metadata: 1, keys: 1 });
  });
});

describe('key ids that nobody knows', () => {
  test('10,000 of them on cold keys cause one fetch', async () => {
    const keys = keysOf();
    const found = await Promise.all(Array.from({ length: 10_000 }, (_, at) => keys.find(`made-up-${at}`)));
    expect(new Set(found)).toEqual(new Set(['unknown']));
    expect(issuer.asked.keys).toBe(1);
  });

  test('10,000 of them on warm keys cause one more fetch in the hour, and one in the next', async () => {
    const keys = keysOf();
    await keys.find('first');
    clock.advance({ minutes: 30 });
    for (let at = 0; at < 10_000; at++) await keys.find(`made-up-${at}`);
    expect(issuer.asked.keys).toBe(2);
    clock.advance({ minutes: 61 });
    for (let at = 0; at < 100; at++) await keys.find(`made-up-${at}`);
    expect(issuer.asked.keys).toBe(3);
  });

  test('a flood while the issuer is down causes one attempt and leaves the held keys good', async () => {
    const keys = keysOf();
    await keys.find('first');
    clock.advance({ minutes: 5 });
    issuer.down = true;
    for (let at = 0; at < 1_000; at++) await keys.find(`made-up-${at}`);
    expect(failures).toHaveLength(1);
    expect(await keys.find('first')).toMatchObject({ kid: 'first' });
  });

  test('a key that was added since is found at once', async () => {
    const keys = keysOf();
    await keys.find('first');
    clock.advance({ minutes: 5 });
    issuer.publish(second);
    expect(await keys.find('second')).toMatchObject({ kid: 'second' });
  });

  test('a key that was withdrawn is unknown after the day', async () => {
    issuer.publish(second);
    const keys = keysOf();
    await keys.find('first');
    issuer.withdraw('first');
    clock.advance({ hours: 25 });
    expect(await keys.find('first')).toBe('unknown');
  });
});

describe('an issuer that does not answer', () => {
  test('held keys are used for three days, then nothing is trusted', async () => {
    const keys = keysOf();
    await keys.find('first');
    issuer.down = true;
    clock.advance({ hours: 71 });
    expect(await keys.find('first')).toMatchObject({ kid: 'first' });
    clock.advance({ hours: 1 });
    expect(await keys.find('first')).toBe('unavailable');
  });

  test('it is tried once a minute, not once a request, and works again when it is back', async () => {
    issuer.down = true;
    const keys = keysOf();
    for (let at = 0; at < 100; at++) expect(await keys.find('first')).toBe('unavailable');
    expect(failures).toEqual(['issuer-unreachable']);
    issuer.down = false;
    clock.advance({ minutes: 1 });
    expect(await keys.find('first')).toMatchObject({ kid: 'first' });
  });
});

describe('answers that are not taken', () => {
  const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'small' };
  test.each([
    ['a body over the cap', { keys: JSON.stringify({ keys: [], padding: 'x'.repeat(600_000) }) }, 'answer-too-large'],
    ['more keys than anybody has', { keys: JSON.stringify({ keys: Array(201).fill(rsa) }) }, 'too-many-keys'],
    ['no keys', { keys: '{"keys":[]}' }, 'no-usable-keys'],
    ['only a symmetric key', { keys: '{"keys":[{"kty":"oct","kid":"first","k":"AAAA"}]}' }, 'no-usable-keys'],
    ['something that is not JSON', { keys: '<html>' }, 'issuer-unreachable'],
    ['metadata without a key address', { metadata: '{}' }, 'metadata-malformed'],
    ['a key address on another host', { metadata: '{"jwks_uri":"https://keys.example/keys"}' }, 'key-url-not-allowed'],
    [
      'a key address on another loopback port',
      { metadata: '{"jwks_uri":"http://127.0.0.1:9/keys"}' },
      'key-url-not-allowed',
    ],
    ['a key address over plain http', { metadata: '{"jwks_uri":"http://login.example/keys"}' }, 'key-url-not-allowed'],
    ['a key address with userinfo', { metadata: '{"jwks_uri":"https://a:b@login.example/"}' }, 'key-url-not-allowed'],
    ['a key address that is a file', { metadata: '{"jwks_uri":"file:///etc/passwd"}' }, 'key-url-not-allowed'],
  ])('%s', async (_name, answers: { keys?: string; metadata?: string }, reason) => {
    Object.assign(issuer.answers, answers);
    expect(await keysOf().find('first')).toBe('unavailable');
    expect(failures).toEqual([reason]);
  });

  test('a modulus that is too short', async () => {
    const short = await makeKey('first', {}, 1024);
    issuer.answers.keys = JSON.stringify({ keys: [short.jwk] });
    expect(await keysOf().find('first')).toBe('unavailable');
    expect(failures).toEqual(['no-usable-keys']);
  });

  test('one odd key in the set does not take the good ones with it', async () => {
    issuer.answers.keys = JSON.stringify({
      keys: [null, rsa, { kty: 'EC', kid: 'ec' }, { ...first.jwk, kid: '../x' }, first.jwk],
    });
    const keys = keysOf();
    expect(await keys.find('first')).toMatchObject({ kid: 'first' });
    expect(await keys.find('../x')).toBe('unknown');
  });

  test('redirects are not followed', async () => {
    const asked: (RequestRedirect | undefined)[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => (asked.push(init?.redirect), globalThis.fetch(url, init));
    await createSigningKeys({
      source: { metadataUrl: issuer.metadataUrl },
      clock,
      fetch,
      allowHttpLoopback: true,
    }).find('x');
    expect(asked).toEqual(['error', 'error']);
  });
});

describe('where keys may come from', () => {
  test.each(['http://127.0.0.1:1/keys', 'http://login.example/keys', 'ftp://login.example/', 'not a url'])(
    '%s is refused at start outside local mode',
    (jwksUrl) => {
      expect(() => createSigningKeys({ source: { jwksUrl }, clock, fetch: globalThis.fetch })).toThrow(
        'key-url-not-allowed',
      );
    },
  );

  test.each([
    'http://127.0.0.2/keys',
    'http://localhost/keys',
    'http://127.0.0.1.evil.example/keys',
    'http://10.0.0.1/keys',
    'http://a:b@127.0.0.1/keys',
  ])('%s is refused in local mode too', (jwksUrl) => {
    expect(() => keysOf({ jwksUrl })).toThrow('key-url-not-allowed');
  });
});

test.each([
  ['Sj1hX-thumb_print', true],
  ['2026.11', true],
  ['../../etc/passwd', false],
  ['a/b', false],
  ['a\\b', false],
  ['..', false],
  ['https://evil.example/key', false],
  ['', false],
  ['x'.repeat(129), false],
  [7, false],
  [undefined, false],
])('key id %p: %p', (kid, good) => {
  expect(isKeyId(kid)).toBe(good);
});
