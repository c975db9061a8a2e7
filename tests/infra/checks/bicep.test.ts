import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { bicepFindings, typesFolder } from '../../../infra/checks/bicep.js';
import { loadResourceTypes } from '../../../infra/checks/bicep-types.js';

const source = readFileSync('infra/main.bicep', 'utf8');
const types = loadResourceTypes(typesFolder);
const why = (text: string, known = types) => bicepFindings(text, known).map((finding) => finding.why);

/** The template with one thing changed; a slip in the test itself is not taken for a catch. */
function planted(good: string, bad: string): string {
  expect(source).toContain(good);
  return source.replace(good, bad);
}

test('the template is as Azure’s types and the rules have it', () => {
  if (!types && process.env['CI']) throw new Error('the types of Azure’s resources are missing beside the checkout');
  expect(why(source)).toEqual([]);
});

const typed: readonly (readonly [string, string, string, string])[] = [
  [
    'a misspelt property',
    'softDeleteRetentionInDays: 90',
    'softDeleteRetentionDays: 90',
    'softDeleteRetentionDays is unknown',
  ],
  ['a missing required one', "    displayName: 'Golden Thread'\n", '', 'bot.properties.displayName is missing'],
  ['a value outside its list', "mode: 'ZoneRedundant'", "mode: 'ZoneRedundent'", 'none of Disabled, ZoneRedundant'],
  ['a text for a number', 'storageSizeGB: 128', "storageSizeGB: '128'", 'storageSizeGB is int, not string'],
  ['a number for a text', "version: '18'", 'version: 18', 'version is string, not int'],
  [
    'a text for a list',
    "storage: {\n      storageSizeGB: 128\n      autoGrow: 'Enabled'\n    }",
    "storage: 'big'",
    'storage is an object',
  ],
  [
    'a read-only property',
    '    disableLocalAuth: true\n',
    "    disableLocalAuth: true\n    endpointVersion: '3'\n",
    'endpointVersion is',
  ],
  [
    'a channel of another kind',
    "channelName: 'MsTeamsChannel'\n    properties: {\n      isEnabled",
    "channelName: 'MsTeamsChannel'\n    properties: {\n      isOn",
    'isOn is unknown',
  ],
  [
    'a version that is not known',
    'components@2020-02-02',
    'components@2030-01-01',
    'no types of Microsoft.Insights/components@2030',
  ],
  [
    'inside concat',
    "name: 'SERVER_ROLES'\n              value: 'web'",
    "name: 'SERVER_ROLES'\n              valu: 'web'",
    'valu is unknown',
  ],
];

describe.each(typed)('%s', (_what, good, bad, said) => {
  (types ? test : test.skip)('is caught', () => {
    expect(why(planted(good, bad)).join('\n')).toContain(said);
  });
});

const ruled: readonly (readonly [string, string, string, string])[] = [
  [
    'a public database',
    "publicNetworkAccess: 'Disabled'\n      delegated",
    "publicNetworkAccess: 'Enabled'\n      delegated",
    'not on the internet',
  ],
  [
    'a door in the firewall',
    'resource goldenThread ',
    "resource hole 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2025-08-01' = {\n  parent: database\n  name: 'all'\n  properties: {\n    startIpAddress: '0.0.0.0'\n    endIpAddress: '255.255.255.255'\n  }\n}\n\nresource goldenThread ",
    'not on the internet',
  ],
  ['passwords', "passwordAuth: 'Disabled'", "passwordAuth: 'Enabled'", 'Entra tokens alone'],
  [
    'a secret in a parameter',
    'param teamsAppId string',
    'param teamsAppId string\nparam botSecret string',
    'botSecret holds a secret',
  ],
  [
    'a secret with a default',
    'param teamsAppId string',
    "param teamsAppId string\n@secure()\nparam botSecret string = 'x'",
    'has a default',
  ],
  ['a secret in an environment variable', "secretRef: 'audit-signing-key'", "value: 'MC4CAQ'", 'lies open'],
  [
    'a secret in an output',
    'output botClientId string = botIdentity.properties.clientId',
    'output key string = insights.listKeys().value',
    'would print a secret',
  ],
  ['a place outside the kingdom', "  'ukwest'", "  'westeurope'", 'outside the United Kingdom'],
  ['an open vault', "defaultAction: 'Deny'", "defaultAction: 'Allow'", 'only the apps reach the vault'],
  ['a bot of many tenants', "msaAppType: 'UserAssignedMSI'", "msaAppType: 'MultiTenant'", 'has no secret'],
  ['speech in the clear', 'allowInsecure: false', 'allowInsecure: true', 'nothing is spoken in the clear'],
  [
    'one principal for two works',
    'resource workerIdentity ',
    'resource otherIdentity ',
    'workerIdentity is a principal',
  ],
  [
    'an image by its tag',
    "          image: image\n          env: concat(shared, [\n            {\n              name: 'SERVER_ROLES'\n              value: 'worker'",
    "          image: 'registry.example/golden-thread:latest'\n          env: concat(shared, [\n            {\n              name: 'SERVER_ROLES'\n              value: 'worker'",
    'named by its digest',
  ],
];

test.each(ruled)('%s is caught', (_what, good, bad, said) => {
  expect(why(planted(good, bad), null).join('\n')).toContain(said);
});

test.each([
  ['a loop', "resource many 'A/b@1' = [for one in all: {}]", 'line 1'],
  ['a condition', "resource some 'A/b@1' = if (wanted) {}", 'line 1'],
  ['a module', "\nmodule net 'net.bicep' = {}", 'line 2: "module" is not used here'],
  ['a text without its end', "var a = 'b\nvar c = 'd'", 'line 1: a string without its end'],
  ['a choice', 'var a = b ? 1 : 2', 'line 1: "?" after an expression is not used here'],
])('%s is refused with its line, not skipped', (_what, text, said) => {
  expect(why(text, null).join('\n')).toContain(said);
});
