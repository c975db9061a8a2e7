import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context, ReviewMailbox } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { addDays, dateIn, fromDate, toDate } from '../time.js';
import { readCalendars } from './availability-service.js';
import { boardLearners, readPolicy } from './due-reading.js';
import { clocksOf, rowsOf } from './due-rows.js';
import { ruleOf, type RuleId, type Series } from './due-rules.js';
import type { PlanDetail } from './plan-contract.js';
import type { PlanPerson, PlanQuestion, PlanReview } from './plan-problem.js';
import * as planRepository from './plan-repository.js';
import { planDetailOf, type PlanPeople, planPeopleOf } from './plan-rows.js';
import { proposePeople } from './proposal.js';
import { takenOf } from './planning-service.js';
import * as repository from './repository.js';
import { noticeSetting, plannerSetting } from './settings.js';
import { type Invited, mayBeInvited } from './staff.js';
import { windowOf } from './slots.js';
import * as staffRepository from './staff-repository.js';

/** Throws AppError: forbidden, not-found. */
export async function readPlan(ctx: Context, planId: string): Promise<PlanDetail> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const plan = await planRepository.findPlan(trx, ctx.actor.authorityId, planId);
    if (!plan) throw new AppError('not-found');
    return detailOf(ctx, trx, plan);
  });
}

/** The last one made, or null. Throws AppError: forbidden. */
export async function readCurrentPlan(ctx: Context): Promise<PlanDetail | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const plan = await planRepository.findCurrent(trx, ctx.actor.authorityId);
    return plan ? detailOf(ctx, trx, plan) : null;
  });
}

async function detailOf(ctx: Context, trx: Trx, plan: planRepository.StoredPlan): Promise<PlanDetail> {
  const { authorityId } = ctx.actor;
  const items = await planRepository.listItems(trx, authorityId, plan.plan_id);
  const ids = [...new Set(items.flatMap((item) => planPeopleOf(item.people).map(({ id }) => id)))];
  const staff = await staffRepository.listStaff(trx, authorityId, ids, dateIn(ctx.clock.now()));
  await audit(ctx, trx, {
    ...{ verb: 'review.plan-read', purpose: 'plan-review', fields: ['learner.name', 'learner.stage', 'review.due'] },
    learnerIds: [...new Set(items.map((item) => item.learner_id))],
  });
  return planDetailOf(plan, items, new Map(staff.map(({ person_id: id, name }) => [id, name])));
}

export interface ReviewToPlan extends PlanReview {
  readonly learnerId: string;
  readonly series: Series;
  readonly rule: RuleId;
  readonly people: readonly PlanPeople[];
}

export interface PlanFacts extends Omit<PlanQuestion, 'people' | 'reviews'> {
  readonly reviews: readonly ReviewToPlan[];
  readonly invited: readonly Invited[];
  readonly taken: Awaited<ReturnType<typeof takenOf>>;
  /** Who is there only at times that they released. */
  readonly chairs: ReadonlySet<string>;
  readonly released: readonly {
    readonly personId: string;
    readonly startAt: Temporal.Instant;
    readonly endAt: Temporal.Instant;
  }[];
  readonly window: { readonly from: Temporal.Instant; readonly until: Temporal.Instant };
}

/** Everything but the calendars. `only`: one item of the plan `from`, with the others of it as taken. */
export async function planningFacts(
  ctx: Context,
  trx: Trx,
  input: { readonly from?: string | undefined; readonly weeks?: number | undefined },
  only?: string,
): Promise<PlanFacts> {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  const set = await readSetting(trx, ctx, plannerSetting);
  const hours = await repository.listOfficeHours(trx, authorityId);
  if (hours.length === 0) throw new AppError('setting-unset', { where: 'people.office-hours' });
  const before = input.from ? await planRepository.findPlan(trx, authorityId, input.from) : undefined;
  if (input.from && !before) throw new AppError('not-found', { where: 'from' });
  const fromOn = dateIn(now);
  const untilOn = before?.until_on ?? addDays(fromOn, 7 * (input.weeks ?? set.weeks));
  const old = before ? await planRepository.listItems(trx, authorityId, before.plan_id) : [];
  const all = await reviewsToPlan(ctx, trx, { untilOn, old });
  const chosen = only === undefined ? all : all.filter(({ id }) => id === only);
  const ids = [...new Set(chosen.flatMap(({ people }) => people.map(({ id }) => id)))];
  const staff = await staffRepository.listStaff(trx, authorityId, ids, fromOn);
  const invited = staff.flatMap((person): Invited[] =>
    person.email
      ? [
          {
            id: person.person_id,
            name: person.name,
            email: person.email,
            required: true,
            service: 'other',
            calendar: person.calendar,
          },
        ]
      : [],
  );
  const window = windowOf({ earliestOn: fromOn, latestOn: untilOn, now });
  const released = await planRepository.listReleased(trx, authorityId, toDate(window.from), toDate(window.until));
  const chairs = set.onlyReleased
    ? staff.filter(({ held }) => held.some(({ role }) => role === 'reviewing-officer'))
    : [];
  const others = only === undefined ? [] : old.filter((item) => item.item_id !== only && item.starts_at !== null);
  const minutes = before?.minutes ?? set.minutes;
  const notice = await readSetting(trx, ctx, noticeSetting);
  return {
    ...{ reviews: chosen, invited, fromOn, untilOn, minutes, mostADay: set.mostADay, window },
    soonest: now.add({ hours: 24 * notice }),
    officeHours: new Map(hours.map(({ weekday, opens, closes }) => [weekday, { opens, closes }])),
    schoolDates: await repository.listSchoolDates(trx, authorityId, null, fromOn),
    chairs: new Set(chairs.map(({ person_id: id }) => id)),
    released: released.map((one) => ({
      personId: one.person_id,
      startAt: fromDate(one.from_at),
      endAt: fromDate(one.until_at),
    })),
    taken: [...(await takenOf(trx, authorityId, invited, window)), ...others.flatMap((item) => takenBy(item, minutes))],
  };
}

function takenBy(item: planRepository.ListedItem, minutes: number): PlanFacts['taken'] {
  const startsAt = item.starts_at;
  if (!startsAt) return [];
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  return planPeopleOf(item.people).flatMap(({ id, required }) =>
    required ? [{ personId: id, startsAt, endsAt }] : [],
  );
}

/** What falls due until then and has no meeting yet; of a plan that is made anew, where each stood. */
async function reviewsToPlan(
  ctx: Context,
  trx: Trx,
  of: { readonly untilOn: string; readonly old: readonly planRepository.ListedItem[] },
): Promise<ReviewToPlan[]> {
  const policy = await readPolicy(ctx, trx);
  const today = dateIn(ctx.clock.now());
  const found: ReviewToPlan[] = [];
  for (const one of await boardLearners(ctx, trx, null)) {
    const rows = rowsOf(one, { today, policy, mayKnowWhy: false, everything: false });
    const clocks = clocksOf(one, policy).filter((clock, index, list) => {
      const row = rows.find(({ rule }) => rule === clock.rule);
      const first = list.findIndex(({ series }) => series === clock.series) === index;
      return (
        first && ruleOf(clock.rule).meeting && clock.dueOn !== null && clock.dueOn <= of.untilOn && row?.booked === null
      );
    });
    if (clocks.length === 0) continue;
    const people = await peopleFor(ctx, trx, one.learner.id);
    for (const clock of clocks) {
      const old = of.old.find((item) => item.learner_id === one.learner.id && item.series === clock.series);
      found.push({
        ...{ id: old?.item_id ?? `${one.learner.id}:${clock.series}`, learnerId: one.learner.id, series: clock.series },
        ...{ rule: clock.rule, dueOn: clock.dueOn, people, locked: old?.locked ?? false },
        requiredIds: people.flatMap(({ id, required }) => (required ? [id] : [])),
        was: old?.starts_at ? fromDate(old.starts_at) : null,
      });
    }
  }
  return found;
}

/** Those around the learner who may be invited; its reviewing officer chairs it and has to be there. */
async function peopleFor(ctx: Context, trx: Trx, learnerId: string): Promise<PlanPeople[]> {
  const { authorityId } = ctx.actor;
  const on = dateIn(ctx.clock.now());
  const learner = await staffRepository.findLearner(trx, authorityId, learnerId);
  if (!learner) return [];
  const around = await staffRepository.listAround(trx, authorityId, learner, on);
  const proposed = proposePeople(around, null, null);
  const staff = await staffRepository.listStaff(
    trx,
    authorityId,
    proposed.map(({ personId }) => personId),
    on,
  );
  const conflicts = await staffRepository.listConflicts(trx, authorityId, learnerId, on);
  return proposed.flatMap(({ personId, required, because }) => {
    const person = staff.find((one) => one.person_id === personId);
    if (mayBeInvited(person, conflicts, on) !== null) return [];
    return [{ id: personId, required: required || because === 'reviewing-officer' }];
  });
}

/** With their calendars, read now. */
export async function planPeople(ctx: Context, mailbox: ReviewMailbox, facts: PlanFacts): Promise<PlanPerson[]> {
  const read = await readCalendars(ctx, mailbox, facts.invited, facts.taken, facts.window);
  return read.map(({ id, availability, alsoBusy = [] }) => ({
    ...{ id, availability, alsoBusy },
    released: facts.chairs.has(id) ? facts.released.filter(({ personId }) => personId === id) : null,
  }));
}
