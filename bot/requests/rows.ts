import { Temporal } from 'temporal-polyfill';
import { addDays, dateIn, fromDate, zone } from '../time.js';
import type { RequestRow } from './contract.js';
import {
  levels,
  movesFrom,
  needs,
  openStates,
  type RequestMove,
  type RequestState,
  requestStates,
  urgencies,
} from './request.js';

/** Turns what is stored into what a viewer is shown. Pure: names that the database withheld arrive as null and stay so. */
export interface ListedColumns {
  readonly request_id: string;
  readonly reference: string;
  readonly version: number;
  readonly state: string;
  readonly level: string;
  readonly need: string;
  readonly urgency: string;
  readonly school_id: string | null;
  readonly school_name: string | null;
  readonly learner_id: string | null;
  readonly learner_initials: string | null;
  readonly learner_class: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly known_as: string | null;
  readonly stage: string | null;
  readonly asker_id: string;
  readonly asker_name: string;
  readonly asker_title: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly submitted_at: Date;
  readonly due_at: Date | null;
  /** While the school is waited for, since when: our clock stands. */
  readonly paused_at?: Date | null;
}

/** The member of a closed list that a stored text names; a text outside the list is a fault of ours, not of the viewer. */
export function member<T extends string>(list: readonly T[], value: string): T {
  const found = list.find((one) => one === value);
  if (found === undefined) throw new Error('a stored code that its list does not know');
  return found;
}

export function requestRowOf(row: ListedColumns, now: Temporal.Instant): RequestRow {
  const state = member(requestStates, row.state);
  return {
    id: row.request_id,
    reference: row.reference,
    version: row.version,
    state,
    level: member(levels, row.level),
    need: member(needs, row.need),
    urgency: member(urgencies, row.urgency),
    school: row.school_id && row.school_name ? { id: row.school_id, name: row.school_name } : null,
    learner: learnerOf(row),
    asker: { id: row.asker_id, name: row.asker_name },
    assignee: row.assignee_id && row.assignee_name ? { id: row.assignee_id, name: row.assignee_name } : null,
    submittedAt: row.submitted_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: isOverdue(state, row.due_at, row.paused_at ? fromDate(row.paused_at) : now),
  };
}

/** Overdue starts the moment after the due time, never on it, and ends when somebody has answered. */
export function isOverdue(state: RequestState, dueAt: Date | null, now: Temporal.Instant): boolean {
  return dueAt !== null && openStates.includes(state) && Temporal.Instant.compare(fromDate(dueAt), now) < 0;
}

function learnerOf(row: ListedColumns): RequestRow['learner'] {
  if (row.learner_id && row.family_name) {
    const name = `${row.known_as ?? row.given_name ?? ''} ${row.family_name}`.trim();
    return { id: row.learner_id, label: name, stage: row.stage };
  }
  if (row.learner_initials) return { id: null, label: row.learner_initials, stage: row.learner_class };
  return null;
}

/** What may be done next by this viewer. A member of the team makes the team's moves, the asker the asker's. */
export function movesFor(state: string, viewer: { team: boolean; asker: boolean }): RequestMove[] {
  const asker: readonly RequestMove[] = ['reply', 'withdraw', 'reopen'];
  return movesFrom(member(requestStates, state)).filter((move) =>
    move === 'reopen' ? viewer.team || viewer.asker : asker.includes(move) ? viewer.asker : viewer.team,
  );
}

/** The last millisecond of today in London. */
export function endOfToday(now: Temporal.Instant): Temporal.Instant {
  const tomorrow = Temporal.PlainDate.from(addDays(dateIn(now), 1));
  return tomorrow.toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 });
}
