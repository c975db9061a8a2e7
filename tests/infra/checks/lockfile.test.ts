import { expect, test } from '@jest/globals';
import { lockFindings } from '../../../infra/checks/lockfile.js';

const lock = (packages: Record<string, unknown>) => JSON.stringify({ packages });
const wants = { optionalDependencies: { '@x/darwin': '1.0.0' } };

test('an optional package of another system is in the lock, beside or around what wants it', () => {
  expect(lockFindings(lock({ 'node_modules/x': wants, 'node_modules/@x/darwin': {} }))).toEqual([]);
  expect(lockFindings(lock({ 'node_modules/x': wants, 'node_modules/x/node_modules/@x/darwin': {} }))).toEqual([]);
  expect(lockFindings(lock({ 'node_modules/y/node_modules/x': wants, 'node_modules/@x/darwin': {} }))).toEqual([]);
});

test('one that is not there is named', () => {
  const [finding] = lockFindings(lock({ 'node_modules/y/node_modules/x': wants }));
  expect(finding).toBe(
    'node_modules/y/node_modules/x wants @x/darwin, which the lock does not have: npm ci would refuse it',
  );
  expect(lockFindings(lock({ 'node_modules/x': wants, 'node_modules/y/node_modules/@x/darwin': {} }))).toHaveLength(1);
});

test('a lock names no host', () => {
  const findings = lockFindings(lock({ 'node_modules/x': { resolved: 'https://registry.example/x.tgz' } }));
  expect(findings.join()).toContain('names the host');
});
