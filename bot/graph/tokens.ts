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
 * to keep or to rotate (microsoft365.md 10).
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
  const applications = new Map<string, ConfidentialClientApplication>();
  const asking = new Map<string, Promise<string>>();

  async function application(tenantId: string): Promise<ConfidentialClientApplication> {
    const known = applications.get(tenantId);
    if (known) return known;
    const made = new ConfidentialClientApplication(
      configuration(tenantId, await options.clientIdOf(tenantId), options),
    );
    if (applications.size >= mostTenants) applications.clear();
    applications.set(tenantId, made);
    return made;
  }

  async function ask(tenantId: string, request: ClientCredentialRequest): Promise<string> {
    try {
      const answer = await (await application(tenantId)).acquireTokenByClientCredential(request);
      if (answer?.accessToken) return answer.accessToken;
    } catch (error) {
      throw new DeliveryError('retry', {
        code: `token.${error instanceof AuthError ? error.errorCode : 'unreachable'}`,
      });
    }
    throw new DeliveryError('retry', { code: 'token.empty' });
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

function configuration(tenantId: string, clientId: string, options: TokenOptions): Configuration {
  const { localAuthority, deadlineMs = 5_000 } = options;
  const authority = `https://login.microsoftonline.com/${tenantId}`;
  return {
    auth: {
      ...{ clientId, authority, ...proof(options.credential) },
      // MSAL takes no http authority; given the metadata itself, it asks the token endpoint named there and nobody else.
      ...(localAuthority ? localMetadata(tenantId, localAuthority) : {}),
    },
    system: { networkClient: networkWithin(deadlineMs), loggerOptions: { piiLoggingEnabled: false } },
  };
}

function proof(credential: Credential): Partial<Configuration['auth']> {
  if (credential.kind === 'secret') return { clientSecret: credential.secret };
  if (credential.kind === 'certificate') {
    const { thumbprintSha256, privateKey } = credential;
    return { clientCertificate: { thumbprintSha256, privateKey } };
  }
  const identity = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: credential.managedIdentityClientId },
  });
  return {
    clientAssertion: async () => {
      const { accessToken } = await identity.acquireToken({ resource: 'api://AzureADTokenExchange' });
      return accessToken;
    },
  };
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

/** MSAL's own client waits for ever. */
function networkWithin(deadlineMs: number): INetworkModule {
  async function send(method: 'GET' | 'POST', url: string, given: NetworkRequestOptions) {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
      ...(given.headers ? { headers: given.headers } : {}),
      ...(given.body ? { body: given.body } : {}),
    });
    const body: unknown = await response.json();
    // MSAL names the shape that it hopes for and checks what it reads.
    return { status: response.status, headers: Object.fromEntries(response.headers), body: body as never };
  }
  return {
    sendGetRequestAsync: (url, given) => send('GET', url, given ?? {}),
    sendPostRequestAsync: (url, given) => send('POST', url, given ?? {}),
  };
}
