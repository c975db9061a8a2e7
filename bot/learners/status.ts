import { type Fact, holdsOn, shownOn } from './facts.js';
import { type Status, statuses } from './learner.js';

/**
 * How a learner stands on a day. Looked after is a legal status that begins and ends; care experienced is wider, lasts, and
 * is a dated fact of its own; neither is worked out of the other's absence, and unknown is said as unknown. Pure.
 * Source: reference domain 1.1 and trap 3; product.md C.6.
 */
export interface Standing {
  readonly status: Status;
  readonly since: string | null;
  readonly lookedAfter: boolean | null;
  readonly careExperienced: boolean | null;
}

export function standingOn(facts: readonly Fact[], on: string): Standing {
  const looked = saidOn(facts, 'looked-after', on);
  const experienced = saidOn(facts, 'care-experienced', on);
  // Who has been looked after is care experienced from then on, whatever has ended since.
  const ever = facts.some(
    (fact) => fact.attribute === 'looked-after' && fact.value === true && (fact.validFrom ?? '') <= on,
  );
  const lookedAfter = typeof looked?.value === 'boolean' ? looked.value : null;
  const careExperienced = experienced?.value === true || ever ? true : experienced?.value === false ? false : null;
  const told = shownOn(facts, 'status', on);
  const known = statuses.find((one) => one === told);
  if (lookedAfter === null && careExperienced === null)
    return { status: known ?? 'unknown', since: sinceOf(facts, on, known), lookedAfter: null, careExperienced: null };
  if (lookedAfter === true)
    return { status: 'looked-after', since: looked?.validFrom ?? null, lookedAfter, careExperienced: true };
  if (careExperienced === true)
    return { status: 'care-experienced', since: experienceSince(facts, on), lookedAfter, careExperienced };
  return { status: 'unknown', since: null, lookedAfter, careExperienced };
}

function saidOn(facts: readonly Fact[], attribute: 'looked-after' | 'care-experienced', on: string): Fact | undefined {
  return facts
    .filter((fact) => fact.attribute === attribute && fact.source === 'social-work' && holdsOn(fact, on))
    .sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? 1 : -1))[0];
}

/** From the day a service said so, or from the day on which they were first looked after. */
function experienceSince(facts: readonly Fact[], on: string): string | null {
  const days = facts
    .filter(
      ({ attribute, value, validFrom }) =>
        (attribute === 'care-experienced' || attribute === 'looked-after') && value === true && (validFrom ?? '') <= on,
    )
    .map(({ validFrom }) => validFrom);
  if (days.length === 0 || days.includes(null)) return null;
  return days.reduce((first, day) => ((day ?? '') < (first ?? '') ? day : first), days[0] ?? null);
}

function sinceOf(facts: readonly Fact[], on: string, status: Status | undefined): string | null {
  if (status === undefined) return null;
  return (
    facts.find((fact) => fact.attribute === 'status' && fact.value === status && holdsOn(fact, on))?.validFrom ?? null
  );
}
