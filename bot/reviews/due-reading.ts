import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import { maySee } from '../access/visibility.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { type CalendarDate, dateIn, toDate, weekdayOf } from '../time.js';
import type { z } from 'zod';
import {
  type DueBoard,
  dueGroups,
  type DueGroup,
  type dueSearch,
  factEvents,
  type LearnerDue,
} from './due-contract.js';
import type { DuePolicy } from './due-dates.js';
import * as dueRepository from './due-repository.js';
import { type BoardLearner, type BoardQuestion, rowsOf } from './due-rows.js';
import { series } from './due-rules.js';
import * as repository from './repository.js';
import { answersByService } from './review.js';
import { labelOf } from './rows.js';
import { atHomeSetting, councilPeriodsSetting, newPlacementSetting } from './settings.js';
import { closedBecause, type WorkingTime } from './working-time.js';

/** What is due, for the learners that the viewer reaches; audited by learner before it leaves. Throws AppError: forbidden. */
export async function readDueBoard(ctx: Context, search: z.output<typeof dueSearch>): Promise<DueBoard> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.due');
    const learners = await boardLearners(ctx, trx, search.learnerId ?? null);
    const question = await questionFor(ctx, trx, reach, search.everything);
    const rows = learners.flatMap((one) => rowsOf(one, question));
    rows.sort((one, other) => order(one.dueOn, other.dueOn) || one.learner.label.localeCompare(other.learner.label));
    const counts = Object.fromEntries(dueGroups.map((group) => [group, 0])) as Record<DueGroup, number>;
    for (const { group } of rows) counts[group] += 1;
    const items = rows.filter(({ group }) => !search.group || group === search.group).slice(0, search.limit);
    await audit(ctx, trx, {
      ...{ verb: 'review.due', purpose: 'plan-review', fields: ['learner.name', 'learner.stage', 'review.due'] },
      learnerIds: [...new Set(items.map(({ learner }) => learner.id))],
    });
    return { today: question.today, counts, items };
  });
}

function order(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

/** One learner's dates, what they are counted from, and who said so. Throws AppError: forbidden, not-found. */
export async function readLearnerDue(ctx: Context, learnerId: string, moved: string[] = []): Promise<LearnerDue> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.due');
    const [one] = await boardLearners(ctx, trx, learnerId);
    if (!one) throw new AppError('not-found');
    const question = await questionFor(ctx, trx, reach, true);
    await audit(ctx, trx, {
      ...{ verb: 'review.due', purpose: 'plan-review', subjectKind: 'learner', subjectId: learnerId },
      ...{ learnerIds: [learnerId], fields: ['learner.name', 'learner.stage', 'review.due', 'review.facts'] },
    });
    return {
      ...{ learner: one.learner, items: rowsOf(one, question), moved: question.mayKnowWhy ? moved : [] },
      facts: question.mayKnowWhy ? one.facts.map(factOf) : [],
      usualMonths: await readSetting(trx, ctx, atHomeSetting),
    };
  });
}

function factOf(row: dueRepository.ListedFact): LearnerDue['facts'][number] {
  const { every_count: count, every_unit: unit } = row;
  return {
    ...{ id: row.fact_id, on: row.happened_on, firstBy: row.first_by, said: row.said, source: row.source },
    event: factEvents.find((one) => one === row.event) ?? 'late-explained',
    series: series.find((one) => one === row.series) ?? null,
    every: count !== null && unit !== null ? { count, unit } : null,
    ...{ by: row.recorded_by_name, at: row.recorded_at.toISOString() },
  };
}

export async function boardLearners(ctx: Context, trx: Trx, learnerId: string | null): Promise<BoardLearner[]> {
  const { authorityId } = ctx.actor;
  const learners = await dueRepository.listLearners(trx, authorityId, learnerId);
  const only = learnerId === null ? null : [learnerId];
  const facts = grouped(await dueRepository.listFacts(trx, authorityId, only));
  const coming = await dueRepository.listComing(trx, authorityId, toDate(ctx.clock.now()), learnerId);
  const attendees = await repository.listAttendees(
    trx,
    authorityId,
    coming.map((one) => one.review_id),
  );
  const answers = grouped(attendees.map((one) => ({ ...one, learner_id: one.review_id })));
  const byLearner = grouped(coming);
  return learners.map((row) => ({
    learner: { id: row.learner_id, label: labelOf(row), stage: row.stage },
    lookedAfter: row.status === 'looked-after',
    facts: facts.get(row.learner_id) ?? [],
    coming: (byLearner.get(row.learner_id) ?? []).map((one) => ({
      ...one,
      answers: answersByService(answers.get(one.review_id) ?? []),
    })),
  }));
}

function grouped<T extends { readonly learner_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.learner_id, [...(groups.get(row.learner_id) ?? []), row]);
  return groups;
}

async function questionFor(ctx: Context, trx: Trx, reach: Reach, everything: boolean): Promise<BoardQuestion> {
  const mayKnowWhy = ctx.actor.kind === 'system' || maySee(reach.roles, 'home');
  return { today: dateIn(ctx.clock.now()), policy: await readPolicy(ctx, trx), mayKnowWhy, everything };
}

/** What the council decided, and its own calendar. */
export async function readPolicy(ctx: Context, trx: Trx): Promise<DuePolicy> {
  const { authorityId } = ctx.actor;
  const set = await readSetting(trx, ctx, councilPeriodsSetting);
  const dates = (await dueRepository.listDates(trx, authorityId)).filter(({ schoolId }) => schoolId === null);
  const hours = await repository.listOfficeHours(trx, authorityId);
  const working: WorkingTime = {
    officeHours: new Map(hours.map(({ weekday, opens, closes }) => [weekday, { opens, closes }])),
    schoolDates: dates,
  };
  const closed = dates.filter(({ kind }) => kind === 'closure');
  const isClosed = (on: CalendarDate) => closed.some(({ fromOn, untilOn }) => fromOn <= on && on <= untilOn);
  const months = (count: number | null | undefined) => (count ? { months: count } : null);
  return {
    newPlacementStartsAgain: await readSetting(trx, ctx, newPlacementSetting),
    periods: {
      'csp-prepared': set?.cspPreparedWeeks ? { weeks: set.cspPreparedWeeks } : null,
      'school-told': set?.schoolToldWorkingDays ? { workingDays: set.schoolToldWorkingDays } : null,
      ...{ 'child-plan': months(set?.childPlanMonths), 'child-plan-next': months(set?.childPlanMonths) },
      'school-change-information': months(set?.schoolChangeInformationMonths),
    },
    // Social work works through school holidays; what the whole council closes for is no working day.
    isWorkingDay: (on) => weekdayOf(on) <= 5 && !isClosed(on),
    isSchoolDay: (on) => hours.length === 0 || closedBecause(on, working) === null,
  };
}
