import type { Entry, Expression, Resource, Template } from './bicep-syntax.js';
import type { Finding } from './bicep-types.js';

/** What no type can say: where data may be, who may reach it, and that no secret lies open. infra/decisions/ has the reasons. */
export function checkRules(template: Template): Finding[] {
  return [
    ...template.parameters.flatMap(({ name, secure, otherwise, line }) => [
      ...(speaksOfSecret(name) && !secure
        ? [{ line, why: `parameter ${name} holds a secret and is not @secure()` }]
        : []),
      ...(secure && otherwise ? [{ line, why: `parameter ${name} is @secure() and has a default` }] : []),
    ]),
    ...checkLocation(template),
    ...template.resources.flatMap((resource) => [
      ...(required[resource.type.split('@')[0] ?? ''] ?? []).flatMap((rule) => checkRequired(resource, rule)),
      ...checkEntries(resource.body),
    ]),
    ...template.outputs.flatMap(({ name, value, line }) =>
      callsList(value) ? [{ line, why: `output ${name} would print a secret` }] : [],
    ),
    ...checkPrincipals(template),
  ];
}

const speaksOfSecret = (name: string) => /secret|password|token|connectionstring|(?<!public|signing)key$/i.test(name);

function checkLocation({ parameters }: Template): Finding[] {
  const location = parameters.find(({ name }) => name === 'location');
  const allowed = location?.allowed?.flatMap((one) => (one.kind === 'string' ? [one.value] : [])) ?? [];
  const inKingdom = allowed.length > 0 && allowed.every((one) => one === 'uksouth' || one === 'ukwest');
  if (location?.otherwise?.kind === 'string' && location.otherwise.value === 'uksouth' && inKingdom) return [];
  return [{ line: location?.line ?? 1, why: 'location is uksouth, and may be nothing outside the United Kingdom' }];
}

interface Required {
  readonly path: string;
  /** What must stand there as written; null where nothing may. */
  readonly is: string | boolean | null;
  readonly because: string;
}

const required: Readonly<Record<string, readonly Required[]>> = {
  'Microsoft.DBforPostgreSQL/flexibleServers': [
    { path: 'properties.authConfig.passwordAuth', is: 'Disabled', because: 'the database takes Entra tokens alone' },
    {
      path: 'properties.authConfig.activeDirectoryAuth',
      is: 'Enabled',
      because: 'the database takes Entra tokens alone',
    },
    { path: 'properties.administratorLoginPassword', is: null, because: 'the database takes Entra tokens alone' },
    { path: 'properties.network.publicNetworkAccess', is: 'Disabled', because: 'the database is not on the internet' },
    { path: 'properties.backup.geoRedundantBackup', is: 'Enabled', because: 'a lost region loses no child’s record' },
  ],
  'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules': [
    { path: 'name', is: null, because: 'the database is not on the internet' },
  ],
  'Microsoft.KeyVault/vaults': [
    { path: 'properties.enableRbacAuthorization', is: true, because: 'access is granted in one place' },
    { path: 'properties.enablePurgeProtection', is: true, because: 'the audit key cannot be destroyed in a day' },
    { path: 'properties.networkAcls.defaultAction', is: 'Deny', because: 'only the apps reach the vault' },
  ],
  'Microsoft.BotService/botServices': [
    { path: 'properties.msaAppType', is: 'UserAssignedMSI', because: 'the bot is its identity and has no secret' },
    { path: 'properties.disableLocalAuth', is: true, because: 'the bot is its identity and has no secret' },
  ],
  'Microsoft.App/containerApps': [
    { path: 'identity.type', is: 'UserAssigned', because: 'principals are named, not made with each app' },
    { path: 'properties.configuration.ingress.allowInsecure', is: false, because: 'nothing is spoken in the clear' },
  ],
  'Microsoft.Insights/components': [
    { path: 'properties.DisableLocalAuth', is: true, because: 'a key in a page would let anybody write' },
  ],
};

function checkRequired(resource: Resource, { path, is, because }: Required): Finding[] {
  const found = at(resource.body, path.split('.'));
  const why = `${resource.name}.${path}: ${because}`;
  if (is === null) return found ? [{ line: found.line, why }] : [];
  // No door at all is not an insecure one.
  if (!found) return path.includes('.ingress.') ? [] : [{ line: resource.line, why }];
  const right = typeof is === 'string' ? found.kind === 'string' && found.value === is : isBoolean(found, is);
  return right ? [] : [{ line: found.line, why }];
}

const isBoolean = (found: Expression, is: boolean) => found.kind === 'boolean' && found.value === is;

function at(value: Expression, [key, ...rest]: readonly string[]): Expression | null {
  if (key === undefined) return value;
  const entry = value.kind === 'object' ? value.entries.find((one) => one.key === key) : undefined;
  return entry ? at(entry.value, rest) : null;
}

/** Anywhere: an environment variable that speaks of a secret takes it from the vault; no image is "latest". */
function checkEntries(value: Expression): Finding[] {
  if (value.kind === 'call') return value.given.flatMap(checkEntries);
  if (value.kind === 'array') return value.items.flatMap(checkEntries);
  if (value.kind !== 'object') return [];
  const [name, plain, image] = ['name', 'value', 'image'].map((key) => value.entries.find((one) => one.key === key));
  return [
    ...openSecret(name, plain),
    ...(image?.value.kind === 'string' && !image.value.value.includes('@sha256:')
      ? [{ line: image.value.line, why: 'an image is named by its digest' }]
      : []),
    ...value.entries.flatMap((entry) => checkEntries(entry.value)),
  ];
}

function openSecret(name: Entry | undefined, plain: Entry | undefined): Finding[] {
  if (name?.value.kind !== 'string' || !plain) return [];
  const speaks = /SECRET|PASSWORD|TOKEN|SIGNING_KEY|CERTIFICATE_KEY/i.test(name.value.value);
  return speaks
    ? [{ line: plain.value.line, why: `${name.value.value} lies open: secretRef takes it from the vault` }]
    : [];
}

function callsList(value: Expression): boolean {
  if (value.kind === 'member') return value.member.startsWith('list') || callsList(value.of);
  return value.kind === 'call' && (callsList(value.of) || value.given.some(callsList));
}

/** Bot, API and worker: three identities, and none of them is left out. */
function checkPrincipals({ resources }: Template): Finding[] {
  const kind = 'Microsoft.ManagedIdentity/userAssignedIdentities';
  const made = resources.filter(({ type }) => type.startsWith(`${kind}@`)).map(({ name }) => name);
  const missing = ['botIdentity', 'apiIdentity', 'workerIdentity'].filter((name) => !made.includes(name));
  return missing.map((name) => ({ line: 1, why: `${name} is a principal of its own and is not made` }));
}
