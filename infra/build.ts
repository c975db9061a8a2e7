import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path: string) => join(root, path);

/** Where the built tab is served from; its page is index.html. */
export const tabDirectory = at('dist/tab');
/** Where the script of the local host page is served from. */
export const hostPageDirectory = at('dist/local');

/** Everything that the tab and the host page are made from. */
const sources = [
  'tab',
  'bot/language',
  'bot/people',
  'bot/learners',
  'bot/requests',
  'bot/reviews',
  'bot/access/roles.ts',
  'infra/vite.config.ts',
  'infra/local/host-page-client.ts',
  'package-lock.json',
];

/** Builds the tab into dist/tab and the script of the local host page into dist/local. */
export async function buildTab(): Promise<void> {
  await build({ configFile: at('infra/vite.config.ts'), logLevel: 'warn' });
  await build({
    configFile: false,
    root: at('infra/local'),
    logLevel: 'warn',
    build: {
      outDir: hostPageDirectory,
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry: at('infra/local/host-page-client.ts'), formats: ['es'], fileName: () => 'host-page.js' },
    },
  });
}

/** As buildTab, when something has been changed since it was last built. True when it was. */
export async function buildTabIfStale(): Promise<boolean> {
  const built = await Promise.all(
    [join(tabDirectory, 'index.html'), join(hostPageDirectory, 'host-page.js')].map(changedAt),
  );
  const changed = await Promise.all(sources.map((source) => newest(at(source))));
  if (Math.max(...changed) <= Math.min(...built)) return false;
  await buildTab();
  return true;
}

/** Milliseconds since 1970; 0 when there is nothing there. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}

async function newest(path: string): Promise<number> {
  const names = await readdir(path).catch(() => null);
  if (names === null) return changedAt(path);
  return Math.max(0, ...(await Promise.all(names.map((name) => newest(join(path, name))))));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildTab();
