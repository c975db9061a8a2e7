/** Learners: the nouns, and how one is named where. Pure. Source: product.md C and "Who may see whom". */

export const stages = [
  'ELC',
  'P1',
  'P2',
  'P3',
  'P4',
  'P5',
  'P6',
  'P7',
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'SP',
] as const;
export type Stage = (typeof stages)[number];

/** here: educated by us; outwith: ours, educated by another council; hosted: another council's, educated by us. */
export const educations = ['here', 'outwith', 'hosted'] as const;
export type Education = (typeof educations)[number];

export const homes = ['at-home', 'kinship', 'foster', 'residential'] as const;
export type Home = (typeof homes)[number];

/** Looked after is a legal status now, care experienced is wider and lasting: two facts, never one (reference domain 1.1). */
export const statuses = ['looked-after', 'care-experienced', 'unknown'] as const;
export type Status = (typeof statuses)[number];

export const linkKinds = [
  'social-worker',
  'class-teacher',
  'named-person',
  'reviewing-officer',
  'virtual-school-worker',
  'grant',
  'conflict',
] as const;
export type LinkKind = (typeof linkKinds)[number];

/**
 * What is known of a learner, one value at a time, each with where it came from, from when until when it held, and when we
 * knew. The learner's row is today's projection of these.
 */
export const attributes = [
  'given-name',
  'family-name',
  'known-as',
  'birth-on',
  'scn',
  'stage',
  'school',
  'education',
  'home',
  'status',
  'looked-after',
  'care-experienced',
  'social-worker',
  'responsible-council',
  'residence-council',
  'education-council',
  'legal-basis',
  'non-disclosure',
] as const;
export type Attribute = (typeof attributes)[number];

export const factSources = ['education', 'social-work', 'staff', 'virtual-school'] as const;
export type FactSource = (typeof factSources)[number];

export interface Named {
  readonly givenName: string;
  readonly familyName: string;
  readonly knownAs: string | null;
}

/** "J.M.": the first letter of what they are called and of the family name, accents kept. */
export function initialsOf({ givenName, familyName, knownAs }: Named): string {
  const first = (name: string) => [...name.trim().normalize('NFC')][0]?.toLocaleUpperCase('en-GB') ?? '?';
  return `${first(knownAs ?? givenName)}.${first(familyName)}.`;
}

/** "Jamie Macrae": what they are called, and the family name. */
export function fullNameOf({ givenName, familyName, knownAs }: Named): string {
  return `${knownAs ?? givenName} ${familyName}`;
}

/** "J.M., S3": how a card or chat names a learner to somebody who reaches them. */
export function initialsLabel(learner: Named & { readonly stage: string | null }): string {
  return learner.stage ? `${initialsOf(learner)}, ${learner.stage}` : initialsOf(learner);
}
