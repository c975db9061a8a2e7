import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { deliveryError, retryAfterMs } from '../../../bot/graph/failures.js';

const now = Temporal.Instant.from('2026-11-24T09:00:00Z');

test.each([
  // status, code, of a write, of a read
  [429, 'TooManyRequests', 'retry', 'retry'],
  [401, 'InvalidAuthenticationToken', 'retry', 'retry'],
  [412, 'ErrorIrresolvableConflict', 'retry', 'retry'],
  [400, 'ErrorInvalidRequest', 'refused', 'refused'],
  [403, 'ErrorAccessDenied', 'refused', 'refused'],
  [413, 'RequestEntityTooLarge', 'refused', 'refused'],
  [404, 'ErrorItemNotFound', 'gone', 'gone'],
  [410, 'syncStateNotFound', 'gone', 'gone'],
  [400, 'SyncStateNotFound', 'gone', 'gone'],
  [408, 'Timeout', 'ambiguous', 'retry'],
  [500, 'InternalServerError', 'ambiguous', 'retry'],
  [502, undefined, 'ambiguous', 'retry'],
  [503, 'ServiceUnavailable', 'ambiguous', 'retry'],
  [504, 'GatewayTimeout', 'ambiguous', 'retry'],
  [undefined, 'no-answer', 'ambiguous', 'retry'],
])('%s %s', (status, code, write, read) => {
  const failure = { ...(status ? { status } : {}), ...(code ? { code } : {}) };
  expect([deliveryError(failure, false).kind, deliveryError(failure, true).kind]).toEqual([write, read]);
});

test('a call that never left is simply to be made again', () => {
  expect(deliveryError({ code: 'ECONNREFUSED', unsent: true }, false).kind).toBe('retry');
});

test('a code that could carry words is not repeated', () => {
  expect(deliveryError({ status: 400, code: 'Jamie Murray is busy' }, false).message).toBe(
    'refused: unreadable-code (400)',
  );
});

test('Retry-After is seconds or a date', () => {
  expect(retryAfterMs('17', now)).toBe(17_000);
  expect(retryAfterMs('Tue, 24 Nov 2026 09:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Tue, 24 Nov 2026 08:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('soon', now)).toBeNull();
  expect(retryAfterMs(null, now)).toBeNull();
});
