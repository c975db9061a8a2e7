import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { applyFaults } from './faults.js';
import { guid } from './ids.js';
import { connectorAudience, graphAudience, type Shared } from './shared.js';
import { issuerOf, type Signing } from './signing.js';

type Oidc = Omit<Shared, 'tokens'> & { readonly signing: Signing };

/** Sign-in as far as servers need it: metadata, keys, the token endpoint, and the Bot Framework's own issuer. */
export function oidcRoutes(app: FastifyInstance, shared: Oidc): void {
  const { signing, url } = shared;
  const known = (tid: string) => shared.tenants.some((tenant) => tenant.tenantId === tid);
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });

  app.get('/botframework/.well-known/openidconfiguration', async () => ({
    issuer: 'https://api.botframework.com',
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${url()}/botframework/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }));
  app.get('/botframework/.well-known/keys', async () => signing.botFrameworkKeys);

  app.get<{ Params: { tid: string } }>('/:tid/v2.0/.well-known/openid-configuration', async (request, reply) => {
    const { tid } = request.params;
    return known(tid) ? metadata(url(), tid) : refuse(shared, reply, unknownTenant);
  });
  app.get<{ Params: { tid: string } }>('/:tid/discovery/v2.0/keys', async (request, reply) =>
    known(request.params.tid) ? signing.entraKeys : refuse(shared, reply, unknownTenant),
  );
  void app.register(async (scope) => {
    applyFaults(scope, 'token', shared.faults);
    scope.post<{ Params: { tid: string } }>('/:tid/oauth2/v2.0/token', async (request, reply) => {
      const { tid } = request.params;
      const asked = tokenRequest.safeParse(request.body);
      const answer = !known(tid) ? unknownTenant : asked.success ? await grant(shared, tid, asked.data) : badRequest;
      return 'error' in answer ? refuse(shared, reply, answer) : reply.header('Cache-Control', 'no-store').send(answer);
    });
  });
}

function metadata(url: string, tid: string): object {
  return {
    issuer: issuerOf(tid),
    token_endpoint: `${url}/${tid}/oauth2/v2.0/token`,
    authorization_endpoint: `${url}/${tid}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${url}/${tid}/oauth2/v2.0/logout`,
    jwks_uri: `${url}/${tid}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'name', 'tid', 'ver', 'preferred_username'],
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
  };
}

const secret = z.string().optional();
const tokenRequest = z.object({
  grant_type: z.enum(['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer']),
  client_id: z.string().min(1),
  scope: z.string().min(1),
  client_secret: secret,
  client_assertion: secret,
  assertion: z.string().min(1).optional(),
  requested_token_use: z.string().optional(),
});
type TokenRequest = z.infer<typeof tokenRequest>;

interface Refusal {
  readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unauthorized_client' | 'invalid_scope';
  readonly code: number;
  readonly says: string;
}
const unknownTenant: Refusal = { error: 'invalid_request', code: 90002, says: 'Tenant not found.' };
const badRequest: Refusal = {
  error: 'invalid_request',
  code: 900144,
  says: 'The request body is missing a parameter.',
};
const noSecret: Refusal = {
  error: 'invalid_client',
  code: 7000218,
  says: 'client_assertion or client_secret is required.',
};
const unknownApp: Refusal = {
  error: 'unauthorized_client',
  code: 700016,
  says: 'Application was not found in the directory.',
};
const badAssertion: Refusal = {
  error: 'invalid_grant',
  code: 500131,
  says: 'Assertion failed: signature, audience or time.',
};
const badScope: Refusal = {
  error: 'invalid_scope',
  code: 1002012,
  says: 'The scope must end in /.default for this grant.',
};

interface Granted {
  readonly token_type: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  /** On behalf of a person only; MSAL needs the last two to name the account. */
  readonly scope?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}
const bearer = { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 };

/** Which apps exist is checked; their secret is only required to be there, because a demonstration has none worth keeping. */
async function grant(shared: Oidc, tid: string, asked: TokenRequest): Promise<Refusal | Granted> {
  const { apps } = shared;
  if (![...apps.botAppIds, apps.apiClientId, apps.workerAppId].includes(asked.client_id)) return unknownApp;
  if (!asked.client_secret && !asked.client_assertion) return noSecret;
  if (asked.grant_type === 'client_credentials') return clientCredentials(shared, tid, asked);
  return onBehalfOf(shared, tid, asked);
}

async function clientCredentials(shared: Oidc, tid: string, asked: TokenRequest): Promise<Refusal | Granted> {
  const resource = asked.scope.endsWith('/.default') ? asked.scope.slice(0, -'/.default'.length) : null;
  const aud = resource?.replace(/^api:\/\//, '') ?? null;
  if (!aud || ![graphAudience, connectorAudience, shared.apps.apiClientId].includes(aud)) return badScope;
  const token = await shared.signing.mintAppToken({ tid, clientId: asked.client_id, aud });
  return { ...bearer, access_token: token };
}

async function onBehalfOf(shared: Oidc, tid: string, asked: TokenRequest): Promise<Refusal | Granted> {
  if (asked.requested_token_use !== 'on_behalf_of' || !asked.assertion) return badRequest;
  const user = await shared.signing.verify(asked.assertion, asked.client_id);
  if (!user || user.appOnly || user.tenantId !== tid || !shared.people.find(tid, user.oid)) return badAssertion;
  const scopes = asked.scope.split(' ').filter((scope) => !['openid', 'profile', 'offline_access'].includes(scope));
  const scp = scopes.map((scope) => scope.replace(`${graphAudience}/`, '')).join(' ');
  const { oid } = user;
  const wanted = { tid, oid, scp, aud: graphAudience, azp: asked.client_id };
  return {
    ...bearer,
    scope: scopes.join(' '),
    access_token: await shared.signing.mintUserToken(wanted),
    id_token: await shared.signing.idToken({ tid, oid, clientId: asked.client_id }),
    client_info: Buffer.from(JSON.stringify({ uid: oid, utid: tid })).toString('base64url'),
  };
}

function refuse(shared: Oidc, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const [trace, correlation] = [guid(shared.random), guid(shared.random)];
  return reply.code(refusal.error === 'invalid_client' ? 401 : 400).send({
    error: refusal.error,
    error_description: `AADSTS${refusal.code}: ${refusal.says} Trace ID: ${trace} Correlation ID: ${correlation}`,
    error_codes: [refusal.code],
    timestamp: shared.clock.now().toString({ smallestUnit: 'second' }).replace('T', ' '),
    trace_id: trace,
    correlation_id: correlation,
  });
}
