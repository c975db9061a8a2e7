import type { Clock, ReviewMailbox } from '../../bot/context.js';
import type { Faults } from './faults.js';
import type { Store } from './store.js';

export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
}

export type ShowAs = 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';

/** Something already in a person's diary. Both ends are instants, 'YYYY-MM-DDTHH:MM:SSZ'. */
export interface Commitment {
  readonly startAt: string;
  readonly endAt: string;
  readonly showAs: ShowAs;
  readonly subject: string;
}

export interface LocalPerson {
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
  readonly email: string;
  readonly calendar: readonly Commitment[];
}

export interface LocalApps {
  readonly botAppIds: readonly string[];
  readonly apiClientId: string;
  readonly workerAppId: string;
  /** The only calendars that the worker may read or write, as Exchange's RBAC for Applications would scope it. */
  readonly reviewMailboxes: readonly ReviewMailbox[];
}

/** Who exists. A leaver taken out here has no mailbox and cannot sign in, exactly as when a council disables the account. */
export interface People {
  list(tenantId?: string): readonly LocalPerson[];
  find(tenantId: string, oid: string): LocalPerson | null;
  add(person: LocalPerson): void;
  remove(tenantId: string, oid: string): void;
}

/** The claims of a token that this machine signed and that is in date. */
export interface Claims {
  readonly tenantId: string;
  readonly audience: string;
  readonly clientId: string;
  readonly oid: string;
  readonly appOnly: boolean;
  readonly scopes: readonly string[];
}

export interface Tokens {
  /** A v2 access token for the API, as nested app authentication gives it. `expiresIn` in seconds (default 3600; negative: expired). */
  mintUserToken(wanted: {
    tid: string;
    oid: string;
    scp?: string;
    aud?: string;
    azp?: string;
    expiresIn?: number;
  }): Promise<string>;
  /** What the Bot Connector puts on an activity: issuer https://api.botframework.com, in date for an hour. */
  mintBotToken(wanted: { aud: string; serviceUrl: string; expiresIn?: number }): Promise<string>;
  /** App-only, as client credentials give it. */
  mintAppToken(wanted: { tid: string; clientId: string; aud: string; expiresIn?: number }): Promise<string>;
  /** Null unless signed by this machine's Entra key, in date, for a tenant that exists, and meant for `audience`. */
  verify(token: string, audience: string): Promise<Claims | null>;
}

/** What every part of the local Microsoft 365 works with. */
export interface Shared {
  /** 'http://127.0.0.1:{port}', without a slash at the end; known once the server listens. */
  url(): string;
  readonly clock: Clock;
  /** 0 <= n < 1 */
  readonly random: () => number;
  readonly store: Store;
  readonly faults: Faults;
  readonly tenants: readonly Tenant[];
  readonly apps: LocalApps;
  readonly people: People;
  readonly tokens: Tokens;
}

export const graphAudience = 'https://graph.microsoft.com';
export const connectorAudience = 'https://api.botframework.com';
