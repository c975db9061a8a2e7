import { assignOneToOne } from '../../bot/learners/matching/assignment.js';
import { bandOf } from '../../bot/learners/matching/bands.js';
import { clusterRecords } from '../../bot/learners/matching/clusters.js';
import { createGuard } from '../../bot/learners/matching/guard.js';
import { compareRecords, type Compared, type Edge, usualLimits } from '../../bot/learners/matching/linking.js';
import { addRecord, createRecords, type Records } from '../../bot/learners/matching/records.js';
import { levelWeights, type Model, probabilityOf } from '../../bot/learners/matching/weights.js';
import { type Figures, figuresOf, groupPairs, truePairs } from './matching-figures.js';
import { type Job, readJob } from './matching-input.js';

/** Finds who is whom in labelled files, knowing no labels, and says how well, as one line of JSON. See README.md. */
export async function main(): Promise<void> {
  const started = process.hrtime.bigint();
  const figures = matchJob(readJob(process.argv.slice(3)));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ ...figures, seconds: Number(seconds.toFixed(2)), peak_mb: peak }));
}

export function matchJob(job: Job) {
  const records = createRecords(job.specs, job.rows.length);
  for (const row of job.rows)
    addRecord(records, Object.fromEntries([...job.columns].map(([name, column]) => [name, row[column]])));
  const split = job.link ? job.split : null;
  const truth = truePairs(job.truth, split);
  const same = (a: number, b: number) => job.truth[a] === job.truth[b];
  let blocked = 0;
  const compared = compareRecords(records, split, usualLimits, (a, b) => {
    if (same(a, b)) blocked++;
  });
  if (job.weights) printWeights(records, compared.model);
  const taken = takePairs(job, records, compared);
  const automatic = automaticPairs(records, compared);
  const auto = figuresOf(automatic.filter(({ a, b }) => same(a, b)).length, automatic.length, truth);
  return {
    ...figuresOf(taken.right, taken.found, truth),
    blocking_recall: truth === 0 ? null : Number((blocked / truth).toFixed(5)),
    pairs: compared.pairs,
    to_review_per_1000: Number((((taken.joins - automatic.length) / records.size) * 1000).toFixed(1)),
    ...({ auto_precision: auto.precision, auto_recall: auto.recall, auto_f1: auto.f1 } satisfies Record<
      string,
      Figures['f1']
    >),
  };
}

interface Taken {
  readonly found: number;
  readonly right: number;
  /** Times that somebody says yes or no: a pair of two files, or a record to the others of its person. */
  readonly joins: number;
}

function takePairs(job: Job, records: Records, { edges, scorer }: Compared): Taken {
  const least = Math.log2(job.least / (1 - job.least));
  if (!job.link) {
    const groups = clusterRecords(records.size, edges, scorer.score, least);
    return { ...groupPairs(groups, job.truth), joins: records.size - new Set(groups).size };
  }
  const pairs = job.many ? edges.filter(({ weight }) => weight >= least) : assignOneToOne(edges, least);
  const right = pairs.filter(({ a, b }) => job.truth[a] === job.truth[b]).length;
  return { found: pairs.length, right, joins: pairs.length };
}

/** What would be taken without a person: nothing, in files without an SCN. */
function automaticPairs(records: Records, { edges, scorer }: Compared): Edge[] {
  if (!records.columns.some(({ spec }) => spec.kind === 'scn')) return [];
  const guard = createGuard(records);
  return edges.filter(({ a, b, weight }) => {
    const pair = { a, b, levels: scorer.evidence(a, b).levels, probability: probabilityOf(weight) };
    return bandOf(records, pair, guard.reasonsFor(a, b), 0.5).band === 'match';
  });
}

/** What was estimated, for whoever wonders: by field and level, how often in pairs of one person and of two, and bits. */
function printWeights({ columns }: Records, { m, u, parents }: Model): void {
  for (const [at, { spec, comparison }] of columns.entries()) {
    const parent = columns[parents[at] ?? -1]?.spec.name;
    console.log(`${spec.name}${parent === undefined ? '' : ` (hangs on ${parent})`}`);
    for (const [level, bits] of levelWeights(m[at] ?? new Float64Array(0), u[at]).entries()) {
      if (level === 0) continue;
      const shares = `m ${m[at]?.[level]?.toFixed(4) ?? ''}, u ${u[at]?.[level]?.toExponential(1) ?? ''}`;
      console.log(`  ${comparison.levels[level] ?? ''}: ${shares}, ${bits.toFixed(1)} bits`);
    }
  }
}
