import type { ColumnType, Generated } from 'kysely';

/** Migration 0008. `words` are PostgreSQL's own, made of the text beside them. */
export interface WordsColumn {
  words: Generated<string>;
}

type Json = ColumnType<unknown, string, string>;

interface SavedViewRow {
  authority_id: string;
  view_id: string;
  person_id: string;
  shared: boolean;
  name: string;
  filters: Json;
  sort: ColumnType<unknown, string | null, string | null>;
  version: number;
  saved_at: Date;
}

interface CallNoteRow {
  authority_id: string;
  note_id: string;
  request_id: string | null;
  learner_id: string | null;
  author_id: string;
  owner_id: string;
  who: string;
  agreed: string;
  by_on: string | null;
  noted_at: Date;
  done_at: Date | null;
  done_by: string | null;
}

interface RequestHeardRow {
  authority_id: string;
  request_id: string;
  learner_id: string | null;
  asker_id: string;
  logged_by: string;
  heard_by: 'telephone' | 'e-mail' | 'in-person' | 'letter';
  caller_name: string | null;
  caller_telephone: string | null;
  at: Date;
}

interface LastLookedRow {
  authority_id: string;
  person_id: string;
  place: 'today';
  at: Date;
}

interface HandOverRow {
  authority_id: string;
  hand_over_id: string;
  person_id: string;
  to_id: string;
  at: Date;
  undone_at: Date | null;
}

interface HandOverItemRow {
  authority_id: string;
  hand_over_id: string;
  request_id: string;
  from_id: string | null;
  from_state: string;
  version: number;
}

export interface TriageSchema {
  saved_view: SavedViewRow;
  call_note: CallNoteRow;
  request_heard: RequestHeardRow;
  last_looked: LastLookedRow;
  hand_over: HandOverRow;
  hand_over_item: HandOverItemRow;
}
