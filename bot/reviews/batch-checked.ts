import type { BatchPlan, BatchProblem } from './batch.js';

/** What is wrong with a plan, looked at afresh and without the search's own arrays: for a plan adjusted by hand, and tests. */
export type Wrong =
  | { readonly why: 'not-a-start' | 'crosses-a-day'; readonly meeting: number }
  | { readonly why: 'not-free' | 'not-able'; readonly meeting: number; readonly resource: number }
  | { readonly why: 'clash' | 'no-travel-time' | 'too-near'; readonly meeting: number; readonly other: number }
  | { readonly why: 'too-many'; readonly resource: number; readonly day: number };

export function wrongWith(problem: BatchProblem, { placings }: Pick<BatchPlan, 'placings'>): Wrong[] {
  const found: Wrong[] = [];
  problem.meetings.forEach((_, m) => found.push(...alone(problem, placings, m)));
  problem.meetings.forEach((_, m) => {
    for (let other = m + 1; other < problem.meetings.length; other += 1)
      found.push(...between(problem, placings, m, other));
  });
  return [...found, ...days(problem, placings)];
}

type Placings = BatchPlan['placings'];

function alone({ meetings, resources, dayOf }: BatchProblem, placings: Placings, m: number): Wrong[] {
  const [meeting, placing] = [meetings[m], placings[m]];
  if (!meeting || !placing || placing.start < 0) return [];
  const until = placing.start + meeting.length;
  const wrong: Wrong[] = [];
  if (!meeting.starts.includes(placing.start)) wrong.push({ why: 'not-a-start', meeting: m });
  if (dayOf[placing.start] !== dayOf[until - 1]) wrong.push({ why: 'crosses-a-day', meeting: m });
  meeting.needs.forEach((need, index) => {
    const resource = placing.taken[index] ?? -1;
    if (!need.includes(resource)) wrong.push({ why: 'not-able', meeting: m, resource });
    const busy = resources[resource]?.busy ?? [];
    if (busy.some(([from, to]) => from < until && to > placing.start))
      wrong.push({ why: 'not-free', meeting: m, resource });
  });
  return wrong;
}

function between(problem: BatchProblem, placings: Placings, m: number, other: number): Wrong[] {
  const [one, two] = [problem.meetings[m], problem.meetings[other]];
  const [a, b] = [placings[m], placings[other]];
  if (!one || !two || !a || !b || a.start < 0 || b.start < 0) return [];
  const within = (slots: number) => a.start < b.start + two.length + slots && b.start < a.start + one.length + slots;
  const sameDay = problem.dayOf[a.start] === problem.dayOf[b.start];
  const shared = a.taken.some((resource) => b.taken.includes(resource));
  const elsewhere = one.place !== null && two.place !== null && one.place !== two.place;
  if (shared && within(0)) return [{ why: 'clash', meeting: m, other }];
  if (shared && elsewhere && sameDay && within(problem.travel)) return [{ why: 'no-travel-time', meeting: m, other }];
  const apart = one.apart.includes(other) || two.apart.includes(m);
  return apart && sameDay && within(problem.apart) ? [{ why: 'too-near', meeting: m, other }] : [];
}

function days({ meetings, resources, dayOf }: BatchProblem, placings: Placings): Wrong[] {
  const counts = new Map<string, { resource: number; day: number; count: number }>();
  meetings.forEach((_, m) => {
    const placing = placings[m];
    if (!placing || placing.start < 0) return;
    const day = dayOf[placing.start] ?? 0;
    for (const resource of placing.taken) {
      const key = `${resource} ${day}`;
      counts.set(key, { resource, day, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  });
  return [...counts.values()].flatMap(({ resource, day, count }) => {
    const most = resources[resource]?.mostADay ?? null;
    return most !== null && count > most ? [{ why: 'too-many' as const, resource, day }] : [];
  });
}
