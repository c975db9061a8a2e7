import { type CandidateIndex, createCandidateIndex } from './candidates.js';
import { chanceLevels, pairsOf, type Sides } from './chance.js';
import { createLeveller, type Leveller } from './levels.js';
import type { Records } from './records.js';
import { createScorer, type Scorer } from './scoring.js';
import { findDependences } from './dependence.js';
import { estimate, firstModel, type Model, type Patterns, probabilityOf, weigher } from './weights.js';

/** A pair of records with the weight of evidence that they are one person, in bits, the prior included. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

export interface Compared {
  readonly edges: Edge[];
  readonly model: Model;
  readonly scorer: Scorer;
  /** How many pairs were compared. */
  readonly pairs: number;
}

export interface LinkingLimits {
  /** Pairs below this weight are forgotten, in bits. */
  readonly floor: number;
  /** Pairs that one blocking key may cost, for each record; and at most. */
  readonly workEach: number;
  readonly work: number;
  /** Records whose pairs the weights are estimated from. */
  readonly sample: number;
}

export const usualLimits: LinkingLimits = { floor: -6, workEach: 40, work: 2_000_000, sample: 20_000 };

/**
 * Compares what shares a key, estimates the weights, and answers the pairs worth keeping. Link: each of the records before
 * `split` with those after it; else all with each other, each pair once with a < b. `compared` is told of each pair.
 */
export function compareRecords(
  records: Records,
  split: number | null,
  limits: LinkingLimits = usualLimits,
  compared: (a: number, b: number) => void = () => undefined,
): Compared {
  const sides: Sides = { size: records.size, split };
  const leveller = createLeveller(records);
  const indexed = split === null ? { from: 0, until: records.size } : { from: split, until: records.size };
  const asking = split ?? records.size;
  const work = Math.min(limits.work, limits.workEach * Math.max(asking, records.size - (split ?? 0)));
  const index = createCandidateIndex(records, indexed, { askedFor: asking, work });
  const model = learn(records, leveller, index, sides, limits.sample);
  const scorer = createScorer(records, leveller, model);
  const edges: Edge[] = [];
  let pairs = 0;
  for (let a = 0; a < asking; a++) {
    scorer.bound.ask(a);
    index.eachCandidate(a, (b) => {
      if (split === null && b < a) return;
      pairs++;
      compared(a, b);
      if (!scorer.bound.mayReach(b, limits.floor)) return;
      const weight = scorer.score(a, b);
      if (weight >= limits.floor) edges.push({ a, b, weight });
    });
  }
  return { edges, model, scorer, pairs };
}

/** Estimates the weights from the pairs of evenly spread records; all of them when there are few. */
function learn(records: Records, leveller: Leveller, index: CandidateIndex, sides: Sides, sample: number): Model {
  const asking = sides.split ?? sides.size;
  const step = Math.max(1, asking / sample);
  const counts = new Map<number, number>();
  const levels = new Uint8Array(records.columns.length);
  let asked = 0;
  for (let next = 0; next < asking; next += step, asked++) {
    const a = Math.floor(next);
    index.eachCandidate(a, (b) => {
      if (step === 1 && sides.split === null && b < a) return;
      leveller.compare(a, b, levels);
      const pattern = leveller.patternOf(levels);
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    });
  }
  const share = asked / Math.max(1, asking);
  // Sampled records of one file are asked about all others: each pair could be met from both of its ends.
  const pairs = pairsOf(sides) * share * (sides.split === null && step > 1 ? 2 : 1);
  const expected = 0.5 * Math.min(asking, sides.size - (sides.split ?? 0)) * share;
  const chance = chanceLevels(records, leveller, sides);
  const columns = records.columns.map(({ spec, comparison }) => ({ kind: spec.kind, comparison }));
  const weigh = weigher(firstModel(columns, chance, { pairs, expected }), columns);
  const strange = (one: Uint8Array) => 1 - probabilityOf(weigh(one).match);
  const families = findDependences(records, leveller, sides, chance, strange).map(({ parent, patterns }) => ({
    ...{ parent, agreeing: unpacked(patterns, leveller) },
  }));
  return estimate(columns, unpacked(counts, leveller), chance, families, { pairs, expected });
}

function unpacked(counts: ReadonlyMap<number, number>, leveller: Leveller): Patterns {
  return { levels: [...counts.keys()].map((one) => leveller.levelsOf(one)), counts: [...counts.values()] };
}
