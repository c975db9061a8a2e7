import type { TabConfig } from './config.js';
import { Failure } from './failure.js';
import type { Teams } from './teams.js';

export interface SignIn {
  /** An access token for our API. `fresh`: the last one was refused. Throws Failure('signed-out'). */
  token(fresh: boolean): Promise<string>;
}

interface Options {
  readonly config: TabConfig;
  readonly tenantId: string;
  readonly teams: Teams;
  /** Milliseconds since 1970, by the machine's clock: a token's end is real time. */
  readonly now: () => number;
}

/** Nested app authentication where the host asks for it, otherwise the host's own token. Tokens stay in memory. */
export function createSignIn(options: Options): SignIn {
  const acquire = options.teams.nested() ? nestedTokens(options) : hostTokens(options);
  return {
    async token(fresh) {
      try {
        return await acquire(fresh);
      } catch {
        throw new Failure('signed-out');
      }
    },
  };
}

function nestedTokens({ config, tenantId }: Options): (fresh: boolean) => Promise<string> {
  const loaded = import('@azure/msal-browser').then(async (msal) => ({
    msal,
    app: await msal.createNestablePublicClientApplication({
      auth: { clientId: config.clientId, authority: `https://login.microsoftonline.com/${tenantId}` },
      cache: { cacheLocation: msal.BrowserCacheLocation.MemoryStorage },
    }),
  }));
  const scopes = [config.scope];
  return async (fresh) => {
    const { msal, app } = await loaded;
    try {
      return (await app.acquireTokenSilent({ scopes, forceRefresh: fresh })).accessToken;
    } catch (error) {
      if (!(error instanceof msal.InteractionRequiredAuthError)) throw error;
      return (await app.acquireTokenPopup({ scopes })).accessToken;
    }
  };
}

/** Renewed this long before its end, so that no request leaves with one about to end. Milliseconds. */
const margin = 5 * 60_000;

function hostTokens({ teams, now }: Options): (fresh: boolean) => Promise<string> {
  let held: { readonly token: Promise<string>; until: number } | null = null;
  return (fresh) => {
    if (held && !fresh && now() < held.until) return held.token;
    const asked = { token: teams.hostToken(), until: now() + margin };
    asked.token.then(
      (token) => (asked.until = endOf(token) > 0 ? endOf(token) - margin : asked.until),
      () => (held = null),
    );
    held = asked;
    return asked.token;
  };
}

/** When a token ends, in milliseconds since 1970; 0 when it does not say. Read, not checked: the API checks. */
export function endOf(token: string): number {
  const [, middle = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(atob(middle.replace(/-/g, '+').replace(/_/g, '/')));
    const end = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : 0;
    return typeof end === 'number' ? end * 1000 : 0;
  } catch {
    return 0;
  }
}
