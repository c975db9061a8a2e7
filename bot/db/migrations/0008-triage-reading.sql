-- Reading side of requests: the triage list, saved views, Today, call notes, handing over.

-- The list's orders. Equality and order on these types are leakproof, so row level security lets the index be used first;
-- full-text operators are not, which is why words are looked for in a stored column and not through an index of their own.
-- `include` is what the policy asks of a row: a jump to the middle, and the count of all, read the index alone.
create index support_request_asked on support_request (authority_id, submitted_at desc, request_id desc) include (learner_id, asker_id);
create index support_request_due on support_request (authority_id, due_at, request_id);
create index support_request_reference on support_request (authority_id, reference);
create index support_request_assignee on support_request (authority_id, assignee_id, state);
create index support_request_school on support_request (authority_id, school_id, submitted_at desc);
create index support_request_cluster on support_request (authority_id, cluster_id, submitted_at desc);
create index support_request_need on support_request (authority_id, need, submitted_at desc);
-- What is open is little beside what was, and is what every count but one is of.
create index support_request_open on support_request (authority_id, submitted_at desc)
  where state in ('submitted', 'assigned', 'waiting-on-school', 'in-progress');

-- Stems of what is told, so that a search reads no story to find one. As sensitive as the words, kept and erased with them.
alter table support_request add column words tsvector generated always as
  (to_tsvector('english', what || ' ' || coalesce(tried, '') || ' ' || coalesce(learner_view, '') || ' ' || coalesce(hoped, ''))) stored;
alter table request_message add column words tsvector generated always as (to_tsvector('english', body)) stored;

create table saved_view (
  authority_id uuid not null,
  view_id uuid not null,
  person_id uuid not null,
  shared boolean not null,
  name text not null,
  filters jsonb not null,
  sort jsonb,
  version integer not null,
  saved_at timestamptz not null,
  primary key (authority_id, view_id)
);
create index saved_view_person on saved_view (authority_id, person_id);
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy saved_view_reach on saved_view using (authority_id = app_authority() and (person_id = app_actor() or shared and app_reaches_all())) with check (authority_id = app_authority() and (person_id = app_actor() or shared and app_reaches_all()));
grant select, insert, update, delete on saved_view to golden_thread_app;

-- A call in one line: who, what was agreed, by when.
create table call_note (
  authority_id uuid not null,
  note_id uuid not null,
  request_id uuid,
  learner_id uuid,
  author_id uuid not null,
  owner_id uuid not null,
  who text not null,
  agreed text not null,
  by_on date,
  noted_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (authority_id, note_id)
);
create index call_note_open on call_note (authority_id, owner_id, by_on) where done_at is null;
create index call_note_request on call_note (authority_id, request_id);
alter table call_note enable row level security;
alter table call_note force row level security;
create policy call_note_reach on call_note using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or author_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or author_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on call_note to golden_thread_app;

-- How a request came that somebody told the team, and who told it when they are in no list.
create table request_heard (
  authority_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  logged_by uuid not null,
  heard_by text not null check (heard_by in ('telephone', 'e-mail', 'in-person', 'letter')),
  caller_name text,
  caller_telephone text,
  at timestamptz not null,
  primary key (authority_id, request_id)
);
alter table request_heard enable row level security;
alter table request_heard force row level security;
create policy request_heard_reach on request_heard using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_heard to golden_thread_app;

-- Up to when each person has seen what changed.
create table last_looked (
  authority_id uuid not null,
  person_id uuid not null,
  place text not null check (place in ('today')),
  at timestamptz not null,
  primary key (authority_id, person_id, place)
);
alter table last_looked enable row level security;
alter table last_looked force row level security;
create policy last_looked_reach on last_looked using (authority_id = app_authority() and person_id = app_actor()) with check (authority_id = app_authority() and person_id = app_actor());
grant select, insert, update, delete on last_looked to golden_thread_app;

-- What one handing over moved, so that it can be undone as one.
create table hand_over (
  authority_id uuid not null,
  hand_over_id uuid not null,
  person_id uuid not null,
  to_id uuid not null,
  at timestamptz not null,
  undone_at timestamptz,
  primary key (authority_id, hand_over_id)
);
alter table hand_over enable row level security;
alter table hand_over force row level security;
create policy hand_over_reach on hand_over using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update on hand_over to golden_thread_app;

create table hand_over_item (
  authority_id uuid not null,
  hand_over_id uuid not null,
  request_id uuid not null,
  from_id uuid,
  from_state text not null,
  version integer not null,
  primary key (authority_id, hand_over_id, request_id)
);
alter table hand_over_item enable row level security;
alter table hand_over_item force row level security;
create policy hand_over_item_reach on hand_over_item using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on hand_over_item to golden_thread_app;

-- The feed read from a moment on.
create index activity_at on activity (authority_id, at desc);
create index audit_entry_subject on audit_entry (authority_id, subject_id, at desc);
