import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';

const text = readFileSync('infra/registrations.md', 'utf8');
/** The third column of the table of principals: what each asks for. */
const declared = new Set(
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*-/.test(line))
    .slice(1)
    .flatMap((line) => [...(line.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, scope]) => scope)),
);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** Without comments: they name what is not asked for. */
const code = [...sources('bot'), ...sources('tab')].join('\n').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const manifest = z
  .looseObject({ permissions: z.array(z.string()), authorization: z.unknown().optional() })
  .parse(JSON.parse(readFileSync('manifest/manifest.json', 'utf8')));

/** Every scope or resource that a token is asked for by. */
const asked = new Set([
  ...(code.match(/https:\/\/[\w.-]+\/\.default/g) ?? []),
  ...(code.match(/https:\/\/ossrdbms-aad[\w.-]+/g) ?? []),
  ...(code.match(/(?<=[/'])access_as_user(?=[`'])/g) ?? []),
  ...manifest.permissions,
]);

test('what is asked for stands in the table, and nothing else does but Exchange’s own grant', () => {
  expect(asked).toContain('https://graph.microsoft.com/.default');
  expect([...asked].filter((scope) => !declared.has(scope))).toEqual([]);
  expect([...declared].filter((scope) => !asked.has(scope ?? ''))).toEqual(['Application Calendars.ReadWrite']);
});

test('no permission of Graph or of a channel is named anywhere in the code or the package', () => {
  const named = /['"`](?:[A-Z]\w+\.){1,2}(?:Read|ReadWrite|ReadBasic|Send|Selected)(?:\.\w+)*['"`]/g;
  expect(code.match(named) ?? []).toEqual([]);
  expect("scopes: ['User.Read.All']".match(named)).toHaveLength(1);
  expect(JSON.stringify(manifest.authorization ?? {})).not.toMatch(/ChannelMessage|TeamMember\.Read/);
});
