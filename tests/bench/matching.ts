import { assignOneToOne } from '../../bot/learners/matching/assignment.js';
import { clusterRecords } from '../../bot/learners/matching/clusters.js';
import { compareRecords, usualLimits } from '../../bot/learners/matching/linking.js';
import { addRecord, createRecords, type Records } from '../../bot/learners/matching/records.js';
import { levelWeights, type Model } from '../../bot/learners/matching/weights.js';
import { figuresOf, groupPairs, truePairs } from './matching-figures.js';
import { type Job, readJob } from './matching-input.js';

/** Finds who is whom in labelled files, knowing no labels, and says how well, as one line of JSON. */
export async function main(): Promise<void> {
  const job = readJob(process.argv.slice(3));
  const started = process.hrtime.bigint();
  const found = matchJob(job);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ ...found, seconds: Number(seconds.toFixed(2)), peak_mb: peak }));
}

export function matchJob(job: Job) {
  const records = createRecords(job.specs, job.rows.length);
  for (const row of job.rows)
    addRecord(records, Object.fromEntries([...job.columns].map(([name, column]) => [name, row[column]])));
  const split = job.link ? job.split : null;
  const truth = truePairs(job.truth, split);
  let blocked = 0;
  const same = (a: number, b: number) => job.truth[a] === job.truth[b];
  const compared = compareRecords(records, split, usualLimits, (a, b) => {
    if (same(a, b)) blocked++;
  });
  if (job.weights) printWeights(records, compared.model);
  const least = Math.log2(job.least / (1 - job.least));
  const taken = job.link
    ? pairsTaken(
        job.many ? compared.edges.filter(({ weight }) => weight >= least) : assignOneToOne(compared.edges, least),
        same,
      )
    : groupPairs(clusterRecords(records.size, compared.edges, compared.scorer.score, least), job.truth);
  return {
    ...figuresOf(taken.right, taken.found, truth),
    blocking_recall: truth === 0 ? null : blocked / truth,
    pairs: compared.pairs,
  };
}

function pairsTaken(
  edges: readonly { readonly a: number; readonly b: number }[],
  same: (a: number, b: number) => boolean,
) {
  return { found: edges.length, right: edges.filter(({ a, b }) => same(a, b)).length };
}

/** What was estimated, for whoever wonders: by field and level, how often in pairs of one person and of two, and bits. */
function printWeights({ columns }: Records, { m, u, parents }: Model): void {
  for (const [at, { spec, comparison }] of columns.entries()) {
    const parent = columns[parents[at] ?? -1]?.spec.name;
    console.log(`${spec.name}${parent === undefined ? '' : ` (hangs on ${parent})`}`);
    for (const [level, bits] of levelWeights(m[at] ?? new Float64Array(0), u[at]).entries())
      if (level > 0)
        console.log(
          `  ${comparison.levels[level] ?? ''}: m ${m[at]?.[level]?.toFixed(4) ?? ''}, u ${u[at]?.[level]?.toExponential(1) ?? ''}, ${bits.toFixed(1)} bits`,
        );
  }
}
