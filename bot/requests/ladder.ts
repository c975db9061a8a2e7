import type { Temporal } from 'temporal-polyfill';
import { addWorkingMs, subtractWorkingMs, type WorkingCalendar } from '../people/working-time.js';
import { openStates, type RequestState } from './request.js';
import type { WaitingStep } from './waiting.js';

/** One rung, as the council set it. Hours are office hours. */
export interface Rung {
  readonly when: 'untaken' | 'before-due' | 'overdue' | 'transfer-unaccepted';
  readonly hours: number;
  readonly tell: 'assignee' | 'head' | 'channel' | 'person';
  readonly personId?: string | undefined;
}

/** A step that is to be taken once in its round. */
export interface PlannedStep {
  readonly at: Temporal.Instant;
  readonly round: number;
  /** Unique within a round; what is before the first ':' is the kind. */
  readonly step: string;
  readonly rung: Rung | WaitingStep;
}

/** What the ladder must know of a request. */
export interface Climbed {
  readonly state: RequestState;
  readonly assigned: boolean;
  readonly submittedAt: Temporal.Instant;
  /** Ours. */
  readonly dueAt: Temporal.Instant | null;
  /** Questions asked so far: each begins a round of waiting. */
  readonly questions: number;
  readonly waiting: readonly { readonly step: WaitingStep; readonly at: Temporal.Instant }[];
  /** The last passing on, while the other service has said nothing; and how many there were. */
  readonly transferredAt: Temporal.Instant | null;
  readonly transfers: number;
}

const hourMs = 3_600_000;

/** Every step that could still matter in the present state, in the order in which it comes. Taken ones are left out by the caller. */
export function plannedSteps(request: Climbed, rungs: readonly Rung[], calendar: WorkingCalendar): PlannedStep[] {
  const climbed = rungs.flatMap((rung): PlannedStep[] => {
    const found = rungAt(request, rung, calendar);
    const round = rung.when === 'transfer-unaccepted' ? request.transfers : 0;
    const step = [rung.when, rung.hours, rung.tell, ...(rung.personId ? [rung.personId] : [])].join(':');
    return found ? [{ at: found, round, step, rung }] : [];
  });
  const waited =
    request.state === 'waiting-on-school'
      ? request.waiting.map(({ step, at }): PlannedStep => ({ at, round: request.questions, step, rung: step }))
      : [];
  return [...climbed, ...waited].sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds);
}

function rungAt(request: Climbed, { when, hours }: Rung, calendar: WorkingCalendar): Temporal.Instant | null {
  const { state, dueAt } = request;
  const ms = hours * hourMs;
  // While our clock stands still nothing of ours is nearly due or overdue.
  const runs = openStates.includes(state) && state !== 'waiting-on-school';
  if (when === 'untaken') return state === 'submitted' ? addWorkingMs(request.submittedAt, ms, calendar) : null;
  if (when === 'transfer-unaccepted')
    return state === 'transferred' && request.transferredAt ? addWorkingMs(request.transferredAt, ms, calendar) : null;
  if (!runs || !dueAt) return null;
  // Overdue begins the moment after the due time, never on it.
  return when === 'overdue'
    ? (addWorkingMs(dueAt, ms, calendar)?.add({ milliseconds: 1 }) ?? null)
    : subtractWorkingMs(dueAt, ms, calendar);
}
