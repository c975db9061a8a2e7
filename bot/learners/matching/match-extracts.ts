import { assignOneToOne } from './assignment.js';
import { type Band, type Banded, bandOf, isSameScn } from './bands.js';
import { competingProbabilities } from './competition.js';
import { createGuard } from './guard.js';
import { compareRecords, type Compared, type Edge, type LinkingLimits, usualLimits } from './linking.js';
import type { FieldSpec, Records } from './records.js';

/** What the register knows of people in both services. Education's rows first, then social work's. Pure. */
export const registerFields = [
  { name: 'forename', kind: 'forename' },
  { name: 'surname', kind: 'surname' },
  { name: 'birthOn', kind: 'birth-date' },
  { name: 'sex', kind: 'sex' },
  { name: 'postcode', kind: 'postcode' },
  { name: 'school', kind: 'category' },
  { name: 'scn', kind: 'scn' },
] as const satisfies readonly FieldSpec[];

/** What a person has said of two records. Never asked again; a forbidden link is as if the other record were not there. */
export type Decided = 'same' | 'not-same' | 'cannot-tell' | 'forbidden';

export interface MatchedPair {
  readonly a: number;
  readonly b: number;
  readonly band: Exclude<Band, 'none'>;
  /** In bits, the prior included. */
  readonly weight: number;
  /** 0 to 1, beside all other candidates of the two records. */
  readonly probability: number;
  /** The probability as it may be shown; null where somebody else may be meant and a figure would mislead. */
  readonly shown: number | null;
  readonly reasons: Banded['reasons'];
}

export interface MatchedExtracts {
  readonly pairs: readonly MatchedPair[];
  readonly compared: Compared;
}

export interface MatchingChoices {
  /** The least probability at which a person is asked. */
  readonly least: number;
  readonly limits?: LinkingLimits;
  decided?(a: number, b: number): Decided | null;
}

/**
 * Who is whom in two extracts: at most one pair for each record, taken (*match*) or put to a person (*possible*), ordered by
 * how sure. Those that people have said are the same come back as matches.
 */
export function matchExtracts(records: Records, split: number, choices: MatchingChoices): MatchedExtracts {
  const compared = compareRecords(records, split, choices.limits ?? usualLimits);
  const decided = choices.decided ?? (() => null);
  const visible = compared.edges.filter(({ a, b }) => {
    const said = decided(a, b);
    return said !== 'forbidden' && said !== 'not-same';
  });
  const probabilities = competingProbabilities(visible);
  const probabilityOf = new Map(visible.map((edge, at) => [edge, probabilities[at] ?? 0]));
  const guard = createGuard(records);
  const pairs = assignOneToOne(
    visible.map((edge) => preferred(records, edge, decided)),
    -Infinity,
  ).flatMap(({ edge }) => {
    const said = decided(edge.a, edge.b);
    if (said === 'cannot-tell') return [];
    const probability = probabilityOf.get(edge) ?? 0;
    const pair = { ...edge, probability };
    if (said === 'same') return [{ ...pair, band: 'match' as const, shown: null, reasons: [] }];
    const { levels } = compared.scorer.evidence(edge.a, edge.b);
    const guarded = guard.reasonsFor(edge.a, edge.b);
    const { band, reasons } = bandOf(records, { ...pair, levels }, guarded, choices.least);
    return band === 'none' ? [] : [{ ...pair, band, reasons, shown: reasons.length > 0 ? null : probability }];
  });
  return { pairs, compared };
}

/** What a person has said comes first, then an equal number, then weight. */
function preferred(
  records: Records,
  edge: Edge,
  decided: (a: number, b: number) => Decided | null,
): Edge & { readonly edge: Edge } {
  const first = decided(edge.a, edge.b) === 'same' ? 2000 : isSameScn(records, edge.a, edge.b) ? 1000 : 0;
  return { ...edge, weight: edge.weight + first, edge };
}
