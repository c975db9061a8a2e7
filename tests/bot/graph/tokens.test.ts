import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { openDatabase } from '../../../bot/db/database.js';
import { type Credential, createTokens, identityToken } from '../../../bot/graph/tokens.js';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import { testDatabase } from '../../support/database.js';
import { otherTid, tid, workerAppId, world } from '../../support/local-microsoft365.js';

const scope = 'https://graph.microsoft.com/.default';
const here = world();
let m365: Microsoft365;
let asked: number;

beforeAll(async () => {
  m365 = await here.start();
  m365.onCall(({ kind }) => void (asked += kind === 'token' ? 1 : 0));
});
afterAll(async () => m365.close());
afterEach(() => m365.faults.clear());

function tokens(credential: Credential = { kind: 'secret', secret: 'not-a-secret' }, clientId = workerAppId) {
  asked = 0;
  return createTokens({
    clientIdOf: () => Promise.resolve(clientId),
    credential,
    localAuthority: m365.url,
    deadlineMs: 1_200,
  });
}

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

test.each<[string, Credential]>([
  ['a secret', { kind: 'secret', secret: 'not-a-secret' }],
  ['a certificate', { kind: 'certificate', thumbprintSha256: 'ab'.repeat(32), privateKey }],
])('app-only, of the tenant asked for, by %s', async (_how, credential) => {
  const tokenFor = tokens(credential);
  for (const tenant of [tid, otherTid])
    expect(decodeJwt(await tokenFor(tenant, scope))).toMatchObject({ tid: tenant, azp: workerAppId, idtyp: 'app' });
});

test('many who ask at once ask sign-in once; later ones take it from memory; fresh asks again', async () => {
  const tokenFor = tokens();
  await Promise.all(Array.from({ length: 20 }, () => tokenFor(tid, scope)));
  await tokenFor(tid, scope);
  expect(asked).toBe(1);
  await tokenFor(tid, scope, { fresh: true });
  expect(asked).toBe(2);
});

test.each([
  ['an application that is not registered', '00000000-0000-4000-8000-000000000000', 'token.unauthorized_client'],
])('%s: to be tried again, saying no secret', async (_what, clientId, code) => {
  const refused = { kind: 'retry', detail: { code } };
  await expect(tokens(undefined, clientId)(tid, scope)).rejects.toMatchObject(refused);
});

test('429 is to be tried again after what sign-in asked for', async () => {
  m365.faults.set('token', { rate: 1, kinds: ['429'], retryAfterSeconds: 7 });
  await expect(tokens()(tid, scope)).rejects.toMatchObject({ kind: 'retry', detail: { retryAfterMs: 7_000 } });
});

test.each(['503', 'cut', 'slow'] as const)(
  'sign-in that fails (%s) is to be tried again, and then works',
  async (fault) => {
    const tokenFor = tokens();
    m365.faults.once('token', fault);
    await expect(tokenFor(tid, scope)).rejects.toMatchObject({ kind: 'retry' });
    await expect(tokenFor(tid, scope)).resolves.toEqual(expect.any(String));
  },
);

/** What Azure's container gives a managed identity: an address that answers with tokens. MSAL learns it once a process. */
const azure = { token: '', asked: '' };
let identity: Awaited<ReturnType<typeof listening>>;

beforeAll(async () => {
  identity = await listening((url) => {
    azure.asked = decodeURIComponent(url);
    const expiresOn = Math.floor(Date.now() / 1000) + 3600;
    return { access_token: azure.token, expires_on: `${expiresOn}`, resource: 'x', token_type: 'Bearer' };
  });
  process.env['IDENTITY_ENDPOINT'] = identity.url;
  process.env['IDENTITY_HEADER'] = 'header';
});
afterAll(() => void identity.server.close());

test('in Azure a managed identity’s token is the password of the database', async () => {
  const database = await testDatabase();
  const url = new URL(database.appUrl);
  const token = url.password;
  url.password = '';
  const clientId = 'e0c4b7f5-23d1-4f7a-9b1c-5a6d7e8f9a78';
  const password = () => identityToken(clientId, 'https://ossrdbms-aad.database.windows.net')();
  const db = openDatabase({ url: url.toString(), maxConnections: 1, onIdleError: () => undefined, password });
  try {
    azure.token = token;
    expect(await db.directory.selectFrom('directory.authority').selectAll().execute()).toEqual([]);
    expect(azure.asked).toContain('resource=https://ossrdbms-aad.database.windows.net');
    expect(azure.asked).toContain(`client_id=${clientId}`);
  } finally {
    await db.close();
    await database.close();
  }
});

test('in Azure a managed identity signs instead of a secret', async () => {
  azure.token = 'signed.by.azure';
  const tokenFor = tokens({ kind: 'federated', managedIdentityClientId: 'e0c4b7f5-23d1-4f7a-9b1c-5a6d7e8f9a77' });
  expect(decodeJwt(await tokenFor(tid, scope))).toMatchObject({ tid, azp: workerAppId });
  expect(azure.asked).toContain('resource=api://AzureADTokenExchange');
});

test('a bot that is its managed identity asks for its own token, and signs for nobody', async () => {
  azure.token = 'of.the.bot';
  const tokenFor = createTokens({
    clientIdOf: () => Promise.resolve('e0c4b7f5-23d1-4f7a-9b1c-5a6d7e8f9a79'),
    credential: { kind: 'federated', managedIdentityClientId: 'e0c4b7f5-23d1-4f7a-9b1c-5a6d7e8f9a79' },
    localAuthority: m365.url,
  });
  const before = asked;
  expect(await tokenFor(tid, 'https://api.botframework.com/.default')).toBe('of.the.bot');
  expect(azure.asked).toContain('resource=https://api.botframework.com&');
  expect(asked).toBe(before);
});

function listening(answer: (url: string) => object): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(request.url ?? '')));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}/identity`, server });
    }),
  );
}
