import type { ColumnType, Generated } from 'kysely';

/** What a request carries of its route and its clocks (migration 0007). */
export interface StateColumns {
  /** A RoutingDecision (bot/requests/routing.ts), or {} for a request from before there were any. */
  routing: ColumnType<unknown, string | undefined, string>;
  /** A DueWhy (bot/requests/due.ts). */
  due_why: ColumnType<unknown, string | undefined, string>;
  child_due_at: Sometimes<Date>;
  paused_at: Sometimes<Date>;
  school_due_at: Sometimes<Date>;
  phone_them: Generated<boolean>;
  /** How it stood before the last move, when that may be taken back (bot/requests/undo.ts). */
  undo: ColumnType<unknown, string | null | undefined, string | null>;
}
type Sometimes<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface BoundColumns {
  name: Sometimes<string>;
  team_id: Sometimes<string>;
  bound_at: Sometimes<Date>;
}

/** What may be known of a request by whom the database lets see it. */
interface AboutRequest {
  authority_id: string;
  request_id: string;
  learner_id: string | null;
  asker_id: string;
}

export interface RequestPauseRow extends AboutRequest {
  pause_id: string;
  from_at: Date;
  until_at: Sometimes<Date>;
  ended_by: Sometimes<'reply' | 'resume' | 'answer' | 'phone-them' | 'term-end' | 'other'>;
  owner_id: Sometimes<string>;
}

export interface RequestDecisionRow extends AboutRequest {
  decision_id: string;
  kind: 'declined' | 'transferred' | 'accepted' | 'sent-back';
  reason: string | null;
  signpost: string | null;
  service: string | null;
  said_by: string | null;
  actor_id: string;
  at: Date;
}

export interface RequestToldRow extends AboutRequest {
  told_id: string;
  who: string;
  told_at: Date;
  noted_by: string;
  noted_at: Date;
}

export interface RequestStepRow extends AboutRequest {
  step_id: string;
  round: number;
  step: string;
  person_id: string | null;
  at: Date;
}

export interface RequestNoticeRow {
  authority_id: string;
  notice_id: string;
  request_id: string;
  /** Null for the channel. */
  person_id: string | null;
  about: string;
  at: Date;
}

export interface RequestLoadRow {
  authority_id: string;
  request_id: string;
  person_id: string;
}

export interface CalendarImportRow {
  authority_id: string;
  import_id: string;
  format: 'csv' | 'ics';
  file_name: string;
  taken: number;
  unchanged: number;
  rejected: number;
  by: string;
  at: Date;
}

export interface StatesSchema {
  request_pause: RequestPauseRow;
  request_decision: RequestDecisionRow;
  request_told: RequestToldRow;
  request_step: RequestStepRow;
  request_notice: RequestNoticeRow;
  request_load: RequestLoadRow;
  calendar_import: CalendarImportRow;
}
