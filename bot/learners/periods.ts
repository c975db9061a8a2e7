import { addDays } from '../time.js';
import type { Fact, FactChange } from './facts.js';

type Period = Omit<Fact, 'factId'>;

/**
 * What a source says held from one day until another. It takes the place of what that source said of the attribute for those
 * days and leaves what it said of the days before and after. Saying again what is known changes nothing. Pure.
 * `present` are the facts known now.
 */
export function changeForPeriod(present: readonly Fact[], next: Period): FactChange {
  const own = present.filter((fact) => fact.attribute === next.attribute && fact.source === next.source);
  const overlapping = own.filter((fact) => meets(fact, next));
  const [only] = overlapping;
  if (overlapping.length === 1 && only && sameValue(only, next) && covers(only, next) && only.validTo === next.validTo)
    return { superseded: [], known: [] };
  return {
    superseded: overlapping.map(({ factId }) => factId),
    known: [...overlapping.flatMap((fact) => rest(fact, next)), next],
  };
}

function meets(one: Period, other: Period): boolean {
  const startsInTime = one.validTo === null || other.validFrom === null || other.validFrom <= one.validTo;
  const endsInTime = other.validTo === null || one.validFrom === null || one.validFrom <= other.validTo;
  return startsInTime && endsInTime;
}

function covers(one: Period, other: Period): boolean {
  if (one.validFrom === null) return true;
  return other.validFrom !== null && one.validFrom <= other.validFrom;
}

/** What is left of a fact on either side of the new one. */
function rest(fact: Fact, next: Period): Period[] {
  const { attribute, value, source, validFrom, validTo } = fact;
  const left = { attribute, value, source };
  const before =
    next.validFrom !== null && (validFrom === null || validFrom < next.validFrom)
      ? [{ ...left, validFrom, validTo: addDays(next.validFrom, -1) }]
      : [];
  const after =
    next.validTo !== null && (validTo === null || validTo > next.validTo)
      ? [{ ...left, validFrom: addDays(next.validTo, 1), validTo }]
      : [];
  return [...before, ...after];
}

function sameValue(one: Period, other: Period): boolean {
  return JSON.stringify(one.value) === JSON.stringify(other.value);
}
