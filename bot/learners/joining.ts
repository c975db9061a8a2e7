/** Who in a source is which learner. Pure. Source: product.md C.2; reference domain 3.3. */
export interface Identity {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly birthOn: string | null;
  readonly scn: string | null;
}

export interface Candidate extends Identity {
  readonly learnerId: string;
}

export type Joining =
  | { readonly kind: 'joined'; readonly learnerId: string }
  | { readonly kind: 'waits'; readonly candidates: readonly Likeness[] }
  | { readonly kind: 'new' }
  | { readonly kind: 'nobody' };

export interface Likeness {
  readonly learnerId: string;
  readonly guard: 'twin' | 'sibling' | null;
}

interface Asked {
  readonly person: Identity;
  readonly candidates: readonly Candidate[];
  /** Learners that the same system already knows as somebody else: one to one within a pair of sources. */
  readonly taken: ReadonlySet<string>;
  /** Pairs that a person has judged: never asked again, never joined by themselves. */
  readonly judged: ReadonlySet<string>;
  /** Whoever is in this source belongs on the register. */
  readonly registers: boolean;
}

/**
 * The same SCN (its check digit was tested when it was read) and the same date of birth are one child. Everything else that
 * is alike waits for a person: one of the two without the other, names alike on one day of birth, twins above all.
 */
export function joinPerson({ person, candidates, taken, judged, registers }: Asked): Joining {
  const open = candidates.filter(({ learnerId }) => !judged.has(learnerId));
  const sure = open.filter(
    (one) => person.scn !== null && one.scn === person.scn && person.birthOn !== null && one.birthOn === person.birthOn,
  );
  const [only] = sure;
  if (only && sure.length === 1 && !taken.has(only.learnerId)) return { kind: 'joined', learnerId: only.learnerId };
  const alike = open.filter((one) => mayBeOne(person, one));
  if (alike.length > 0)
    return {
      kind: 'waits',
      candidates: alike.map((one) => ({ learnerId: one.learnerId, guard: guardOf(person, one) })),
    };
  if (!registers || !person.givenName || !person.familyName) return { kind: 'nobody' };
  return { kind: 'new' };
}

function mayBeOne(person: Identity, one: Identity): boolean {
  if (person.scn !== null && person.scn === one.scn) return true;
  if (person.birthOn === null || person.birthOn !== one.birthOn) return false;
  // Two valid SCNs that differ are two children, unless the names say that one of them is wrong.
  const [given, family] = [alike(person.givenName, one.givenName), alike(person.familyName, one.familyName)];
  if (person.scn !== null && one.scn !== null) return given && family;
  const swapped = alike(person.givenName, one.familyName) && alike(person.familyName, one.givenName);
  return family || swapped || given;
}

/** Same surname and day of birth, other forename: twins, until a person says otherwise. */
function guardOf(person: Identity, one: Identity): 'twin' | 'sibling' | null {
  if (person.birthOn === null || person.birthOn !== one.birthOn || !alike(person.familyName, one.familyName))
    return null;
  return alike(person.givenName, one.givenName) ? null : 'twin';
}

/** Alike enough to ask: the same letters without marks, or all but the end of the shorter. */
function alike(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const [one, other] = [lettersOf(a), lettersOf(b)];
  if (one === '' || other === '') return false;
  const length = Math.min(one.length, other.length, 4);
  return one.slice(0, length) === other.slice(0, length);
}

export function lettersOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^\p{L}]/gu, '').replace(/^mac/, 'mc');
}
