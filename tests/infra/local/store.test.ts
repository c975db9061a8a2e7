import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createStore } from '../../../infra/local/store.js';
import { graphCaller, invitation, reviews, textAt, world } from '../../support/local-microsoft365.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'm365-'));
  file = join(folder, 'deep', 'state.json');
});
afterEach(async () => rm(folder, { recursive: true }));

const onDisk = async () => JSON.parse(await readFile(file, 'utf8')) as unknown;

test('what was changed is on disk once saved, also when it changed during a write', async () => {
  const store = createStore(file);
  const part = store.part<{ count: number }>('counter', () => ({ count: 0 }));
  for (let n = 1; n <= 40; n += 1) {
    part.count = n;
    store.changed();
    if (n % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 8));
    if (n % 10 !== 0) continue;
    await store.saved();
    expect(await onDisk()).toEqual({ counter: { count: n } });
  }
  await store.close();
  expect(await readdir(join(folder, 'deep'))).toEqual(['state.json']);
});

test('parts are reloaded by name', async () => {
  const first = createStore(file);
  first.part('a', () => ({ n: 1 }));
  first.part('b', () => ({ n: 2 }));
  first.changed();
  await first.close();
  expect(createStore(file).part('b', () => ({ n: 9 }))).toEqual({ n: 2 });
});

test('a file that cannot be read stops the start; it is never taken for an empty one', async () => {
  await writeFile(join(folder, 'bad.json'), '{"half":');
  expect(() => createStore(join(folder, 'bad.json'))).toThrow(SyntaxError);
});

test('an event is on disk before its caller hears of it', async () => {
  const m365 = await world({ stateFile: file }).start();
  const made = await (await graphCaller(m365))('POST', `/users/${reviews}/events`, invitation());
  expect(await readFile(file, 'utf8')).toContain(textAt(made.body, 'id'));
  await m365.close();
});
