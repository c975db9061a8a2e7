import { describe, expect, test } from '@jest/globals';
import { type FieldKind, normalise } from '../../../../bot/learners/matching/normalise.js';
import {
  compareForenames,
  compareSurnames,
  nameLevels,
  soundOf,
  surnameStem,
} from '../../../../bot/learners/matching/names.js';
import { compareDates, dateLevels } from '../../../../bot/learners/matching/dates.js';

test.each<[FieldKind, string, string]>([
  ['surname', " O'Hare ", 'ohare'],
  ['surname', 'O’HARE-ROSS', 'ohare ross'],
  ['surname', 'Wójcik', 'wojcik'],
  ['forename', 'Łukasz', 'lukasz'],
  ['forename', 'MÒRAG', 'morag'],
  ['forename', 'Unknown', ''],
  ['forename', 'baby', ''],
  ['surname', 'N/K', ''],
  ['birth-date', '2014-03-09', '20140309'],
  ['birth-date', '09/03/2014', '20140309'],
  ['birth-date', '9.3.2014', '20140309'],
  ['birth-date', '20140309', '20140309'],
  ['birth-date', '2014-03-09T00:00:00Z', '20140309'],
  ['birth-date', '09/03/14', ''],
  ['birth-date', 'not known', ''],
  ['postcode', 'eh12 8ab', 'eh128ab'],
  ['sex', 'Female', 'f'],
  ['sex', 'not stated', ''],
  ['scn', ' 05 123 4561', '051234561'],
  ['number', '007', '7'],
])('%s "%s" is compared as "%s"', (kind, written, compared) => {
  expect(normalise(kind, written)).toBe(compared);
});

describe('surnames', () => {
  test.each([
    ['macdonald', 'mcdonald', 'variant'],
    ['mac donald', 'mcdonald', 'variant'],
    ['nicdhomhnaill', 'macdonald', 'variant'],
    ['macleod', 'mcleod', 'variant'],
    ['sinclair ross', 'ross', 'variant'],
    ['smith', 'smyth', 'close'],
    ['smith', 'okafor', 'different'],
    ['mack', 'mackay', 'close'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(nameLevels[compareSurnames(a, b)]).toBe(level);
    expect(nameLevels[compareSurnames(b, a)]).toBe(level);
  });

  test('one stem for every spelling of Mac', () => {
    expect(new Set(['macrae', 'mc rae', 'mcrae', 'mac rae'].map(surnameStem)).size).toBe(1);
  });
});

test.each([
  ['robert', 'bobby', 'variant'],
  ['alexander', 'sandy', 'variant'],
  ['seumas', 'james', 'variant'],
  ['mairi', 'mary', 'variant'],
  ['isla', 'isla', 'exact'],
  ['callum', 'calum', 'variant'],
  ['jackson', 'jackaon', 'close'],
  ['j', 'james', 'near'],
  ['olivia', 'jack', 'different'],
])('first names %s and %s: %s', (a, b, level) => {
  expect(nameLevels[compareForenames(a, b)]).toBe(level);
  expect(nameLevels[compareForenames(b, a)]).toBe(level);
});

test.each([
  ['20140309', '20140309', 'exact'],
  ['20140309', '20140903', 'exchanged'],
  ['20140309', '20140308', 'slip'],
  ['20140312', '20140321', 'slip'],
  ['20140101', '20140628', 'estimated'],
  ['20140309', '20140327', 'partly'],
  ['20140309', '20141127', 'same year'],
  ['20140309', '20091127', 'different'],
])('dates %s and %s: %s', (a, b, level) => {
  expect(dateLevels[compareDates(a, b)]).toBe(level);
  expect(dateLevels[compareDates(b, a)]).toBe(level);
});

test('names that sound alike are found together', () => {
  for (const [a, b] of [
    ['macphail', 'mcfail'],
    ['stephen', 'steven'],
    ['catherine', 'katherine'],
  ] as const)
    expect(soundOf(a)).toBe(soundOf(b));
  expect(soundOf('smith')).not.toBe(soundOf('okafor'));
});
