import { expect, test } from '@jest/globals';
import { createClock } from '../../tab/clock.js';
import { endOf } from '../../tab/sign-in.js';

test('the tab’s time is the service’s', () => {
  const clock = createClock(() => Date.parse('2026-02-10T14:00:00Z'));
  expect(clock.now()).toBe(Date.parse('2026-02-10T14:00:00Z'));
  clock.heard('Wed, 11 Feb 2026 08:30:00 GMT');
  expect(clock.now()).toBe(Date.parse('2026-02-11T08:30:00Z'));
  clock.heard('Wed, 11 Feb 2026 08:30:01 GMT');
  expect(clock.now()).toBe(Date.parse('2026-02-11T08:30:00Z'));
  clock.heard(null);
  clock.heard('nonsense');
  expect(clock.now()).toBe(Date.parse('2026-02-11T08:30:00Z'));
});

test('whoever shows a time is told when it was set right, and only then', () => {
  const clock = createClock(() => Date.parse('2026-02-10T14:00:00Z'));
  const told: number[] = [];
  const end = clock.onSet(() => told.push(clock.now()));
  clock.heard('Tue, 10 Feb 2026 14:00:01 GMT');
  clock.heard('Wed, 11 Feb 2026 08:30:00 GMT');
  clock.heard('Wed, 11 Feb 2026 08:30:01 GMT');
  end();
  clock.heard('Thu, 12 Feb 2026 08:30:00 GMT');
  expect(told).toEqual([Date.parse('2026-02-11T08:30:00Z')]);
});

test('a token’s end is read from it, and one that does not say has none', () => {
  const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  expect(endOf(token({ exp: 1_770_000_000, name: 'Catrìona' }))).toBe(1_770_000_000_000);
  expect([endOf(token({})), endOf(token({ exp: 'soon' })), endOf('not a token')]).toEqual([0, 0, 0]);
});
