import { createRequire } from 'node:module';
import type { Highs, HighsSolution, InitOptions } from 'highs';
import type { BatchProblem } from '../../bot/reviews/batch.js';
import { at, type BatchModel, modelOf } from '../../bot/reviews/batch-model.js';

/** The same question as a mixed-integer program in LP format, for npm `highs`: the oracle, never the planner. */
export interface Proven {
  readonly objective: number;
  readonly missed: number;
  readonly late: number;
  readonly seconds: number;
}

/** Its types are those of its CommonJS build. */
const load: (options?: InitOptions) => Promise<Highs> = createRequire(import.meta.url)('highs');
const solver = load();

/** Null when it is not proven within the time. Only the solving is timed, not the writing of the program. */
export async function solveByHighs(problem: BatchProblem, seconds: number): Promise<Proven | null> {
  const highs = await solver;
  const model = modelOf(problem);
  const text = programOf(model);
  const started = performance.now();
  let solution: HighsSolution;
  try {
    solution = highs.solve(text, { time_limit: seconds, output_flag: false });
  } catch {
    return null; // it ran out of its memory
  }
  const taken = (performance.now() - started) / 1000;
  if (solution.Status !== 'Optimal') return null;
  let late = 0;
  let placed = 0;
  for (const [name, column] of Object.entries(solution.Columns)) {
    if (!name.startsWith('x') || !('Primal' in column) || (column.Primal ?? 0) < 0.5) continue;
    const option = Number(name.slice(1));
    placed += 1;
    const meeting = problem.meetings[meetingOf(model, option)];
    if (meeting && at(model.start, option) >= meeting.lateFrom) late += 1;
  }
  const missed = late + problem.meetings.length - placed;
  return { objective: solution.ObjectiveValue, missed, late, seconds: taken };
}

function meetingOf(model: BatchModel, option: number): number {
  let m = 0;
  while (at(model.first, m + 1) <= option) m += 1;
  return m;
}

interface Program {
  readonly objective: string[];
  readonly rows: string[];
  readonly binaries: string[];
}

function programOf(model: BatchModel): string {
  const program: Program = { objective: [], rows: [], binaries: [] };
  const uses = usesOf(model, program);
  addClashes(model, uses, program);
  addDays(model, uses, program);
  addDistances(model, uses, program);
  const { objective, rows, binaries } = program;
  const lines = (parts: readonly string[], by: number, glue: string) =>
    Array.from({ length: Math.ceil(parts.length / by) }, (_, index) =>
      parts.slice(index * by, (index + 1) * by).join(glue),
    ).join(`${glue}\n `);
  const numbered = rows.map((row, index) => ` c${index}: ${row}`).join('\n');
  return `Minimize\n obj: ${lines(objective, 20, ' ')}\nSubject To\n${numbered}\nBinary\n ${lines(binaries, 40, ' ')}\nEnd\n`;
}

/** A variable that puts a person somewhere: the option itself, or the person's taking of a role in it. */
interface Use {
  readonly name: string;
  readonly resource: number;
  readonly m: number;
  readonly from: number;
  readonly until: number;
  readonly inRole: boolean;
}

function usesOf(model: BatchModel, { objective, rows, binaries }: Program): Use[] {
  const uses: Use[] = [];
  for (let m = 0; m < model.meetings; m += 1) {
    const placed: string[] = [];
    for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1) {
      const from = at(model.start, o);
      const until = from + at(model.length, m);
      objective.push(`+ ${at(model.cost, o)} x${o}`);
      binaries.push(`x${o}`);
      placed.push(`x${o}`);
      for (const resource of model.fixed[m] ?? [])
        uses.push({ name: `x${o}`, resource, m, from, until, inRole: false });
      (model.roles[m] ?? []).forEach((role, index) => {
        const width = model.slots + 1;
        const able = [...role].filter(
          (resource) =>
            at(model.takenBefore, resource * width + until) === at(model.takenBefore, resource * width + from),
        );
        const names = able.map((resource) => `y${o}_${index}_${resource}`);
        binaries.push(...names);
        rows.push(`${names.join(' + ')} - x${o} = 0`);
        able.forEach((resource, which) => {
          const name = names[which] ?? '';
          uses.push({ name, resource, m, from, until, inRole: true });
        });
      });
    }
    objective.push(`+ ${at(model.unplaced, m)} u${m}`);
    binaries.push(`u${m}`);
    rows.push(`${[...placed, `u${m}`].join(' + ')} = 1`);
  }
  return uses;
}

/** Nobody at two meetings in one slot, and nobody twice in one meeting. */
function addClashes(model: BatchModel, uses: readonly Use[], { rows }: Program): void {
  const bySlot = new Map<number, string[]>();
  for (const { name, resource, from, until } of uses)
    for (let slot = from; slot < until; slot += 1) {
      const key = resource * model.slots + slot;
      const names = bySlot.get(key);
      if (names) names.push(name);
      else bySlot.set(key, [name]);
    }
  for (const names of new Set([...bySlot.values()].filter((one) => one.length > 1).map((one) => one.join(' + '))))
    rows.push(`${names} <= 1`);
}

function addDays(model: BatchModel, uses: readonly Use[], { rows, objective }: Program): void {
  const { weights } = model.problem;
  const byDay = grouped(uses, ({ resource, from }) => resource * model.days + at(model.dayOf, from));
  for (const [key, own] of byDay) {
    const names = own.map(({ name }) => name).join(' + ');
    const most = at(model.mostADay, Math.floor(key / model.days));
    if (most >= 0) rows.push(`${names} <= ${most}`);
    if (weights.spread > 0) {
      objective.push(`+ ${weights.spread} s${key}`);
      rows.push(`${names} - s${key} <= ${weights.spreadAfter}`);
    }
    const byPlace = grouped(own, ({ m }) => at(model.place, m));
    byPlace.delete(-1);
    if (weights.travel === 0 || byPlace.size < 2) continue;
    objective.push(`+ ${weights.travel} t${key}`);
    const there = [...byPlace].map(([place, some]) => {
      for (const { name } of some) rows.push(`${name} - z${key}_${place} <= 0`);
      return `z${key}_${place}`;
    });
    rows.push(`${there.join(' + ')} - t${key} <= 1`);
  }
  if (weights.fairness === 0) return;
  for (const [resource, own] of grouped(
    uses.filter(({ inRole }) => inRole),
    (use) => use.resource,
  )) {
    objective.push(`+ ${weights.fairness} f${resource}`);
    rows.push(`${own.map(({ name }) => name).join(' + ')} - f${resource} <= ${at(model.share, resource)}`);
  }
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Pairs that would be too near: one person in two places without time to travel, or meetings to be kept apart. */
function addDistances(model: BatchModel, uses: readonly Use[], { rows }: Program): void {
  const { travel, apart, meetings } = model.problem;
  const sameDay = (one: number, other: number) => at(model.dayOf, one) === at(model.dayOf, other);
  if (travel > 0)
    for (const own of grouped(uses, ({ resource }) => resource).values())
      for (const one of own)
        for (const other of own) {
          const [here, there] = [at(model.place, one.m), at(model.place, other.m)];
          if (one.m >= other.m || here < 0 || there < 0 || here === there || !sameDay(one.from, other.from)) continue;
          if (one.from < other.until + travel && other.from < one.until + travel)
            rows.push(`${one.name} + ${other.name} <= 1`);
        }
  meetings.forEach((meeting, m) => {
    for (const n of meeting.apart)
      for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1)
        for (let p = at(model.first, n); p < at(model.first, n + 1); p += 1) {
          const [a, b] = [at(model.start, o), at(model.start, p)];
          const near = a < b + at(model.length, n) + apart && b < a + at(model.length, m) + apart;
          if (near && sameDay(a, b)) rows.push(`x${o} + x${p} <= 1`);
        }
  });
}
