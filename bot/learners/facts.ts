import { addDays } from '../time.js';
import type { Attribute, FactSource } from './learner.js';

/**
 * Facts about a learner in two times: when it was so (valid), and when we knew it (known). Pure. Sources are kept side by
 * side and none overwrites another; each attribute has one that the learner's row follows. Source: product.md C.3.
 */
export interface Fact {
  readonly factId: string;
  readonly attribute: Attribute;
  readonly value: unknown;
  readonly source: FactSource;
  readonly validFrom: string | null;
  /** The last day on which it held; null while it does. */
  readonly validTo: string | null;
}

/** What staff tell us stands beside the record and does not change it until its own service confirms. */
const followed: Readonly<Record<Attribute, FactSource>> = {
  'given-name': 'education',
  'family-name': 'education',
  'known-as': 'education',
  'birth-on': 'education',
  scn: 'education',
  stage: 'education',
  school: 'education',
  education: 'social-work',
  home: 'social-work',
  status: 'social-work',
  'looked-after': 'social-work',
  'care-experienced': 'social-work',
  'social-worker': 'social-work',
  'responsible-council': 'social-work',
  'residence-council': 'social-work',
  'education-council': 'education',
  'legal-basis': 'social-work',
  'non-disclosure': 'social-work',
};

export function holdsOn(fact: Fact, on: string): boolean {
  return (fact.validFrom === null || fact.validFrom <= on) && (fact.validTo === null || fact.validTo >= on);
}

const services: readonly FactSource[] = ['education', 'social-work'];

/**
 * The value that the learner's row shows on that day; undefined when nobody whose word counts says anything. While the
 * service that an attribute follows has never spoken of it, the other one is heard.
 */
export function shownOn(facts: readonly Fact[], attribute: Attribute, on: string): unknown {
  const said = facts.filter((fact) => fact.attribute === attribute);
  const followedSaid = said.filter(({ source }) => source === followed[attribute]);
  const own = followedSaid.length > 0 ? followedSaid : said.filter(({ source }) => services.includes(source));
  const held = own.filter((fact) => holdsOn(fact, on));
  return held.sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? 1 : -1))[0]?.value;
}

export interface FactChange {
  /** No longer believed as it stood: their known time ends now. */
  readonly superseded: readonly string[];
  /** What is believed from now on, the old value's shortened time included. */
  readonly known: readonly Omit<Fact, 'factId'>[];
}

/**
 * A value that holds from a day on. What the same source said of that time before is kept for as long as it then held;
 * saying again what is known changes nothing. `present` are the facts known now.
 */
export function changeFrom(present: readonly Fact[], next: Omit<Fact, 'factId' | 'validTo'>): FactChange {
  const own = present.filter((fact) => fact.attribute === next.attribute && fact.source === next.source);
  const from = next.validFrom ?? '';
  const overlapping = own.filter((fact) => fact.validTo === null || fact.validTo >= from);
  const [only] = overlapping;
  if (overlapping.length === 1 && only && same(only.value, next.value) && (only.validFrom ?? '') <= from)
    return { superseded: [], known: [] };
  const shortened = overlapping.flatMap((fact) =>
    from !== '' && (fact.validFrom ?? '') < from ? [{ ...without(fact), validTo: addDays(from, -1) }] : [],
  );
  return { superseded: overlapping.map(({ factId }) => factId), known: [...shortened, { ...next, validTo: null }] };
}

/** What was said was never so: the same time, another value. */
export function correction(wrong: Fact, value: unknown): FactChange {
  return { superseded: [wrong.factId], known: [{ ...without(wrong), value }] };
}

function without({ attribute, value, source, validFrom, validTo }: Fact): Omit<Fact, 'factId'> {
  return { attribute, value, source, validFrom, validTo };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
