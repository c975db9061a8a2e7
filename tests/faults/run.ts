/**
 * `npm run faults -- delivery [--requests 1000] [--kills 20] [--seed 1] [--share 0.3] [--at-once 8] [--speed 120]`
 *
 * Many people ask, take, reply, schedule and accept by real presses while that share of all connector and Graph calls fails
 * and the server is killed; then nothing fails any more, everything comes to rest, and what is left is counted from both
 * sides. Ends with one line of JSON; exits 1 when anything was lost, doubled, stuck or told wrongly.
 */
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { ambiguousPosts } from './far-side.js';
import type { Findings } from './count.js';
import { workThrough } from './crowd.js';
import { runImport } from './import-run.js';
import { runRequests } from './requests.js';
import { comeToRest } from './rest.js';
import { type RealProcess, startRealProcess } from './real-process.js';
import { type Draw, seededDraw } from './seeded.js';
import { spoil } from './world.js';

interface Plan {
  readonly requests: number;
  readonly kills: number;
  readonly seed: number;
  readonly share: number;
  readonly atOnce: number;
  readonly speed: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ requests: { type: 'string', default: '1000' }, actions: { type: 'string', default: '10000' } },
    kills: { type: 'string' },
    rows: { type: 'string', default: '1000000' },
    ...{ seed: { type: 'string', default: '1' }, share: { type: 'string', default: '0.3' } },
    ...{ 'at-once': { type: 'string', default: '8' }, speed: { type: 'string', default: '120' } },
  },
});
const shared = {
  ...{ seed: Number(values.seed), share: Number(values.share) },
  ...{ atOnce: Number(values['at-once']), speed: Number(values.speed) },
};
const runs: Readonly<Record<string, () => Promise<void>>> = {
  delivery: () => run({ ...shared, requests: Number(values.requests), kills: Number(values.kills ?? 20) }),
  requests: () => runRequests({ ...shared, actions: Number(values.actions), kills: Number(values.kills ?? 100) }),
  import: () => runImport({ rows: Number(values.rows), kills: Number(values.kills ?? 10), seed: shared.seed }),
};
const chosen = runs[positionals[0] ?? ''];
if (!chosen) {
  console.error('npm run faults -- delivery [--requests 1000] [--kills 20] [--seed 1]');
  console.error('npm run faults -- requests [--actions 10000] [--kills 100] [--seed 1]');
  console.error('npm run faults -- import [--rows 1000000] [--kills 10] [--seed 1]');
  process.exit(2);
}
await chosen();

async function run(plan: Plan): Promise<void> {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  const world = await startRealProcess(plan.seed, plan.speed);
  try {
    spoil(world, plan.share);
    const draw = seededDraw(plan.seed + 2);
    const progress = { through: 0, over: false };
    const killing = keepKilling(world, plan, draw, progress);
    const diary = await workThrough(world, {
      ...{ requests: plan.requests, atOnce: plan.atOnce, draw },
      onThrough: (through) => {
        progress.through = through;
        if (through % 50 === 0) console.error(`${through} requests are through after ${seconds()} s`);
      },
    });
    progress.over = true;
    const kills = await killing;
    console.error(`the crowd is through after ${seconds()} s; what is under way comes to rest`);
    const { findings, far } = await comeToRest(world, diary, 600);
    const byKills = orphansOfKills(findings, kills, plan.speed);
    const ambiguous = ambiguousPosts(far.injected) + byKills;
    report(findings, ambiguous);
    const { lost, duplicated, stuck, disagreeing, orphans } = findings;
    const counts = {
      lost: lost.length,
      duplicated: duplicated.length,
      stuck: stuck.length,
      disagreeing: disagreeing.length,
    };
    const sound = Object.values(counts).every((number) => number === 0) && orphans.length <= ambiguous;
    const did = { faults: far.injected.length, actions: diary.deeds.length, kills: kills.length };
    console.log(JSON.stringify({ ...did, ...counts, orphans: orphans.length }));
    process.exitCode = sound ? 0 : 1;
  } finally {
    await world.close();
  }
}

/** Spread over the run, each at a moment of its own. */
async function keepKilling(
  world: RealProcess,
  plan: Plan,
  draw: Draw,
  progress: { through: number; over: boolean },
): Promise<number[]> {
  const kills: number[] = [];
  while (kills.length < plan.kills) {
    const due = ((kills.length + 0.5) * plan.requests) / plan.kills;
    while (progress.through < due && !progress.over) await pause(50);
    await pause(draw() * 1000);
    kills.push(await world.kill());
  }
  return kills;
}

/** A kill between a post and its bookkeeping loses the answer just as a cut connection does. Ids are instants. */
function orphansOfKills({ orphans }: Findings, kills: readonly number[], speed: number): number {
  const [before, after] = [3000 * speed, 1000 * speed];
  return orphans.filter(({ id }) => kills.some((at) => Number(id) > at - before && Number(id) < at + after)).length;
}

function report(findings: Findings, ambiguous: number): void {
  for (const kind of ['lost', 'duplicated', 'stuck', 'disagreeing'] as const)
    for (const finding of findings[kind].slice(0, 20)) console.error(`${kind}: ${finding}`);
  console.error(`orphans: ${findings.orphans.length} of at most ${ambiguous} ambiguous posts`);
}
