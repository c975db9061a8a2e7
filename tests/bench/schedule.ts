import { readFile } from 'node:fs/promises';
import { type BatchPlan, gapOf } from '../../bot/reviews/batch.js';
import { searchBatch } from '../../bot/reviews/batch-search.js';
import { type Proven, solveByHighs } from './schedule-highs.js';
import { readInstance, type ReadInstance } from './schedule-instance.js';
import { madeAuthority, seeded, sixtyAuthorities } from './schedule-made.js';
import { oneReview } from './schedule-one.js';
import { median } from './ratios.js';

/** npm run bench -- schedule [--instance FILE.json]: see README.md here for the format and for what the keys mean. */
const highsSeconds = 60;

export interface Timed {
  readonly plan: BatchPlan;
  readonly seconds: number;
}

export function planIn({ problem }: ReadInstance, seconds: number, from?: readonly number[]): Timed {
  const started = performance.now();
  const taken = () => (performance.now() - started) / 1000;
  let plan: BatchPlan | null = null;
  for (const progress of searchBatch(problem, {
    ...{ random: seeded(1), tolerance: 5e-3, patience: 4 },
    ...(from ? { from } : {}),
  })) {
    plan = progress.plan;
    if (progress.done || taken() > seconds) break;
  }
  if (plan === null) throw new Error('the search gave no plan');
  return { plan, seconds: taken() };
}

const plainSize = { reviews: 60, people: 40, days: 20, daySlots: 8, attendees: 5, busy: 0.4, chaired: 0.4 };

/** A first run teaches the engine the code, as a server that has been up for a minute has been taught. */
async function warmUp(): Promise<void> {
  for (let seed = 0; seed < 8; seed += 1) {
    const read = readInstance(madeAuthority(plainSize, seed));
    planIn(read, 2);
    if (seed === 0) await solveByHighs(read.problem, 20);
  }
}

function lineOf(read: ReadInstance, { plan, seconds }: Timed, proven: Proven | null) {
  const { meetings, resources } = read.problem;
  const placed = plan.placings.map(({ start, taken }, m) => ({
    id: meetings[m]?.id ?? '',
    start,
    taken,
    needs: meetings[m]?.needs,
  }));
  return {
    objective: round(plan.objective),
    late: plan.late,
    unscheduled: plan.unplaced,
    gap: round(gapOf(plan)),
    bound: round(plan.bound),
    seconds: round(seconds),
    ...(proven
      ? {
          ...{ highs_objective: round(proven.objective), highs_late: proven.late },
          ...{ highs_seconds: round(proven.seconds), time_vs_highs: round(seconds / proven.seconds) },
        }
      : {}),
    assignment: Object.fromEntries(placed.map(({ id, start }) => [id, start < 0 ? null : read.say(start)])),
    roles: Object.fromEntries(
      placed.flatMap(({ id, taken, needs }) => {
        const who = taken.filter((_, index) => (needs?.[index]?.length ?? 1) > 1).map((one) => resources[one]?.id);
        return who.length > 0 ? [[id, who]] : [];
      }),
    ),
  };
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;

async function oneInstance(file: string, seconds: number): Promise<object> {
  const read = readInstance(jsonOf(await readFile(file, 'utf8')));
  await warmUp();
  const timed = planIn(read, seconds);
  return lineOf(read, timed, await solveByHighs(read.problem, highsSeconds));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The instance is not JSON: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}

interface Compared {
  readonly name: string;
  readonly ours: Timed;
  readonly proven: Proven;
}

async function compareSixty(): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const { name, instance } of sixtyAuthorities()) {
    const read = readInstance(instance);
    const ours = planIn(read, 10);
    const proven = await solveByHighs(read.problem, highsSeconds);
    const meetings = read.problem.meetings.length;
    if (!proven) {
      process.stdout.write(`${name} ${meetings}: HiGHS did not finish\n`);
      continue;
    }
    compared.push({ name, ours, proven });
    const missed = ours.plan.late + ours.plan.unplaced;
    process.stdout.write(
      `${name} reviews ${meetings} objective ${round(ours.plan.objective)} / ${round(proven.objective)} ` +
        `(+${round(100 * (ours.plan.objective / proven.objective - 1))} %) missed ${missed} / ${proven.missed} ` +
        `seconds ${round(ours.seconds)} / ${round(proven.seconds)} = ${round(ours.seconds / proven.seconds)} gap ${round(gapOf(ours.plan))}\n`,
    );
  }
  return compared;
}

/** One new clash in a plan: how often no more than two others move when it is made anew. */
function stability(): { readonly cases: number; readonly within_two: number } {
  let [cases, within] = [0, 0];
  for (let seed = 0; seed < 10; seed += 1) {
    const instance = madeAuthority({ ...plainSize, reviews: 120, people: 90 }, 500 + seed);
    const before = planIn(readInstance(instance), 3).plan.placings.map(({ start }) => start);
    const kept = instance.meetings.map((one, m) => ({ ...one, ...((before[m] ?? -1) < 0 ? {} : { was: before[m] }) }));
    for (let clash = 0; clash < 120; clash += 12) {
      const start = before[clash] ?? -1;
      const who = instance.meetings[clash]?.persons?.[0];
      if (start < 0) continue;
      const people = instance.people.map((one) =>
        one.id === who ? { ...one, busy: [...(one.busy ?? []), [start, start + 1] as [number, number]] } : one,
      );
      const changed = readInstance({ ...instance, people, meetings: kept, weights: { moved: 50 } });
      const after = planIn(changed, 3, before).plan.placings;
      cases += 1;
      within += after.filter((one, m) => m !== clash && one.start !== before[m]).length <= 2 ? 1 : 0;
    }
  }
  return { cases, within_two: within };
}

async function allSizes(): Promise<object> {
  await warmUp();
  const compared = await compareSixty();
  const over = compared.map(({ ours, proven }) => ours.plan.objective / proven.objective - 1);
  const extra = compared.map(({ ours, proven }) => ours.plan.late + ours.plan.unplaced - proven.missed);
  const times = compared.map(({ ours, proven }) => ours.seconds / proven.seconds);
  const large = readInstance(
    madeAuthority({ reviews: 2000, people: 500, days: 130, daySlots: 14, attendees: 5, busy: 0.4, chaired: 0.3 }, 7),
  );
  const whole = planIn(large, 9);
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  return {
    ...{ authorities: compared.length, within_1_percent: over.filter((one) => one <= 0.01).length },
    ...{ worst_over: round(Math.max(...over)), extra_missed: sum(extra.map((one) => Math.max(0, one))) },
    objective: round(sum(compared.map(({ ours }) => ours.plan.objective))),
    late: sum(compared.map(({ ours }) => ours.plan.late)),
    unscheduled: sum(compared.map(({ ours }) => ours.plan.unplaced)),
    gap: round(Math.max(...compared.map(({ ours }) => gapOf(ours.plan)))),
    seconds: round(sum(compared.map(({ ours }) => ours.seconds))),
    highs_objective: round(sum(compared.map(({ proven }) => proven.objective))),
    highs_late: sum(compared.map(({ proven }) => proven.late)),
    highs_seconds: round(sum(compared.map(({ proven }) => proven.seconds))),
    time_vs_highs: round(median(times)),
    time_vs_highs_worst: round(Math.max(...times)),
    large: {
      ...{ reviews: 2000, people: 500, seconds: round(whole.seconds), gap: round(gapOf(whole.plan)) },
      ...{ late: whole.plan.late, unscheduled: whole.plan.unplaced },
    },
    one_review_milliseconds: round(oneReview()),
    one_clash: stability(),
  };
}

export async function main(): Promise<void> {
  const args = process.argv.slice(3);
  const value = (name: string) => args[args.indexOf(name) + 1];
  const file = args.includes('--instance') ? value('--instance') : undefined;
  const seconds = args.includes('--seconds') ? Number(value('--seconds')) : 10;
  if (args.includes('--instance') && file === undefined) throw new Error('--instance needs a file');
  try {
    process.stdout.write(
      `${JSON.stringify(file === undefined ? await allSizes() : await oneInstance(file, seconds))}\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
