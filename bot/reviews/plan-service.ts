import { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import type { Trx } from '../db/database.js';
import { enqueue } from '../db/outbox.js';
import { AppError, isAppError } from '../errors.js';
import { fromDate, toDate } from '../time.js';
import { planningFacts, type PlanFacts, planPeople, readPlan } from './plan-reading.js';
import type { AdjustItem, MakePlan, PlanDetail, SendPlan } from './plan-contract.js';
import {
  gridOf,
  lateness,
  type PlanPerson,
  type PlanReview,
  unplacedBecause,
  type UnplacedReason,
} from './plan-problem.js';
import * as planRepository from './plan-repository.js';
import { planPeopleOf } from './plan-rows.js';
import { mailboxOf } from './planning-service.js';
import { gapOf } from './batch.js';
import { seededChance } from './batch-chance.js';
import { searchBatch } from './batch-search.js';
import { scheduleReview } from './service.js';

/** Steps of the search: some seconds for a large council, and each a chance for others to be served. */
const mostSteps = 24;

/**
 * A draft of everything that falls due and is not booked, placed together; or of a draft, made anew with little moved.
 * Nobody hears of it. Throws AppError: forbidden, setting-unset (mailbox, office hours), not-found (`from`).
 */
export async function makePlan(ctx: Context, input: MakePlan): Promise<PlanDetail> {
  const mailbox = await mailboxOf(ctx);
  const facts = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    return planningFacts(ctx, trx, input);
  });
  const people = await planPeople(ctx, mailbox, facts);
  const grid = gridOf({ ...facts, people });
  const starts = facts.reviews.map(({ was }) => (was ? grid.slotOf(was) : -1));
  const kept = starts.some((start) => start >= 0) ? { from: starts } : {};
  const random = seededChance([...ctx.random.code(6)].reduce((sum, one) => sum * 31 + one.charCodeAt(0), 7));
  let step = 0;
  let plan = null;
  for (const progress of searchBatch(grid.problem, { random, tolerance: 0.005, patience: 4, ...kept })) {
    plan = progress.plan;
    if (progress.done || (step += 1) >= mostSteps) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const times = facts.reviews.map((_, m) => {
    const start = plan?.placings[m]?.start ?? -1;
    return start < 0 ? null : grid.instantOf(start);
  });
  const planId = await keep(ctx, input, facts, { people, times, gap: plan ? gapOf(plan) : 0 });
  return readPlan(ctx, planId);
}

interface Found {
  readonly people: readonly PlanPerson[];
  readonly times: readonly (Temporal.Instant | null)[];
  readonly gap: number;
}

async function keep(ctx: Context, input: MakePlan, facts: PlanFacts, found: Found): Promise<string> {
  const { authorityId } = ctx.actor;
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { personId } = ctx.actor;
    const press = { verb: 'review.plan', targetId: personId, version: 0, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      const planId = ctx.random.id();
      const now = toDate(ctx.clock.now());
      if (input.from) {
        const old = await planRepository.findPlan(trx, authorityId, input.from, true);
        if (old?.state === 'draft')
          await planRepository.updatePlan(trx, old, { state: 'dropped', version: old.version + 1 });
      }
      const { fromOn, untilOn, minutes } = facts;
      await planRepository.insertPlan(
        trx,
        {
          ...{
            authority_id: authorityId,
            plan_id: planId,
            state: 'draft',
            version: 1,
            from_on: fromOn,
            until_on: untilOn,
          },
          ...{ minutes, gap: found.gap, made_by: personId, made_at: now, read_at: now },
        },
        facts.reviews.map((review, m) =>
          itemRow(ctx, planId, review, { people: found.people, at: found.times[m] ?? null }),
        ),
      );
      await audit(ctx, trx, {
        ...{ verb: 'review.plan', purpose: 'plan-review', fields: ['review.due', 'people.times'] },
        learnerIds: [...new Set(facts.reviews.map(({ learnerId }) => learnerId))],
      });
      return { planId };
    });
    return outcome.planId;
  });
}

function itemRow(
  ctx: Context,
  planId: string,
  review: PlanFacts['reviews'][number],
  placed: { readonly people: readonly PlanPerson[]; readonly at: Temporal.Instant | null },
) {
  return {
    ...{ authority_id: ctx.actor.authorityId, plan_id: planId, item_id: ctx.random.id(), learner_id: review.learnerId },
    ...{ series: review.series, rule: review.rule, due_on: review.dueOn, people: JSON.stringify(review.people) },
    ...{ starts_at: placed.at && toDate(placed.at), locked: review.locked && placed.at !== null },
    state: lateness(review.dueOn, placed.at),
    why: placed.at ? null : unplacedBecause(review, placed.people),
  };
}

/** By hand, checked at once against calendars as they are now and against the rest of the plan. Refusals: plan-contract.ts. */
export async function adjustItem(ctx: Context, planId: string, itemId: string, input: AdjustItem): Promise<PlanDetail> {
  const mailbox = await mailboxOf(ctx);
  const facts = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const plan = await draftOf(ctx, trx, planId, input.version);
    return { plan, ...(await planningFacts(ctx, trx, { from: planId }, itemId)) };
  });
  const [review] = facts.reviews;
  if (!review) throw new AppError('not-found');
  const at = input.startsAt === null ? null : Temporal.Instant.from(input.startsAt);
  if (at !== null) {
    const people = await planPeople(ctx, mailbox, facts);
    // Locked there, it has one start; it is placed when everybody is free then.
    const grid = gridOf({ ...facts, people, reviews: [{ ...review, was: at, locked: true } satisfies PlanReview] });
    const [progress] = [...searchBatch(grid.problem, { random: seededChance(1), tolerance: 0, patience: 1 })];
    if ((progress?.plan.placings[0]?.start ?? -1) < 0)
      throw new AppError('not-allowed-now', { where: 'startsAt', why: 'busy' });
  }
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const press = { verb: 'review.plan-adjust', targetId: itemId, version: input.version, nonce: input.nonce };
    await once(ctx, trx, press, async () => {
      const plan = await draftOf(ctx, trx, planId, input.version);
      await planRepository.updatePlan(trx, plan, { version: plan.version + 1 });
      await planRepository.updateItem(trx, ctx.actor.authorityId, itemId, {
        ...{ starts_at: at && toDate(at), locked: input.locked && at !== null, state: lateness(review.dueOn, at) },
        why: at ? null : ('no-common-time' satisfies UnplacedReason),
      });
      return { planId };
    });
  });
  return readPlan(ctx, planId);
}

async function draftOf(ctx: Context, trx: Trx, planId: string, version: number): Promise<planRepository.StoredPlan> {
  const plan = await planRepository.findPlan(trx, ctx.actor.authorityId, planId, true);
  if (!plan) throw new AppError('not-found');
  if (plan.state !== 'draft') throw new AppError('not-allowed-now');
  if (plan.version !== version) throw new AppError('stale');
  return plan;
}

/** An act of its own, with the number that its presser was shown. Each review is then booked by a job, or says why not. */
export async function sendPlan(ctx: Context, planId: string, input: SendPlan): Promise<PlanDetail> {
  const mailbox = await mailboxOf(ctx);
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const press = { verb: 'review.plan-send', targetId: planId, version: input.version, nonce: input.nonce };
    await once(ctx, trx, press, async () => {
      const plan = await draftOf(ctx, trx, planId, input.version);
      const items = await planRepository.listItems(trx, ctx.actor.authorityId, planId);
      const placed = items.filter((item) => item.starts_at !== null);
      if (placed.length !== input.count) throw new AppError('not-allowed-now', { where: 'count', why: 'changed' });
      const sender = ctx.actor.kind === 'person' ? ctx.actor.personId : plan.made_by;
      await planRepository.updatePlan(trx, plan, {
        ...{ state: 'sent', version: plan.version + 1, sent_at: toDate(ctx.clock.now()), made_by: sender },
      });
      for (const { item_id: itemId } of placed)
        await enqueue(ctx, trx, {
          ...{ lane: `plan:${mailbox.address}`, job: 'review.send-planned' },
          ...{ payload: { v: 1, itemId }, key: `review.send-planned:${itemId}` },
        });
      await audit(ctx, trx, {
        ...{ verb: 'review.plan-send', purpose: 'plan-review', fields: ['review.time', 'review.attendees'] },
        learnerIds: [...new Set(placed.map((item) => item.learner_id))],
      });
      return { planId };
    });
  });
  return readPlan(ctx, planId);
}

/**
 * For the worker, as the person who sent it: whether they may is looked at again, and calendars too, so that nothing is
 * booked that was not free at the last look. What cannot be booked any more goes back to the tray with its reason.
 */
export async function sendPlanned(ctx: Context, itemId: string): Promise<void> {
  const { authorityId } = ctx.actor;
  const item = await ctx.db.transact(ctx.actor, ctx.clock, (trx) => planRepository.findItem(trx, authorityId, itemId));
  if (!item?.starts_at || item.review_id !== null || item.plan_state !== 'sent') return;
  const sender: Context = { ...ctx, actor: { kind: 'person', authorityId, personId: item.made_by } };
  const startsAt = fromDate(item.starts_at).toString();
  const change = await scheduleReview(sender, {
    ...{ nonce: `planned-${itemId}`, learnerId: item.learner_id, series: item.series, startsAt, minutes: item.minutes },
    purpose: item.series === 'looked-after' ? 'looked-after-review' : 'plan-review',
    ...{ online: true, acceptUnknown: false, people: planPeopleOf(item.people) },
  }).then(
    ({ reviewId }) => ({ review_id: reviewId }),
    (error: unknown) => {
      if (!isAppError(error)) throw error;
      const why: UnplacedReason = error.code === 'not-allowed-now' ? 'taken-since' : 'not-allowed';
      return { starts_at: null, state: 'unplaced' as const, why };
    },
  );
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) => planRepository.updateItem(trx, authorityId, itemId, change));
}
