import type { z } from 'zod';
import { serviceOf } from '../../bot/access/roles.js';
import type { PersonRow } from '../../bot/people/contract.js';
import type { findSlots, ReviewProposal, SlotAnswer } from '../../bot/reviews/contract.js';
import type { Purpose, Service } from '../../bot/reviews/review.js';
import type { NewReview } from './review-queries.js';

/** A review that is being planned: plain data, changed by the functions below. Pure. */
export interface PlannedPerson {
  readonly id: string;
  readonly name: string;
  readonly service: Service;
  readonly why: string | null;
  readonly calendarKnown: boolean;
  readonly invited: boolean;
  readonly required: boolean;
}

export interface Plan {
  readonly learnerId: string;
  readonly requestId: string | null;
  readonly people: readonly PlannedPerson[];
  readonly purpose: Purpose;
  readonly minutes: number;
  /** Calendar dates, 'YYYY-MM-DD'. */
  readonly earliestOn: string;
  readonly latestOn: string;
  readonly online: boolean;
  readonly place: string;
}

export const lengths = [30, 45, 60, 90, 120] as const;

/** What is proposed, for the four weeks from tomorrow; nothing is decided by it. */
export function planFrom(proposal: ReviewProposal, tomorrow: string, inFourWeeks: string): Plan {
  return {
    learnerId: proposal.learner.id,
    requestId: proposal.request?.id ?? null,
    people: proposal.people.map(({ id, name, service, why, required, calendar }) => ({
      ...{ id, name, service, why, required },
      calendarKnown: calendar === 'graph',
      invited: true,
    })),
    purpose: proposal.request ? 'support-request' : 'plan-review',
    minutes: 60,
    earliestOn: tomorrow,
    latestOn: inFourWeeks,
    online: true,
    place: '',
  };
}

export function withPerson(plan: Plan, id: string, change: Partial<Pick<PlannedPerson, 'invited' | 'required'>>): Plan {
  return { ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, ...change } : person)) };
}

export function adding(plan: Plan, row: PersonRow): Plan {
  if (plan.people.some(({ id }) => id === row.id)) return withPerson(plan, row.id, { invited: true });
  const service = serviceOf(row.roles.map(({ role }) => ({ role, schoolId: null, teamId: null })));
  const person = {
    id: row.id,
    name: row.name,
    service,
    why: null,
    calendarKnown: true,
    invited: true,
    required: false,
  };
  return { ...plan, people: [...plan.people, person] };
}

function invitedOf(plan: Plan): { id: string; required: boolean }[] {
  return plan.people.filter(({ invited }) => invited).map(({ id, required }) => ({ id, required }));
}

/** Why times cannot be looked for yet; null when they can. */
export function missingFrom(plan: Plan): 'plan.atLeastTwo' | 'plan.window' | null {
  if (invitedOf(plan).length < 2) return 'plan.atLeastTwo';
  return plan.latestOn < plan.earliestOn ? 'plan.window' : null;
}

export function slotQuestion(plan: Plan): z.input<typeof findSlots> {
  const { learnerId, minutes, earliestOn, latestOn } = plan;
  return { learnerId, minutes, earliestOn, latestOn, people: invitedOf(plan) };
}

export function reviewOf(plan: Plan, startsAt: string, acceptUnknown: boolean): NewReview {
  const { learnerId, requestId, purpose, minutes, online, place } = plan;
  return {
    ...{ learnerId, purpose, minutes, online, startsAt, acceptUnknown, people: invitedOf(plan) },
    ...(requestId ? { requestId } : {}),
    ...(!online && place.trim() ? { place: place.trim() } : {}),
  };
}

export type Slot = SlotAnswer['slots'][number];

/** True when somebody who must be there has a calendar that could not be read: the planner must have asked them. */
export function needsAsking(plan: Plan, slot: Slot): boolean {
  return slot.unknown.some(({ id }) => plan.people.some((person) => person.id === id && person.required));
}
