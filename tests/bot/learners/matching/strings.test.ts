import { describe, expect, test } from '@jest/globals';
import { isAnagram, jaroWinkler, withinOneEdit } from '../../../../bot/learners/matching/strings.js';

describe('Jaro-Winkler', () => {
  // Winkler's own examples.
  test.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['', '', 1],
    ['a', '', 0],
  ])('%s and %s', (a, b, alike) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(alike, 4);
    expect(jaroWinkler(b, a)).toBeCloseTo(alike, 4);
  });
});

test.each([
  ['smith', 'smyth', true],
  ['smith', 'smiht', true],
  ['smith', 'smithe', true],
  ['smith', 'mith', true],
  ['smith', 'smith', true],
  ['smith', 'smtihe', false],
  ['smith', 'htims', false],
  ['ab', 'ba', true],
  ['', 'a', true],
  ['', 'ab', false],
])('%s and %s are within one edit: %s', (a, b, within) => {
  expect(withinOneEdit(a, b)).toBe(within);
  expect(withinOneEdit(b, a)).toBe(within);
});

test('the same characters in another order', () => {
  expect(isAnagram('2148', '1248')).toBe(true);
  expect(isAnagram('2148', '2149')).toBe(false);
  expect(isAnagram('ad', 'bc')).toBe(false);
});
