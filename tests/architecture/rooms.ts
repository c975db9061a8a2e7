import { featureNames } from './plan.js';

/** The tree: what may stand where. A new room is first a new line in the house plan, with its reason in infra/decisions. */
export const topLevel: readonly string[] = [
  ...['bot', 'tab', 'manifest', 'infra', 'tests'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'eslint.config.js', 'README.md', 'LICENSE'],
  ...['m365agents.yml', 'm365agents.local.yml', 'm365agents.playground.yml'],
  ...['.ci', '.github', '.gitignore', '.gitattributes', '.prettierignore', '.dockerignore', '.editorconfig', '.nvmrc'],
];

/** Made by tools and by running; not part of the project. */
export const notOurs: readonly string[] = [
  ...['node_modules', 'dist', 'coverage', 'test-results', 'devTools', '.git', '.data', '.vscode', '.idea', '.DS_Store'],
];

/** Folder -> the names that may stand in it. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  bot: [
    ...['main.ts', 'app.ts', 'cli.ts', 'config.ts', 'context.ts', 'time.ts', 'log.ts', 'errors.ts', 'random.ts'],
    ...['language', 'access', ...featureNames, 'chat', 'api', 'graph', 'files', 'db', 'jobs'],
  ],
  // `shell` is the frame around every page: unlike ui it knows router and query.
  'tab/*': [...featureNames, 'today', 'workload', 'numbers', 'settings', 'ui', 'shell', 'outlook'],
  'manifest/*': ['languages', 'icons'],
  'infra/*': ['env', 'local', 'checks', 'decisions', 'screenshots'],
  'tests/*': [
    ...[
      'bot',
      'tab',
      'manifest',
      'infra',
      'architecture',
      'support',
      'contracts',
      'e2e',
      'bench',
      'faults',
      'walls',
      'canaries',
    ],
  ],
};

/** Names that say nothing, and so collect everything. */
export const emptyNames = /^(utils?|helpers?|commons?|misc|stuff|lib|base)$/;
