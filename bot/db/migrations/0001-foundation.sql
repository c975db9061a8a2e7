-- Foundation. Every table outside schema directory starts its key with authority_id (row level security and Citus'
-- distribution column), has row level security enabled and forced, and is reached by golden_thread_app alone.
-- Authority, actor and reach are literal SET LOCALs of one transaction (bot/db/database.ts); unset means no rows.
-- Policies hold no sub-select: Citus refuses one on a distributed table. That is why reach arrives as a setting, computed
-- once a transaction from learner_scope, person_role, learner_link and break_glass (bot/access/reach.ts).

create function app_authority() returns uuid language sql stable as
$$ select nullif(current_setting('app.authority_id', true), '')::uuid $$;

create function app_actor() returns uuid language sql stable as
$$ select nullif(current_setting('app.actor_id', true), '')::uuid $$;

-- Everything an authority-wide actor may reach, except the listed learners (restricted without a grant, declared conflicts).
create function app_reaches_all() returns boolean language sql stable as
$$ select coalesce(current_setting('app.reach', true), '') = 'authority' $$;

create function app_reaches(learner uuid) returns boolean language sql stable as
$$ select case coalesce(current_setting('app.reach', true), '')
     when 'authority' then not (learner = any (coalesce(nullif(current_setting('app.reach_except', true), ''), '{}')::uuid[]))
     when 'listed' then learner = any (coalesce(nullif(current_setting('app.reach_only', true), ''), '{}')::uuid[])
     else false end $$;

create schema directory;

-- Read before an authority is known, by bot/access/resolve.ts alone. No learner is named here.
create table directory.installation (
  one boolean primary key default true check (one),
  demo boolean not null,
  created_at timestamptz not null
);
create table directory.authority (
  authority_id uuid primary key,
  code text not null unique,
  name text not null,
  created_at timestamptz not null
);
create table directory.tenant (
  tenant_id uuid primary key,
  name text not null
);
create table directory.tenant_authority (
  tenant_id uuid not null references directory.tenant,
  authority_id uuid not null references directory.authority,
  primary key (tenant_id, authority_id)
);
create table directory.registration (
  tenant_id uuid not null references directory.tenant,
  kind text not null check (kind in ('bot', 'api', 'worker', 'review-mailbox')),
  value text not null,
  authority_id uuid references directory.authority,
  primary key (tenant_id, kind, value)
);
create table directory.identity (
  tenant_id uuid not null references directory.tenant,
  object_id uuid not null,
  authority_id uuid not null references directory.authority,
  person_id uuid not null,
  bound_at timestamptz not null,
  bound_by text not null check (bound_by in ('list', 'code', 'designated-manager', 'console')),
  ended_on date,
  primary key (tenant_id, object_id, authority_id)
);
create index identity_person on directory.identity (authority_id, person_id);
create table directory.chosen_authority (
  tenant_id uuid not null,
  object_id uuid not null,
  authority_id uuid not null references directory.authority,
  chosen_at timestamptz not null,
  primary key (tenant_id, object_id)
);
create table directory.conversation (
  bot_app_id text not null,
  conversation_id text not null,
  tenant_id uuid not null references directory.tenant,
  kind text not null check (kind in ('personal', 'channel')),
  object_id uuid,
  authority_id uuid references directory.authority,
  purpose text check (purpose in ('requests')),
  service_url text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  blocked_at timestamptz,
  primary key (bot_app_id, conversation_id)
);
create index conversation_person on directory.conversation (tenant_id, object_id);
create index conversation_authority on directory.conversation (authority_id, purpose);
create table directory.subscription (
  subscription_id text primary key,
  authority_id uuid not null references directory.authority,
  tenant_id uuid not null,
  mailbox text not null,
  client_state_hash text not null,
  expires_at timestamptz not null
);
create table directory.reference (
  reference text primary key,
  authority_id uuid not null references directory.authority,
  kind text not null check (kind in ('request', 'review')),
  subject_id uuid not null
);
create table directory.binding_code (
  code_hash text primary key,
  authority_id uuid not null references directory.authority,
  person_id uuid not null,
  purpose text not null check (purpose in ('bind', 'first-administrator')),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table authority_setting (
  authority_id uuid not null,
  setting_id uuid not null,
  key text not null,
  value jsonb not null,
  effective_on date not null,
  author_id uuid,
  recorded_at timestamptz not null,
  primary key (authority_id, setting_id)
);
create index authority_setting_key on authority_setting (authority_id, key, effective_on);
alter table authority_setting enable row level security;
alter table authority_setting force row level security;
create policy authority_setting_reach on authority_setting using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on authority_setting to golden_thread_app;

create table cluster (
  authority_id uuid not null,
  cluster_id uuid not null,
  name text not null,
  primary key (authority_id, cluster_id)
);
alter table cluster enable row level security;
alter table cluster force row level security;
create policy cluster_reach on cluster using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on cluster to golden_thread_app;

create table school (
  authority_id uuid not null,
  school_id uuid not null,
  cluster_id uuid not null,
  name text not null,
  kind text not null check (kind in ('primary', 'secondary', 'special')),
  locality text,
  ended_on date,
  primary key (authority_id, school_id)
);
alter table school enable row level security;
alter table school force row level security;
create policy school_reach on school using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on school to golden_thread_app;

create table team (
  authority_id uuid not null,
  team_id uuid not null,
  name text not null,
  primary key (authority_id, team_id)
);
alter table team enable row level security;
alter table team force row level security;
create policy team_reach on team using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on team to golden_thread_app;

create table person (
  authority_id uuid not null,
  person_id uuid not null,
  name text not null,
  email text,
  telephone text,
  job_title text,
  calendar text not null default 'unknown' check (calendar in ('graph', 'unknown')),
  leaves_on date,
  version integer not null default 1,
  primary key (authority_id, person_id)
);
create index person_email on person (authority_id, email);
alter table person enable row level security;
alter table person force row level security;
create policy person_reach on person using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on person to golden_thread_app;

create table person_role (
  authority_id uuid not null,
  role_id uuid not null,
  person_id uuid not null,
  role text not null,
  school_id uuid,
  team_id uuid,
  valid_from date not null,
  valid_to date,
  confirmed_on date,
  primary key (authority_id, role_id)
);
create index person_role_person on person_role (authority_id, person_id);
create index person_role_school on person_role (authority_id, school_id);
alter table person_role enable row level security;
alter table person_role force row level security;
create policy person_role_reach on person_role using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on person_role to golden_thread_app;

create table absence (
  authority_id uuid not null,
  absence_id uuid not null,
  person_id uuid not null,
  from_on date not null,
  until_on date not null,
  cover_person_id uuid,
  primary key (authority_id, absence_id)
);
alter table absence enable row level security;
alter table absence force row level security;
create policy absence_reach on absence using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on absence to golden_thread_app;

create table school_date (
  authority_id uuid not null,
  school_date_id uuid not null,
  school_id uuid,
  kind text not null check (kind in ('term', 'in-service', 'holiday', 'closure')),
  from_on date not null,
  until_on date not null,
  name text not null,
  primary key (authority_id, school_date_id)
);
alter table school_date enable row level security;
alter table school_date force row level security;
create policy school_date_reach on school_date using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on school_date to golden_thread_app;

create table office_hours (
  authority_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  opens text not null,
  closes text not null,
  primary key (authority_id, weekday)
);
alter table office_hours enable row level security;
alter table office_hours force row level security;
create policy office_hours_reach on office_hours using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on office_hours to golden_thread_app;

create table learner (
  authority_id uuid not null,
  learner_id uuid not null,
  given_name text not null,
  family_name text not null,
  known_as text,
  birth_on date,
  scn text,
  stage text,
  school_id uuid,
  education text not null check (education in ('here', 'outwith', 'hosted')),
  home text check (home in ('at-home', 'kinship', 'foster', 'residential')),
  status text not null check (status in ('looked-after', 'care-experienced', 'unknown')),
  status_since date,
  version integer not null default 1,
  primary key (authority_id, learner_id)
);
create index learner_school on learner (authority_id, school_id);
alter table learner enable row level security;
alter table learner force row level security;
create policy learner_reach on learner using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on learner to golden_thread_app;

create table learner_fact (
  authority_id uuid not null,
  fact_id uuid not null,
  learner_id uuid not null,
  attribute text not null,
  value jsonb,
  source text not null,
  valid_from date,
  valid_to date,
  known_from timestamptz not null,
  known_to timestamptz,
  primary key (authority_id, fact_id)
);
create index learner_fact_learner on learner_fact (authority_id, learner_id, attribute);
alter table learner_fact enable row level security;
alter table learner_fact force row level security;
create policy learner_fact_reach on learner_fact using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on learner_fact to golden_thread_app;

create table learner_scope (
  authority_id uuid not null,
  learner_id uuid not null,
  school_id uuid,
  social_worker_id uuid,
  team_id uuid,
  restricted boolean not null default false,
  primary key (authority_id, learner_id)
);
create index learner_scope_school on learner_scope (authority_id, school_id);
create index learner_scope_worker on learner_scope (authority_id, social_worker_id);
create index learner_scope_team on learner_scope (authority_id, team_id);
alter table learner_scope enable row level security;
alter table learner_scope force row level security;
create policy learner_scope_reach on learner_scope using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on learner_scope to golden_thread_app;

create table learner_link (
  authority_id uuid not null,
  link_id uuid not null,
  learner_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('social-worker', 'class-teacher', 'named-person', 'reviewing-officer', 'virtual-school-worker', 'grant', 'conflict')),
  valid_from date not null,
  valid_to date,
  reason text,
  primary key (authority_id, link_id)
);
create index learner_link_person on learner_link (authority_id, person_id);
create index learner_link_learner on learner_link (authority_id, learner_id);
alter table learner_link enable row level security;
alter table learner_link force row level security;
create policy learner_link_reach on learner_link using (authority_id = app_authority() and (person_id = app_actor() or app_reaches(learner_id))) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on learner_link to golden_thread_app;

create table break_glass (
  authority_id uuid not null,
  break_glass_id uuid not null,
  learner_id uuid not null,
  person_id uuid not null,
  reason text not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (authority_id, break_glass_id)
);
alter table break_glass enable row level security;
alter table break_glass force row level security;
create policy break_glass_reach on break_glass using (authority_id = app_authority() and (person_id = app_actor() or app_reaches(learner_id))) with check (authority_id = app_authority() and (person_id = app_actor() or app_reaches(learner_id)));
grant select, insert on break_glass to golden_thread_app;

create table support_request (
  authority_id uuid not null,
  request_id uuid not null,
  reference text not null,
  asker_id uuid not null,
  learner_id uuid,
  learner_initials text,
  learner_class text,
  level text not null check (level in ('learner', 'school', 'cluster', 'authority')),
  need text not null,
  urgency text not null,
  school_id uuid,
  cluster_id uuid,
  what text not null,
  tried text,
  learner_view text,
  hoped text,
  state text not null,
  version integer not null,
  assignee_id uuid,
  routed_to text not null,
  routed_because text not null,
  submitted_at timestamptz not null,
  due_at timestamptz,
  due_because text not null,
  first_answered_at timestamptz,
  closed_at timestamptz,
  origin text not null check (origin in ('chat', 'tab')),
  primary key (authority_id, request_id)
);
create index support_request_state on support_request (authority_id, state, submitted_at desc);
create index support_request_learner on support_request (authority_id, learner_id);
create index support_request_asker on support_request (authority_id, asker_id);
alter table support_request enable row level security;
alter table support_request force row level security;
create policy support_request_reach on support_request using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on support_request to golden_thread_app;

create table request_message (
  authority_id uuid not null,
  message_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  author_id uuid not null,
  direction text not null check (direction in ('to-asker', 'from-asker')),
  body text not null,
  at timestamptz not null,
  primary key (authority_id, message_id)
);
create index request_message_request on request_message (authority_id, request_id, at);
alter table request_message enable row level security;
alter table request_message force row level security;
create policy request_message_reach on request_message using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_message to golden_thread_app;

create table review (
  authority_id uuid not null,
  review_id uuid not null,
  reference text not null,
  learner_id uuid not null,
  request_id uuid,
  purpose text not null,
  convener text not null check (convener in ('virtual-school', 'social-work', 'school')),
  state text not null check (state in ('booking', 'booked', 'cancelled', 'not-booked')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  online boolean not null,
  place text,
  due_on date,
  event_id text,
  event_version integer not null default 0,
  version integer not null,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (authority_id, review_id)
);
create index review_learner on review (authority_id, learner_id);
create index review_request on review (authority_id, request_id);
create index review_starts on review (authority_id, starts_at);
alter table review enable row level security;
alter table review force row level security;
create policy review_reach on review using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on review to golden_thread_app;

create table review_attendee (
  authority_id uuid not null,
  attendee_id uuid not null,
  review_id uuid not null,
  learner_id uuid not null,
  person_id uuid,
  email text not null,
  service text not null check (service in ('education', 'social-work', 'carer', 'family', 'health', 'other')),
  required boolean not null,
  response text not null check (response in ('none', 'accepted', 'tentative', 'declined')),
  responded_at timestamptz,
  proposed_start_at timestamptz,
  proposed_end_at timestamptz,
  primary key (authority_id, attendee_id)
);
create index review_attendee_review on review_attendee (authority_id, review_id);
create index review_attendee_person on review_attendee (authority_id, person_id);
alter table review_attendee enable row level security;
alter table review_attendee force row level security;
create policy review_attendee_reach on review_attendee using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on review_attendee to golden_thread_app;

create table activity (
  authority_id uuid not null,
  activity_id uuid not null,
  feed bigint generated always as identity,
  aggregate_kind text not null,
  aggregate_id uuid not null,
  seq integer not null,
  kind text not null,
  version integer not null,
  actor_id uuid,
  learner_id uuid,
  asker_id uuid,
  at timestamptz not null,
  data jsonb not null default '{}',
  primary key (authority_id, activity_id)
);
create unique index activity_seq on activity (authority_id, aggregate_kind, aggregate_id, seq);
create index activity_feed on activity (authority_id, feed);
alter table activity enable row level security;
alter table activity force row level security;
create policy activity_reach on activity using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert on activity to golden_thread_app;

create table outbox (
  authority_id uuid not null,
  outbox_id uuid not null,
  lane text not null,
  job text not null,
  payload jsonb not null,
  unique_key text not null,
  state text not null default 'pending' check (state in ('pending', 'leased', 'done', 'dead')),
  attempts integer not null default 0,
  available_at timestamptz not null,
  lease_until timestamptz,
  fence bigint not null default 0,
  last_code text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (authority_id, outbox_id)
);
create unique index outbox_unique_key on outbox (authority_id, unique_key);
create index outbox_lane on outbox (authority_id, lane, outbox_id) where state in ('pending', 'leased');
create index outbox_open on outbox (authority_id, available_at) where state in ('pending', 'leased');
alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_reach on outbox using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on outbox to golden_thread_app;

create table timer (
  authority_id uuid not null,
  timer_id uuid not null,
  job text not null,
  payload jsonb not null,
  unique_key text not null,
  due_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'leased', 'done', 'dead')),
  attempts integer not null default 0,
  lease_until timestamptz,
  fence bigint not null default 0,
  last_code text,
  created_at timestamptz not null,
  primary key (authority_id, timer_id)
);
create unique index timer_unique_key on timer (authority_id, unique_key);
create index timer_due on timer (authority_id, due_at) where state in ('pending', 'leased');
alter table timer enable row level security;
alter table timer force row level security;
create policy timer_reach on timer using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on timer to golden_thread_app;

create table inbox (
  authority_id uuid not null,
  conversation_key text not null,
  activity_id text not null,
  digest bytea not null,
  received_at timestamptz not null,
  primary key (authority_id, conversation_key, activity_id)
);
alter table inbox enable row level security;
alter table inbox force row level security;
create policy inbox_reach on inbox using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, delete on inbox to golden_thread_app;

create table action_outcome (
  authority_id uuid not null,
  actor_id uuid not null,
  verb text not null,
  target_id uuid not null,
  version integer not null,
  nonce text not null,
  outcome jsonb not null,
  at timestamptz not null,
  primary key (authority_id, actor_id, verb, target_id, version, nonce)
);
alter table action_outcome enable row level security;
alter table action_outcome force row level security;
create policy action_outcome_reach on action_outcome using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on action_outcome to golden_thread_app;

create table posted_card (
  authority_id uuid not null,
  card_id uuid not null,
  kind text not null check (kind in ('request-form', 'request-asker', 'request-channel', 'review-channel', 'review-person')),
  aggregate_id uuid not null,
  person_id uuid,
  tenant_id uuid not null,
  bot_app_id text not null,
  service_url text not null,
  conversation_id text not null,
  activity_id text,
  shown_version integer not null default 0,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (authority_id, card_id)
);
create unique index posted_card_place on posted_card (authority_id, kind, aggregate_id, conversation_id);
create index posted_card_aggregate on posted_card (authority_id, aggregate_id);
alter table posted_card enable row level security;
alter table posted_card force row level security;
create policy posted_card_reach on posted_card using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on posted_card to golden_thread_app;

create table concern_notice (
  authority_id uuid not null,
  notice_id uuid not null,
  person_id uuid,
  entrance text not null,
  answer text,
  at timestamptz not null,
  primary key (authority_id, notice_id)
);
alter table concern_notice enable row level security;
alter table concern_notice force row level security;
create policy concern_notice_reach on concern_notice using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on concern_notice to golden_thread_app;

create table calendar_link (
  authority_id uuid not null,
  mailbox text not null,
  link text,
  window_from timestamptz not null,
  window_until timestamptz not null,
  read_at timestamptz,
  full_read_at timestamptz,
  primary key (authority_id, mailbox)
);
alter table calendar_link enable row level security;
alter table calendar_link force row level security;
create policy calendar_link_reach on calendar_link using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on calendar_link to golden_thread_app;

create table audit_entry (
  authority_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'system')),
  actor_id uuid,
  verb text not null,
  purpose text not null,
  subject_kind text,
  subject_id uuid,
  learner_ids uuid[] not null default '{}',
  fields text[] not null default '{}',
  primary key (authority_id, audit_id)
);
create index audit_entry_at on audit_entry (authority_id, at);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_reach on audit_entry using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on audit_entry to golden_thread_app;

create table audit_seal (
  authority_id uuid not null,
  seq bigint not null,
  audit_id uuid not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  primary key (authority_id, seq)
);
create unique index audit_seal_entry on audit_seal (authority_id, audit_id);
alter table audit_seal enable row level security;
alter table audit_seal force row level security;
create policy audit_seal_reach on audit_seal using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on audit_seal to golden_thread_app;

grant usage on schema directory to golden_thread_app;
grant select, insert, update on all tables in schema directory to golden_thread_app;
revoke insert, update on directory.installation, directory.authority, directory.tenant, directory.tenant_authority, directory.registration from golden_thread_app;
