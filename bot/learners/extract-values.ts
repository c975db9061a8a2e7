import { serialDay } from './extract-dates.js';
import { readScn } from './scn.js';

export type DateOrder = 'day-first' | 'month-first';

/**
 * A day as councils' systems write it: 12/02/2015, 12-2-15, 12.02.2015, 12 Feb 2015, 2015-02-12 with or without a time, or a
 * spreadsheet's serial number. Null for what is no day of the calendar: day and month are never exchanged to make one.
 * Two-digit years are of this century up to next year.
 */
export function readDay(text: string, order: DateOrder, today: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const figures = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ ,]+\d{1,2}:.*)?$/.exec(text);
  if (figures) {
    const [, first, second, year = ''] = figures;
    const whole = fullYear(year, today);
    return order === 'day-first' ? dayOf(whole, second, first) : dayOf(whole, first, second);
  }
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[ /\-.]+([a-z]{3})[a-z]*[ ,/\-.]+(\d{4}|\d{2})$/i.exec(text);
  if (named) {
    const month = months.indexOf((named[2] ?? '').toLowerCase()) + 1;
    return month === 0 ? null : dayOf(fullYear(named[3] ?? '', today), String(month), named[1]);
  }
  return /^\d{5}(\.\d+)?$/.test(text) ? serialDay(Number(text)) : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function fullYear(year: string, today: string): string {
  if (year.length === 4) return year;
  const century = Number(year) <= Number(today.slice(2, 4)) + 1 ? 0 : -100;
  return String(Math.floor(Number(today.slice(0, 4)) / 100) * 100 + century + Number(year));
}

function dayOf(year = '', month = '', day = ''): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || y < 1900 || y > 2200) return null;
  return `${year.padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * A valid SCN, or null. A spreadsheet that took it for a number has dropped a nought in front (05 is session 2004/05): one
 * is put back when the check digit then fits, and only then.
 */
export function readScnCell(text: string): string | null {
  const digits = text.replaceAll(/\s/g, '');
  return readScn(digits) ?? (/^\d{8}$/.test(digits) ? readScn(`0${digits}`) : null);
}

/** A number of openings or the like, at most four decimals; a decimal comma is a point. */
export function readNumber(text: string): string | null {
  const plain = text.replaceAll(' ', '').replace(/^(\d+),(\d{1,2})$/, '$1.$2');
  if (!/^\d{1,7}(\.\d{1,4})?$/.test(plain)) return null;
  return String(Number(plain));
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 't']);
const no = new Set(['no', 'n', 'false', '0', '', 'f', 'none']);

export function readYesNo(text: string): 'yes' | 'no' | null {
  const plain = text.toLowerCase();
  if (yes.has(plain)) return 'yes';
  return no.has(plain) ? 'no' : null;
}
