import type { Board } from './batch-board.js';
import { at } from './batch-model.js';

const mostTogether = 7;
const mostTried = 14;
const mostNodes = 400;

interface Kept {
  readonly m: number;
  readonly option: number;
  readonly takers: readonly number[];
}

/** Lifts a small group that stands in each other's way and puts it back in the cheapest way, by looking at all of them. */
export class Rearranger {
  private reduced: Float64Array = new Float64Array(0);
  private slack = Infinity;
  private nodes = 0;
  private bestTotal = 0;
  private best: Kept[] = [];
  /** For the group in hand: options of each, cheapest first, with their prices; and the least that each can cost. */
  private lists: { m: number; options: readonly number[]; least: number }[] = [];

  /** What one costs depends on where others are: prices may have changed since they were sorted. */
  private readonly costsDepend: boolean;

  constructor(
    private readonly board: Board,
    private readonly random: () => number,
  ) {
    const { spread, travel, fairness } = board.model.problem.weights;
    this.costsDepend = spread + travel + fairness > 0;
  }

  /** `slack`: an option that costs this much beyond its best is in no better plan. */
  run(times: number, reduced: Float64Array, slack: number): void {
    this.reduced = reduced;
    this.slack = slack;
    const { model } = this.board;
    if (model.meetings === 0) return;
    const unhappy: number[] = [];
    for (let m = 0; m < model.meetings; m += 1) if (this.board.costOf(m) > at(model.least, m) + 1e-9) unhappy.push(m);
    if (unhappy.length === 0) return;
    for (let time = 0; time < times; time += 1) {
      const m = unhappy[Math.floor(this.random() * unhappy.length)] ?? 0;
      this.tryFor(m);
    }
  }

  /** For each that is late or not placed, wherever it would be neither: all the ways to make room that are small enough. */
  rescue(date: number, reduced: Float64Array, slack: number): void {
    this.reduced = reduced;
    this.slack = slack;
    const { model } = this.board;
    for (let m = 0; m < model.meetings; m += 1) {
      const sought = this.wantedBy(m, date).slice(0, mostTried);
      for (const target of sought) {
        const group = this.groupFor(m, target);
        if (group) this.rearrange(group);
        if (this.board.costOf(m) - at(model.least, m) < date) break;
      }
    }
  }

  /** Options that cost the meeting less by that much, those that the prices favour first. */
  private wantedBy(m: number, by: number): number[] {
    const { board, reduced } = this;
    const { model } = board;
    const below = board.costOf(m) - by;
    const wanted: number[] = [];
    for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1)
      if (at(model.cost, o) <= below && at(reduced, o) <= this.slack) wanted.push(o);
    return wanted.sort((one, other) => at(reduced, one) - at(reduced, other));
  }

  /** Lifts some that belong together and puts them anywhere, to get away from a plan that cannot be bettered by little. */
  shake(count: number): void {
    const { board, random } = this;
    const { model } = board;
    for (let time = 0; time < count; time += 1) {
      const m = Math.floor(random() * model.meetings);
      const size = at(model.first, m + 1) - at(model.first, m);
      if (size === 0) continue;
      const o = at(model.first, m) + Math.floor(random() * random() * size);
      const inWay = board.blockers(m, o, 3);
      if (inWay === null || at(this.reduced, o) > this.slack) continue;
      const group = [...inWay, ...(at(board.option, m) >= 0 ? [m] : [])];
      for (const one of group) board.lift(one);
      if (board.price(m, o) < Infinity) board.put(m, o);
      for (const one of group) if (at(board.option, one) < 0) this.putCheapest(one);
    }
  }

  private putCheapest(m: number): void {
    const options = this.optionsOf(m);
    const [o] = options.options;
    if (o !== undefined) this.board.put(m, o);
  }

  private tryFor(m: number): void {
    const { random } = this;
    const wanted = this.wantedBy(m, 1e-9);
    if (wanted.length === 0) return;
    const target = wanted[Math.floor(random() * random() * wanted.length)] ?? -1;
    const group = this.groupFor(m, target);
    if (group) this.rearrange(group);
  }

  /** The meeting, who is in its way, and who is in theirs where they might go. */
  private groupFor(m: number, target: number): number[] | null {
    const { board, random } = this;
    const { model } = board;
    const first = board.blockers(m, target, mostTogether - 1);
    if (first === null) return null;
    const group = [m, ...first];
    for (const one of first) {
      const [from, until] = [at(model.first, one), at(model.first, one + 1)];
      for (let time = 0; time < 3 && group.length < mostTogether; time += 1) {
        const o = from + Math.floor(random() * (until - from));
        if (at(this.reduced, o) > this.slack) continue;
        const further = board.blockers(one, o, mostTogether - group.length);
        for (const other of further ?? []) if (!group.includes(other) && group.length < mostTogether) group.push(other);
        if (further !== null) break;
      }
    }
    return group;
  }

  /** Keeps what costs no more than before. */
  private rearrange(group: readonly number[]): void {
    const { board } = this;
    const before = board.total;
    const old = group.map((m) => ({ m, option: at(board.option, m), takers: [...board.takers(m)] }));
    for (const { m, option } of old) if (option >= 0) board.lift(m);
    this.lists = group.map((m) => this.optionsOf(m)).sort((one, other) => one.options.length - other.options.length);
    this.nodes = 0;
    this.bestTotal = before + 1e-9;
    this.best = old;
    this.descend(0, board.total);
    for (const { m, option, takers } of this.best) if (option >= 0) board.putBack(m, option, takers);
  }

  /** Free now, cheapest first; not being placed is left to the search. */
  private optionsOf(m: number): { m: number; options: readonly number[]; least: number } {
    const { board } = this;
    const { model } = board;
    const unplaced = at(model.unplaced, m);
    const found: { o: number; cost: number }[] = [];
    for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1) {
      if (at(this.reduced, o) > this.slack || at(model.cost, o) >= unplaced) continue;
      const cost = board.price(m, o);
      if (cost < unplaced) found.push({ o, cost });
    }
    found.sort((one, other) => one.cost - other.cost || one.o - other.o);
    return { m, options: found.slice(0, mostTried).map(({ o }) => o), least: (found[0]?.cost ?? unplaced) - unplaced };
  }

  /** Every way for those from `depth` on, as long as it can still be cheaper than the best. */
  private descend(depth: number, total: number): void {
    const { board } = this;
    const one = this.lists[depth];
    if (!one) {
      if (total >= this.bestTotal) return;
      this.bestTotal = total;
      this.best = this.lists.map(({ m }) => ({ m, option: at(board.option, m), takers: [...board.takers(m)] }));
      return;
    }
    if ((this.nodes += 1) > mostNodes || total + this.leastFrom(depth) >= this.bestTotal) return;
    const rest = this.leastFrom(depth + 1);
    for (const o of one.options) {
      const cost = board.price(one.m, o);
      if (cost === Infinity) continue;
      if (total + cost - at(board.model.unplaced, one.m) + rest >= this.bestTotal) {
        if (!this.costsDepend) break;
        continue;
      }
      board.put(one.m, o);
      this.descend(depth + 1, board.total);
      board.lift(one.m);
      if (this.nodes > mostNodes) return;
    }
    this.descend(depth + 1, total);
  }

  private leastFrom(depth: number): number {
    let sum = 0;
    for (let index = depth; index < this.lists.length; index += 1) sum += Math.min(0, this.lists[index]?.least ?? 0);
    return sum;
  }
}
