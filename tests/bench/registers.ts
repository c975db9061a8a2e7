import { matchExtracts, type MatchedPair, registerFields } from '../../bot/learners/matching/match-extracts.js';
import { addRecord, createRecords, type RawRecord } from '../../bot/learners/matching/records.js';
import {
  drawLinkedExtracts,
  type ExtractRow,
  type LinkedExtracts,
  type Making,
} from '../../infra/local/demo/generator/linked-extracts.js';

/** How matching does on one made-up register, whose truth is known. Counts are of pairs. */
export interface RegisterResult {
  readonly wrongAutomatic: number;
  readonly automatic: number;
  /** True pairs that carry an SCN on both sides, and the rest. */
  readonly trueWithScn: number;
  readonly trueWithout: number;
  readonly automaticWithScn: number;
  /** Shown as 99 % or more: all, the true ones, and the true ones without an SCN on both sides. */
  readonly sure: number;
  readonly sureTrue: number;
  readonly sureTrueWithout: number;
  readonly review: number;
  readonly reviewTrue: number;
  readonly learners: number;
  readonly known: number;
  readonly guarded: number;
  /** By tenth of the probability shown: pairs, and true ones. */
  readonly calibration: readonly (readonly [number, number])[];
  readonly forbiddenShown: number;
}

export function matchRegister(making: Making): RegisterResult {
  const extracts = drawLinkedExtracts(making);
  const records = createRecords(registerFields, extracts.education.length + extracts.socialWork.length);
  for (const row of [...extracts.education, ...extracts.socialWork]) addRecord(records, rawOf(row));
  const split = extracts.education.length;
  const truth = [...extracts.educationTruth, ...extracts.socialWorkTruth];
  const forbidden = new Set(extracts.forbidden);
  const { pairs } = matchExtracts(records, split, {
    least: 0.5,
    decided: (a, b) => (truth[a] === truth[b] && forbidden.has(truth[a] ?? -1) ? 'forbidden' : null),
  });
  return tally(extracts, truth, split, pairs);
}

export function rawOf(row: ExtractRow): RawRecord {
  return { ...row, forename: row.knownAs === '' ? row.forename : [row.forename, row.knownAs] };
}

function tally(
  extracts: LinkedExtracts,
  truth: readonly number[],
  split: number,
  pairs: readonly MatchedPair[],
): RegisterResult {
  const rows = [...extracts.education, ...extracts.socialWork];
  const forbidden = new Set(extracts.forbidden);
  const right = ({ a, b }: MatchedPair) => truth[a] === truth[b];
  const numbered = (a: number, b: number) => rows[a]?.scn !== '' && rows[b]?.scn !== '';
  const inEducation = new Map(extracts.educationTruth.map((child, at) => [child, at]));
  const trueOnes = extracts.socialWorkTruth.flatMap((child, at) => {
    const a = inEducation.get(child);
    return a === undefined || forbidden.has(child) ? [] : [{ a, b: split + at }];
  });
  const automatic = pairs.filter(({ band }) => band === 'match');
  const review = pairs.filter(({ band }) => band === 'possible');
  const sure = review.filter(({ shown }) => shown !== null && shown >= 0.99);
  const trueWithScn = trueOnes.filter(({ a, b }) => numbered(a, b)).length;
  return {
    wrongAutomatic: automatic.filter((pair) => !right(pair)).length,
    automatic: automatic.length,
    ...{ trueWithScn, trueWithout: trueOnes.length - trueWithScn },
    automaticWithScn: automatic.filter((pair) => right(pair)).length,
    sure: sure.length,
    sureTrue: sure.filter(right).length,
    sureTrueWithout: sure.filter((pair) => right(pair) && !numbered(pair.a, pair.b)).length,
    ...{ review: review.length, reviewTrue: review.filter(right).length },
    ...{ learners: new Set(truth).size, known: extracts.socialWork.length },
    guarded: review.filter(({ reasons }) => reasons.length > 0).length,
    calibration: Array.from({ length: 11 }, (_, tenth) => {
      const near = review.filter(
        ({ shown }) => shown !== null && (shown >= 0.99 ? 10 : Math.floor(shown * 10)) === tenth,
      );
      return [near.length, near.filter(right).length] as const;
    }),
    forbiddenShown: pairs.filter((pair) => right(pair) && forbidden.has(truth[pair.a] ?? -1)).length,
  };
}
