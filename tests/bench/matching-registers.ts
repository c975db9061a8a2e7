import { matchRegister, type RegisterResult } from './registers.js';

/**
 * Twenty made-up registers with known truth: nothing wrong is taken without a person, what is shown as sure is sure, and people
 * are not asked too much. SCNs are missing as in councils from best to worst.
 */
export async function main(): Promise<void> {
  const seeds = Number(process.argv[3] ?? 20);
  const results: RegisterResult[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const result = matchRegister({
      seed: `register-${seed}`,
      pupils: 6000,
      known: 900,
      scnMissing: 0.05 + 0.4 * ((seed - 1) / Math.max(1, seeds - 1)),
    });
    results.push(result);
    if (process.argv.includes('--each')) console.log(JSON.stringify(result));
  }
  console.log(JSON.stringify(summary(results)));
}

function summary(results: readonly RegisterResult[]) {
  const sum = (read: (one: RegisterResult) => number) => results.reduce((total, one) => total + read(one), 0);
  const share = (part: number, whole: number) => Number((part / whole).toFixed(4));
  return {
    registers: results.length,
    wrong_automatic: sum((one) => one.wrongAutomatic),
    auto_recall: share(
      sum((one) => one.automaticWithScn),
      sum((one) => one.trueWithScn),
    ),
    sure_true: share(
      sum((one) => one.sureTrue),
      sum((one) => one.sure),
    ),
    sure_share_without_scn: share(
      sum((one) => one.sureTrueWithout),
      sum((one) => one.trueWithout),
    ),
    to_review_per_1000: Number(
      (
        share(
          sum((one) => one.review),
          sum((one) => one.learners),
        ) * 1000
      ).toFixed(1),
    ),
    to_review_per_1000_known: Number(
      (
        share(
          sum((one) => one.review),
          sum((one) => one.known),
        ) * 1000
      ).toFixed(1),
    ),
    review_true: share(
      sum((one) => one.reviewTrue),
      sum((one) => one.review),
    ),
    found: share(
      sum((one) => one.reviewTrue + one.automaticWithScn),
      sum((one) => one.trueWithScn + one.trueWithout),
    ),
    forbidden_shown: sum((one) => one.forbiddenShown),
    calibration: Array.from({ length: 11 }, (_, at) => {
      const [pairs, right] = [sum((one) => one.calibration[at]?.[0] ?? 0), sum((one) => one.calibration[at]?.[1] ?? 0)];
      return { shown: at === 10 ? '0.99+' : `${at / 10}`, pairs, true: right };
    }).filter(({ pairs }) => pairs > 0),
  };
}
