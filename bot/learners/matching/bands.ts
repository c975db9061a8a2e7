import { readScn } from '../scn.js';
import type { GuardReason } from './guard.js';
import type { Records } from './records.js';

/**
 * What happens with a pair. Pure. *match* is taken without a person and needs an equal SCN with a right check digit and an
 * equal date of birth, nothing that contradicts, and no twin near; *possible* goes to a person; *none* is not shown.
 * Weight alone never merges. Sources: product.md C.2; reference domain 3.3.
 */
export type Band = 'match' | 'possible' | 'none';

/** Why a pair with the same SCN is not taken all the same, beside what the guard says. */
export type Conflict = 'birth-dates-differ' | 'birth-date-missing' | 'first-names-not-alike' | 'sexes-differ';

export interface Banded {
  readonly band: Band;
  readonly reasons: readonly (GuardReason | Conflict)[];
}

/** Equal, and with the right check digit. */
export function isSameScn(records: Records, a: number, b: number): boolean {
  const column = records.columns.find(({ spec }) => spec.kind === 'scn');
  const code = column?.codes[a] ?? -1;
  return code >= 0 && code === column?.codes[b] && readScn(column.dictionary.values[code] ?? '') !== null;
}

/** `levels` of the pair by column (levels.ts), its probability, and the least at which a person is asked. */
export function bandOf(
  records: Records,
  pair: { readonly a: number; readonly b: number; readonly levels: Uint8Array; readonly probability: number },
  guarded: readonly GuardReason[],
  least: number,
): Banded {
  if (!isSameScn(records, pair.a, pair.b))
    return { band: pair.probability >= least ? 'possible' : 'none', reasons: guarded };
  const reasons = [...guarded, ...conflictsOf(records, pair.levels)];
  return { band: reasons.length === 0 ? 'match' : 'possible', reasons };
}

function conflictsOf({ columns }: Records, levels: Uint8Array): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [at, { spec, comparison }] of columns.entries()) {
    const level = levels[at] ?? 0;
    if (spec.kind === 'birth-date' && level !== comparison.exact)
      conflicts.push(level === 0 ? 'birth-date-missing' : 'birth-dates-differ');
    if (spec.kind === 'sex' && level === 1) conflicts.push('sexes-differ');
    // A surname changes in a life. Another first name, or none, may be a twin with the other's number copied.
    if (spec.kind === 'forename' && level <= 2) conflicts.push('first-names-not-alike');
  }
  return conflicts;
}
