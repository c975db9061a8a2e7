import type { BatchPlan, BatchProblem } from './batch.js';
import { Relaxation } from './batch-bound.js';
import { Board } from './batch-board.js';
import { at, type BatchModel, modelOf } from './batch-model.js';
import { Rearranger } from './batch-rearrange.js';

/**
 * Places many meetings, a little better with every step: take as many steps as there is time for. The same question and the
 * same chances give the same plans. A first plan by due date, a bound from prices, a plan that follows the prices, and then
 * small groups lifted and put back in the best way there is for them.
 */
export interface BatchProgress {
  readonly plan: BatchPlan;
  /** Nothing better is to be expected: the bound is met, or many steps found nothing. */
  readonly done: boolean;
}

export interface SearchOptions {
  /** From 0 up to 1, seeded by whoever asks. */
  readonly random: () => number;
  /** Good enough when within this of the bound, and no date more can be saved: 0.005 is half of one per cent. */
  readonly tolerance: number;
  /** Steps that may pass without making the plan better by a twentieth of the tolerance. */
  readonly patience: number;
  /** A plan to keep to: each meeting starts where it was if it still can. -1: not placed. */
  readonly from?: readonly number[];
}

export function* searchBatch(problem: BatchProblem, options: SearchOptions): Generator<BatchProgress, BatchPlan> {
  const model = modelOf(problem);
  const board = new Board(model);
  if (options.from) keepTo(board, options.from);
  placeInOrder(board, byDueDate(model), null);
  const relaxation = new Relaxation(model);
  relaxation.improve(10, board.total);
  yield { plan: planOf(board, relaxation.value), done: false };
  const rearranger = new Rearranger(board, options.random);
  const date = costOfADate(model);
  let best = snapshotOf(board);
  let [stale, mark] = [0, best.total];
  for (let step = 0; ; step += 1) {
    relaxation.improve(step < 3 ? 15 : 6, best.total);
    const reduced = relaxation.reduced();
    if (step < 3 && !options.from) followPrices(model, reduced, best, board);
    if (step < 2 || stale > 1) rearranger.rescue(date, reduced, best.total - relaxation.value);
    rearranger.run(20 + Math.ceil(model.meetings / 2), reduced, best.total - relaxation.value);
    if (board.total < best.total - 1e-9) best = snapshotOf(board);
    const better = best.total < mark - 0.05 * options.tolerance * Math.abs(mark);
    if (better) mark = best.total;
    stale = better ? 0 : stale + 1;
    const slack = best.total - relaxation.value;
    const near = slack <= options.tolerance * Math.abs(best.total) + 1e-9 && (slack < date || slack < 1e-9);
    const done = near || stale >= options.patience;
    const plan = planFrom(model, best, relaxation.value);
    yield { plan, done };
    if (done) return plan;
    if (stale > 1) rearranger.shake(Math.max(2, Math.ceil(model.meetings * 0.03)));
    else if (board.total > best.total + 1e-9) restore(board, best);
  }
}

/** The least that a late meeting costs more than one in time, or one not placed more than the dearest place. */
function costOfADate({ problem, first, cost, start, meetings, unplaced }: BatchModel): number {
  let least = Infinity;
  for (let m = 0; m < meetings; m += 1) {
    const lateFrom = problem.meetings[m]?.lateFrom ?? Infinity;
    let [inTime, late] = [-Infinity, at(unplaced, m)];
    for (let o = at(first, m); o < at(first, m + 1); o += 1)
      if (at(start, o) < lateFrom) inTime = Math.max(inTime, at(cost, o));
      else late = Math.min(late, at(cost, o));
    if (inTime > -Infinity) least = Math.min(least, Math.max(0, late - inTime));
  }
  return least;
}

function keepTo(board: Board, starts: readonly number[]): void {
  const { model } = board;
  starts.forEach((start, m) => {
    for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1)
      if (at(model.start, o) === start && board.price(m, o) < at(model.unplaced, m)) return board.put(m, o);
  });
}

interface Snapshot {
  readonly option: Int32Array;
  readonly takers: readonly (readonly number[])[];
  readonly total: number;
}

function snapshotOf(board: Board): Snapshot {
  const takers = Array.from({ length: board.model.meetings }, (_, m) => [...board.takers(m)]);
  return { option: board.option.slice(), takers, total: board.total };
}

function restore(board: Board, { option, takers }: Snapshot): void {
  for (let m = 0; m < board.model.meetings; m += 1) if (at(board.option, m) >= 0) board.lift(m);
  for (let m = 0; m < board.model.meetings; m += 1) {
    const o = at(option, m);
    if (o >= 0) board.putBack(m, o, takers[m] ?? []);
  }
}

/** A plan made anew along the prices; kept on the board when it is better. */
function followPrices(model: BatchModel, reduced: Float64Array, best: Snapshot, board: Board): void {
  const fresh = new Board(model);
  placeInOrder(fresh, byRegret(model, reduced), reduced);
  if (fresh.total < board.total - 1e-9) restore(board, snapshotOf(fresh));
  else if (board.total > best.total + 1e-9) restore(board, best);
}

function byDueDate(model: BatchModel): number[] {
  const { meetings } = model.problem;
  const options = (m: number) => at(model.first, m + 1) - at(model.first, m);
  return [...meetings.keys()].sort(
    (one, other) =>
      (meetings[one]?.lateFrom ?? 0) - (meetings[other]?.lateFrom ?? 0) || options(one) - options(other) || one - other,
  );
}

/** First those who lose most when their best place is gone. */
function byRegret(model: BatchModel, reduced: Float64Array): number[] {
  const regret = Float64Array.from({ length: model.meetings }, (_, m) => {
    const own = [...reduced.subarray(at(model.first, m), at(model.first, m + 1))].sort((one, other) => one - other);
    return own.length === 0 ? 0 : (own[1] ?? at(model.unplaced, m)) - (own[0] ?? 0);
  });
  return [...regret.keys()].sort((one, other) => at(regret, other) - at(regret, one) || one - other);
}

/** Each in turn where it costs least of what is still free; with `reduced`, where the prices say. */
function placeInOrder(board: Board, order: readonly number[], reduced: Float64Array | null): void {
  const { model } = board;
  for (const m of order) {
    if (at(board.option, m) >= 0) continue;
    const [from, until] = [at(model.first, m), at(model.first, m + 1)];
    const sought = Array.from({ length: until - from }, (_, index) => from + index);
    const key = reduced ?? model.cost;
    sought.sort((one, other) => at(key, one) - at(key, other) || one - other);
    const there = sought.find(
      (o) => at(model.cost, o) < at(model.unplaced, m) && board.price(m, o) < at(model.unplaced, m),
    );
    if (there !== undefined) board.put(m, there);
  }
}

function planOf(board: Board, bound: number): BatchPlan {
  return planFrom(board.model, snapshotOf(board), bound);
}

function planFrom(model: BatchModel, { option, takers, total }: Snapshot, bound: number): BatchPlan {
  const placings = Array.from({ length: model.meetings }, (_, m) =>
    placingOf(model, m, at(option, m), takers[m] ?? []),
  );
  const starts = placings.map(({ start }) => start);
  const lateFrom = model.problem.meetings.map((meeting) => meeting.lateFrom);
  return {
    ...{ placings, objective: total, bound: Math.min(bound, total) },
    late: starts.filter((start, m) => start >= 0 && start >= (lateFrom[m] ?? Infinity)).length,
    unplaced: starts.filter((start) => start < 0).length,
  };
}

/** Who takes each need in the order of the question: the one who must, or whoever took the role. */
function placingOf(model: BatchModel, m: number, option: number, takers: readonly number[]) {
  if (option < 0) return { start: -1, taken: [] };
  let next = 0;
  const taken = (model.problem.meetings[m]?.needs ?? []).map((need) =>
    need.length === 1 ? (need[0] ?? -1) : (takers[next++] ?? -1),
  );
  return { start: at(model.start, option), taken };
}
