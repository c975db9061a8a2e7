import type { Numbers, NumbersRow } from '../../bot/requests/numbers-contract.js';
import { say, wordFor } from '../words.js';

/** How numbers are said. Pure. A null is not a nought: it, or what it would give away, is under five. */

export function sayCount(count: number | null): string {
  return count === null ? say('numbers.hidden') : String(count);
}

/** Minutes of office time: "45 min", "3 h 20 min", "62 h". */
export function sayOffice(minutes: number | null): string {
  if (minutes === null) return say('numbers.noTime');
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return say('numbers.minutes', { count: rest });
  if (hours >= 20 || rest === 0) return say('numbers.hours', { count: Math.round(minutes / 60) });
  return say('numbers.hoursMinutes', { hours, minutes: rest });
}

export function nameOf({ by }: Pick<Numbers, 'by'>, { key, name }: Pick<NumbersRow, 'key' | 'name'>): string {
  if (name !== null) return name;
  if (key === null) return say(`numbers.none.${by}`);
  return wordFor(by, key) ?? key;
}

/** The parts of a bar, in the order in which they are laid out; what is hidden has no width. */
export const barParts = ['answered', 'open', 'otherwise'] as const;
export type BarPart = (typeof barParts)[number];

export interface Bar {
  readonly name: string;
  readonly asked: number | null;
  /** Of the longest bar, 0 to 100. */
  readonly parts: readonly { readonly part: BarPart; readonly count: number; readonly width: number }[];
}

/** The rows as bars, the longest first; hidden ones at the end. */
export function barsOf(numbers: Pick<Numbers, 'by' | 'rows'>): readonly Bar[] {
  const most = Math.max(1, ...numbers.rows.map(({ asked }) => asked ?? 0));
  return [...numbers.rows]
    .sort((one, other) => (other.asked ?? -1) - (one.asked ?? -1))
    .map((row) => ({
      name: nameOf(numbers, row),
      asked: row.asked,
      parts: barParts.map((part) => ({ part, count: row[part] ?? 0, width: (100 * (row[part] ?? 0)) / most })),
    }));
}

/** Of those who said whether it helped: how many said yes, in hundredths; null where too few said anything. */
export function helpedShare({ helped }: Pick<NumbersRow, 'helped'>): number | null {
  const { yes, partly, no } = helped;
  if (yes === null || partly === null || no === null) return null;
  const all = yes + partly + no;
  return all === 0 ? null : Math.round((100 * yes) / all);
}
