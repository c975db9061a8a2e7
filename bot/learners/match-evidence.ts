import { lettersOf } from './joining.js';

/** What two records say of one child, field by field, for a person to judge by. Pure. A value that is missing says nothing. */
export interface Side {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly knownAs: string | null;
  readonly birthOn: string | null;
  readonly scn: string | null;
  readonly school: string | null;
  readonly stage: string | null;
}

export type Says = 'same' | 'near' | 'differs' | 'missing';

export function evidenceOf(theirs: Side, ours: Side): { field: string; says: Says }[] {
  return [
    { field: 'givenName', says: names(theirs.givenName, ours.givenName, [theirs.knownAs, ours.knownAs]) },
    { field: 'familyName', says: names(theirs.familyName, ours.familyName, []) },
    { field: 'birthOn', says: days(theirs.birthOn, ours.birthOn) },
    { field: 'scn', says: exact(theirs.scn, ours.scn) },
  ];
}

function exact(a: string | null, b: string | null): Says {
  if (a === null || b === null) return 'missing';
  return a === b ? 'same' : 'differs';
}

function names(a: string | null, b: string | null, known: readonly (string | null)[]): Says {
  if (a === null || b === null) return 'missing';
  const [one, other] = [lettersOf(a), lettersOf(b)];
  if (one === other) return 'same';
  const called = known.some((name) => name !== null && [one, other].includes(lettersOf(name)));
  return called || one.startsWith(other) || other.startsWith(one) || distance(one, other) <= 2 ? 'near' : 'differs';
}

/** Day and month exchanged, or one figure other. */
function days(a: string | null, b: string | null): Says {
  if (a === null || b === null) return 'missing';
  if (a === b) return 'same';
  const turned = `${a.slice(0, 5)}${a.slice(8)}-${a.slice(5, 7)}`;
  return turned === b || distance(a, b) === 1 ? 'near' : 'differs';
}

/** Letters to change, leave out or put in. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
