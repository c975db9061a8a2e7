import { createHmac } from 'node:crypto';
import { createServer, request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { assertBotConfigured } from '../../../bot/chat/inbound-guard.js';
import {
  activity,
  appId,
  chatDoor,
  inTenants,
  otherAppId,
  otherTenant,
  posted,
  stranger,
  tenantId,
  nobody,
} from '../../support/chat-door.js';
import type { Attempt, Fields, RefusedCase } from '../../support/chat-door.js';
import { forge, sign } from '../../support/issuer.js';

const door = chatDoor();
const { attempt, claiming, claims, keysOf, signed, withHeader } = door;
const publicPem = () => door.keys().good.publicKey.export({ type: 'spki', format: 'pem' });
const hmac = (input: string) => createHmac('sha256', publicPem()).update(input).digest();
function swapped(token: string, changed: Fields): string {
  const [head, , signature] = token.split('.');
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

describe('what passes', () => {
  test.each<readonly [string, () => Attempt]>([
    ['RS384', () => withHeader({ alg: 'RS384' })],
    ['RS512', () => withHeader({ alg: 'RS512' })],
    ['a token that expired four minutes ago', () => claiming({ exp: door.clock().seconds - 240 })],
    ['a token that is good in four minutes', () => claiming({ nbf: door.clock().seconds + 240 })],
    ['the tenant in the conversation only', () => posted({ channelData: {} })],
    ['the tenant in channelData only', () => posted({ conversation: { id: 'a:1xyz' } })],
    [
      'an installation, which no person has to be behind',
      () => posted({ type: 'installationUpdate', from: { id: '29:1' } }),
    ],
    ['a body just within the cap', () => posted({ text: 'x'.repeat(255 * 1024) })],
  ])('%s', async (_name, make) => {
    expect(await attempt(make())).toMatchObject({ ok: true, tenantId });
  });

  test('the registration is chosen by the audience and keeps to its own tenants', async () => {
    const token = await signed({ aud: otherAppId });
    const inOther = JSON.stringify(activity(inTenants(otherTenant, otherTenant)));
    expect(await attempt({ token, body: inOther })).toMatchObject({
      ok: true,
      appId: otherAppId,
      tenantId: otherTenant,
    });
    expect(await attempt({ token })).toEqual({ ok: false, status: 403, reason: 'tenant-unknown' });
  });
});

const refused: RefusedCase[] = [
  ['no Authorization', 401, 'authorization-missing', () => ({ headers: ['Host', 'bot.example'] })],
  [
    'two Authorization headers',
    400,
    'authorization-repeated',
    () => ({ headers: ['Authorization', 'Bearer a', 'authorization', 'Bearer b'] }),
  ],
  [
    'two tokens in one header',
    401,
    'authorization-malformed',
    () => ({ headers: ['Authorization', 'Bearer a, Bearer b'] }),
  ],
  ['two tokens, nothing between', 401, 'authorization-malformed', () => ({ headers: ['Authorization', 'Bearer a,b'] })],
  ['another scheme', 401, 'authorization-malformed', () => ({ headers: ['Authorization', 'Basic YTpi'] })],
  ['junk', 401, 'token-malformed', () => ({ token: 'junk' })],
  ['a token of 1 MB', 401, 'token-too-large', () => ({ token: 'x'.repeat(1024 * 1024) })],
  ['a signed token over the cap', 401, 'token-too-large', () => claiming({ padding: 'x'.repeat(16 * 1024) })],
  [
    'alg none',
    401,
    'token-algorithm',
    () => ({ token: forge({ alg: 'none', kid: 'channel-key' }, claims(), () => '') }),
  ],
  [
    'alg None with a good signature kept',
    401,
    'token-algorithm',
    () => ({ token: forge({ alg: 'None', kid: 'channel-key' }, claims(), () => 'AAAA') }),
  ],
  [
    'HS256 with the RSA public key as secret',
    401,
    'token-algorithm',
    () => ({ token: forge({ alg: 'HS256', kid: 'channel-key' }, claims(), hmac) }),
  ],
  [
    'RS256 named over an HMAC',
    401,
    'token-signature',
    () => ({ token: forge({ alg: 'RS256', kid: 'channel-key' }, claims(), hmac) }),
  ],
  ['PS256', 401, 'token-algorithm', () => withHeader({ alg: 'PS256' })],
  [
    'no signature',
    401,
    'token-signature',
    () => ({ token: forge({ alg: 'RS256', kid: 'channel-key' }, claims(), () => '') }),
  ],
  [
    'a key nobody published, under a published id',
    401,
    'token-signature',
    () => ({ token: sign(door.keys().unpublished, claims()) }),
  ],
  [
    'claims changed after signing',
    401,
    'token-signature',
    () => ({ token: signed().then((token) => swapped(token, claims({ extra: 1 }))) }),
  ],
  [
    'an embedded jwk',
    401,
    'token-embedded-key',
    () => ({ token: sign(door.keys().unpublished, claims(), { jwk: door.keys().unpublished.jwk }) }),
  ],
  ['jku', 401, 'token-embedded-key', () => withHeader({ jku: 'https://evil.example/keys' })],
  ['x5u', 401, 'token-embedded-key', () => withHeader({ x5u: 'https://evil.example/keys' })],
  ['x5c', 401, 'token-embedded-key', () => withHeader({ x5c: ['AAAA'] })],
  [
    'a critical header that we do not know',
    401,
    'token-malformed',
    () => ({ token: forge({ alg: 'RS256', kid: 'channel-key', crit: ['exp'], exp: 1 }, claims(), () => 'AAAA') }),
  ],
  ['no kid', 401, 'token-key-id', () => withHeader({ kid: undefined })],
  ['a path for a kid', 401, 'token-key-id', () => withHeader({ kid: '../../dev/null' })],
  ['an address for a kid', 401, 'token-key-id', () => withHeader({ kid: 'https://evil.example/key' })],
  ['an unknown kid', 401, 'token-unknown-key', () => withHeader({ kid: 'made-up' })],
  ['an audience that is not ours', 401, 'token-audience', () => claiming({ aud: stranger })],
  ['no audience', 401, 'token-audience', () => claiming({ aud: undefined })],
  ['an empty audience', 401, 'token-audience', () => claiming({ aud: '' })],
  ['an array for audience, ours in it', 401, 'token-audience', () => claiming({ aud: [appId] })],
  ['another issuer', 401, 'token-issuer', () => claiming({ iss: 'https://evil.example' })],
  ['no issuer', 401, 'token-issuer', () => claiming({ iss: undefined })],
  [
    'the emulator (Microsoft service tenant, v1)',
    401,
    'token-issuer',
    () => claiming({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: appId }),
  ],
  [
    'the emulator (Microsoft service tenant, v2)',
    401,
    'token-issuer',
    () => claiming({ iss: 'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0', azp: appId }),
  ],
  [
    "an Entra token of a stranger's tenant for our app id",
    401,
    'token-issuer',
    () => claiming({ iss: `https://login.microsoftonline.com/${stranger}/v2.0`, tid: stranger }),
  ],
  ['expired six minutes ago', 401, 'token-expired', () => claiming({ exp: door.clock().seconds - 360 })],
  ['good in six minutes', 401, 'token-not-yet-valid', () => claiming({ nbf: door.clock().seconds + 360 })],
  ['no expiry', 401, 'token-malformed', () => claiming({ exp: undefined })],
  [
    'an expiry that is text',
    401,
    'token-malformed',
    () => ({ token: forge({ alg: 'RS256', kid: 'channel-key' }, claims({ exp: '9999999999' }), () => 'AAAA') }),
  ],
  [
    'a key endorsed for another channel',
    401,
    'key-not-endorsed',
    () => ({ token: sign(door.keys().unendorsed, claims()) }),
  ],
];

describe('tokens that are refused', () => {
  test.each(refused)('%s: %i %s', async (_name, status, reason, make) => {
    expect(await attempt(make())).toEqual({ ok: false, status, reason });
  });
});

describe('keys and memory', () => {
  test('what needs no key is refused before the issuer is asked', async () => {
    const asked = await door.anotherIssuer();
    const needless = refused.filter(([, , reason]) => !/signature|unknown-key|endorsed/.test(reason));
    for (const [, , , make] of needless) await attempt({ ...make(), with: { keys: keysOf(asked) } });
    expect(needless.length).toBeGreaterThan(25);
    expect(asked.asked).toEqual({ metadata: 0, keys: 0 });
  });

  test('a flood of unknown key ids asks the issuer once', async () => {
    const asked = await door.anotherIssuer();
    const guard = door.guard({ keys: keysOf(asked) });
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, at) =>
        guard(['Authorization', `Bearer ${await signed({}, { kid: `made-up-${at}` })}`], Buffer.from('{}')),
      ),
    );
    expect(new Set(answers.map((answer) => (answer.ok ? 'passed' : answer.reason)))).toEqual(
      new Set(['token-unknown-key']),
    );
    expect(asked.asked.keys).toBe(1);
  });

  test('while the issuer is down, held keys serve and a new process says 503', async () => {
    const flaky = await door.anotherIssuer();
    const keys = keysOf(flaky);
    expect(await attempt({ with: { keys } })).toMatchObject({ ok: true });
    flaky.down = true;
    door.clock().advance({ hours: 25 });
    expect(await attempt({ with: { keys } })).toMatchObject({ ok: true });
    expect(await attempt({ with: { keys: keysOf(flaky) } })).toEqual({
      ok: false,
      status: 503,
      reason: 'keys-unavailable',
    });
  });

  test('a remembered token still expires, and a withdrawn key, registration or tenant counts at once', async () => {
    const rotating = await door.anotherIssuer();
    let registered = true;
    let known = true;
    const guard = door.guard({
      keys: keysOf(rotating),
      registrations: () => (registered ? { appId, tenantIds: 'directory' } : undefined),
      arrival: () => Promise.resolve(known ? nobody : null),
    });
    const token = await signed({ exp: door.clock().seconds + 48 * 3600 });
    const ask = async () => {
      const answer = await guard(['Authorization', `Bearer ${token}`], Buffer.from(JSON.stringify(activity())));
      return answer.ok ? 'passed' : answer.reason;
    };
    expect([await ask(), await ask()]).toEqual(['passed', 'passed']);
    registered = false;
    expect(await ask()).toBe('token-audience');
    registered = true;
    known = false;
    expect(await ask()).toBe('tenant-unknown');
    known = true;
    rotating.withdraw('channel-key');
    door.clock().advance({ hours: 25 });
    expect(await ask()).toBe('token-unknown-key');
    door.clock().advance({ hours: 24 });
    expect(await ask()).toBe('token-expired');
  });

  test('a remembered token is not good under another key of the same id', async () => {
    const taken = await door.anotherIssuer();
    const keys = keysOf(taken);
    const guard = door.guard({ keys });
    const token = await signed({ exp: door.clock().seconds + 48 * 3600 });
    const ask = () => guard(['Authorization', `Bearer ${token}`], Buffer.from(JSON.stringify(activity())));
    expect(await ask()).toMatchObject({ ok: true });
    taken.publish(door.keys().unpublished);
    door.clock().advance({ hours: 25 });
    expect(await ask()).toMatchObject({ ok: false, reason: 'token-signature' });
  });

  test('a directory that does not answer lets nobody in', async () => {
    const arrival = () => Promise.reject(new Error('down'));
    await expect(attempt({ with: { arrival } })).rejects.toThrow('down');
  });
});

test('two Authorization headers over the wire are seen, though Node shows one', async () => {
  const guard = door.guard();
  const bearer = `Bearer ${await signed()}`;
  const seen: unknown[] = [];
  const server = createServer((incoming, response) => {
    seen.push(incoming.headers.authorization);
    void guard(incoming.rawHeaders, Buffer.from(JSON.stringify(activity()))).then((answer) => {
      seen.push(answer.ok || answer.reason);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await new Promise((resolve, reject) => {
    const headers = ['Host', 'bot.example', 'Authorization', bearer, 'Authorization', 'Bearer other'];
    request({ host: '127.0.0.1', port, method: 'POST', headers }, resolve).on('error', reject).end();
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(seen).toEqual([bearer, 'authorization-repeated']);
});

describe('starting', () => {
  const bot = { appId, tenantId };
  test.each<readonly [string, { appId: string; tenantId: string }[], RegExp]>([
    ['no registration', [], /BOT_APPS is not set/],
    ['an empty app id', [{ ...bot, appId: '' }], /BOT_APPS .* app id/],
    ['the nil app id', [{ ...bot, appId: '00000000-0000-0000-0000-000000000000' }], /BOT_APPS .* app id/],
    ['an app id that is no GUID', [bot, { ...bot, appId: 'bot' }], /BOT_APPS .* app id/],
    ['an empty tenant', [{ ...bot, tenantId: '' }], /BOT_APPS .* tenant id/],
  ])('%s is refused outside local mode, and names the setting', (_name, bots, message) => {
    expect(() => assertBotConfigured(bots, false)).toThrow(message);
    expect(() => assertBotConfigured(bots, true)).not.toThrow();
  });
  test('an app id and a tenant are enough', () => {
    expect(() => assertBotConfigured([bot], false)).not.toThrow();
  });
});
