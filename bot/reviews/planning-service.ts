import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { serviceOf } from '../access/roles.js';
import { createDirectory } from '../access/resolve.js';
import type { Context, ReviewMailbox } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { addDays, type CalendarDate, dateIn, toDate } from '../time.js';
import { readAtOf, readCalendars } from './availability-service.js';
import type { FindSlots, ReviewProposal, SlotAnswer } from './contract.js';
import { proposePeople, type Proposed } from './proposal.js';
import * as repository from './repository.js';
import { labelOf } from './rows.js';
import { noticeSetting } from './settings.js';
import { answerOf, unlockingWords } from './slot-words.js';
import { findSlots, type Slot, type SlotQuestion, soonestSlots, windowOf } from './slots.js';
import { type Invited, invitedOf, mayBeInvited, rolesHeld } from './staff.js';
import * as staffRepository from './staff-repository.js';
import { unlockingOf } from './unlocking.js';
import { say } from './words.js';

/** Before a review: whom it needs, and when they can. */
export type ProposalFor = { readonly requestId: string } | { readonly learnerId: string };

/** Throws AppError: forbidden; not-found for a request or learner out of reach, or a request that is about nobody known. */
export async function proposeReview(ctx: Context, about: ProposalFor): Promise<ReviewProposal> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    const { authorityId } = ctx.actor;
    const on = dateIn(ctx.clock.now());
    const request =
      'requestId' in about ? await staffRepository.findRequest(trx, authorityId, about.requestId, false) : null;
    if (request === undefined) throw new AppError('not-found');
    const learnerId = 'learnerId' in about ? about.learnerId : request?.learner_id;
    const learner = learnerId ? await staffRepository.findLearner(trx, authorityId, learnerId) : undefined;
    if (!learner) throw new AppError('not-found');
    const around = await staffRepository.listAround(trx, authorityId, learner, on);
    const planner = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    const asked = request ? { askerId: request.asker_id, assigneeId: request.assignee_id } : null;
    const proposed = proposePeople(around, asked, planner);
    const people = await whoCanCome(ctx, trx, learner.learner_id, proposed);
    await audit(ctx, trx, {
      ...{ verb: 'review.propose', purpose: 'plan-review', subjectKind: 'learner', subjectId: learner.learner_id },
      ...{ learnerIds: [learner.learner_id], fields: ['learner.name', 'learner.stage', 'learner.people'] },
    });
    return {
      learner: { id: learner.learner_id, label: labelOf(learner), stage: learner.stage },
      request: request ? { id: request.request_id, reference: request.reference } : null,
      ...people,
    };
  });
}

async function whoCanCome(ctx: Context, trx: Trx, learnerId: string, proposed: readonly Proposed[]) {
  const { authorityId } = ctx.actor;
  const on = dateIn(ctx.clock.now());
  const ids = proposed.map(({ personId }) => personId);
  const staff = await staffRepository.listStaff(trx, authorityId, ids, on);
  const conflicts = await staffRepository.listConflicts(trx, authorityId, learnerId, on);
  const people: ReviewProposal['people'] = [];
  const cannotInvite: ReviewProposal['cannotInvite'] = [];
  for (const { personId, because, required } of proposed) {
    const person = staff.find((one) => one.person_id === personId);
    const why = mayBeInvited(person, conflicts, on);
    if (!person || why === 'not-staff') continue;
    if (why) {
      cannotInvite.push({ name: person.name, reason: say(`cannot.${why}`) });
      continue;
    }
    const school = person.held.find((role) => role.school_name !== null)?.school_name ?? '';
    people.push({
      ...{ id: personId, name: person.name, service: serviceOf(rolesHeld(person)), required },
      why: because === 'designated-manager' ? say('why.designated-manager', { school }) : say(`why.${because}`),
      calendar: person.calendar,
    });
  }
  return { people, cannotInvite };
}

/** Throws AppError('setting-unset') while the council has named no review mailbox. */
export async function mailboxOf(ctx: Context): Promise<ReviewMailbox> {
  const mailbox = await createDirectory(ctx.db.directory, ctx.clock).reviewMailbox(ctx.actor.authorityId);
  if (!mailbox) throw new AppError('setting-unset', { where: 'review-mailbox' });
  return mailbox;
}

const longestWindowDays = 92;
/** What is read back from the mailbox reaches this far (following.ts), so nothing is booked beyond. */
export const horizonDays = 300;
const stepMinutes = 15;
const mostSlots = 12;

/** Reads calendars afresh. Throws AppError: forbidden, not-found (learner), invalid (people, latestOn), setting-unset. */
export async function findTimes(ctx: Context, input: FindSlots): Promise<SlotAnswer> {
  const mailbox = await mailboxOf(ctx);
  const now = ctx.clock.now();
  checkWindow(input, now);
  const window = windowOf({ ...input, now });
  const known = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.schedule');
    return factsFor(ctx, trx, input, window);
  });
  const people = await readCalendars(ctx, mailbox, known.invited, known.taken, window);
  const question: SlotQuestion = {
    ...{ people, minutes: input.minutes, earliestOn: input.earliestOn, latestOn: input.latestOn, now },
    ...{ noticeMinutes: known.noticeDays * 24 * 60, stepMinutes, most: mostSlots },
    ...{ officeHours: known.officeHours, schoolDates: known.schoolDates },
  };
  const finding = findSlots(question);
  const asked = { ...input, people: known.invited };
  const unlocking =
    finding.obstacle?.why === 'busy'
      ? unlockingWords(unlockingOf(question), await firstAfter(ctx, mailbox, known.invited, question), asked)
      : [];
  return { ...answerOf(finding, asked), unlocking, readAt: readAtOf(people)?.toString() ?? null };
}

const daysBeyond = 28;

/** The first time after the window at which everybody who must be there is known to be free; within four weeks or not at all. */
async function firstAfter(
  ctx: Context,
  mailbox: ReviewMailbox,
  invited: readonly Invited[],
  question: SlotQuestion,
): Promise<Slot | null> {
  const beyond = {
    ...question,
    ...{ earliestOn: addDays(question.latestOn, 1), latestOn: addDays(question.latestOn, daysBeyond), most: 1 },
  };
  if (beyond.latestOn > addDays(dateIn(question.now), horizonDays)) return null;
  const window = windowOf(beyond);
  const taken = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    takenOf(trx, ctx.actor.authorityId, invited, window),
  );
  const people = await readCalendars(ctx, mailbox, invited, taken, window);
  const [slot] = soonestSlots({ ...beyond, people });
  return slot ?? null;
}

function checkWindow({ earliestOn, latestOn }: { earliestOn: string; latestOn: string }, now: Temporal.Instant): void {
  const refuse = (why: string) => new AppError('invalid', { where: 'latestOn', why });
  if (latestOn < earliestOn) throw refuse('before-the-first');
  if (latestOn > addDays(earliestOn, longestWindowDays)) throw refuse('too-long');
  if (latestOn > addDays(dateIn(now), horizonDays)) throw refuse('too-far');
}

interface Wanted {
  readonly learnerId: string;
  readonly people: readonly { readonly id: string; readonly required: boolean }[];
}

/** Everything but the calendars: who, when we work, and what our own reviews already take. */
async function factsFor(
  ctx: Context,
  trx: Trx,
  input: Wanted & { readonly earliestOn: string; readonly latestOn: string },
  window: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
) {
  const { authorityId } = ctx.actor;
  const learner = await staffRepository.findLearner(trx, authorityId, input.learnerId);
  if (!learner) throw new AppError('not-found');
  const hours = await repository.listOfficeHours(trx, authorityId);
  if (hours.length === 0) throw new AppError('setting-unset', { where: 'people.office-hours' });
  const invited = await inviteesFor(ctx, trx, input, input.earliestOn);
  await audit(ctx, trx, {
    ...{ verb: 'review.find-times', purpose: 'plan-review', subjectKind: 'learner', subjectId: learner.learner_id },
    ...{ learnerIds: [learner.learner_id], fields: ['learner.school', 'people.times'] },
  });
  return {
    invited,
    noticeDays: await readSetting(trx, ctx, noticeSetting),
    taken: await takenOf(trx, authorityId, invited, window),
    officeHours: new Map(hours.map(({ weekday, opens, closes }) => [weekday, { opens, closes }])),
    schoolDates: await repository.listSchoolDates(trx, authorityId, learner.school_id, input.earliestOn),
  };
}

/** `meetOn`: who will have left by then is not invited. Throws AppError('invalid', where 'people'). */
export async function inviteesFor(ctx: Context, trx: Trx, wanted: Wanted, meetOn: CalendarDate): Promise<Invited[]> {
  const { authorityId } = ctx.actor;
  const on = dateIn(ctx.clock.now());
  const ids = wanted.people.map(({ id }) => id);
  const staff = await staffRepository.listStaff(trx, authorityId, ids, on);
  const conflicts = await staffRepository.listConflicts(trx, authorityId, wanted.learnerId, on);
  return invitedOf(wanted.people, staff, conflicts, meetOn);
}

export function takenOf(
  trx: Trx,
  authorityId: string,
  people: readonly { readonly id: string }[],
  window: { readonly from: Temporal.Instant; readonly until: Temporal.Instant; readonly but?: string },
) {
  const ids = people.map(({ id }) => id);
  const { from, until, but } = window;
  return staffRepository.listTaken(trx, authorityId, ids, { from: toDate(from), until: toDate(until), but });
}
