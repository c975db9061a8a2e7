/**
 * `npm run package -- --env <name>` fills manifest.json from infra/env/.env.<name> and writes dist/manifest/golden-thread.<name>.zip,
 * ready for upload. `--check` builds from the example and writes nothing.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPackage } from './app-package.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { env: { type: 'string' }, check: { type: 'boolean' } } });
const name = values.env ?? 'example';
const settings = join(root, 'infra', 'env', `.env.${name}`);

try {
  if (!existsSync(settings)) throw new Error(`There is no ${settings}: copy .env.example and put your own values in.`);
  const read = (file: string) => readFileSync(join(root, 'manifest', file));
  const built = buildPackage({
    manifest: read('manifest.json').toString(),
    settings: readFileSync(settings, 'utf8'),
    icons: new Map(['color.png', 'outline.png'].map((file) => [file, read(file)])),
  });
  if (values.check || !values.env) console.log('The manifest is valid.');
  else {
    const target = join(root, 'dist', 'manifest', `golden-thread.${name}.zip`);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, built.zip);
    console.log(`Wrote ${target} (${built.zip.length} bytes).`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
