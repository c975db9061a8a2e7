import type { ColumnType, Generated } from 'kysely';
import type { ExtractSchema } from './schema-extracts.js';
import type { AskedColumns, AskingSchema } from './schema-asking.js';
import type { BoundColumns, StateColumns, StatesSchema } from './schema-states.js';
import type { AttendedColumns, DueSchema, OutcomeColumns, StoredReviewState } from './schema-reviews-due.js';
import type { TriageSchema, WordsColumn } from './schema-triage.js';

/**
 * Row types, one a table, as PostgreSQL gives them: `date` is a 'YYYY-MM-DD' string, `timestamptz` a Date (turned into a
 * Temporal.Instant by the repositories), `bigint` a string. The row is the entity until there is a reason otherwise.
 */

/** jsonb is written as JSON text and read parsed. */
type Json = ColumnType<unknown, string, string>;
type JsonDefault = ColumnType<unknown, string | undefined, string>;

export interface AuthoritySettingRow {
  authority_id: string;
  setting_id: string;
  key: string;
  value: Json;
  effective_on: string;
  author_id: string | null;
  recorded_at: Date;
}

export interface ClusterRow {
  authority_id: string;
  cluster_id: string;
  name: string;
}

export interface SchoolRow {
  authority_id: string;
  school_id: string;
  cluster_id: string;
  name: string;
  kind: 'primary' | 'secondary' | 'special';
  locality: string | null;
  ended_on: string | null;
}

export interface TeamRow {
  authority_id: string;
  team_id: string;
  name: string;
}

export interface PersonRow {
  authority_id: string;
  person_id: string;
  name: string;
  email: string | null;
  telephone: string | null;
  job_title: string | null;
  calendar: Generated<'graph' | 'unknown'>;
  leaves_on: string | null;
  version: Generated<number>;
}

export interface PersonRoleRow {
  authority_id: string;
  role_id: string;
  person_id: string;
  role: string;
  school_id: string | null;
  team_id: string | null;
  valid_from: string;
  valid_to: string | null;
  confirmed_on: string | null;
}

export interface AbsenceRow {
  authority_id: string;
  absence_id: string;
  person_id: string;
  from_on: string;
  until_on: string;
  cover_person_id: string | null;
}

export interface SchoolDateRow {
  authority_id: string;
  school_date_id: string;
  school_id: string | null;
  kind: 'term' | 'in-service' | 'holiday' | 'closure';
  from_on: string;
  until_on: string;
  name: string;
  import_id: ColumnType<string | null, string | null | undefined>;
}

export interface OfficeHoursRow {
  authority_id: string;
  weekday: number;
  opens: string;
  closes: string;
}

export interface LearnerRow {
  authority_id: string;
  learner_id: string;
  given_name: string;
  family_name: string;
  known_as: string | null;
  birth_on: string | null;
  scn: string | null;
  stage: string | null;
  school_id: string | null;
  education: 'here' | 'outwith' | 'hosted';
  home: 'at-home' | 'kinship' | 'foster' | 'residential' | null;
  status: 'looked-after' | 'care-experienced' | 'unknown';
  status_since: string | null;
  version: Generated<number>;
}

export interface LearnerFactRow {
  authority_id: string;
  fact_id: string;
  learner_id: string;
  attribute: string;
  value: Json | null;
  source: string;
  valid_from: string | null;
  valid_to: string | null;
  known_from: Date;
  known_to: Date | null;
}

export interface LearnerScopeRow {
  authority_id: string;
  learner_id: string;
  school_id: string | null;
  social_worker_id: string | null;
  team_id: string | null;
  restricted: Generated<boolean>;
}

export interface LearnerLinkRow {
  authority_id: string;
  link_id: string;
  learner_id: string;
  person_id: string;
  kind:
    | 'social-worker'
    | 'class-teacher'
    | 'named-person'
    | 'reviewing-officer'
    | 'virtual-school-worker'
    | 'grant'
    | 'conflict';
  valid_from: string;
  valid_to: string | null;
  reason: string | null;
}

export interface BreakGlassRow {
  authority_id: string;
  break_glass_id: string;
  learner_id: string;
  person_id: string;
  reason: string;
  started_at: Date;
  ends_at: Date;
}

export interface SupportRequestRow extends AskedColumns, StateColumns, WordsColumn {
  authority_id: string;
  request_id: string;
  reference: string;
  asker_id: string;
  learner_id: string | null;
  learner_initials: string | null;
  learner_class: string | null;
  level: 'learner' | 'school' | 'cluster' | 'authority';
  need: string;
  urgency: string;
  school_id: string | null;
  cluster_id: string | null;
  what: string;
  tried: string | null;
  learner_view: string | null;
  hoped: string | null;
  state: string;
  version: number;
  assignee_id: string | null;
  routed_to: string;
  routed_because: string;
  submitted_at: Date;
  due_at: Date | null;
  due_because: string;
  first_answered_at: Date | null;
  closed_at: Date | null;
  origin: 'chat' | 'tab';
}

export interface RequestMessageRow extends WordsColumn {
  authority_id: string;
  message_id: string;
  request_id: string;
  learner_id: string | null;
  asker_id: string;
  author_id: string;
  direction: 'to-asker' | 'from-asker';
  body: string;
  at: Date;
}

export interface ReviewRow extends OutcomeColumns {
  authority_id: string;
  review_id: string;
  reference: string;
  learner_id: string;
  request_id: string | null;
  purpose: string;
  convener: 'virtual-school' | 'social-work' | 'school';
  state: StoredReviewState;
  starts_at: Date;
  ends_at: Date;
  online: boolean;
  place: string | null;
  due_on: string | null;
  event_id: string | null;
  event_version: Generated<number>;
  version: number;
  created_by: string;
  created_at: Date;
}

export interface ReviewAttendeeRow extends AttendedColumns {
  authority_id: string;
  attendee_id: string;
  review_id: string;
  learner_id: string;
  person_id: string | null;
  email: string;
  service: 'education' | 'social-work' | 'carer' | 'family' | 'health' | 'other';
  required: boolean;
  response: 'none' | 'accepted' | 'tentative' | 'declined';
  responded_at: Date | null;
  proposed_start_at: Date | null;
  proposed_end_at: Date | null;
}

export interface ActivityRow {
  authority_id: string;
  activity_id: string;
  feed: Generated<string | null>;
  aggregate_kind: string;
  aggregate_id: string;
  seq: number;
  kind: string;
  version: number;
  actor_id: string | null;
  learner_id: string | null;
  asker_id: string | null;
  at: Date;
  data: JsonDefault;
}

export interface OutboxRow {
  authority_id: string;
  outbox_id: string;
  lane: string;
  job: string;
  payload: Json;
  unique_key: string;
  state: Generated<'pending' | 'leased' | 'done' | 'dead'>;
  attempts: Generated<number>;
  available_at: Date;
  lease_until: Date | null;
  fence: Generated<string>;
  last_code: string | null;
  created_at: Date;
  finished_at: Date | null;
}

export interface TimerRow {
  authority_id: string;
  timer_id: string;
  job: string;
  payload: Json;
  unique_key: string;
  due_at: Date;
  state: Generated<'pending' | 'leased' | 'done' | 'dead'>;
  attempts: Generated<number>;
  lease_until: Date | null;
  fence: Generated<string>;
  last_code: string | null;
  created_at: Date;
}

export interface InboxRow {
  authority_id: string;
  conversation_key: string;
  activity_id: string;
  digest: Buffer;
  received_at: Date;
}

export interface ActionOutcomeRow {
  authority_id: string;
  actor_id: string;
  verb: string;
  target_id: string;
  version: number;
  nonce: string;
  outcome: Json;
  at: Date;
}

export interface PostedCardRow {
  authority_id: string;
  card_id: string;
  kind:
    | 'glass-notice'
    | ('request-form' | 'request-asker' | 'request-channel' | 'request-manager' | 'request-copy')
    | ('review-channel' | 'review-person' | 'exclusion-channel' | 'exclusion-person' | 'request-notice');
  aggregate_id: string;
  person_id: string | null;
  tenant_id: string;
  bot_app_id: string;
  service_url: string;
  conversation_id: string;
  activity_id: string | null;
  shown_version: Generated<number>;
  created_at: Date;
  closed_at: Date | null;
}

export interface ConcernNoticeRow {
  authority_id: string;
  notice_id: string;
  person_id: string | null;
  entrance: string;
  answer: string | null;
  at: Date;
}

export interface CalendarLinkRow {
  authority_id: string;
  mailbox: string;
  link: string | null;
  window_from: Date;
  window_until: Date;
  read_at: Date | null;
  full_read_at: Date | null;
}

export interface AuditEntryRow {
  authority_id: string;
  audit_id: string;
  at: Date;
  actor_kind: 'person' | 'system';
  actor_id: string | null;
  verb: string;
  purpose: string;
  subject_kind: string | null;
  subject_id: string | null;
  learner_ids: Generated<string[]>;
  fields: Generated<string[]>;
}

export interface AuditSealRow {
  authority_id: string;
  seq: string;
  audit_id: string;
  previous_hash: Buffer;
  hash: Buffer;
  sealed_at: Date;
}

export interface DirectoryInstallationRow {
  one: Generated<boolean>;
  demo: boolean;
  created_at: Date;
}

export interface DirectoryAuthorityRow {
  authority_id: string;
  code: string;
  name: string;
  created_at: Date;
}

export interface DirectoryTenantRow {
  tenant_id: string;
  name: string;
}

export interface DirectoryTenantAuthorityRow {
  tenant_id: string;
  authority_id: string;
}

export interface DirectoryRegistrationRow {
  tenant_id: string;
  kind: 'bot' | 'api' | 'worker' | 'review-mailbox';
  value: string;
  authority_id: string | null;
}

export interface DirectoryIdentityRow {
  tenant_id: string;
  object_id: string;
  authority_id: string;
  person_id: string;
  bound_at: Date;
  bound_by: 'list' | 'code' | 'designated-manager' | 'console';
  ended_on: string | null;
}

export interface DirectoryChosenAuthorityRow {
  tenant_id: string;
  object_id: string;
  authority_id: string;
  chosen_at: Date;
}

export interface DirectoryConversationRow extends BoundColumns {
  bot_app_id: string;
  conversation_id: string;
  tenant_id: string;
  kind: 'personal' | 'channel';
  object_id: string | null;
  authority_id: string | null;
  purpose: 'requests' | null;
  service_url: string;
  first_seen_at: Date;
  last_seen_at: Date;
  blocked_at: Date | null;
}

export interface DirectorySubscriptionRow {
  subscription_id: string;
  authority_id: string;
  tenant_id: string;
  mailbox: string;
  client_state_hash: string;
  expires_at: Date;
}

export interface DirectoryReferenceRow {
  reference: string;
  authority_id: string;
  kind: 'request' | 'review';
  subject_id: string;
}

export interface DirectoryBindingCodeRow {
  code_hash: string;
  authority_id: string;
  person_id: string;
  purpose: 'bind' | 'first-administrator';
  expires_at: Date;
  used_at: Date | null;
}

export interface DirectoryBindingAttemptRow {
  tenant_id: string;
  object_id: string;
  since: Date;
  attempts: number;
}

export interface JoinRequestRow {
  authority_id: string;
  join_request_id: string;
  tenant_id: string;
  object_id: string;
  school_id: string;
  directory_name: string;
  asked_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  outcome: 'joined' | 'refused' | null;
  person_id: string | null;
}

export interface Schema extends AskingSchema, StatesSchema, TriageSchema, DueSchema, ExtractSchema {
  authority_setting: AuthoritySettingRow;
  cluster: ClusterRow;
  school: SchoolRow;
  team: TeamRow;
  person: PersonRow;
  person_role: PersonRoleRow;
  absence: AbsenceRow;
  school_date: SchoolDateRow;
  office_hours: OfficeHoursRow;
  learner: LearnerRow;
  learner_fact: LearnerFactRow;
  learner_scope: LearnerScopeRow;
  learner_link: LearnerLinkRow;
  break_glass: BreakGlassRow;
  support_request: SupportRequestRow;
  request_message: RequestMessageRow;
  review: ReviewRow;
  review_attendee: ReviewAttendeeRow;
  activity: ActivityRow;
  outbox: OutboxRow;
  timer: TimerRow;
  inbox: InboxRow;
  action_outcome: ActionOutcomeRow;
  posted_card: PostedCardRow;
  concern_notice: ConcernNoticeRow;
  calendar_link: CalendarLinkRow;
  audit_entry: AuditEntryRow;
  audit_seal: AuditSealRow;
  'directory.installation': DirectoryInstallationRow;
  'directory.authority': DirectoryAuthorityRow;
  'directory.tenant': DirectoryTenantRow;
  'directory.tenant_authority': DirectoryTenantAuthorityRow;
  'directory.registration': DirectoryRegistrationRow;
  'directory.identity': DirectoryIdentityRow;
  'directory.chosen_authority': DirectoryChosenAuthorityRow;
  'directory.conversation': DirectoryConversationRow;
  'directory.subscription': DirectorySubscriptionRow;
  'directory.reference': DirectoryReferenceRow;
  'directory.binding_code': DirectoryBindingCodeRow;
  'directory.binding_attempt': DirectoryBindingAttemptRow;
  join_request: JoinRequestRow;
}
