import { z } from 'zod';

/** The only reader of the environment: typed, frozen, and failing at start with the name of what is wrong. */
export interface BotRegistrationConfig {
  readonly appId: string;
  readonly tenantId: string;
}

export type CredentialConfig =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprintSha256: string; readonly privateKey: string }
  | { readonly kind: 'federated'; readonly managedIdentityClientId: string };

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** 'https://host' that Teams and people reach; in local mode the loopback origin. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  /** Client id of the managed identity whose tokens are the database's password; null: the password is in the URL. */
  readonly databaseIdentity: string | null;
  readonly logLevel: string;
  readonly roles: ReadonlySet<'web' | 'worker'>;
  readonly bots: readonly BotRegistrationConfig[];
  readonly botCredential: CredentialConfig;
  readonly apiClientId: string;
  readonly apiAllowedClients: readonly string[];
  readonly workerCredential: CredentialConfig;
  /** The Teams app's id, for links that open the tab at a request. */
  readonly teamsAppId: string;
  readonly auditSigningKey: string | null;
  readonly auditHeadsDirectory: string | null;
  /** Built tab; null serves none. */
  readonly tabDirectory: string | null;
  /** Local mode: where sign-in, Graph and the connector are on this machine. Refuses production in every way there is. */
  readonly local: { readonly microsoft365Url: string; readonly origins: readonly string[] } | null;
}

export class ConfigError extends Error {
  constructor(setting: string, why: string) {
    super(`${setting}: ${why}`);
    this.name = 'ConfigError';
  }
}

const guid = z.guid();
const loopback = /^http:\/\/(127\.0\.0\.1|localhost):\d+$/;

/** Throws ConfigError naming the first setting that is missing or wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = reader(env);
  const production = env['NODE_ENV'] === 'production';
  const local = localMode(read, production);
  return Object.freeze({
    production,
    host: local ? '127.0.0.1' : read.optional('HOST', '0.0.0.0'),
    port: read.number('PORT', 3978),
    publicUrl: publicUrl(read, local !== null),
    databaseUrl: read.required('DATABASE_URL'),
    databaseConnections: read.number('DATABASE_CONNECTIONS', 10),
    databaseIdentity: env['DATABASE_MANAGED_IDENTITY_CLIENT_ID']?.trim()
      ? read.guid('DATABASE_MANAGED_IDENTITY_CLIENT_ID')
      : null,
    logLevel: read.optional('LOG_LEVEL', 'info'),
    roles: serverRoles(read),
    bots: bots(read),
    botCredential: credential(read, 'BOT'),
    apiClientId: read.guid('API_CLIENT_ID'),
    apiAllowedClients: read.list('API_ALLOWED_CLIENTS'),
    workerCredential: credential(read, 'WORKER'),
    teamsAppId: read.guid('TEAMS_APP_ID'),
    auditSigningKey: env['AUDIT_SIGNING_KEY'] ?? null,
    auditHeadsDirectory: env['AUDIT_HEADS_DIRECTORY'] ?? null,
    tabDirectory: env['TAB_DIRECTORY'] ?? null,
    local,
  });
}

/** What commands run with: each needs some of it, none a bot. Throws ConfigError when there is no database to speak to. */
export interface CommandConfig {
  readonly databaseUrl: string;
  /** The owner's, for migrations; null where the app's own role is all there is. */
  readonly ownerUrl: string | null;
  readonly auditHeadsDirectory: string | null;
  readonly auditSigningKey: string | null;
  /** PEM public keys, one after another; the signing key's own is known without being named. */
  readonly auditPublicKeys: string | null;
}

export function readCommandConfig(env: Readonly<Record<string, string | undefined>>): CommandConfig {
  const read = reader(env);
  return Object.freeze({
    databaseUrl: read.required('DATABASE_URL'),
    ownerUrl: env['DATABASE_OWNER_URL'] ?? null,
    auditHeadsDirectory: env['AUDIT_HEADS_DIRECTORY'] ?? null,
    auditSigningKey: env['AUDIT_SIGNING_KEY'] ?? null,
    auditPublicKeys: env['AUDIT_PUBLIC_KEYS'] ?? null,
  });
}

function reader(env: Readonly<Record<string, string | undefined>>) {
  const optional = (name: string, otherwise: string) => env[name]?.trim() || otherwise;
  const required = (name: string) => {
    const value = env[name]?.trim();
    if (!value) throw new ConfigError(name, 'is missing');
    return value;
  };
  return {
    optional,
    required,
    list: (name: string) =>
      optional(name, '')
        .split(/[\s,]+/)
        .filter(Boolean),
    number(name: string, otherwise: number) {
      const value = Number(optional(name, String(otherwise)));
      if (!Number.isInteger(value) || value < 0) throw new ConfigError(name, 'is not a whole number');
      return value;
    },
    guid(name: string) {
      const value = required(name);
      if (!guid.safeParse(value).success) throw new ConfigError(name, 'is not a GUID');
      return value.toLowerCase();
    },
  };
}
type Read = ReturnType<typeof reader>;

function localMode(read: Read, production: boolean): Config['local'] {
  const url = read.optional('LOCAL_MICROSOFT365_URL', '');
  if (!url) return null;
  if (production)
    throw new ConfigError('LOCAL_MICROSOFT365_URL', 'is for one machine alone and refuses NODE_ENV=production');
  if (!loopback.test(url)) throw new ConfigError('LOCAL_MICROSOFT365_URL', 'must be http://127.0.0.1:port');
  const origins = read.list('LOCAL_ORIGINS');
  if (origins.some((origin) => !loopback.test(origin)))
    throw new ConfigError('LOCAL_ORIGINS', 'must all be loopback origins');
  return { microsoft365Url: url, origins };
}

function publicUrl(read: Read, local: boolean): string {
  const value = read.required('PUBLIC_URL').replace(/\/$/, '');
  const parsed = URL.canParse(value) ? new URL(value) : null;
  const right = local ? loopback.test(value) : parsed?.protocol === 'https:' && parsed.origin === value;
  if (!right)
    throw new ConfigError('PUBLIC_URL', local ? 'must be a loopback origin in local mode' : 'must be https://host');
  return value;
}

function serverRoles(read: Read): Config['roles'] {
  const known = ['web', 'worker'] as const;
  const named = read.optional('SERVER_ROLES', 'web,worker').split(',');
  const roles = known.filter((role) => named.includes(role));
  if (roles.length === 0 || roles.length !== named.length)
    throw new ConfigError('SERVER_ROLES', 'is web, worker or both');
  return new Set(roles);
}

/** 'appId:tenantId', several with commas. Without one the bot would have no door, so there is no start. */
function bots(read: Read): BotRegistrationConfig[] {
  const named = read
    .required('BOT_APPS')
    .split(/[\s,]+/)
    .filter(Boolean);
  return named.map((pair) => {
    const [appId = '', tenantId = ''] = pair.split(':');
    if (!guid.safeParse(appId).success || !guid.safeParse(tenantId).success) {
      throw new ConfigError('BOT_APPS', 'is a list of appId:tenantId, both GUIDs');
    }
    return { appId: appId.toLowerCase(), tenantId: tenantId.toLowerCase() };
  });
}

function credential(read: Read, prefix: 'BOT' | 'WORKER'): CredentialConfig {
  const identity = read.optional(`${prefix}_MANAGED_IDENTITY_CLIENT_ID`, '');
  if (identity) return { kind: 'federated', managedIdentityClientId: identity };
  const thumbprint = read.optional(`${prefix}_CERTIFICATE_THUMBPRINT`, '');
  if (thumbprint) {
    return {
      kind: 'certificate',
      thumbprintSha256: thumbprint,
      privateKey: read.required(`${prefix}_CERTIFICATE_KEY`),
    };
  }
  return { kind: 'secret', secret: read.required(`${prefix}_SECRET`) };
}
