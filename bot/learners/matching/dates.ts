import { withinOneEdit } from './strings.js';

/**
 * Two dates of birth 'YYYYMMDD'. Pure. Levels: exchanged is day and month the wrong way round; slip is one digit wrong or two
 * exchanged; estimated is the same year with one date at 1 January, 1 July or the first of a month, as is written of children
 * whose birth was not registered here (reference domain 3.3); partly is two of year, month and day.
 */
export const dateLevels = [
  'missing',
  'different',
  'same year',
  'partly',
  'estimated',
  'slip',
  'exchanged',
  'exact',
] as const;

export function compareDates(a: string, b: string): number {
  if (a === b) return 7;
  const [yearA, yearB] = [a.slice(0, 4), b.slice(0, 4)];
  const [monthA, monthB] = [a.slice(4, 6), b.slice(4, 6)];
  const [dayA, dayB] = [a.slice(6), b.slice(6)];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return 6;
  if (withinOneEdit(a, b)) return 5;
  if (yearA === yearB && (isEstimate(monthA, dayA) || isEstimate(monthB, dayB))) return 4;
  const same = Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB);
  if (same === 2) return 3;
  return yearA === yearB ? 2 : 1;
}

function isEstimate(month: string, day: string): boolean {
  return day === '01' && (month === '01' || month === '07');
}
