import { comparisons, type Comparison } from './comparisons.js';
import { type FieldKind, normalise } from './normalise.js';

/**
 * Records to be compared, column by column: each distinct value is kept once and a record holds its number, so that a
 * comparison of two values is made once for all records that have them. Pure, in memory.
 */
export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  /** In place of the kind's own. */
  readonly comparison?: Comparison;
}

export interface Dictionary {
  readonly values: string[];
  readonly numbers: Map<string, number>;
}

export interface Column {
  readonly spec: FieldSpec;
  readonly comparison: Comparison;
  readonly dictionary: Dictionary;
  /** By record: the value's number in the dictionary, or -1 for nothing known. */
  codes: Int32Array;
  /** A second value of the same field (a known-as name, an earlier home), or null when no record has one. */
  others: Int32Array | null;
}

export interface Records {
  size: number;
  readonly columns: readonly Column[];
}

/** Values by the name of their field; a list is the main value and others that are also true. */
export type RawRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

export function createRecords(specs: readonly FieldSpec[], expectedSize = 1024): Records {
  const names: Dictionary = { values: [], numbers: new Map() };
  return {
    size: 0,
    columns: specs.map((spec) => ({
      spec,
      comparison: spec.comparison ?? comparisons[spec.kind],
      // Forenames and surnames share theirs: exchanged names are then seen by their numbers.
      dictionary: isName(spec.kind) ? names : { values: [], numbers: new Map<string, number>() },
      codes: new Int32Array(expectedSize).fill(-1),
      others: null,
    })),
  };
}

export function isName(kind: FieldKind): boolean {
  return kind === 'forename' || kind === 'surname';
}

/** Adds one record and answers its number. */
export function addRecord(records: Records, raw: RawRecord): number {
  const at = records.size++;
  for (const column of records.columns) {
    const given = raw[column.spec.name];
    if (typeof given === 'string') setValue(column, at, given);
    else if (given) addValues(column, at, given);
    else setValue(column, at, '');
  }
  return at;
}

/** Sets the main value of the record; '' is nothing known. */
export function setValue(column: Column, at: number, raw: string): void {
  if (at >= column.codes.length) column.codes = grown(column.codes, at);
  column.codes[at] = numberOf(column, raw);
}

function addValues(column: Column, at: number, [main = '', ...more]: readonly string[]): void {
  setValue(column, at, main);
  const other = more.map((raw) => numberOf(column, raw)).find((code) => code >= 0 && code !== column.codes[at]);
  if (other === undefined) return;
  column.others ??= new Int32Array(column.codes.length).fill(-1);
  if (at >= column.others.length) column.others = grown(column.others, at);
  if (column.codes[at] === -1) column.codes[at] = other;
  else column.others[at] = other;
}

function numberOf({ dictionary, spec }: Column, raw: string): number {
  if (raw === '') return -1;
  const value = normalise(spec.kind, raw);
  if (value === '') return -1;
  const known = dictionary.numbers.get(value);
  if (known !== undefined) return known;
  dictionary.numbers.set(value, dictionary.values.length);
  return dictionary.values.push(value) - 1;
}

function grown(codes: Int32Array, at: number): Int32Array {
  const more = new Int32Array(Math.max(at + 1, codes.length * 2)).fill(-1);
  more.set(codes);
  return more;
}

/** How many of the records from..until have each value, by its number. */
export function countValues(column: Column, from: number, until: number): Uint32Array {
  const counts = new Uint32Array(column.dictionary.values.length);
  for (let at = from; at < until; at++) {
    const code = column.codes[at] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
