import { expect, test } from '@jest/globals';
import { checkSources, describeFinding, idleExceptions, readAll } from './architecture/check.js';
import { checkTree, readSources, readTree } from './architecture/tree.js';

const tree = readTree();
const read = readAll(readSources(tree), tree);

test('imports point up the house plan, without circles', () => {
  expect(read.length).toBeGreaterThan(200);
  expect(checkSources(read).map(describeFinding)).toEqual([]);
});

test('the tree holds the planned rooms and nothing else', () => {
  expect(checkTree(tree).map(describeFinding)).toEqual([]);
});

test('every exception in the plan is still needed', () => {
  expect(idleExceptions(read)).toEqual([]);
});
