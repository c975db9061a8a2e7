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
  const year = isSame(a, b, 0, 0, 4);
  if (year && isSame(a, b, 4, 6, 2) && isSame(a, b, 6, 4, 2)) return 6;
  if (withinOneEdit(a, b)) return 5;
  if (year && (isEstimate(a) || isEstimate(b))) return 4;
  const [month, day] = [isSame(a, b, 4, 4, 2), isSame(a, b, 6, 6, 2)];
  if (Number(year) + Number(month) + Number(day) === 2) return 3;
  return year ? 2 : 1;
}

function isSame(a: string, b: string, inA: number, inB: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (a.charCodeAt(inA + at) !== b.charCodeAt(inB + at)) return false;
  return true;
}

function isEstimate(date: string): boolean {
  return date.endsWith('0101') || date.endsWith('0701');
}
