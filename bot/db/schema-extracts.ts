import type { ColumnType, Generated } from 'kysely';

/** Row types of migrations 0009 and 0010, as PostgreSQL gives them (see schema.ts). */
type Json = ColumnType<unknown, string, string>;
type JsonDefault = ColumnType<unknown, string | undefined, string>;

export interface BlobRow {
  authority_id: string;
  blob_id: string;
  purpose: 'extract';
  parts: number;
  bytes: ColumnType<string, number, number>;
  complete: Generated<boolean>;
  created_by: string | null;
  created_at: Date;
  expires_at: Date;
}

export interface BlobPartRow {
  authority_id: string;
  blob_id: string;
  part: number;
  content: Buffer;
}

export interface ExtractSourceRow {
  authority_id: string;
  source_id: string;
  system: string;
  kind: string;
  service: 'education' | 'social-work';
  registers: boolean;
  complete: boolean;
  created_at: Date;
}

export interface ExtractMappingRow {
  authority_id: string;
  mapping_id: string;
  source_id: string;
  version: number;
  mapping: Json;
  confirmed_by: string | null;
  confirmed_at: Date;
}

export interface ExtractRow {
  authority_id: string;
  extract_id: string;
  blob_id: string;
  source_id: string | null;
  mapping_id: string | null;
  state: string;
  refused: string | null;
  alarms: JsonDefault;
  counts: JsonDefault;
  reached: Generated<number>;
  version: Generated<number>;
  uploaded_by: string | null;
  uploaded_at: Date;
  imported_by: string | null;
  imported_at: Date | null;
  undone_at: Date | null;
}

export interface ExtractRowRow {
  authority_id: string;
  extract_id: string;
  row_number: number;
  outcome: 'added' | 'changed' | 'unchanged' | 'rejected';
  reasons: JsonDefault;
  person_key: string | null;
  record_key: string | null;
  row_hash: string | null;
  content: Json;
  changes: JsonDefault;
  learner_id: string | null;
}

export interface SourcePersonRow {
  authority_id: string;
  source_person_id: string;
  system: string;
  person_key: string;
  given_name: string | null;
  family_name: string | null;
  known_as: string | null;
  birth_on: string | null;
  scn: string | null;
  learner_id: string | null;
  joined_by: 'scn' | 'person' | 'made' | null;
  waits: Generated<boolean>;
  first_seen_at: Date;
  made_by: string;
}

export interface SourceRecordRow {
  authority_id: string;
  record_id: string;
  source_id: string;
  kind: string;
  source_person_id: string;
  record_key: string;
  row_hash: string;
  content: Json;
  learner_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  known_from: Date;
  known_to: Date | null;
  made_by: string;
  closed_by: string | null;
}

export interface ExtractFactRow {
  authority_id: string;
  extract_id: string;
  fact_id: string;
  learner_id: string;
  act: 'made' | 'closed';
}

export interface ExtractBeforeRow {
  authority_id: string;
  extract_id: string;
  learner_id: string;
  learner: ColumnType<unknown, string | null, string | null>;
  scope: ColumnType<unknown, string | null, string | null>;
  after_version: number;
}

export interface ExtractPersonBeforeRow {
  authority_id: string;
  extract_id: string;
  source_person_id: string;
  content: Json;
}

export interface LearnerChangeRow {
  authority_id: string;
  change_id: string;
  learner_id: string;
  kind: string;
  since: string | null;
  back_dated: boolean;
  origin: 'extract' | 'by-hand';
  extract_id: string | null;
  found_at: Date;
  telling: 'tell-both' | 'ask' | 'held';
  settled_at: Date | null;
  settled_by: string | null;
  settled_because: string | null;
  version: Generated<number>;
}

export interface ChangeNoticeRow {
  authority_id: string;
  change_id: string;
  person_id: string;
  learner_id: string;
  told_at: Date;
  acknowledged_at: Date | null;
}

export interface MatchPairRow {
  authority_id: string;
  pair_id: string;
  source_person_id: string;
  learner_id: string;
  band: 'match' | 'possible';
  weight: number;
  guard: 'twin' | 'sibling' | null;
  decision: 'same' | 'different' | 'cannot-tell' | 'forbidden' | null;
  decided_by: string | null;
  decided_at: Date | null;
  second_by: string | null;
  found_at: Date;
  made_by: string | null;
  version: Generated<number>;
}

export interface ExtractSchema {
  blob: BlobRow;
  blob_part: BlobPartRow;
  extract_source: ExtractSourceRow;
  extract_mapping: ExtractMappingRow;
  extract: ExtractRow;
  extract_row: ExtractRowRow;
  source_person: SourcePersonRow;
  source_record: SourceRecordRow;
  extract_fact: ExtractFactRow;
  extract_before: ExtractBeforeRow;
  extract_person_before: ExtractPersonBeforeRow;
  learner_change: LearnerChangeRow;
  change_notice: ChangeNoticeRow;
  match_pair: MatchPairRow;
}
