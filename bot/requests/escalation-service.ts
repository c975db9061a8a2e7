import type { Temporal } from 'temporal-polyfill';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { saveEffects } from '../db/effects.js';
import { setTimer } from '../db/timer.js';
import { readSchoolDates, readWorkingCalendar } from '../people/calendar-service.js';
import { readSetting } from '../people/settings.js';
import { addDays, dateIn, fromDate, toDate } from '../time.js';
import { moveClocks } from './clock-service.js';
import { type Climbed, type PlannedStep, plannedSteps, type Rung } from './ladder.js';
import type { NoticeKind } from './notices.js';
import { tell } from './notices-service.js';
import * as repository from './repository.js';
import { nextState, requestStates } from './request.js';
import { member } from './rows.js';
import { ladder, waitingRules } from './settings.js';
import { claimStep, listDecisions, listHolders, listPauses, listSteps, namePauseOwner } from './states-repository.js';
import { waitingPlan } from './waiting.js';

/** The timed job of one request. Setting it again moves it; when it runs it looks for itself what is due and what comes next. */
export async function startTending(ctx: Context, trx: Trx, requestId: string): Promise<void> {
  await setTimer(ctx, trx, {
    ...{ job: 'request.tend', key: `request-tend:${requestId}`, payload: { v: 1, requestId } },
    dueAt: ctx.clock.now(),
  });
}

/**
 * Takes every step of the ladder that is due, each once whatever is killed meanwhile: the step's row, its effects and what it
 * sends commit together. Answers with when to look again; null when nothing can come any more.
 */
export async function tendRequest(ctx: Context, requestId: string): Promise<Temporal.Instant | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    for (;;) {
      const stored = await repository.findRequestForUpdate(trx, authorityId, requestId);
      if (!stored) return null;
      const planned = await plan(ctx, trx, stored);
      const [next] = planned;
      if (!next || next.at.epochMilliseconds > ctx.clock.now().epochMilliseconds) return next?.at ?? null;
      // A step may change the state and with it what comes next, so the plan is made anew after each.
      await take(ctx, trx, stored, next);
    }
  });
}

async function plan(ctx: Context, trx: Trx, stored: repository.LockedRequest): Promise<PlannedStep[]> {
  const { authority_id: authorityId, request_id: requestId } = stored;
  const steps = await listSteps(trx, authorityId, requestId);
  const taken = new Set(steps.map(({ round, step }) => `${round} ${step}`));
  const rungs = (await readSetting(trx, ctx, ladder)) ?? [];
  const calendar = await readWorkingCalendar(ctx, trx, dateIn(fromDate(stored.submitted_at)));
  const planned = plannedSteps(await climbedOf(ctx, trx, stored), rungs, calendar);
  return planned.filter(({ round, step }) => !taken.has(`${round} ${step}`));
}

async function climbedOf(ctx: Context, trx: Trx, stored: repository.LockedRequest): Promise<Climbed> {
  const { authority_id: authorityId, request_id: requestId } = stored;
  const state = member(requestStates, stored.state);
  const pauses = await listPauses(trx, authorityId, requestId);
  const asked = state === 'waiting-on-school' ? pauses.at(-1) : undefined;
  const askedAt = asked && fromDate(asked.from_at);
  const dates = askedAt ? await readSchoolDates(ctx, trx, stored.school_id, dateIn(askedAt)) : [];
  const waiting = askedAt ? waitingPlan(askedAt, await readSetting(trx, ctx, waitingRules), dates).steps : [];
  const decisions = state === 'transferred' ? await listDecisions(trx, authorityId, requestId) : [];
  const last = decisions[0];
  return {
    ...{ state, assigned: stored.assignee_id !== null, submittedAt: fromDate(stored.submitted_at) },
    ...{ dueAt: stored.due_at && fromDate(stored.due_at), questions: pauses.length, waiting },
    transferredAt: last?.kind === 'transferred' ? fromDate(last.at) : null,
    transfers: decisions.filter(({ kind }) => kind === 'transferred').length,
  };
}

const mostHoursLate = 72;

async function take(ctx: Context, trx: Trx, stored: repository.LockedRequest, planned: PlannedStep): Promise<void> {
  const { authority_id, request_id, learner_id, asker_id } = stored;
  const told = await whoIsTold(ctx, trx, stored, planned.rung);
  const claimed = await claimStep(trx, {
    ...{ authority_id, request_id, learner_id, asker_id, step_id: ctx.random.id(), at: toDate(ctx.clock.now()) },
    ...{ round: planned.round, step: planned.step, person_id: told[0] ?? null },
  });
  if (!claimed) return;
  const owner = planned.rung === 'term-end' ? await ownerOverHolidays(ctx, trx, stored) : null;
  if (owner) {
    await namePauseOwner(trx, authority_id, request_id, owner);
    return note(ctx, trx, stored, 'owner-named');
  }
  if (planned.rung === 'phone-them' || planned.rung === 'term-end') return phoneThem(ctx, trx, stored, planned.rung);
  const about: NoticeKind = typeof planned.rung === 'string' ? planned.rung : planned.rung.when;
  const toChannel = typeof planned.rung !== 'string' && planned.rung.tell === 'channel';
  const people = toChannel ? [] : told;
  // What had been due for days when somebody first looked (a ladder set today, a long outage) is written down and not told:
  // it would bury what is new, and the lists show it.
  const fresh = ctx.clock.now().since(planned.at).total('hours') < mostHoursLate;
  for (const personId of fresh ? people : []) await tell(ctx, trx, { requestId: request_id, personId, about });
  // Nobody to tell: the channel is told.
  if (fresh && people.length === 0) await tell(ctx, trx, { requestId: request_id, personId: null, about });
  await note(ctx, trx, stored, about);
}

/** Who has it, when they will still be in the team when school begins again; two months is longer than any holiday. */
async function ownerOverHolidays(ctx: Context, trx: Trx, stored: repository.LockedRequest): Promise<string | null> {
  const { authority_id: authorityId, assignee_id: assigneeId } = stored;
  if (!assigneeId) return null;
  const later = addDays(dateIn(ctx.clock.now()), 60);
  return (await repository.isTriager(trx, authorityId, assigneeId, later)) ? assigneeId : null;
}

async function whoIsTold(
  ctx: Context,
  trx: Trx,
  stored: repository.LockedRequest,
  rung: PlannedStep['rung'],
): Promise<string[]> {
  const { authority_id: authorityId, asker_id: askerId, assignee_id: assigneeId, school_id: schoolId } = stored;
  const on = dateIn(ctx.clock.now());
  const assignee = assigneeId ? [assigneeId] : [];
  if (rung === 'remind') return [askerId];
  if (rung === 'manager') {
    const managers = schoolId ? await listHolders(trx, authorityId, { role: 'designated-manager', schoolId, on }) : [];
    return managers.map(({ id }) => id);
  }
  if (typeof rung === 'string') return assignee;
  return toldBy(rung, assignee, async () =>
    (await listHolders(trx, authorityId, { role: 'virtual-school-head', on })).map(({ id }) => id),
  );
}

async function toldBy(rung: Rung, assignee: string[], heads: () => Promise<string[]>): Promise<string[]> {
  if (rung.tell === 'assignee') return assignee;
  if (rung.tell === 'head') return heads();
  return rung.tell === 'person' && rung.personId ? [rung.personId] : [];
}

/** The school has not answered, or the term ends and nobody has it: our clock goes on, and somebody is to telephone. */
async function phoneThem(
  ctx: Context,
  trx: Trx,
  stored: repository.LockedRequest,
  why: 'phone-them' | 'term-end',
): Promise<void> {
  const { authority_id, request_id, assignee_id } = stored;
  const to = nextState(member(requestStates, stored.state), 'resume');
  if (!to) return;
  const version = stored.version + 1;
  await repository.updateRequest(trx, authority_id, request_id, {
    ...{ state: to, version, undo: null },
    ...(await moveClocks(ctx, trx, stored, { move: why, to, ownerId: assignee_id })),
  });
  await tell(ctx, trx, { requestId: request_id, personId: assignee_id, about: 'phone-them' });
  await note(ctx, trx, stored, 'phone-them', version);
}

/** Logged like everything that happens to a request; its cards are drawn again when it moved. */
async function note(
  ctx: Context,
  trx: Trx,
  stored: repository.LockedRequest,
  what: string,
  version = stored.version,
): Promise<void> {
  const { request_id: requestId, learner_id: learnerId, asker_id: askerId } = stored;
  await saveEffects(ctx, trx, {
    activity: {
      ...{ aggregateKind: 'request', aggregateId: requestId, kind: `request.ladder-${what}`, version },
      ...{ learnerId, askerId },
    },
    audit: {
      ...{ verb: 'request.ladder', purpose: 'support', subjectKind: 'request', subjectId: requestId },
      learnerIds: learnerId ? [learnerId] : [],
    },
    cards: version === stored.version ? [] : stored.cards,
    tag: version,
  });
}

/**
 * Arms the timer of every request that could still climb: once a morning, so that a changed ladder reaches requests that are
 * already there. Ids alone are read.
 */
export async function tendAll(ctx: Context): Promise<number> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const ids = await repository.listClimbing(trx, ctx.actor.authorityId);
    for (const requestId of ids) await startTending(ctx, trx, requestId);
    return ids.length;
  });
}
