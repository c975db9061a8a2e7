import { surnameStem } from './names.js';
import { type Column, isName, type Records } from './records.js';

/**
 * Twins, brothers and sisters: people whose records agree in all that weighs most. Wherever somebody else has the same birth
 * date and the same surname or home, a person decides, and is told why. Pure. Sources: reference domain 3.3; product.md C.2.
 */
export type GuardReason =
  | 'first-names-differ'
  | 'somebody-same-surname-and-birth-date'
  | 'somebody-same-home-and-birth-date'
  | 'somebody-same-scn';

export interface Guard {
  /** Why a person must look at this pair, or nothing. Record numbers of the records that it was made of. */
  reasonsFor(a: number, b: number): GuardReason[];
  /** The same record added since counts from now on. */
  insert(record: number): void;
}

/** Records by a key made of two value numbers. */
type Near = Map<number, number[]>;

const close = 3;

export function createGuard(records: Records): Guard {
  const columns = guardColumns(records);
  const surnames: Near = new Map();
  const homes: Near = new Map();
  const numbers: Near = new Map();
  const scnOf = (record: number) => columns.scn?.codes[record] ?? -1;
  const insert = (record: number) => {
    for (const key of surnameKeys(columns, record)) push(surnames, key, record);
    for (const key of homeKeys(columns, record)) push(homes, key, record);
    if (scnOf(record) >= 0) push(numbers, scnOf(record), record);
  };
  for (let record = 0; record < records.size; record++) insert(record);

  return {
    insert,
    reasonsFor(a, b) {
      const reasons: GuardReason[] = [];
      if (firstNamesDiffer(columns, a, b)) reasons.push('first-names-differ');
      // Not either of the two, by first name; or by number, where they have the same first name.
      const isAnother = (other: number) =>
        other !== a && other !== b && (differs(columns, other, a) || differs(columns, other, b));
      const near = (map: Near, keys: readonly number[]) => keys.some((key) => (map.get(key) ?? []).some(isAnother));
      if (near(surnames, [...surnameKeys(columns, a), ...surnameKeys(columns, b)]))
        reasons.push('somebody-same-surname-and-birth-date');
      if (near(homes, [...homeKeys(columns, a), ...homeKeys(columns, b)]))
        reasons.push('somebody-same-home-and-birth-date');
      const shared = [scnOf(a), scnOf(b)].flatMap((scn) => (scn < 0 ? [] : (numbers.get(scn) ?? [])));
      if (shared.some((other) => other !== a && other !== b)) reasons.push('somebody-same-scn');
      return reasons;
    },
  };
}

interface GuardColumns {
  readonly forename: Column | undefined;
  readonly surname: Column | undefined;
  readonly birth: Column | undefined;
  readonly postcode: Column | undefined;
  readonly scn: Column | undefined;
  stemsOf(code: number): readonly number[];
}

function guardColumns({ columns }: Records): GuardColumns {
  const kind = (wanted: string) => columns.find(({ spec }) => spec.kind === wanted);
  return {
    ...{ forename: kind('forename'), surname: kind('surname'), birth: kind('birth-date') },
    ...{ postcode: kind('postcode'), scn: kind('scn'), stemsOf: stemming(kind('surname')) },
  };
}

function codes(column: Column | undefined, record: number): number[] {
  return [column?.codes[record] ?? -1, column?.others?.[record] ?? -1].filter((code) => code >= 0);
}

function values(column: Column | undefined, record: number): string[] {
  return codes(column, record).map((code) => column?.dictionary.values[code] ?? '');
}

function birthOf(columns: GuardColumns, record: number): number {
  return columns.birth?.codes[record] ?? -1;
}

/** Two numbers of values in one, exactly: both are far below 2^26. */
function pairKey(one: number, other: number): number {
  return one * 0x4000000 + other;
}

function surnameKeys(columns: GuardColumns, record: number): number[] {
  const birth = birthOf(columns, record);
  if (birth < 0) return [];
  return codes(columns.surname, record).flatMap((code) => columns.stemsOf(code).map((stem) => pairKey(stem, birth)));
}

function homeKeys(columns: GuardColumns, record: number): number[] {
  const [birth, home] = [birthOf(columns, record), columns.postcode?.codes[record] ?? -1];
  return birth < 0 || home < 0 ? [] : [pairKey(home, birth)];
}

/** Numbers of the stems of a surname's parts, by the surname's number: each is taken apart once. */
function stemming(surname: Column | undefined): (code: number) => readonly number[] {
  const [stems, known] = [new Map<string, number>(), new Map<number, readonly number[]>()];
  return (code) => {
    const found = known.get(code);
    if (found) return found;
    const parts = (surname?.dictionary.values[code] ?? '').split(' ');
    const whole = surname?.dictionary.values[code] ?? '';
    const made = [...new Set([...parts, whole])]
      .filter((part) => part.length > 2)
      .map((part) => {
        const stem = surnameStem(part);
        const number = stems.get(stem) ?? stems.size;
        stems.set(stem, number);
        return number;
      });
    known.set(code, made);
    return made;
  };
}

function bestForename(columns: GuardColumns, a: number, b: number): number {
  if (!columns.forename || !isName(columns.forename.spec.kind)) return 0;
  let best = 0;
  for (const one of values(columns.forename, a))
    for (const other of values(columns.forename, b))
      best = Math.max(best, columns.forename.comparison.compare(one, other));
  return best;
}

function differs(columns: GuardColumns, other: number, one: number): boolean {
  const level = bestForename(columns, other, one);
  if (level > 0 && level < close) return true;
  const [scn, otherScn] = [columns.scn?.codes[one] ?? -1, columns.scn?.codes[other] ?? -1];
  return scn >= 0 && otherScn >= 0 && scn !== otherScn;
}

/** Same surname and birth date, another first name: the two may themselves be twins. */
function firstNamesDiffer(columns: GuardColumns, a: number, b: number): boolean {
  const level = bestForename(columns, a, b);
  if (level === 0 || level >= close) return false;
  const [surnames, homes] = [surnameKeys(columns, a), homeKeys(columns, a)];
  const named = surnameKeys(columns, b).some((key) => surnames.includes(key));
  return named || homeKeys(columns, b).some((key) => homes.includes(key));
}

function push(map: Near, key: number, record: number): void {
  const list = map.get(key);
  if (list) list.push(record);
  else map.set(key, [record]);
}
