/** One part of the check: a command of node's or of node_modules/.bin. */
export interface Part {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** The slowest first: two run at a time. Lint also finds words that stand outside the catalogues. */
export const parts: readonly Part[] = [
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'architecture', command: ['node', ...jest, 'tests/architecture'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', command: ['knip', '--config', 'infra/checks/knip.json', '--no-progress', '--no-config-hints'] },
  { name: 'manifest', command: ['node', '--import', 'tsx', 'manifest/build.ts', '--check'] },
  { name: 'lock', command: ['node', '--import', 'tsx', 'infra/checks/lockfile.ts'] },
  { name: 'bicep', command: ['node', '--import', 'tsx', 'infra/checks/bicep.ts'] },
  { name: 'citus', command: ['node', '--import', 'tsx', 'infra/checks/citus-sql.ts'] },
];
