import { createCandidateIndex } from './candidates.js';
import { chanceLevels } from './chance.js';
import { createGuard, type Guard } from './guard.js';
import { createLeveller } from './levels.js';
import { addRecord, type RawRecord, type Records } from './records.js';
import { createScorer, type PairEvidence } from './scoring.js';
import { firstModel, type Model, probabilityOf } from './weights.js';

/**
 * One new record against a register, without comparing the rest again. In memory, pure; the caller keeps what record number
 * is whose. `model` is that of the last full run (match-extracts.ts); without one, what is usual of people stands in.
 */
export interface Search {
  /** The likeliest of the register, best first. The record itself is not kept. */
  find(raw: RawRecord, most: number): Found[];
  /** Adds a record to the register; answers its number. */
  add(raw: RawRecord): number;
}

export interface Found {
  readonly record: number;
  /** In bits, the prior included. */
  readonly weight: number;
  /** 0 to 1, beside the others that were found. */
  readonly probability: number;
  readonly evidence: PairEvidence;
  readonly reasons: ReturnType<Guard['reasonsFor']>;
}

/** Of every key, a record that is asked about is compared with about as many records of the register at most. */
const perKey = 400;

/** In bits; below it nobody is shown. */
const floor = -6;

/** Half of those asked about are expected to be known. */
const expected = 0.5;

export function createSearch(records: Records, model?: Model): Search {
  const leveller = createLeveller(records);
  const range = { from: 0, until: records.size };
  const index = createCandidateIndex(records, range, { askedFor: records.size, work: perKey * records.size });
  const scorer = createScorer(records, leveller, modelFor(records, model));
  const guard = createGuard(records);
  return {
    find(raw, most) {
      const asked = addRecord(records, raw);
      scorer.bound.ask(asked);
      const weights: { readonly record: number; readonly weight: number }[] = [];
      index.eachCandidate(asked, (record) => {
        if (!scorer.bound.mayReach(record, floor)) return;
        const weight = scorer.score(asked, record);
        if (weight >= floor) weights.push({ record, weight });
      });
      const best = weights.sort((x, y) => y.weight - x.weight || x.record - y.record).slice(0, most);
      const odds = weights.reduce((sum, { weight }) => sum + 2 ** Math.min(60, weight), 1);
      const found = best.map(({ record, weight }) => ({
        ...{ record, weight, evidence: scorer.evidence(asked, record), reasons: guard.reasonsFor(asked, record) },
        probability: Math.min(probabilityOf(weight), 2 ** Math.min(60, weight) / odds),
      }));
      records.size--;
      return found;
    },
    add(raw) {
      const record = addRecord(records, raw);
      index.insert(record);
      guard.insert(record);
      return record;
    },
  };
}

function modelFor(records: Records, model: Model | undefined): Model {
  const prior = expected / Math.max(2, records.size);
  if (model) {
    // How many relatives there are for each match does not change with the question.
    const share = (model.relatives.share / model.prior) * prior;
    return { ...model, prior, relatives: { ...model.relatives, share: Math.min(0.2, share) } };
  }
  const columns = records.columns.map(({ spec, comparison }) => ({ kind: spec.kind, comparison }));
  const sides = { size: Math.max(2, records.size), split: null };
  const chance = chanceLevels(records, createLeveller(records), sides);
  return firstModel(columns, chance, { pairs: sides.size, expected });
}
