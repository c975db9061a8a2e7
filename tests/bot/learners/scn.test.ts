import { expect, test } from '@jest/globals';
import { readScn, scnCheckDigit } from '../../../bot/learners/scn.js';

test.each(['123456785', '240000040', '051234561', '05 123 4561'])('%s is valid', (scn) => {
  expect(readScn(scn)).toBe(scn.replaceAll(' ', ''));
});
test.each(['123456784', '12345678', '1234567850', '24000030x', '', '12345678５'])('%s is not', (scn) => {
  expect(readScn(scn)).toBeNull();
});
test('remainder one is never issued', () => expect(scnCheckDigit('24000030')).toBeNull());
test('every single-digit slip is noticed', () => {
  const scn = '051234561';
  for (let place = 0; place < 9; place++)
    for (let digit = 0; digit < 10; digit++) {
      const other = scn.slice(0, place) + String(digit) + scn.slice(place + 1);
      expect(readScn(other)).toBe(other === scn ? scn : null);
    }
});
