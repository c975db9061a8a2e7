import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import {
  apiClientId,
  at,
  botAppId,
  graphCaller,
  otherTid,
  reviews,
  socialWorker,
  stranger,
  teacher,
  textAt,
  tid,
  workerAppId,
  world,
} from '../../support/local-microsoft365.js';

let m365: Microsoft365;
beforeAll(async () => {
  m365 = await world().start();
});
afterEach(() => m365.faults.clear());
afterAll(async () => m365.close());

const read = async (url: string): Promise<unknown> => (await fetch(url)).json();
const currentDate = new Date('2026-11-23T09:10:00Z');

/** What msal-node is given in local mode: Microsoft's authority, with this machine's endpoints (no discovery is made). */
async function msal(url: string, clientId: string): Promise<ConfidentialClientApplication> {
  const authorityMetadata = JSON.stringify(await read(`${url}/${tid}/v2.0/.well-known/openid-configuration`));
  const authority = `https://login.microsoftonline.com/${tid}`;
  const hosts = ['login.microsoftonline.com', 'login.windows.net'];
  const metadata = [{ preferred_network: hosts[0], preferred_cache: hosts[1], aliases: hosts }];
  const cloudDiscoveryMetadata = JSON.stringify({
    tenant_discovery_endpoint: authority,
    'api-version': '1.1',
    metadata,
  });
  return new ConfidentialClientApplication({
    auth: { clientId, authority, clientSecret: 'local', authorityMetadata, cloudDiscoveryMetadata },
  });
}

describe('tokens for applications', () => {
  test('msal-node gets one by client credentials, and Graph takes it', async () => {
    const client = await msal(m365.url, workerAppId);
    const got = await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    const claims = decodeJwt(got?.accessToken ?? '');
    expect(claims).toMatchObject({
      tid,
      ver: '2.0',
      idtyp: 'app',
      azp: workerAppId,
      aud: 'https://graph.microsoft.com',
    });
    expect(claims.iss).toBe(`https://login.microsoftonline.com/${tid}/v2.0`);
    const call = await graphCaller(m365, got?.accessToken);
    expect((await call('GET', `/users/${reviews}/calendar`)).status).toBe(200);
  });

  test('the bot gets one for the connector', async () => {
    const client = await msal(m365.url, botAppId);
    const got = await client.acquireTokenByClientCredential({ scopes: ['https://api.botframework.com/.default'] });
    expect(await m365.verify(got?.accessToken ?? '', 'https://api.botframework.com')).toMatchObject({
      clientId: botAppId,
      appOnly: true,
    });
  });

  const refused: [string, string, Record<string, string>, number, string][] = [
    ['a tenant that is not here', '11111111-1111-4111-8111-111111111111', {}, 400, 'invalid_request'],
    ['an app that nobody registered', tid, { client_id: 'someone-else' }, 400, 'unauthorized_client'],
    ['no secret', tid, { client_secret: '' }, 401, 'invalid_client'],
    ['a delegated scope', tid, { scope: 'https://graph.microsoft.com/Calendars.ReadWrite' }, 400, 'invalid_scope'],
    ['a resource that is not here', tid, { scope: 'https://vault.azure.net/.default' }, 400, 'invalid_scope'],
    ['another grant', tid, { grant_type: 'password' }, 400, 'invalid_request'],
  ];
  test.each(refused)('%s is refused', async (_name, tenant, changes, status, error) => {
    const good = { grant_type: 'client_credentials', client_id: workerAppId, client_secret: 'x' };
    const body = new URLSearchParams({ ...good, scope: 'https://graph.microsoft.com/.default', ...changes });
    const answer = await fetch(`${m365.url}/${tenant}/oauth2/v2.0/token?client-request-id=1`, { method: 'POST', body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error });
  });

  test('a fault on the token endpoint leaves the other surfaces well', async () => {
    m365.faults.set('token', { rate: 1, kinds: ['429'], retryAfterSeconds: 3 });
    const answer = await fetch(`${m365.url}/${tid}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams() });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await fetch(`${m365.url}/${tid}/discovery/v2.0/keys`)).status).toBe(200);
  });
});

describe('tokens for people', () => {
  async function signIn(url: string, body: object) {
    const headers = { 'Content-Type': 'application/json' };
    return fetch(`${url}/_local/sign-in`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  test('anybody of the demonstration signs in, with a token that the published keys verify', async () => {
    const { token } = (await (await signIn(m365.url, { tid, oid: socialWorker.oid })).json()) as { token: string };
    const keys = createRemoteJWKSet(new URL(`${m365.url}/${tid}/discovery/v2.0/keys`));
    const issuer = `https://login.microsoftonline.com/${tid}/v2.0`;
    const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience: apiClientId, currentDate });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ oid: socialWorker.oid, tid, scp: 'access_as_user', azp: apiClientId, ver: '2.0' });
    expect(payload['idtyp']).toBeUndefined();
  });

  test('nobody signs in with the id of another tenant, or after leaving', async () => {
    expect((await signIn(m365.url, { tid, oid: stranger.oid })).status).toBe(404);
    m365.people.remove(tid, teacher.oid);
    expect((await signIn(m365.url, { tid, oid: teacher.oid })).status).toBe(404);
    m365.people.add(teacher);
    expect((await signIn(m365.url, { tid, oid: teacher.oid })).status).toBe(200);
  });

  test('a foreign page cannot sign in', async () => {
    const headers = { 'Content-Type': 'application/json', Origin: 'https://evil.example' };
    const body = JSON.stringify({ tid, oid: socialWorker.oid });
    expect((await fetch(`${m365.url}/_local/sign-in`, { method: 'POST', headers, body })).status).toBe(403);
  });

  test('msal-node acts on behalf of a person, who reaches their own calendar and no other', async () => {
    const client = await msal(m365.url, apiClientId);
    const oboAssertion = await m365.mintUserToken({ tid, oid: socialWorker.oid });
    const scopes = ['https://graph.microsoft.com/Calendars.ReadWrite'];
    const got = await client.acquireTokenOnBehalfOf({ oboAssertion, scopes });
    expect(got?.account?.localAccountId).toBe(socialWorker.oid);
    const call = await graphCaller(m365, got?.accessToken);
    expect((await call('GET', `/users/${socialWorker.oid}/events`)).status).toBe(200);
    expect((await call('GET', `/users/${reviews}/events`)).status).toBe(403);
  });

  const assertions: [string, () => Promise<string>][] = [
    ['expired', () => m365.mintUserToken({ tid, oid: socialWorker.oid, expiresIn: -600 })],
    ['for another audience', () => m365.mintUserToken({ tid, oid: socialWorker.oid, aud: botAppId })],
    ['of another tenant', () => m365.mintUserToken({ tid: otherTid, oid: stranger.oid })],
    ['of an application', () => m365.mintAppToken({ tid, clientId: workerAppId, aud: apiClientId })],
    ['made up', async () => 'a.b.c'],
  ];
  test.each(assertions)('an assertion that is %s gets nothing', async (_name, mint) => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const scope = 'https://graph.microsoft.com/Calendars.ReadWrite';
    const who = { client_id: apiClientId, client_secret: 'x', requested_token_use: 'on_behalf_of' };
    const body = new URLSearchParams({ grant_type, scope, ...who, assertion: await mint() });
    const answer = await fetch(`${m365.url}/${tid}/oauth2/v2.0/token`, { method: 'POST', body });
    expect([answer.status, at(await answer.json(), 'error')]).toEqual([400, 'invalid_grant']);
  });
});

test('the Bot Framework issuer endorses its key for Teams and signs what the bot receives', async () => {
  const metadata = await read(`${m365.url}/botframework/.well-known/openidconfiguration`);
  expect(metadata).toMatchObject({ issuer: 'https://api.botframework.com' });
  const keys = await read(textAt(metadata, 'jwks_uri'));
  expect(keys).toMatchObject({ keys: [{ kty: 'RSA', use: 'sig', endorsements: ['msteams'] }] });
  const serviceUrl = `${m365.url}/connector/`;
  const token = await m365.mintBotToken({ aud: botAppId, serviceUrl });
  const verified = await jwtVerify(token, createRemoteJWKSet(new URL(textAt(metadata, 'jwks_uri'))), { currentDate });
  expect(verified.payload).toMatchObject({
    iss: 'https://api.botframework.com',
    aud: botAppId,
    serviceurl: serviceUrl,
  });
});

test('tokens stay good after a restart, because the keys are in the state file, which only its owner can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'm365-'));
  const stateFile = join(folder, 'state.json');
  const first = await world({ stateFile }).start();
  const token = await first.mintUserToken({ tid, oid: socialWorker.oid });
  await first.close();
  expect((await stat(stateFile)).mode & 0o077).toBe(0);
  const second = await world({ stateFile }).start();
  expect(await second.verify(token, apiClientId)).toMatchObject({ oid: socialWorker.oid });
  await second.close();
  await rm(folder, { recursive: true });
});

test('the live thread hears of each call, without its query', async () => {
  const heard: unknown[] = [];
  const stop = m365.onCall((call) => heard.push(call));
  await fetch(`${m365.url}/${tid}/oauth2/v2.0/token?client-request-id=1`, { method: 'POST' });
  m365.faults.once('graph', 'cut');
  await (await graphCaller(m365))('GET', `/users/${reviews}/calendar?x=1`).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 20));
  stop();
  const at_ = '2026-11-23T09:00:00Z';
  expect(heard).toEqual([
    { kind: 'token', method: 'POST', path: `/${tid}/oauth2/v2.0/token`, status: 400, at: at_ },
    { kind: 'graph', method: 'GET', path: `/graph/v1.0/users/${reviews}/calendar`, status: 0, at: at_ },
  ]);
});
