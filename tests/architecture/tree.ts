import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from './check.js';
import { rings } from './plan.js';
import { ringOf } from './rings.js';
import { emptyNames, notOurs, rooms, topLevel } from './rooms.js';
import type { Source } from './source.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every file of the project's rooms by its path from the root, sorted; folders end with '/'. */
export function readTree(): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (notOurs.includes(name)) continue;
      const path = folder + name;
      const isFolder = statSync(join(root, path)).isDirectory();
      found.push(isFolder ? `${path}/` : path);
      if (isFolder) walk(`${path}/`);
    }
  };
  walk('');
  return found;
}

export function readSources(tree: readonly string[]): Source[] {
  return tree
    .filter((path) => /^(bot|tab|manifest|infra|tests)\/.*\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Findings about what stands where. Takes the paths of readTree. */
export function checkTree(tree: readonly string[]): Finding[] {
  const rule = 'the tree is the house plan';
  const why = 'a newcomer finds every room at the first guess';
  const findings: Finding[] = [];
  const report = (path: string, what: string, instead: string) =>
    findings.push({ file: path, line: 1, what, rule, why, instead });
  const folders = new Set(tree.filter((path) => path.endsWith('/')));
  for (const path of tree) {
    const isFolder = path.endsWith('/');
    const parts = path.replace(/\/$/, '').split('/');
    const name = parts.at(-1) ?? '';
    const [top = '', second] = parts;
    if (parts.length === 1 && !topLevel.includes(top))
      report(path, 'stands at the top level', 'move it into bot/, tab/, manifest/, infra/ or tests/');
    if (parts.length === 2 && !allowedIn(top, second ?? '', isFolder))
      report(path, `is no room of ${top}/`, 'put it into the room it belongs to, or plan the room first');
    if (isFolder && emptyNames.test(name)) report(path, `is called ${name}`, 'name the folder after what is inside');
    // A corpus is what a test reads: sentences beside the test, of which nothing ships.
    const tested = isFolder && name !== 'corpus' && /^tests\/(bot|tab|manifest|infra)\/./.test(path);
    if (tested && !folders.has(path.slice('tests/'.length)))
      report(path, 'tests a folder that is not there', 'give tests the path of what they test');
    if (/^(bot|tab)\/.*\.tsx?$/.test(path) && !ringOf(path, rings))
      report(path, 'has no ring', 'move it into a planned room, or plan its ring');
  }
  return findings;
}

function allowedIn(top: string, name: string, isFolder: boolean): boolean {
  const strict = rooms[top];
  if (strict) return strict.includes(name);
  const folders = rooms[`${top}/*`];
  return !folders || !isFolder || folders.includes(name);
}
