import type { ColumnType, Generated } from 'kysely';

/** Migration 0011. */
type Sometimes<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Json = ColumnType<unknown, string, string>;
type StoredSeries = 'looked-after' | 'csp' | 'child-plan' | 'school-change' | 'other';

export type StoredReviewState = 'booking' | 'booked' | 'cancelled' | 'not-booked' | 'recorded' | 'held' | 'not-held';

export interface OutcomeColumns {
  series: Generated<StoredSeries>;
  held_on: Sometimes<string>;
  joint: Sometimes<boolean>;
  late_because: Sometimes<string>;
  not_held_because: Sometimes<string>;
  views_asked: Sometimes<string>;
  outcome_by: Sometimes<string>;
  outcome_at: Sometimes<Date>;
  write_pending: Generated<boolean>;
}

export interface AttendedColumns {
  attended: Sometimes<boolean>;
  removed_at: Sometimes<Date>;
}

interface ReviewFactRow {
  authority_id: string;
  fact_id: string;
  learner_id: string;
  event: string;
  happened_on: string | null;
  series: StoredSeries | null;
  every_count: number | null;
  every_unit: 'days' | 'weeks' | 'months' | null;
  first_by: string | null;
  under_school_age: Generated<boolean>;
  said: string | null;
  source: 'hand' | 'review' | 'extract' | 'invitation';
  review_id: string | null;
  recorded_by: string | null;
  recorded_at: Date;
  replaced_by: Sometimes<string>;
  ended_at: Sometimes<Date>;
}

interface ReleasedSlotRow {
  authority_id: string;
  slot_id: string;
  person_id: string;
  from_at: Date;
  until_at: Date;
  released_by: string;
  released_at: Date;
}

interface ReviewPlanRow {
  authority_id: string;
  plan_id: string;
  state: 'draft' | 'sent' | 'dropped';
  version: number;
  from_on: string;
  until_on: string;
  minutes: number;
  gap: number;
  made_by: string;
  made_at: Date;
  read_at: Sometimes<Date>;
  sent_at: Sometimes<Date>;
}

interface ReviewPlanItemRow {
  authority_id: string;
  plan_id: string;
  item_id: string;
  learner_id: string;
  series: StoredSeries;
  rule: string;
  due_on: string | null;
  people: Json;
  starts_at: Date | null;
  locked: Generated<boolean>;
  state: 'in-time' | 'late' | 'unplaced';
  why: Sometimes<string>;
  review_id: Sometimes<string>;
}

export interface DueSchema {
  review_fact: ReviewFactRow;
  released_slot: ReleasedSlotRow;
  review_plan: ReviewPlanRow;
  review_plan_item: ReviewPlanItemRow;
}
