import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const require = createRequire(import.meta.url);
const { dress }: { dress(html: string): string } = require('../../../infra/local/playground-page.cjs');

test('the Playground’s own page, as this release has it, takes what is added to it and loses nothing', () => {
  const program = require.resolve('@microsoft/m365agentsplayground/cli.js');
  const page = readFileSync(join(dirname(program), 'dist', 'client', 'index.html'), 'utf8');
  const dressed = dress(page);
  expect(dressed).toMatch(/<style>[^<]*max-width: 930px[^<]*<\/style><\/head>/);
  expect(dressed).toMatch(/<script>[^<]*treeitem[^<]*<\/script><\/body>/);
  expect(dressed.replace(/<style>[^<]*<\/style>/, '').replace(/<script>[^<]*<\/script>/, '')).toBe(page);
});
