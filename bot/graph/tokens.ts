import {
  AuthError,
  type ClientCredentialRequest,
  ConfidentialClientApplication,
  type Configuration,
  type INetworkModule,
  ManagedIdentityApplication,
  type NetworkRequestOptions,
} from '@azure/msal-node';
import { DeliveryError } from '../context.js';

/**
 * How a principal proves itself to Entra. `federated` is the one for Azure: a managed identity signs, so there is no secret
 * to keep or to rotate (microsoft365.md 10). Where the principal is that identity itself, as a bot of type UserAssignedMSI
 * is, there is no registration to sign for: its own token is the answer.
 */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprintSha256: string; readonly privateKey: string }
  | { readonly kind: 'federated'; readonly managedIdentityClientId: string };

export interface TokenOptions {
  /** The application's id in that tenant. */
  clientIdOf(tenantId: string): Promise<string>;
  readonly credential: Credential;
  /** Sign-in on this machine: 'http://127.0.0.1:port'. Absent: Microsoft's own. */
  readonly localAuthority?: string;
  /** Milliseconds for one call to the token endpoint. */
  readonly deadlineMs?: number;
}

/**
 * An app-only access token for `scope` ('https://graph.microsoft.com/.default'), from memory while it lasts. `fresh` when the
 * last one was refused. Throws DeliveryError('retry'): without a token nothing was asked of anybody.
 */
export type TokenFor = (tenantId: string, scope: string, options?: { readonly fresh?: boolean }) => Promise<string>;

const mostTenants = 100;

export function createTokens(options: TokenOptions): TokenFor {
  const applications = new Map<string, Application>();
  const asking = new Map<string, Promise<string>>();

  async function application(tenantId: string): Promise<Application> {
    const known = applications.get(tenantId);
    if (known) return known;
    const made = applicationOf(tenantId, await options.clientIdOf(tenantId), options);
    if (applications.size >= mostTenants) applications.clear();
    applications.set(tenantId, made);
    return made;
  }

  async function ask(tenantId: string, request: ClientCredentialRequest): Promise<string> {
    const asked = await application(tenantId);
    try {
      if (asked.itself) return await asked.itself(request);
      const answer = await asked.client.acquireTokenByClientCredential(request);
      if (answer?.accessToken) return answer.accessToken;
      throw new Error('no token in the answer');
    } catch (error) {
      // After a failure MSAL refuses by itself for a minute; when to try again is for whoever waits for the token to say.
      applications.delete(tenantId);
      const code = `token.${error instanceof AuthError ? error.errorCode : 'unreachable'}`;
      const wait = asked.retryAfterMs();
      throw new DeliveryError('retry', { code, ...(wait === null ? {} : { retryAfterMs: wait }) });
    }
  }

  return (tenantId, scope, { fresh = false } = {}) => {
    const key = `${tenantId} ${scope} ${String(fresh)}`;
    const already = asking.get(key);
    if (already) return already;
    const asked = ask(tenantId, { scopes: [scope], skipCache: fresh }).finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  };
}

interface Application {
  readonly client: ConfidentialClientApplication;
  /** Set where the principal is the managed identity itself. */
  readonly itself: ((request: ClientCredentialRequest) => Promise<string>) | null;
  /** What the last refusal asked for; null when it asked for nothing. */
  retryAfterMs(): number | null;
}

function applicationOf(tenantId: string, clientId: string, options: TokenOptions): Application {
  let wait: number | null = null;
  const network = networkWithin(options.deadlineMs ?? 5_000, (seconds) => void (wait = seconds && seconds * 1000));
  const client = new ConfidentialClientApplication(configuration(tenantId, clientId, options, network));
  return { client, itself: itselfOf(clientId, options.credential), retryAfterMs: () => wait };
}

function itselfOf(clientId: string, credential: Credential): Application['itself'] {
  if (credential.kind !== 'federated' || credential.managedIdentityClientId !== clientId) return null;
  const identity = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: clientId } });
  return async ({ scopes: [scope = ''] = [], skipCache = false }) => {
    const resource = scope.replace(/\/\.default$/, '');
    return (await identity.acquireToken({ resource, forceRefresh: skipCache })).accessToken;
  };
}

function configuration(
  tenantId: string,
  clientId: string,
  options: TokenOptions,
  networkClient: INetworkModule,
): Configuration {
  const { localAuthority } = options;
  const authority = `https://login.microsoftonline.com/${tenantId}`;
  return {
    auth: {
      ...{ clientId, authority, ...proof(options.credential) },
      // MSAL takes no http authority; given the metadata itself, it asks the token endpoint named there and nobody else.
      ...(localAuthority ? localMetadata(tenantId, localAuthority) : {}),
    },
    system: { networkClient, loggerOptions: { piiLoggingEnabled: false } },
  };
}

function proof(credential: Credential): Partial<Configuration['auth']> {
  if (credential.kind === 'secret') return { clientSecret: credential.secret };
  if (credential.kind === 'certificate') {
    const { thumbprintSha256, privateKey } = credential;
    return { clientCertificate: { thumbprintSha256, privateKey } };
  }
  return { clientAssertion: identityToken(credential.managedIdentityClientId, 'api://AzureADTokenExchange') };
}

/** A managed identity's own token for `resource`, from memory while it lasts; in Azure only. Rejects with MSAL's error. */
export function identityToken(clientId: string, resource: string): () => Promise<string> {
  const identity = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: clientId } });
  return async () => (await identity.acquireToken({ resource })).accessToken;
}

function localMetadata(tenantId: string, base: string): Partial<Configuration['auth']> {
  const [login, at] = ['https://login.microsoftonline.com', `${base}/${tenantId}`];
  return {
    authorityMetadata: JSON.stringify({
      issuer: `${login}/${tenantId}/v2.0`,
      token_endpoint: `${at}/oauth2/v2.0/token`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
      jwks_uri: `${at}/discovery/v2.0/keys`,
    }),
    cloudDiscoveryMetadata: JSON.stringify({
      tenant_discovery_endpoint: `${login}/${tenantId}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: ['login.microsoftonline.com', 'login.windows.net'],
        },
      ],
    }),
  };
}

/** MSAL's own client waits for ever, and keeps what Retry-After said to itself. */
function networkWithin(deadlineMs: number, onRetryAfter: (seconds: number | null) => void): INetworkModule {
  async function send(method: 'GET' | 'POST', url: string, given: NetworkRequestOptions) {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
      ...(given.headers ? { headers: given.headers } : {}),
      ...(given.body ? { body: given.body } : {}),
    });
    const after = response.headers.get('retry-after');
    onRetryAfter(after !== null && /^\d{1,6}$/.test(after) ? Number(after) : null);
    const body: unknown = await response.json();
    // MSAL names the shape that it hopes for and checks what it reads.
    return { status: response.status, headers: Object.fromEntries(response.headers), body: body as never };
  }
  return {
    sendGetRequestAsync: (url, given) => send('GET', url, given ?? {}),
    sendPostRequestAsync: (url, given) => send('POST', url, given ?? {}),
  };
}
