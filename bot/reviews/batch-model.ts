import type { BatchProblem } from './batch.js';

/** The question in flat arrays: only starts at which everybody could be there, were there no other meeting. Pure. */
export interface BatchModel {
  readonly problem: BatchProblem;
  readonly meetings: number;
  readonly resources: number;
  readonly slots: number;
  readonly days: number;
  /** Options of meeting m are those from first[m] up to first[m + 1]. */
  readonly first: Int32Array;
  readonly start: Int32Array;
  readonly cost: Float64Array;
  readonly length: Int32Array;
  readonly unplaced: Float64Array;
  /** Cheapest option or none, by meeting: no plan pays less for it. */
  readonly least: Float64Array;
  readonly dayOf: Int32Array;
  /** Who must be there whatever is chosen, and lists to choose one each of. */
  readonly fixed: readonly Int32Array[];
  readonly roles: readonly (readonly Int32Array[])[];
  /** Taken slots before this one, by resource: resource * (slots + 1) + slot. */
  readonly takenBefore: Int32Array;
  readonly mostADay: Int32Array;
  /** What is one in a role's even share, by resource. */
  readonly share: Float64Array;
  /** A number for each place; -1: online. */
  readonly place: Int32Array;
}

export const at = (values: Int32Array | Float64Array, index: number): number => values[index] ?? 0;

export function modelOf(problem: BatchProblem): BatchModel {
  const { meetings, resources, slots } = problem;
  const dayOf = Int32Array.from(problem.dayOf);
  const takenBefore = takenBeforeOf(problem);
  const fixed = meetings.map(({ needs }) => Int32Array.from(needs.flatMap((one) => (one.length === 1 ? one : []))));
  const roles = meetings.map(({ needs }) => needs.filter((one) => one.length !== 1).map((one) => Int32Array.from(one)));
  const places = [...new Set(meetings.map(({ place }) => place))].filter((place) => place !== null);
  const first = new Int32Array(meetings.length + 1);
  const start: number[] = [];
  const cost: number[] = [];
  const free = (resource: number, from: number, until: number) =>
    at(takenBefore, resource * (slots + 1) + until) === at(takenBefore, resource * (slots + 1) + from);
  meetings.forEach((meeting, m) => {
    meeting.starts.forEach((from, index) => {
      const until = from + meeting.length;
      if (from < 0 || until > slots || at(dayOf, from) !== at(dayOf, until - 1)) return;
      for (const resource of fixed[m] ?? []) if (!free(resource, from, until)) return;
      for (const role of roles[m] ?? []) if (!role.some((resource) => free(resource, from, until))) return;
      start.push(from);
      cost.push(meeting.costs[index] ?? 0);
    });
    first[m + 1] = start.length;
  });
  const model = {
    ...{
      problem,
      meetings: meetings.length,
      resources: resources.length,
      slots,
      days: (problem.dayOf.at(-1) ?? 0) + 1,
    },
    ...{ first, start: Int32Array.from(start), cost: Float64Array.from(cost), dayOf, fixed, roles, takenBefore },
    length: Int32Array.from(meetings.map((meeting) => meeting.length)),
    unplaced: Float64Array.from(meetings.map((meeting) => meeting.unplaced)),
    least: new Float64Array(meetings.length),
    mostADay: Int32Array.from(resources.map(({ mostADay }) => mostADay ?? -1)),
    share: sharesOf(problem),
    place: Int32Array.from(meetings.map(({ place }) => (place === null ? -1 : places.indexOf(place)))),
  };
  for (let m = 0; m < model.meetings; m += 1) {
    let least = at(model.unplaced, m);
    for (let o = at(first, m); o < at(first, m + 1); o += 1) least = Math.min(least, at(model.cost, o));
    model.least[m] = least;
  }
  return model;
}

function takenBeforeOf({ resources, slots }: BatchProblem): Int32Array {
  const before = new Int32Array(resources.length * (slots + 1));
  const taken = new Uint8Array(slots);
  resources.forEach(({ busy }, resource) => {
    taken.fill(0);
    for (const [from, until] of busy) taken.fill(1, Math.max(0, from), Math.max(0, Math.min(slots, until)));
    const base = resource * (slots + 1);
    for (let slot = 0; slot < slots; slot += 1) before[base + slot + 1] = at(before, base + slot) + (taken[slot] ?? 0);
  });
  return before;
}

/** Meetings that a role brings to each who may take it, if they were shared evenly, rounded up. */
function sharesOf({ meetings, resources }: BatchProblem): Float64Array {
  const share = new Float64Array(resources.length);
  for (const { needs } of meetings)
    for (const need of needs)
      if (need.length > 1) for (const one of need) share[one] = at(share, one) + 1 / need.length;
  return share.map((value) => Math.ceil(value - 1e-9));
}
