/**
 * "Allowed direction" of the house plan as data. A file belongs to the first ring that names it; it may import what its ring
 * lists and nothing else. 'own pure' and 'earlier service' are said of features, which know each other in one order.
 */
export type RingName =
  | ('start' | 'config' | 'language' | 'plain' | 'context' | 'records' | 'store' | 'access')
  | ('contract' | 'settings' | 'repository' | 'service' | 'pure')
  | ('cards' | 'chat' | 'api' | 'jobs' | 'graph' | 'files')
  | ('tab words' | 'tab parts' | 'tab' | 'manifest' | 'tools' | 'local' | 'tests');

type Listed = RingName | `${'own' | 'earlier'} ${RingName}`;

export interface Ring {
  readonly name: RingName;
  readonly files: readonly string[];
  readonly mayImport: readonly Listed[] | 'everything';
  /** Of everything, all but this. */
  readonly except?: RingName;
  /** Only as types, which are gone when the program runs. */
  readonly mayImportTypes?: readonly Listed[];
  /** npm packages and node's modules; '*' ends a prefix. */
  readonly mayUse: readonly string[];
  readonly why: string;
  readonly instead: string;
}

/** Each may use those on earlier lines; those of one line do not know each other. */
export const features = [
  ['people'],
  ['learners'],
  ['requests', 'plans', 'support'],
  ['reviews'],
  ['measures'],
  ['network'],
] as const;

export const featureNames: readonly string[] = features.flat();

export function featureOf(path: string): string | null {
  const [room, name = ''] = path.split('/');
  return room === 'bot' && featureNames.includes(name) ? name : null;
}

const feature = `bot/{${featureNames.join(',')}}`;
const vocabulary = ['plain', 'language'] as const;
const edge = ['service', 'contract', 'pure', 'context', 'access', 'records', ...vocabulary] as const;

export const rings: readonly Ring[] = [
  {
    name: 'start',
    files: ['bot/{app,main,cli}.ts'],
    mayImport: 'everything',
    except: 'local',
    mayUse: ['*'],
    why: 'the composition root puts everything together, so nothing may depend on it',
    instead: 'take what you need as an argument; bot/app.ts passes it in',
  },
  {
    name: 'config',
    files: ['bot/config.ts'],
    mayImport: [],
    mayUse: ['zod'],
    why: 'settings are read once, at start, and a wrong one is named there',
    instead: 'keep bot/config.ts to reading; what is built of it stands in bot/app.ts',
  },
  {
    name: 'language',
    files: ['bot/language/**'],
    mayImport: ['language'],
    mayUse: ['i18next'],
    why: 'cards and tab share the catalogues, so they may bring nothing else along',
    instead: 'pass values into the words as {{holes}}',
  },
  {
    name: 'plain',
    files: ['bot/{time,errors}.ts', 'bot/access/{roles,reach,visibility,guid}.ts'],
    mayImport: ['plain'],
    mayUse: ['temporal-polyfill'],
    why: 'everything stands on these, so they stand on nothing',
    instead: 'move what needs more into the room that has it',
  },
  {
    name: 'context',
    files: ['bot/{context,log,random}.ts'],
    mayImport: ['context', 'plain'],
    mayImportTypes: ['store'],
    mayUse: ['temporal-polyfill', 'pino', 'uuid', 'node:crypto'],
    why: 'the context is what a service is given: ports and their plain data, not what implements them',
    instead: 'declare the port here and implement it in an edge folder',
  },
  {
    name: 'records',
    files: ['bot/db/{outbox,outbox-queue,timer,timer-queue,posted-cards,inbox,dead-letters,feed,housekeeping}.ts'],
    mayImport: ['records', 'store', 'plain'],
    mayImportTypes: ['context'],
    mayUse: ['kysely', 'temporal-polyfill'],
    why: 'delivery records are rows; what is done about them is the edges’ business',
    instead: 'return plain rows and let bot/jobs or bot/chat act on them',
  },
  {
    name: 'store',
    files: ['bot/db/**', 'bot/access/audit.ts'],
    mayImport: ['store', 'records', 'plain'],
    mayImportTypes: ['context'],
    mayUse: ['kysely', 'pg', 'temporal-polyfill', 'node:**'],
    why: 'the database is below everything that uses it',
    instead: 'take plain values; a rule about them belongs in a feature',
  },
  {
    name: 'access',
    files: ['bot/access/**'],
    mayImport: ['access', 'store', 'records', 'plain'],
    mayImportTypes: ['context'],
    mayUse: ['kysely', 'jose', 'zod', 'temporal-polyfill', 'node:**'],
    why: 'who may do what is asked by every feature, so it can know none of them',
    instead: 'pass the ids in; a question about one feature belongs in that feature',
  },
  {
    name: 'contract',
    files: [`${feature}/contract.ts`, `${feature}/*-contract.ts`],
    mayImport: ['own pure', 'own contract', 'plain'],
    mayUse: ['zod'],
    why: 'the tab is built with it: whatever a contract imports is sent to the browser',
    instead: 'import zod and your own noun; repeat a small shape rather than reach into another feature',
  },
  {
    name: 'settings',
    files: [`${feature}/settings.ts`],
    mayImport: ['own pure', 'earlier pure', 'earlier settings', 'plain'],
    mayImportTypes: ['context', 'store'],
    mayUse: ['zod', 'temporal-polyfill'],
    why: 'a setting is a declaration: its shape, its words, and whether unset refuses',
    instead: 'read it with readSetting() in service.ts',
  },
  {
    name: 'repository',
    files: [`${feature}/repository.ts`, `${feature}/*-repository.ts`],
    mayImport: ['own repository', 'own pure', 'earlier pure', 'store', 'records', 'plain'],
    mayImportTypes: ['own contract', 'context'],
    mayUse: ['kysely', 'temporal-polyfill'],
    why: 'SQL answers with rows and decides nothing',
    instead: 'return the rows; decide in a <rule>.ts and put the two together in service.ts',
  },
  {
    name: 'service',
    files: [`${feature}/{service,reading}.ts`, `${feature}/*-{service,reading}.ts`, 'bot/jobs/deliveries.ts'],
    mayImport: [
      ...(['own pure', 'own contract', 'own repository', 'own settings', 'own service'] as const),
      ...(['earlier pure', 'earlier contract', 'earlier settings', 'earlier service'] as const),
      ...(['context', 'access', 'store', 'records', ...vocabulary] as const),
    ],
    mayUse: ['zod', 'temporal-polyfill', 'node:crypto'],
    why: 'a users’ verb is one transaction over our own parts; what must reach Teams, Graph or mail is an outbox row',
    instead:
      'enqueue a job in the transaction, or use a port of the context outside it; for another feature’s data call its service, and for a later feature’s let it read the activity feed',
  },
  {
    name: 'pure',
    files: [`${feature}/*.ts`, 'bot/learners/matching/**'],
    mayImport: ['own pure', 'earlier pure', ...vocabulary],
    // A row is the entity until there is a reason otherwise.
    mayImportTypes: ['own contract', 'own repository', 'earlier contract', 'context'],
    mayUse: ['temporal-polyfill'],
    why: 'nouns and rules are plain data in and an answer out, so that the rule people argue about is one readable page',
    instead:
      'take rows and the time as arguments; SQL stands in repository.ts, shapes in contract.ts, the verb in service.ts',
  },
  {
    name: 'cards',
    files: ['bot/chat/cards/**', 'bot/chat/words.ts'],
    mayImport: ['cards', 'pure', ...vocabulary],
    mayImportTypes: ['contract'],
    mayUse: ['temporal-polyfill'],
    why: 'a card is a pure function from a view to JSON, so that every state can be drawn and checked',
    instead: 'take a view as argument; bot/chat/renderers.ts reads it from a service',
  },
  {
    name: 'chat',
    files: ['bot/chat/**'],
    mayImport: ['chat', 'cards', ...edge],
    mayImportTypes: ['store'],
    mayUse: ['botbuilder', 'botframework-connector', 'fastify', '@fastify/*', 'zod', 'temporal-polyfill', 'node:**'],
    why: 'an edge translates: it reads and changes nothing but through a service',
    instead: 'call a service of the feature; what two edges share belongs in access/ or in a port of the context',
  },
  {
    name: 'api',
    files: ['bot/api/**'],
    mayImport: ['api', ...edge],
    mayImportTypes: ['store', 'settings'],
    mayUse: ['fastify', 'fastify-type-provider-zod', '@fastify/*', 'zod', 'temporal-polyfill', 'node:**'],
    why: 'an edge translates: it reads and changes nothing but through a service',
    instead: 'call a service of the feature; what two edges share belongs in access/ or in a port of the context',
  },
  {
    name: 'jobs',
    files: ['bot/jobs/**'],
    mayImport: ['jobs', ...edge],
    mayImportTypes: ['store'],
    mayUse: ['zod', 'temporal-polyfill', 'node:**'],
    why: 'a job is a wake-up for a service: it decides nothing and knows no SDK',
    instead: 'call a service of the feature, and ports of the context for Teams and Graph',
  },
  {
    name: 'graph',
    files: ['bot/graph/**'],
    mayImport: ['graph', 'context', ...vocabulary],
    mayUse: [
      ...['@microsoft/microsoft-graph-client', '@azure/msal-node', 'windows-iana'],
      ...['zod', 'temporal-polyfill', 'node:**'],
    ],
    why: 'Graph is behind ports of the context and knows nothing of us',
    instead: 'implement the port with plain data; the service or the job calls it',
  },
  {
    name: 'files',
    files: ['bot/files/**'],
    mayImport: ['files', 'context', 'plain'],
    mayUse: ['csv-parse', 'fflate', 'saxes', 'node:worker_threads'],
    why: 'what people upload is hostile input: it is taken apart in one room that knows nothing of us',
    instead: 'read it through the sheets port of the context: rows of text, or SheetRefused',
  },
  {
    name: 'tab words',
    files: ['tab/{words,failure,clock}.ts'],
    mayImport: ['tab words', 'contract', ...vocabulary],
    mayUse: ['zod', 'temporal-polyfill'],
    why: 'words, failures and the time are what every part of the tab speaks of',
    instead: 'keep them free of React, router and query',
  },
  {
    name: 'tab parts',
    files: ['tab/ui/**'],
    mayImport: ['tab parts', 'tab words', 'contract', ...vocabulary],
    mayImportTypes: ['pure'],
    mayUse: [
      'react',
      'react-dom',
      '@fluentui/*',
      '@tanstack/react-table',
      '@tanstack/react-virtual',
      'temporal-polyfill',
    ],
    why: 'parts know no router and no query, so that any page can use them and a test can draw them',
    instead: 'take data, words and callbacks as props; the page reads and navigates',
  },
  {
    name: 'tab',
    files: ['tab/**'],
    mayImport: ['tab', 'tab parts', 'tab words', 'contract', 'pure', ...vocabulary],
    mayUse: [
      ...['react', 'react-dom', 'react-router', '@fluentui/*', '@tanstack/*'],
      ...['@azure/msal-browser', '@microsoft/teams-js', 'adaptivecards', 'temporal-polyfill', 'zod'],
    ],
    why: 'what the tab imports is sent to every browser',
    instead: 'ask the API, in the shapes of bot/<feature>/contract.ts',
  },
  {
    name: 'manifest',
    files: ['manifest/**'],
    mayImport: ['manifest'],
    mayUse: ['ajv-draft-04', 'ajv-formats', 'fflate', 'node:**'],
    why: 'the app package is built from its own folder and settings, whatever the server is made of',
    instead: 'pass the value in by infra/env',
  },
  {
    name: 'local',
    files: ['infra/local/**'],
    mayImport: 'everything',
    mayUse: ['*'],
    why: 'Microsoft 365 on this machine is absent from the image and may never be reachable in production',
    instead: 'give bot/ an address by its configuration; only tests and infra/local import from here',
  },
  {
    name: 'tools',
    files: ['infra/**'],
    mayImport: ['tools', 'manifest', 'store', 'context', 'plain'],
    mayUse: ['*'],
    why: 'checks and builds look at the project from outside',
    instead: 'read the files, or start the program as a user would',
  },
  {
    name: 'tests',
    files: ['tests/**'],
    mayImport: 'everything',
    mayUse: ['*'],
    why: 'nothing that ships may need a test',
    instead: 'move what is shared into the code that is tested',
  },
];

/** Where a rule is broken knowingly. Each is one import and says why; an exception nobody needs any more is an error. */
export const exceptions: readonly { readonly from: string; readonly to: string; readonly because: string }[] = [
  {
    from: 'bot/people/settings.ts',
    to: 'bot/people/settings-repository.ts',
    because:
      'it is the mechanism that every declared setting is read through, and the first feature is where all reach it',
  },
  {
    from: 'bot/chat/card-actions.ts',
    to: 'bot/db/database.ts',
    because:
      'a press does a verb and is answered with how it then stands: inOneTransaction() joins the two services’ calls',
  },
  {
    from: 'bot/cli.ts',
    to: 'infra/local/command-database.ts',
    because:
      'on a laptop, where no database is named, the console uses the one npm start keeps; loaded only then, and left out of the image',
  },
];
