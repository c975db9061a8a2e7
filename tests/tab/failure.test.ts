import { describe, expect, test } from '@jest/globals';
import { errorCodes } from '../../bot/errors.js';
import { codeOf, Failure, failureCodes, failureFrom, isPassing } from '../../tab/failure.js';
import { say } from '../../tab/words.js';

test('every code that the service raises on purpose is known to the tab and has its words', () => {
  expect(errorCodes.filter((code) => !failureCodes.some((known) => known === code))).toEqual([]);
  expect(failureCodes.filter((code) => say(`failure.${code}`) === '')).toEqual([]);
});

describe('an answer that is not a good one', () => {
  test.each([
    [409, { code: 'stale', message: 'm' }, 'stale'],
    [409, { code: 'setting-unset', message: 'm' }, 'setting-unset'],
    [422, { code: 'concern', message: 'm' }, 'concern'],
    [403, { code: 'not-bound', message: 'm' }, 'not-bound'],
    [401, { code: 'sign-in', message: 'm' }, 'signed-out'],
    [404, null, 'not-found'],
    [429, 'slow down', 'unavailable'],
    [503, '<html>', 'unavailable'],
    [500, { code: 'failed', message: 'm' }, 'unexpected'],
    [418, {}, 'unexpected'],
  ])('%d with %p is %s', (status, body, code) => {
    expect(failureFrom(status, body).code).toBe(code);
  });

  test('keeps the name of the field, never a value', () => {
    expect(failureFrom(422, { code: 'invalid', message: 'm', where: 'place' }).where).toBe('place');
    expect(failureFrom(422, { code: 'invalid', message: 'm' }).where).toBeNull();
  });
});

test('only what passes by itself is tried again by itself', () => {
  expect(failureCodes.filter((code) => isPassing(new Failure(code)))).toEqual(['offline', 'unavailable']);
  expect(isPassing(new TypeError('a defect of ours'))).toBe(false);
  expect(codeOf(new TypeError('a defect of ours'))).toBe('unexpected');
});
