import { describe, expect, test } from '@jest/globals';
import type { NumbersRow } from '../../../bot/requests/numbers-contract.js';
import { barsOf, helpedShare, nameOf, sayCount, sayOffice } from '../../../tab/numbers/figures.js';

const spread = { n: null, median: null, ninetieth: null };
const row: NumbersRow = {
  ...{ key: 'attendance', name: null, asked: 10, answered: 6, open: 3, otherwise: 1, overdue: 0, reopened: 0 },
  ...{ transferred: 0, closed: 5, helped: { yes: 3, partly: 1, no: 0 }, firstAnswer: spread, close: spread },
};
const hidden: NumbersRow = { ...row, key: 'transition', asked: null, answered: null, open: null, otherwise: null };

describe('numbers', () => {
  test('what is hidden is a dash, never a nought', () => {
    expect([sayCount(0), sayCount(7), sayCount(null), sayOffice(null)]).toEqual(['0', '7', '–', '–']);
  });

  test('office time is said in minutes and hours', () => {
    expect([45, 60, 200, 1260.4].map(sayOffice)).toEqual(['45 min', '1 h', '3 h 20 min', '21 h']);
  });

  test('codes are said in words, places by their name', () => {
    expect(nameOf({ by: 'need' }, row)).toBe('Attendance');
    expect(nameOf({ by: 'school' }, { key: 'x', name: 'Ardmore Academy' })).toBe('Ardmore Academy');
    expect(nameOf({ by: 'school' }, { key: null, name: null })).toBe('No school');
  });

  test('bars are as long as the longest, and a hidden one has no length', () => {
    const [first, second] = barsOf({ by: 'need', rows: [hidden, row] });
    expect(first?.parts.map(({ width }) => width)).toEqual([60, 30, 10]);
    expect([second?.asked, second?.parts.map(({ width }) => width)]).toEqual([null, [0, 0, 0]]);
  });

  test('whether it helped is a share of those who said', () => {
    expect(helpedShare(row)).toBe(75);
    expect(helpedShare({ helped: { yes: 0, partly: 0, no: 0 } })).toBeNull();
    expect(helpedShare({ helped: { yes: null, partly: 1, no: 0 } })).toBeNull();
  });
});
