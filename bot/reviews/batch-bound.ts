import { at, type BatchModel } from './batch-model.js';

/**
 * What no plan can do better than, by letting two meetings share a person at a price (Lagrangian relaxation: Held and Karp
 * 1971; the price of a person's slot rises where it is wanted twice). The prices also tell the search which places are sought.
 */
export class Relaxation {
  value = -Infinity;
  /** Of each resource's slot: resource * slots + slot. */
  private readonly price: Float64Array;
  private readonly wanted: Int32Array;
  private readonly bestPrice: Float64Array;
  private readonly bestWanted: Int32Array;
  private sum = 0;
  private step = 1;
  private stale = 0;
  /** Those that more than one option wants; all others never have a price. */
  private readonly live: Int32Array;

  constructor(private readonly model: BatchModel) {
    const cells = model.resources * model.slots;
    this.price = new Float64Array(cells);
    this.wanted = new Int32Array(cells);
    this.bestPrice = new Float64Array(cells);
    this.bestWanted = new Int32Array(cells);
    this.live = liveOf(model);
  }

  /**
   * So many rounds towards the best bound; `aim` is the cost of the best plan known. Steps grow shorter when they help no
   * more; the finest start from the best prices again, because costs here differ by factors of millions.
   */
  improve(rounds: number, aim: number): void {
    for (let round = 0; round < rounds && this.step > 1e-9 && this.value < aim - 1e-9; round += 1) {
      const value = this.evaluate();
      let from = value;
      if (this.value === -Infinity || value > this.value + 1e-7 * (aim - this.value)) {
        this.value = value;
        this.stale = 0;
        this.keep(this.price, this.bestPrice, this.wanted, this.bestWanted);
      } else if ((this.stale += 1) >= 3) {
        const coarse = this.step > 0.02;
        this.step *= coarse ? 0.6 : 0.4;
        this.stale = 0;
        if (!coarse) {
          this.keep(this.bestPrice, this.price, this.bestWanted, this.wanted);
          from = this.value;
        }
      }
      if (!this.reprice(aim, from)) return;
    }
  }

  /** What an option costs beyond the cheapest of its meeting, prices included: small where it may be in a best plan. */
  reduced(): Float64Array {
    const { model } = this;
    const reduced = new Float64Array(model.cost.length);
    for (let m = 0; m < model.meetings; m += 1) {
      let least = at(model.unplaced, m);
      for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1) {
        reduced[o] = this.optionCost(m, o, this.bestPrice);
        least = Math.min(least, at(reduced, o));
      }
      for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1) reduced[o] = at(reduced, o) - least;
    }
    return reduced;
  }

  private keep(price: Float64Array, priceTo: Float64Array, wanted: Int32Array, wantedTo: Int32Array): void {
    for (const cell of this.live) {
      priceTo[cell] = at(price, cell);
      wantedTo[cell] = at(wanted, cell);
    }
  }

  private optionCost(m: number, o: number, price: Float64Array): number {
    const { model } = this;
    const from = at(model.start, o);
    const until = from + at(model.length, m);
    let cost = at(model.cost, o);
    const fixed = model.fixed[m];
    if (fixed)
      for (const resource of fixed) {
        const base = resource * model.slots;
        for (let cell = base + from; cell < base + until; cell += 1) cost += at(price, cell);
      }
    const roles = model.roles[m];
    if (roles && roles.length > 0)
      for (const role of roles) cost += this.costOf(this.cheapest(role, from, until, price), from, until, price);
    return cost;
  }

  private costOf(resource: number, from: number, until: number, price: Float64Array): number {
    const base = resource * this.model.slots;
    let cost = 0;
    for (let cell = base + from; cell < base + until; cell += 1) cost += at(price, cell);
    return cost;
  }

  private cheapest(role: Int32Array, from: number, until: number, price: Float64Array): number {
    const width = this.model.slots + 1;
    let best = -1;
    let least = Infinity;
    for (const resource of role) {
      const base = resource * width;
      if (at(this.model.takenBefore, base + until) !== at(this.model.takenBefore, base + from)) continue;
      const cost = this.costOf(resource, from, until, price);
      if (cost < least) [best, least] = [resource, cost];
      if (cost === 0) break;
    }
    return best;
  }

  /** The bound at these prices; counts who is wanted where. */
  private evaluate(): number {
    const { model, price } = this;
    for (const cell of this.live) this.wanted[cell] = 0;
    let value = -this.sum;
    for (let m = 0; m < model.meetings; m += 1) {
      let best = -1;
      let least = at(model.unplaced, m);
      const last = at(model.first, m + 1);
      for (let o = at(model.first, m); o < last; o += 1) {
        if (at(model.cost, o) >= least) continue;
        const cost = this.optionCost(m, o, price);
        if (cost < least) [best, least] = [o, cost];
      }
      value += least;
      if (best >= 0) this.want(m, best);
    }
    return value;
  }

  private want(m: number, o: number): void {
    const { model, wanted } = this;
    const from = at(model.start, o);
    const until = from + at(model.length, m);
    const count = (resource: number) => {
      const base = resource * model.slots;
      for (let cell = base + from; cell < base + until; cell += 1) wanted[cell] = at(wanted, cell) + 1;
    };
    for (const resource of model.fixed[m] ?? []) count(resource);
    for (const role of model.roles[m] ?? []) count(this.cheapest(role, from, until, this.price));
  }

  /** False when nobody is wanted twice and nothing that has a price is free: the bound is met. */
  private reprice(aim: number, value: number): boolean {
    const { price, wanted } = this;
    let norm = 0;
    for (const cell of this.live) {
      const excess = at(wanted, cell) - 1;
      if (excess > 0 || at(price, cell) > 0) norm += excess * excess;
    }
    if (norm === 0) return false;
    const stride = (this.step * Math.max(aim - value, 1e-6 * Math.abs(aim))) / norm;
    let sum = 0;
    for (const cell of this.live) {
      const next = Math.max(0, at(price, cell) + stride * (at(wanted, cell) - 1));
      price[cell] = next;
      sum += next;
    }
    this.sum = sum;
    return true;
  }
}

function liveOf(model: BatchModel): Int32Array {
  const wants = new Uint8Array(model.resources * model.slots);
  const live: number[] = [];
  for (let m = 0; m < model.meetings; m += 1) {
    const all = [...(model.fixed[m] ?? []), ...(model.roles[m] ?? []).flatMap((role) => [...role])];
    for (let o = at(model.first, m); o < at(model.first, m + 1); o += 1) {
      const from = at(model.start, o);
      for (const resource of all) {
        const base = resource * model.slots;
        for (let cell = base + from; cell < base + from + at(model.length, m); cell += 1) {
          const before = wants[cell] ?? 0;
          if (before === 1) live.push(cell);
          if (before < 2) wants[cell] = before + 1;
        }
      }
    }
  }
  return Int32Array.from(live).sort();
}
