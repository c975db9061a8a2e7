import { postcodeArea } from './comparisons.js';
import { soundOf } from './names.js';
import { type Column, isName, type Records } from './records.js';
import { hashText, mixHashes } from './strings.js';

/**
 * What two records must share to be compared at all: one of many keys, each of one or two features of their values. Pure.
 * Broad keys are used where the value is rare, narrow ones everywhere (candidates.ts), so nothing depends on one field.
 */
export interface BlockingKey {
  /** Names of the features that make it. */
  readonly parts: readonly string[];
  /** Writes the record's hashes under this key; nothing when a value is missing. Answers how many. */
  hashes(record: number, into: Uint32Array): number;
}

interface Feature {
  readonly name: string;
  readonly column: Column;
  /** Hash of the value with this number; 0 when the value has no such feature. */
  of(code: number): number;
}

type Read = (value: string) => string;

function feature(column: Column, name: string, read: Read): Feature {
  let known = new Uint32Array(0);
  const hash = (code: number) => {
    const text = read(column.dictionary.values[code] ?? '');
    return text === '' ? 0 : hashText(text, hashText(name)) || 1;
  };
  return {
    name: `${column.spec.name} ${name}`,
    column,
    of(code) {
      if (code >= known.length) {
        const from = known.length;
        const more = new Uint32Array(Math.max(column.dictionary.values.length, from * 2));
        more.set(known);
        for (let at = from; at < column.dictionary.values.length; at++) more[at] = hash(at);
        known = more;
      }
      // A value added since is hashed when first asked for.
      return known[code] || (known[code] = hash(code));
    },
  };
}

const whole: Read = (value) => value;
const sound: Read = (value) => soundOf(value);
const digits: Read = (value) => value.slice(0, 4) + [...value.slice(4)].sort().join('');
const yearAndMonth: Read = (value) => value.slice(0, 6);
const monthAndDay: Read = (value) => value.slice(4);
const yearAndDay: Read = (value) => value.slice(0, 4) + value.slice(6);
const firstWord: Read = (value) => value.split(' ').find((word) => word.length > 2) ?? '';
const lastWord: Read = (value) => (value.includes(' ') ? (value.split(' ').at(-1) ?? '') : '');

interface Features {
  /** Good alone, where the value is rare. */
  readonly alone: readonly Feature[];
  /** Good beside a narrow feature of another field. */
  readonly broad: readonly Feature[];
  readonly narrow: readonly Feature[];
}

function featuresOf(column: Column): Features {
  const make = (name: string, read: Read) => feature(column, name, read);
  switch (column.spec.kind) {
    case 'forename':
    case 'surname': {
      const [same, heard] = [make('whole', whole), make('sound', sound)];
      return { alone: [same, heard, make('last', lastWord)], broad: [heard], narrow: [heard] };
    }
    case 'birth-date': {
      const same = make('whole', whole);
      const parts = [make('year, month', yearAndMonth), make('month, day', monthAndDay), make('year, day', yearAndDay)];
      return { alone: [same, make('digits', digits)], broad: [same, ...parts], narrow: [same] };
    }
    case 'postcode': {
      const same = make('whole', whole);
      return { alone: [same], broad: [same, make('area', postcodeArea)], narrow: [same] };
    }
    case 'text': {
      const same = make('whole', whole);
      return { alone: [same], broad: [make('first', firstWord), make('last', lastWord)], narrow: [same] };
    }
    case 'scn':
    case 'identifier':
      return { alone: [make('whole', whole)], broad: [], narrow: [] };
    case 'sex':
    case 'category':
    case 'number':
      return { alone: [], broad: [], narrow: [] };
  }
}

/** Every key that these columns allow. */
export function blockingKeys(records: Records): BlockingKey[] {
  const all = records.columns.map(featuresOf);
  const keys = all.flatMap(({ alone }) => alone.map(single));
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1)) {
      const pairs = one.narrow.flatMap((a) => other.broad.map((b) => [a, b] as const));
      const turned = other.narrow.flatMap((b) => one.broad.map((a) => [a, b] as const));
      const seen = new Set<string>();
      for (const [a, b] of [...pairs, ...turned]) {
        const name = `${a.name} + ${b.name}`;
        if (!seen.has(name)) keys.push(double(a, b));
        seen.add(name);
      }
    }
  return keys;
}

function single(one: Feature): BlockingKey {
  return {
    parts: [one.name],
    hashes(record, into) {
      let found = 0;
      const main = codeOf(one.column, record, 0);
      if (main >= 0 && one.of(main) !== 0) into[found++] = one.of(main);
      const other = codeOf(one.column, record, 1);
      if (other >= 0 && one.of(other) !== 0) into[found++] = one.of(other);
      return found;
    },
  };
}

function double(one: Feature, other: Feature): BlockingKey {
  // Exchanged names have one key: the order of the two does not count.
  const unordered = isName(one.column.spec.kind) && isName(other.column.spec.kind);
  return {
    parts: unordered ? [`${one.name}, ${other.name} in either order`] : [one.name, other.name],
    hashes(record, into) {
      let found = 0;
      for (let first = 0; first < 2; first++) {
        const codeA = codeOf(one.column, record, first);
        const a = codeA < 0 ? 0 : one.of(codeA);
        if (a === 0) continue;
        for (let second = 0; second < 2; second++) {
          const codeB = codeOf(other.column, record, second);
          const b = codeB < 0 ? 0 : other.of(codeB);
          if (b === 0) continue;
          into[found++] = unordered && a > b ? mixHashes(b, a) : mixHashes(a, b);
        }
      }
      return found;
    },
  };
}

function codeOf(column: Column, record: number, which: number): number {
  return (which === 0 ? column.codes[record] : column.others?.[record]) ?? -1;
}
