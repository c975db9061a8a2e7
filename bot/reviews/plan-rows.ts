import type { PlanDetail } from './plan-contract.js';
import { type PlanItemState, unplacedReasons } from './plan-problem.js';
import type { ListedItem, StoredPlan } from './plan-repository.js';
import { type RuleId, dueRules } from './due-rules.js';
import { whatOf } from './due-words.js';
import { labelOf } from './rows.js';
import { say } from './words.js';

/** Turns a stored plan into what a viewer is shown. Pure. */
export interface PlanPeople {
  readonly id: string;
  readonly required: boolean;
}

export function planPeopleOf(value: unknown): PlanPeople[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null || !('id' in one) || typeof one.id !== 'string') return [];
    return [{ id: one.id, required: 'required' in one && one.required === true }];
  });
}

export function planDetailOf(
  plan: StoredPlan,
  items: readonly ListedItem[],
  names: ReadonlyMap<string, string>,
): PlanDetail {
  const count = (state: PlanItemState) => items.filter((one) => one.state === state).length;
  const counts = {
    ...{ inTime: count('in-time'), late: count('late'), unplaced: count('unplaced') },
    sent: items.filter((one) => one.review_id !== null).length,
  };
  return {
    ...{ id: plan.plan_id, version: plan.version, state: plan.state, fromOn: plan.from_on, untilOn: plan.until_on },
    ...{ minutes: plan.minutes, gap: plan.gap, madeAt: plan.made_at.toISOString() },
    readAt: plan.read_at?.toISOString() ?? null,
    counts,
    summary: [
      say('plan.in-time', { count: counts.inTime }),
      say('plan.late', { count: counts.late }),
      say('plan.unplaced', { count: counts.unplaced }),
    ].join(' · '),
    items: items.map((item) => itemOf(item, plan.minutes, names)),
  };
}

function itemOf(item: ListedItem, minutes: number, names: ReadonlyMap<string, string>): PlanDetail['items'][number] {
  const reason = unplacedReasons.find((one) => one === item.why);
  return {
    ...{ id: item.item_id, learner: { id: item.learner_id, label: labelOf(item), stage: item.stage } },
    ...{ series: item.series, dueOn: item.due_on, locked: item.locked, state: item.state },
    what: isRule(item.rule) ? whatOf({ rule: item.rule }) : item.rule,
    startsAt: item.starts_at?.toISOString() ?? null,
    endsAt: item.starts_at ? new Date(item.starts_at.getTime() + minutes * 60_000).toISOString() : null,
    why: reason ? say(`plan.why.${reason}`) : null,
    people: planPeopleOf(item.people).map((one) => ({ ...one, name: names.get(one.id) ?? '' })),
    reviewId: item.review_id,
  };
}

function isRule(value: string): value is RuleId {
  return value in dueRules;
}
