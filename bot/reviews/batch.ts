/**
 * Many reviews at once, as numbers: the question and the answer of the planner's search. Pure. Source: product.md E.4.
 * Time is counted in slots of working time, so that nights, weekends and holidays are not there to be searched.
 */
export interface BatchResource {
  readonly id: string;
  /** Slots [from, until) that are taken, or not released, or not known to be free. */
  readonly busy: readonly (readonly [number, number])[];
  /** No more meetings than this of one day; null: no limit. */
  readonly mostADay: number | null;
}

export interface BatchMeeting {
  readonly id: string;
  /** In slots; the meeting stays within one day. */
  readonly length: number;
  /** One of each list has to be there all the time: a person is a list of one, a role or a room the list of who may. */
  readonly needs: readonly (readonly number[])[];
  /** Where it may start, ascending, and what being there costs by itself: lateness, class time, waiting, being moved. */
  readonly starts: readonly number[];
  readonly costs: readonly number[];
  /** What it costs not to be placed at all. */
  readonly unplaced: number;
  /** A meeting that starts here or later is late. */
  readonly lateFrom: number;
  /** Meetings in different places need `travel` slots between them for whoever is at both; null: online. */
  readonly place: string | null;
  /** Meetings, by index, whose people must not meet: at least `apart` slots between them on whichever day. */
  readonly apart: readonly number[];
}

/** Costs that belong to no single meeting. Each is linear, so that an outside solver can be asked the same question. */
export interface BatchWeights {
  /** For each meeting of a person's day beyond `spreadAfter`. */
  readonly spread: number;
  readonly spreadAfter: number;
  /** For each further place that a person is in on one day. */
  readonly travel: number;
  /** For each meeting that a person takes in a role beyond an even share. */
  readonly fairness: number;
}

export interface BatchProblem {
  readonly slots: number;
  /** Slot -> day, ascending. */
  readonly dayOf: readonly number[];
  readonly resources: readonly BatchResource[];
  readonly meetings: readonly BatchMeeting[];
  readonly weights: BatchWeights;
  /** Slots. */
  readonly travel: number;
  readonly apart: number;
}

export interface Placing {
  /** Start slot; -1 when not placed. */
  readonly start: number;
  /** Who takes each need, in its order; empty when not placed. */
  readonly taken: readonly number[];
}

export interface BatchPlan {
  readonly placings: readonly Placing[];
  readonly objective: number;
  /** No plan can cost less than this. */
  readonly bound: number;
  readonly late: number;
  readonly unplaced: number;
}

/** How far the plan may be from the best there is: 0.02 is two per cent. */
export function gapOf({ objective, bound }: Pick<BatchPlan, 'objective' | 'bound'>): number {
  return objective <= 0 ? 0 : Math.max(0, objective - bound) / objective;
}

/** What is paid for when nothing else is known: a missed date before lost class time, that before convenience. */
export const plainWeights: BatchWeights = { spread: 0, spreadAfter: 2, travel: 0, fairness: 0 };
