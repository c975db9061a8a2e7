import { describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { DeliveryError } from '../../../bot/context.js';
import { AppError, type ErrorCode } from '../../../bot/errors.js';
import { judgeFailure, RunTimeout } from '../../../bot/jobs/verdict.js';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const judge = (error: unknown, attempt = 1, chance = 1) =>
  judgeFailure(error, { attempt, maxAttempts: 25, now, chance });
const waited = (error: unknown, attempt = 1, chance = 1) => {
  const verdict = judge(error, attempt, chance);
  if (verdict.kind !== 'retry') throw new Error(`it was ${verdict.kind}`);
  return verdict.at.epochMilliseconds - now.epochMilliseconds;
};

describe('what becomes of a job that failed', () => {
  test('refused and gone are final and say what the far side said', () => {
    expect(judge(new DeliveryError('refused', { status: 400, code: 'ErrorInvalidRecipients' }))).toEqual({
      kind: 'dead',
      code: 'refused 400 ErrorInvalidRecipients',
    });
    expect(judge(new DeliveryError('gone', { status: 404 }))).toEqual({ kind: 'dead', code: 'gone 404' });
  });

  test('a wait that the far side asked for is kept to the letter, up to an hour', () => {
    expect(waited(new DeliveryError('retry', { status: 429, retryAfterMs: 17_000 }), 1, 0)).toBe(17_000);
    expect(waited(new DeliveryError('retry', { status: 503, retryAfterMs: 1e9 }))).toBe(3_600_000);
  });

  test.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [24, 300_000],
  ])('after attempt %i it waits up to %i ms, and never less than half of that', (attempt, most) => {
    expect(waited(new DeliveryError('ambiguous', { status: 504 }), attempt, 1)).toBe(most);
    expect(waited(new DeliveryError('ambiguous', { status: 504 }), attempt, 0)).toBe(most / 2);
  });

  test('the last attempt ends it', () => {
    expect(judge(new DeliveryError('retry', { status: 503 }), 25)).toEqual({ kind: 'dead', code: 'retry 503' });
  });

  test.each<[ErrorCode, string]>([
    ['unavailable', 'retry'],
    ['stale', 'retry'],
    ['not-found', 'dead'],
    ['setting-unset', 'dead'],
    ['forbidden', 'dead'],
  ])('our own %s means %s', (code, kind) => {
    expect(judge(new AppError(code))).toMatchObject({ kind, code });
  });

  test('an unexpected error is tried again, and neither its message nor a strange code leaves', () => {
    const broken = Object.assign(new Error('duplicate key (email)=(somebody@council.example)'), { code: '23505' });
    expect(judge(broken)).toMatchObject({ kind: 'retry', code: 'error Error 23505' });
    expect(judge(new RunTimeout())).toMatchObject({ kind: 'retry', code: 'timeout' });
    const talkative = new DeliveryError('refused', { status: 400, code: 'Mail to <eilidh@council.example> failed' });
    expect(judge(talkative)).toMatchObject({ code: 'refused 400' });
  });
});
