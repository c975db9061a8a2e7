-- Asking in chat: what is kept while somebody fills in a form, and what they say beside a request.

alter table support_request add column indicators text[] not null default '{}';
alter table support_request add column view_kind text check (view_kind in ('words', 'will-ask', 'not-asked'));
alter table support_request add column named_person text;
alter table support_request add column lead_professional text;
-- The message in Teams that it began as, so that an edit or a deletion there can be noted here.
alter table support_request add column source_activity text;
create index support_request_source on support_request (authority_id, source_activity) where source_activity is not null;

-- Half a form, for a day and for whoever types it. The system alone (no actor) sees it besides, to throw it away.
create table request_draft (
  authority_id uuid not null,
  draft_id uuid not null,
  person_id uuid not null,
  learner_id uuid,
  step text not null check (step in ('who', 'other', 'level', 'what', 'more')),
  typed jsonb not null,
  source_activity text,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (authority_id, draft_id)
);
create index request_draft_person on request_draft (authority_id, person_id);
alter table request_draft enable row level security;
alter table request_draft force row level security;
create policy request_draft_reach on request_draft using (authority_id = app_authority() and (person_id = app_actor() or app_actor() is null) and (learner_id is null or app_reaches(learner_id))) with check (authority_id = app_authority() and (person_id = app_actor() or app_actor() is null) and (learner_id is null or app_reaches(learner_id)));
grant select, insert, update, delete on request_draft to golden_thread_app;

-- Sent, and waiting for the designated manager's press, where the council routes requests through them.
create table request_waiting (
  authority_id uuid not null,
  waiting_id uuid not null,
  asker_id uuid not null,
  manager_id uuid not null,
  learner_id uuid not null,
  typed jsonb not null,
  source_activity text,
  sent_at timestamptz not null,
  decision text check (decision in ('sent-on', 'not-this-time')),
  why text,
  decided_at timestamptz,
  primary key (authority_id, waiting_id)
);
create index request_waiting_manager on request_waiting (authority_id, manager_id);
alter table request_waiting enable row level security;
alter table request_waiting force row level security;
create policy request_waiting_reach on request_waiting using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on request_waiting to golden_thread_app;

-- What the asker says at the end: did it help, and what changed.
create table request_feedback (
  authority_id uuid not null,
  request_id uuid not null,
  learner_id uuid,
  asker_id uuid not null,
  helped text not null check (helped in ('yes', 'partly', 'no')),
  changed text,
  at timestamptz not null,
  primary key (authority_id, request_id)
);
alter table request_feedback enable row level security;
alter table request_feedback force row level security;
create policy request_feedback_reach on request_feedback using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or asker_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on request_feedback to golden_thread_app;

-- Told by somebody, not yet in the records of either service.
create table change_told (
  authority_id uuid not null,
  told_id uuid not null,
  teller_id uuid not null,
  learner_id uuid,
  learner_initials text,
  learner_class text,
  school_id uuid,
  kind text not null check (kind in ('home', 'school', 'status', 'worker', 'must-not-know')),
  what text not null,
  since_on date,
  told_at timestamptz not null,
  primary key (authority_id, told_id)
);
create index change_told_learner on change_told (authority_id, learner_id);
create index change_told_at on change_told (authority_id, told_at desc);
alter table change_told enable row level security;
alter table change_told force row level security;
create policy change_told_reach on change_told using (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or teller_id = app_actor() else app_reaches(learner_id) end) with check (authority_id = app_authority() and case when learner_id is null then app_reaches_all() or teller_id = app_actor() else app_reaches(learner_id) end);
grant select, insert, update, delete on change_told to golden_thread_app;

-- Exclusion or sending home is being considered today: duty is alerted, and a ladder climbs until somebody answers.
create table exclusion_alert (
  authority_id uuid not null,
  alert_id uuid not null,
  asker_id uuid not null,
  school_id uuid,
  cluster_id uuid,
  state text not null check (state in ('open', 'taken', 'stood-down')),
  version integer not null,
  step integer not null default 0,
  taken_by uuid,
  raised_at timestamptz not null,
  taken_at timestamptz,
  primary key (authority_id, alert_id)
);
create index exclusion_alert_state on exclusion_alert (authority_id, state, raised_at desc);
alter table exclusion_alert enable row level security;
alter table exclusion_alert force row level security;
create policy exclusion_alert_reach on exclusion_alert using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on exclusion_alert to golden_thread_app;

alter table posted_card drop constraint posted_card_kind_check;
alter table posted_card add constraint posted_card_kind_check check (kind in ('request-form', 'request-asker', 'request-channel', 'request-manager', 'request-copy', 'review-channel', 'review-person', 'exclusion-channel', 'exclusion-person'));
