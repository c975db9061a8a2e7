import { addDays } from '../time.js';

/**
 * The day of a spreadsheet's serial number, as it stands in a text file: 1 January 1955 to 2119, so that no count of five
 * figures is taken for a birthday by chance. Null outside. Day 61 is 1 March 1900 (Excel keeps a leap day that never was).
 */
export function serialDay(serial: number): string | null {
  if (serial < 20_090 || serial > 80_000) return null;
  return addDays('1899-12-30', Math.floor(serial));
}
