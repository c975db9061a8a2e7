/** One home for each library that would spread if it could. Replacing it is then the work of one file or folder. */
export interface Home {
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly instead: string;
}

export const homes: readonly Home[] = [
  {
    packages: ['botbuilder', 'botbuilder-*', 'botframework-connector', 'botframework-schema'],
    files: ['bot/chat/**'],
    instead: 'the SDK is past its support and is contained in bot/chat: use the notifier port of the context',
  },
  {
    packages: ['@microsoft/microsoft-graph-client', '@azure/msal-node', 'windows-iana'],
    files: ['bot/graph/**'],
    instead: 'use the calendar port of the context; tokens come from createTokens, given by bot/app.ts',
  },
  {
    packages: ['jose'],
    files: ['bot/access/{signing-keys,verified-token,audit-*}.ts'],
    instead: 'a token is checked in one place: call verifyToken',
  },
  {
    packages: ['pg'],
    files: ['bot/db/{connections,database,migrate}.ts'],
    instead: 'take the Database or the transaction as an argument',
  },
  {
    packages: ['kysely'],
    files: ['bot/db/**', 'bot/access/**', 'bot/*/{repository,*-repository}.ts'],
    instead: 'SQL stands in repository.ts; a service calls its functions with trx',
  },
  {
    packages: ['csv-parse', 'saxes', 'fflate'],
    files: ['bot/files/**'],
    instead: 'a file somebody uploaded is read through the sheets port of the context',
  },
  { packages: ['pino'], files: ['bot/log.ts'], instead: 'use the typed log of the context' },
  { packages: ['uuid'], files: ['bot/random.ts'], instead: 'use random.id() of the context' },
  { packages: ['i18next'], files: ['bot/language/index.ts'], instead: 'use speaker() and a catalogue' },
  {
    packages: ['fastify', 'fastify-type-provider-zod', '@fastify/*'],
    files: ['bot/api/**', 'bot/chat/endpoint.ts'],
    instead: 'HTTP ends at the edge: take plain values',
  },
  { packages: ['@microsoft/teams-js'], files: ['tab/teams.ts'], instead: 'use the Teams object of tab/teams.ts' },
  { packages: ['@azure/msal-browser'], files: ['tab/sign-in.ts'], instead: 'use createSignIn of tab/sign-in.ts' },
];
