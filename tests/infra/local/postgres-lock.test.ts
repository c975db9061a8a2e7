import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DataInUse, processIdentity, takeLock } from '../../../infra/local/postgres-lock.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

// Above every pid that Linux gives out by default (4194304 is the ceiling of /proc/sys/kernel/pid_max).
const deadPid = 4_194_304;
const holder = (over: object) =>
  JSON.stringify({ token: 't', pid: deadPid, born: '1', startedAt: 'yesterday', port: 5433, ...over });

test('a second taker is told who holds it, since when and on which port', () => {
  const lock = takeLock(file);
  lock.note(5433);
  expect(() => takeLock(file)).toThrow(DataInUse);
  expect(() => takeLock(file)).toThrow(
    new RegExp(
      `already in use by process ${process.pid}, started 20..-.*port 5433\\. Stop that one first \\(kill ${process.pid}\\)`,
    ),
  );
});

test('it is free again once released, and nothing is left behind', () => {
  takeLock(file).release();
  takeLock(file).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a holder that died is taken over', () => {
  writeFileSync(file, holder({}));
  expect(takeLock(file).abandonedBy).toMatchObject({ pid: deadPid, port: 5433 });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(readdirSync(folder)).toEqual(['lock']);
});

test("a process that was given a dead holder's number does not hold the lock", () => {
  writeFileSync(file, holder({ pid: process.pid, born: 'another time' }));
  expect(takeLock(file).abandonedBy).toMatchObject({ pid: process.pid });
});

test("a lock that cannot be read is nobody's", () => {
  writeFileSync(file, '{"pid":');
  takeLock(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('releasing does not take away what somebody else has taken since', () => {
  const lock = takeLock(file);
  writeFileSync(file, holder({}));
  lock.release();
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('a running process has an identity, a dead one has none', () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).not.toBeNull();
  expect(processIdentity(deadPid)).toBeNull();
});
