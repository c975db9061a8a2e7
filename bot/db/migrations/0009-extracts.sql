-- Uploaded files: in parts, inside the database, so that row level security, backups and erasure hold for them too. They
-- expire by a council's setting. Encrypted at rest by the platform. Only authority-wide reach sees one.
create table blob (
  authority_id uuid not null,
  blob_id uuid not null,
  purpose text not null check (purpose in ('extract')),
  parts integer not null,
  bytes bigint not null,
  complete boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (authority_id, blob_id)
);
create index blob_expiry on blob (authority_id, expires_at);
alter table blob enable row level security;
alter table blob force row level security;
create policy blob_reach on blob using (authority_id = app_authority() and app_reaches_all()) with check (authority_id = app_authority() and app_reaches_all());
grant select, insert, update, delete on blob to golden_thread_app;

create table blob_part (
  authority_id uuid not null,
  blob_id uuid not null,
  part integer not null,
  content bytea not null,
  primary key (authority_id, blob_id, part)
);
alter table blob_part enable row level security;
alter table blob_part force row level security;
create policy blob_part_reach on blob_part using (authority_id = app_authority() and app_reaches_all()) with check (authority_id = app_authority() and app_reaches_all());
grant select, insert, update, delete on blob_part to golden_thread_app;

-- One kind of extract from one system. `registers`: whoever is in it belongs on the register. `complete`: it holds everybody.
create table extract_source (
  authority_id uuid not null,
  source_id uuid not null,
  system text not null,
  kind text not null,
  service text not null check (service in ('education', 'social-work')),
  registers boolean not null,
  complete boolean not null,
  created_at timestamptz not null,
  primary key (authority_id, source_id)
);
create unique index extract_source_once on extract_source (authority_id, system, kind);
alter table extract_source enable row level security;
alter table extract_source force row level security;
create policy extract_source_reach on extract_source using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update on extract_source to golden_thread_app;

create table extract_mapping (
  authority_id uuid not null,
  mapping_id uuid not null,
  source_id uuid not null,
  version integer not null,
  mapping jsonb not null,
  confirmed_by uuid,
  confirmed_at timestamptz not null,
  primary key (authority_id, mapping_id)
);
create unique index extract_mapping_version on extract_mapping (authority_id, source_id, version);
alter table extract_mapping enable row level security;
alter table extract_mapping force row level security;
create policy extract_mapping_reach on extract_mapping using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on extract_mapping to golden_thread_app;

create table extract (
  authority_id uuid not null,
  extract_id uuid not null,
  blob_id uuid not null,
  source_id uuid,
  mapping_id uuid,
  state text not null,
  refused text,
  alarms jsonb not null default '[]',
  counts jsonb not null default '{}',
  -- The last row that is safely done in the present state; what a killed job goes on from.
  reached integer not null default 0,
  version integer not null default 1,
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  imported_by uuid,
  imported_at timestamptz,
  undone_at timestamptz,
  primary key (authority_id, extract_id)
);
create index extract_source_newest on extract (authority_id, source_id, imported_at);
alter table extract enable row level security;
alter table extract force row level security;
create policy extract_reach on extract using (authority_id = app_authority() and app_reaches_all()) with check (authority_id = app_authority() and app_reaches_all());
grant select, insert, update on extract to golden_thread_app;

-- A row of a file as it was understood, until the file has been taken. Of a learner who is known: within their reach alone.
create table extract_row (
  authority_id uuid not null,
  extract_id uuid not null,
  row_number integer not null,
  outcome text not null check (outcome in ('added', 'changed', 'unchanged', 'rejected')),
  reasons jsonb not null default '[]',
  person_key text,
  record_key text,
  row_hash text,
  content jsonb not null,
  changes jsonb not null default '[]',
  learner_id uuid,
  primary key (authority_id, extract_id, row_number)
);
create unique index extract_row_record on extract_row (authority_id, extract_id, record_key);
create index extract_row_outcome on extract_row (authority_id, extract_id, outcome, row_number);
alter table extract_row enable row level security;
alter table extract_row force row level security;
create policy extract_row_reach on extract_row
  using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end)
  with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end);
grant select, insert, update, delete on extract_row to golden_thread_app;

-- Somebody in another system, joined to a learner or not.
create table source_person (
  authority_id uuid not null,
  source_person_id uuid not null,
  system text not null,
  person_key text not null,
  given_name text,
  family_name text,
  known_as text,
  birth_on date,
  scn text,
  learner_id uuid,
  joined_by text check (joined_by in ('scn', 'person', 'made')),
  waits boolean not null default false,
  first_seen_at timestamptz not null,
  made_by uuid not null,
  primary key (authority_id, source_person_id)
);
create unique index source_person_key on source_person (authority_id, system, person_key);
create index source_person_learner on source_person (authority_id, learner_id);
create index source_person_made on source_person (authority_id, made_by);
create index source_person_waits on source_person (authority_id, first_seen_at) where waits;
alter table source_person enable row level security;
alter table source_person force row level security;
create policy source_person_reach on source_person
  using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end)
  with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end);
grant select, insert, update, delete on source_person to golden_thread_app;

-- What a source says, record by record, in two times. Attendance, exclusions, attainment and reviews are read from here.
create table source_record (
  authority_id uuid not null,
  record_id uuid not null,
  source_id uuid not null,
  kind text not null,
  source_person_id uuid not null,
  record_key text not null,
  row_hash text not null,
  content jsonb not null,
  learner_id uuid,
  valid_from date,
  valid_to date,
  known_from timestamptz not null,
  known_to timestamptz,
  made_by uuid not null,
  closed_by uuid,
  primary key (authority_id, record_id)
);
create unique index source_record_known on source_record (authority_id, source_id, record_key) where known_to is null;
create index source_record_learner on source_record (authority_id, learner_id, kind, valid_from) where learner_id is not null;
create index source_record_person on source_record (authority_id, source_person_id);
create index source_record_made on source_record (authority_id, made_by);
create index source_record_closed on source_record (authority_id, closed_by) where closed_by is not null;
alter table source_record enable row level security;
alter table source_record force row level security;
create policy source_record_reach on source_record
  using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end)
  with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() else app_reaches(learner_id) end);
grant select, insert, update, delete on source_record to golden_thread_app;

-- What an extract did, so that it can be undone as a whole: facts made and closed, and rows as they were before.
create table extract_fact (
  authority_id uuid not null,
  extract_id uuid not null,
  fact_id uuid not null,
  learner_id uuid not null,
  act text not null check (act in ('made', 'closed')),
  primary key (authority_id, extract_id, fact_id, act)
);
alter table extract_fact enable row level security;
alter table extract_fact force row level security;
create policy extract_fact_reach on extract_fact using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, delete on extract_fact to golden_thread_app;

create table extract_before (
  authority_id uuid not null,
  extract_id uuid not null,
  learner_id uuid not null,
  -- Null: the learner was not on the register.
  learner jsonb,
  scope jsonb,
  after_version integer not null,
  primary key (authority_id, extract_id, learner_id)
);
alter table extract_before enable row level security;
alter table extract_before force row level security;
create policy extract_before_reach on extract_before using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on extract_before to golden_thread_app;

-- Source persons as they were before an extract that knew them already.
create table extract_person_before (
  authority_id uuid not null,
  extract_id uuid not null,
  source_person_id uuid not null,
  content jsonb not null,
  primary key (authority_id, extract_id, source_person_id)
);
alter table extract_person_before enable row level security;
alter table extract_person_before force row level security;
create policy extract_person_before_reach on extract_person_before using (authority_id = app_authority() and app_reaches_all()) with check (authority_id = app_authority() and app_reaches_all());
grant select, insert, delete on extract_person_before to golden_thread_app;
