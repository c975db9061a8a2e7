import type { ColumnType, Generated } from 'kysely';

/** What a request says beyond who, what and how soon (migration 0006). */
export interface AskedColumns {
  indicators: Generated<string[]>;
  view_kind: ColumnType<ViewKind | null, ViewKind | null | undefined>;
  named_person: ColumnType<string | null, string | null | undefined>;
  lead_professional: ColumnType<string | null, string | null | undefined>;
  source_activity: ColumnType<string | null, string | null | undefined>;
}
type ViewKind = 'words' | 'will-ask' | 'not-asked';

interface RequestDraftRow {
  authority_id: string;
  draft_id: string;
  person_id: string;
  learner_id: string | null;
  step: 'who' | 'other' | 'level' | 'what' | 'more';
  typed: ColumnType<unknown, string>;
  source_activity: string | null;
  started_at: Date;
  expires_at: Date;
}

interface RequestWaitingRow {
  authority_id: string;
  waiting_id: string;
  asker_id: string;
  manager_id: string;
  learner_id: string;
  typed: ColumnType<unknown, string>;
  source_activity: string | null;
  sent_at: Date;
  decision: ColumnType<'sent-on' | 'not-this-time' | null, undefined, 'sent-on' | 'not-this-time'>;
  why: ColumnType<string | null, undefined, string | null>;
  decided_at: ColumnType<Date | null, undefined, Date>;
}

interface RequestFeedbackRow {
  authority_id: string;
  request_id: string;
  learner_id: string | null;
  asker_id: string;
  helped: 'yes' | 'partly' | 'no';
  changed: string | null;
  at: Date;
}

interface ChangeToldRow {
  authority_id: string;
  told_id: string;
  teller_id: string;
  learner_id: string | null;
  learner_initials: string | null;
  learner_class: string | null;
  school_id: string | null;
  kind: 'home' | 'school' | 'status' | 'worker' | 'must-not-know';
  what: string;
  since_on: string | null;
  told_at: Date;
}

interface ExclusionAlertRow {
  authority_id: string;
  alert_id: string;
  asker_id: string;
  school_id: string | null;
  cluster_id: string | null;
  state: 'open' | 'taken' | 'stood-down';
  version: number;
  step: Generated<number>;
  taken_by: string | null;
  raised_at: Date;
  taken_at: Date | null;
}

export interface AskingSchema {
  request_draft: RequestDraftRow;
  request_waiting: RequestWaitingRow;
  request_feedback: RequestFeedbackRow;
  change_told: ChangeToldRow;
  exclusion_alert: ExclusionAlertRow;
}
