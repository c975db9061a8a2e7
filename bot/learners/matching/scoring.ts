import { type Bound, createBound } from './bounds.js';
import type { Leveller } from './levels.js';
import { type Column, countValues, type Records } from './records.js';
import { levelWeights, type Model, weigher } from './weights.js';

/**
 * The weight of evidence that two records are one person, in bits (log2 of the odds), from the model's prior and each field.
 * Pure. Agreement on a rare value weighs more than on a common one: the chance of agreeing on it is how often it occurs.
 */
export interface Scorer {
  readonly prior: number;
  score(a: number, b: number): number;
  /** Rules most pairs out before they are scored. */
  readonly bound: Bound;
  evidence(a: number, b: number): PairEvidence;
}

/** Why a pair weighs what it does, in bits: prior, fields and kinship add up to the weight. */
export interface PairEvidence {
  readonly levels: Uint8Array;
  /** By column; what missing values say is 0. */
  readonly weights: Float64Array;
  /** 0 or less: what is taken off because brothers and sisters agree in the same fields. */
  readonly kinship: number;
}

export function createScorer(records: Records, leveller: Leveller, model: Model): Scorer {
  const fields = records.columns.map((column, at) => ({
    ...{ column, exact: column.comparison.exact },
    weights: levelWeights(model.m[at] ?? new Float64Array(0), model.u[at]),
    given: levelWeights(model.m[at] ?? new Float64Array(0), model.uGiven[at]),
    parent: model.parents[at] ?? -1,
    parentExact: records.columns[model.parents[at] ?? -1]?.comparison.exact ?? -1,
    rarity: column.comparison.byFrequency
      ? rarityOf(column, records.size, model.u[at]?.[column.comparison.exact] ?? 1)
      : new Float32Array(0),
  }));
  const weighAll = weigher(
    model,
    fields.map(({ column }) => ({ kind: column.spec.kind, comparison: column.comparison })),
  );
  const prior = Math.log2(model.prior / (1 - model.prior));
  // Strangers, or relatives who look as like as these do: both are other people.
  const kinshipOf = () => -Math.log2(1 + 2 ** weighAll(levels).relative);
  const levels = new Uint8Array(fields.length);

  const weigh = (at: number, a: number, b: number): number => {
    const field = fields[at];
    if (!field) return 0;
    const level = levels[at] ?? 0;
    if (level === 0) return 0;
    // What comes with the parent is no second find, however rare.
    if (field.parent >= 0 && levels[field.parent] === field.parentExact) return field.given[level] ?? 0;
    const weight = field.weights[level] ?? 0;
    const counts = level === field.exact || (level >= field.exact - 2 && level >= 3);
    return !counts || field.rarity.length === 0 ? weight : weight + rarityFor(field, level, a, b);
  };

  return {
    prior,
    bound: createBound(fields, records.size, leveller, prior),
    score(a, b) {
      leveller.compare(a, b, levels);
      let sum = prior;
      for (let at = 0; at < fields.length; at++) sum += weigh(at, a, b);
      // What is far below anything of interest is not looked at closer.
      return sum < -10 ? sum : sum + kinshipOf();
    },
    evidence(a, b) {
      leveller.compare(a, b, levels);
      const weights = Float64Array.from(fields, (_, at) => weigh(at, a, b));
      return { levels: levels.slice(), weights, kinship: kinshipOf() };
    },
  };
}

/** In bits, by value: how much more agreeing on it says than agreeing on any. */
function rarityOf(column: Column, size: number, chance: number): Float32Array {
  const counts = countValues(column, 0, size);
  let known = 0;
  for (const count of counts) known += count;
  return Float32Array.from(counts, (count) =>
    Math.log2(Math.max(chance, 1e-9) / (Math.max(count, 1) / Math.max(known, 1))),
  );
}

/** Of values not quite the same the commoner is meant, and half its rarity counts: a slip can lead anywhere. */
function rarityFor(
  { column, exact, rarity }: { readonly column: Column; readonly exact: number; readonly rarity: Float32Array },
  level: number,
  a: number,
  b: number,
): number {
  const [codeA, codeB] = [column.codes[a] ?? -1, column.codes[b] ?? -1];
  // A value met for the first time, in a record that is only asked about, has no rarity yet: the other's stands for both.
  const [one, other] = [rarity[codeA] ?? rarity[codeB] ?? 0, rarity[codeB] ?? rarity[codeA] ?? 0];
  const least = Math.min(one, other);
  return level >= exact ? least : least / 2;
}
