import { expect, test } from '@jest/globals';
import { findAuthority, scottishAuthorities } from '../../../bot/people/authorities.js';

test('there are 32, each with a code of its own', () => {
  expect(scottishAuthorities).toHaveLength(32);
  const codes = scottishAuthorities.flatMap(({ code, retiredCodes }) => [code, ...retiredCodes]);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^S12\d{6}$/);
});

test('old data still carries retired codes', () => {
  expect(findAuthority(' s12000015 ')?.name).toBe('Fife');
  expect(findAuthority('S12000046')?.name).toBe('Glasgow City');
  expect(findAuthority('S12000047')?.name).toBe('Fife');
  expect(findAuthority('E09000001')).toBeNull();
});
