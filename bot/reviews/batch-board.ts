import { at, type BatchModel } from './batch-model.js';

/** Who is where: a plan in the making, to put meetings on and take them off again. Pure but for its own arrays. */
export class Board {
  /** Option of each meeting; -1: not placed. */
  readonly option: Int32Array;
  total: number;
  /** Meeting at each slot of each resource; -1: nobody's. */
  private readonly holder: Int32Array;
  private readonly onDay: Int32Array;
  private readonly roleLoad: Int32Array;
  private readonly paid: Float64Array;
  private readonly picked: number[][];
  /** Meetings of each resource's day; only kept where travel costs. */
  private readonly held: number[][];
  private readonly shared: boolean;
  private chosen: number[] = [];

  constructor(readonly model: BatchModel) {
    const { slots, days, problem } = model;
    this.option = new Int32Array(model.meetings).fill(-1);
    this.holder = new Int32Array(model.resources * slots).fill(-1);
    this.onDay = new Int32Array(model.resources * days);
    this.roleLoad = new Int32Array(model.resources);
    this.paid = Float64Array.from(model.unplaced);
    this.picked = Array.from({ length: model.meetings }, () => []);
    const { weights } = problem;
    this.held = weights.travel > 0 ? Array.from({ length: model.resources * days }, () => []) : [];
    this.shared = weights.spread + weights.travel + weights.fairness > 0;
    this.total = this.paid.reduce((sum, one) => sum + one, 0);
  }

  /** What the meeting costs where it is now, or not being placed. */
  costOf(m: number): number {
    return at(this.paid, m);
  }

  /** Who takes each of the meeting's roles. */
  takers(m: number): readonly number[] {
    return this.picked[m] ?? [];
  }

  /** What the meeting would cost there; infinite when somebody is not free. Leaves who would take its roles in `chosen`. */
  price(m: number, o: number): number {
    const { model } = this;
    const from = at(model.start, o);
    const until = from + at(model.length, m);
    const fixed = model.fixed[m] ?? [];
    for (const resource of fixed) if (!this.isFree(resource, m, from, until)) return Infinity;
    if ((model.problem.meetings[m]?.apart.length ?? 0) > 0 && this.tooNear(m, from, until, []).length > 0)
      return Infinity;
    if (!this.choose(m, from, until)) return Infinity;
    return this.shared ? this.costAt(m, o, this.chosen) : at(model.cost, o);
  }

  put(m: number, o: number): void {
    if (this.price(m, o) === Infinity) throw new Error('a meeting was put where somebody is not free');
    this.putBack(m, o, this.chosen);
  }

  /** There and with these takers, who are known to be free: back to where it was, after a lift. */
  putBack(m: number, o: number, takers: readonly number[]): void {
    const cost = this.shared ? this.costAt(m, o, takers) : at(this.model.cost, o);
    this.picked[m] = [...takers];
    this.mark(m, o, true);
    this.option[m] = o;
    this.total += cost - at(this.model.unplaced, m);
    this.paid[m] = cost;
  }

  lift(m: number): void {
    const o = at(this.option, m);
    this.mark(m, o, false);
    // What it costs now, not what it cost when it came: others have come and gone since.
    const cost = this.shared ? this.costAt(m, o, this.picked[m] ?? []) : at(this.paid, m);
    this.total += at(this.model.unplaced, m) - cost;
    this.picked[m] = [];
    this.option[m] = -1;
    this.paid[m] = at(this.model.unplaced, m);
  }

  /** The meetings that would have to go for this one to be there; null when more than `most`, or nothing movable is in the way. */
  blockers(m: number, o: number, most: number): number[] | null {
    const { model } = this;
    const from = at(model.start, o);
    const until = from + at(model.length, m);
    const found: number[] = [];
    for (const resource of model.fixed[m] ?? []) this.inWay(resource, m, from, until, found);
    this.tooNear(m, from, until, found);
    for (const role of model.roles[m] ?? []) {
      const open = [...role].filter((resource) => this.isOpen(resource, from, until));
      const inWay = open.map((resource) => this.inWay(resource, m, from, until, []));
      const [fewest = []] = inWay.sort((one, other) => one.length - other.length);
      for (const other of fewest) if (!found.includes(other)) found.push(other);
    }
    return found.length > most || found.includes(-1) ? null : found.filter((other) => other !== m);
  }

  private isOpen(resource: number, from: number, until: number): boolean {
    const base = resource * (this.model.slots + 1);
    return at(this.model.takenBefore, base + until) === at(this.model.takenBefore, base + from);
  }

  private isFree(resource: number, m: number, from: number, until: number): boolean {
    const { model } = this;
    const base = resource * model.slots;
    for (let slot = base + from; slot < base + until; slot += 1) if (at(this.holder, slot) >= 0) return false;
    const most = at(model.mostADay, resource);
    if (most >= 0 && at(this.onDay, resource * model.days + at(model.dayOf, from)) >= most) return false;
    return model.problem.travel === 0 || at(model.place, m) < 0 || this.hasTravelTime(resource, m, from, until);
  }

  private hasTravelTime(resource: number, m: number, from: number, until: number): boolean {
    const found: number[] = [];
    this.travelling(resource, m, from, until, found);
    return found.length === 0;
  }

  /** Adds every meeting in the way of this resource being at that one; -1 stands for a limit that allows none. */
  private inWay(resource: number, m: number, from: number, until: number, found: number[]): number[] {
    const { model } = this;
    const base = resource * model.slots;
    const before = found.length;
    for (let slot = from; slot < until; slot += 1) {
      const other = at(this.holder, base + slot);
      if (other >= 0 && !found.includes(other)) found.push(other);
    }
    if (model.problem.travel > 0 && at(model.place, m) >= 0) this.travelling(resource, m, from, until, found);
    const most = at(model.mostADay, resource);
    if (most < 0 || found.length > before) return found;
    const day = at(model.dayOf, from);
    if (at(this.onDay, resource * model.days + day) < most) return found;
    const some = this.someOf(resource, from);
    if (!found.includes(some)) found.push(some);
    return found;
  }

  private travelling(resource: number, m: number, from: number, until: number, found: number[]): void {
    const { model } = this;
    const { travel } = model.problem;
    const [day, here, base] = [at(model.dayOf, from), at(model.place, m), resource * model.slots];
    for (let slot = Math.max(0, from - travel); slot < Math.min(model.slots, until + travel); slot += 1) {
      const other = at(this.holder, base + slot);
      if (other < 0 || at(model.dayOf, slot) !== day || found.includes(other)) continue;
      if (at(model.place, other) >= 0 && at(model.place, other) !== here) found.push(other);
    }
  }

  /** A meeting of that resource on that day; -1 when there is none. */
  private someOf(resource: number, near: number): number {
    const { model } = this;
    const day = at(model.dayOf, near);
    let slot = near;
    while (slot > 0 && at(model.dayOf, slot - 1) === day) slot -= 1;
    for (; slot < model.slots && at(model.dayOf, slot) === day; slot += 1) {
      const other = at(this.holder, resource * model.slots + slot);
      if (other >= 0) return other;
    }
    return -1;
  }

  private tooNear(m: number, from: number, until: number, found: number[]): number[] {
    const { model } = this;
    for (const other of model.problem.meetings[m]?.apart ?? []) {
      const o = at(this.option, other);
      if (o < 0 || found.includes(other)) continue;
      const start = at(model.start, o);
      const { apart } = model.problem;
      const near = start < until + apart && start + at(model.length, other) + apart > from;
      if (near && at(model.dayOf, start) === at(model.dayOf, from)) found.push(other);
    }
    return found;
  }

  /** Cheapest free taker of each role (the first where they cost the same), nobody twice; false when a role has none. */
  private choose(m: number, from: number, until: number): boolean {
    const { model } = this;
    const chosen: number[] = [];
    this.chosen = chosen;
    const fixed = model.fixed[m];
    for (const role of model.roles[m] ?? []) {
      let best = -1;
      let bestCost = Infinity;
      for (const resource of role) {
        if (chosen.includes(resource) || fixed?.includes(resource)) continue;
        if (!this.isOpen(resource, from, until) || !this.isFree(resource, m, from, until)) continue;
        const cost = this.shared ? this.extra(resource, m, from, true) + at(this.roleLoad, resource) * 1e-6 : 0;
        if (cost < bestCost) [best, bestCost] = [resource, cost];
        if (!this.shared) break;
      }
      if (best < 0) return false;
      chosen.push(best);
    }
    return true;
  }

  private costAt(m: number, o: number, takers: readonly number[]): number {
    const from = at(this.model.start, o);
    let sum = at(this.model.cost, o);
    for (const resource of this.model.fixed[m] ?? []) sum += this.extra(resource, m, from, false);
    for (const resource of takers) sum += this.extra(resource, m, from, true);
    return sum;
  }

  /** What being there adds for this person beyond the meeting's own cost. */
  private extra(resource: number, m: number, from: number, inRole: boolean): number {
    const { model } = this;
    const { weights } = model.problem;
    const index = resource * model.days + at(model.dayOf, from);
    let sum = at(this.onDay, index) >= weights.spreadAfter ? weights.spread : 0;
    if (inRole && at(this.roleLoad, resource) >= at(model.share, resource)) sum += weights.fairness;
    const here = at(model.place, m);
    if (weights.travel === 0 || here < 0) return sum;
    const elsewhere = (this.held[index] ?? []).filter((other) => at(model.place, other) >= 0);
    const further = elsewhere.length > 0 && !elsewhere.some((other) => at(model.place, other) === here);
    return further ? sum + weights.travel : sum;
  }

  private mark(m: number, o: number, on: boolean): void {
    const { model } = this;
    const from = at(model.start, o);
    const until = from + at(model.length, m);
    for (const resource of model.fixed[m] ?? []) this.markOne(resource, m, from, until, on);
    for (const resource of this.picked[m] ?? []) {
      this.markOne(resource, m, from, until, on);
      this.roleLoad[resource] = at(this.roleLoad, resource) + (on ? 1 : -1);
    }
  }

  private markOne(resource: number, m: number, from: number, until: number, on: boolean): void {
    const { model } = this;
    this.holder.fill(on ? m : -1, resource * model.slots + from, resource * model.slots + until);
    const index = resource * model.days + at(model.dayOf, from);
    this.onDay[index] = at(this.onDay, index) + (on ? 1 : -1);
    if (model.problem.weights.travel === 0) return;
    const list = this.held[index] ?? [];
    if (on) list.push(m);
    else list.splice(list.indexOf(m), 1);
  }
}
