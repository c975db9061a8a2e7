-- Routing, both clocks, what was decided and who was told of a request; calendars' imports; several channels.

-- What decided where it went (codes and ids; words are made when it is shown), both clocks, and what may be taken back.
alter table support_request add column routing jsonb not null default '{}';
alter table support_request add column due_why jsonb not null default '{}';
alter table support_request add column child_due_at timestamptz;
alter table support_request add column paused_at timestamptz;
alter table support_request add column school_due_at timestamptz;
alter table support_request add column phone_them boolean not null default false;
alter table support_request add column undo jsonb;

-- The list of kinds is the table of renderers (bot/chat/renderers.ts), which the compiler keeps; a second one only grows stale.
alter table posted_card drop constraint posted_card_kind_check;

-- Unbinding keeps the conversation and lets go of its purpose.
alter table directory.conversation add column name text;
alter table directory.conversation add column team_id text;
alter table directory.conversation add column bound_at timestamptz;

-- Time in which we waited for the school: our clock stood still, the child's did not.
create table request_pause (
  authority_id uuid not null,
  pause_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz,
  ended_by text check (ended_by in ('reply', 'resume', 'answer', 'phone-them', 'term-end', 'other')),
  owner_id uuid,
  primary key (authority_id, pause_id)
);
create index request_pause_request on request_pause (authority_id, request_id, from_at);
alter table request_pause enable row level security;
alter table request_pause force row level security;
create policy request_pause_reach on request_pause using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_pause to golden_thread_app;

-- Declined, passed to another service, taken by it or sent back: with reasons, every one of them kept.
create table request_decision (
  authority_id uuid not null,
  decision_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  kind text not null check (kind in ('declined', 'transferred', 'accepted', 'sent-back')),
  reason text,
  signpost text,
  service text,
  said_by text,
  actor_id uuid not null,
  at timestamptz not null,
  primary key (authority_id, decision_id)
);
create index request_decision_request on request_decision (authority_id, request_id, at);
alter table request_decision enable row level security;
alter table request_decision force row level security;
create policy request_decision_reach on request_decision using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_decision to golden_thread_app;

-- Who in police or social work was told of a concern, and when (product.md A.2). The request is locked from the first line on.
create table request_told (
  authority_id uuid not null,
  told_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  who text not null,
  told_at timestamptz not null,
  noted_by uuid not null,
  noted_at timestamptz not null,
  primary key (authority_id, told_id)
);
create index request_told_request on request_told (authority_id, request_id, told_at);
alter table request_told enable row level security;
alter table request_told force row level security;
create policy request_told_reach on request_told using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_told to golden_thread_app;

-- Steps of the ladder that were taken: each once in its round, whatever is killed meanwhile. A round begins with each question.
create table request_step (
  authority_id uuid not null,
  step_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  round integer not null,
  step text not null,
  person_id uuid,
  at timestamptz not null,
  primary key (authority_id, step_id)
);
create unique index request_step_once on request_step (authority_id, request_id, round, step);
alter table request_step enable row level security;
alter table request_step force row level security;
create policy request_step_reach on request_step using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, delete on request_step to golden_thread_app;

-- Something to tell one person of a request, as a card in their own chat. Codes and ids; the card itself says no more than that.
create table request_notice (
  authority_id uuid not null,
  notice_id uuid not null,
  request_id uuid not null,
  person_id uuid,
  about text not null,
  at timestamptz not null,
  primary key (authority_id, notice_id)
);
create index request_notice_request on request_notice (authority_id, request_id, person_id);
alter table request_notice enable row level security;
alter table request_notice force row level security;
create policy request_notice_reach on request_notice using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, delete on request_notice to golden_thread_app;

-- Who has which open request: two ids and nothing of what it is about, so that whoever asks can be given to the least loaded.
create table request_load (
  authority_id uuid not null,
  request_id uuid not null,
  person_id uuid not null,
  primary key (authority_id, request_id)
);
create index request_load_person on request_load (authority_id, person_id);
alter table request_load enable row level security;
alter table request_load force row level security;
create policy request_load_reach on request_load using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on request_load to golden_thread_app;

-- Files of school dates that were taken in. What each brought is marked with it.
create table calendar_import (
  authority_id uuid not null,
  import_id uuid not null,
  format text not null check (format in ('csv', 'ics')),
  file_name text not null,
  taken integer not null,
  unchanged integer not null,
  rejected integer not null,
  by uuid not null,
  at timestamptz not null,
  primary key (authority_id, import_id)
);
alter table calendar_import enable row level security;
alter table calendar_import force row level security;
create policy calendar_import_reach on calendar_import using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert on calendar_import to golden_thread_app;

alter table school_date add column import_id uuid;
create index school_date_until on school_date (authority_id, until_on);
