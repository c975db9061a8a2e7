-- When reviews are due, who convenes them, what became of them, and plans of many.

-- A review that others convene is recorded and not booked; one that took place or did not is held or not held.
alter table review drop constraint review_state_check;
alter table review add constraint review_state_check
  check (state in ('booking', 'booked', 'cancelled', 'not-booked', 'recorded', 'held', 'not-held'));
alter table review add column series text not null default 'other'
  check (series in ('looked-after', 'csp', 'child-plan', 'school-change', 'other'));
alter table review add column held_on date;
-- Education and social work both there: a fact about attendance, which moves no date.
alter table review add column joint boolean;
alter table review add column late_because text;
alter table review add column not_held_because text;
alter table review add column views_asked text;
alter table review add column outcome_by uuid;
alter table review add column outcome_at timestamptz;
-- Time or people changed here, and the mailbox does not have it yet: until then its own times are not news.
alter table review add column write_pending boolean not null default false;
alter table review_attendee add column attended boolean;
alter table review_attendee add column removed_at timestamptz;

-- What happened that a clock starts from. Never changed: corrected by a new row that says which it replaces.
create table review_fact (
  authority_id uuid not null,
  fact_id uuid not null,
  learner_id uuid not null,
  event text not null,
  happened_on date,
  series text check (series in ('looked-after', 'csp', 'child-plan', 'school-change', 'other')),
  every_count integer check (every_count between 1 and 520),
  every_unit text check (every_unit in ('days', 'weeks', 'months')),
  first_by date,
  under_school_age boolean not null default false,
  -- By whom a frequency was agreed, or why a review is late.
  said text,
  source text not null check (source in ('hand', 'review', 'extract', 'invitation')),
  review_id uuid,
  recorded_by uuid,
  recorded_at timestamptz not null,
  replaced_by uuid,
  ended_at timestamptz,
  primary key (authority_id, fact_id)
);
create index review_fact_learner on review_fact (authority_id, learner_id) where ended_at is null;
alter table review_fact enable row level security;
alter table review_fact force row level security;
create policy review_fact_reach on review_fact using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update on review_fact to golden_thread_app;

-- Times that whoever chairs has given to reviews.
create table released_slot (
  authority_id uuid not null,
  slot_id uuid not null,
  person_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  released_by uuid not null,
  released_at timestamptz not null,
  primary key (authority_id, slot_id),
  check (from_at < until_at)
);
create index released_slot_person on released_slot (authority_id, person_id, from_at);
alter table released_slot enable row level security;
alter table released_slot force row level security;
create policy released_slot_reach on released_slot using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update, delete on released_slot to golden_thread_app;

-- Many reviews placed at once: a draft until it is sent.
create table review_plan (
  authority_id uuid not null,
  plan_id uuid not null,
  state text not null check (state in ('draft', 'sent', 'dropped')),
  version integer not null,
  from_on date not null,
  until_on date not null,
  minutes integer not null,
  gap double precision not null,
  made_by uuid not null,
  made_at timestamptz not null,
  read_at timestamptz,
  sent_at timestamptz,
  primary key (authority_id, plan_id)
);
alter table review_plan enable row level security;
alter table review_plan force row level security;
create policy review_plan_reach on review_plan using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update on review_plan to golden_thread_app;

create table review_plan_item (
  authority_id uuid not null,
  plan_id uuid not null,
  item_id uuid not null,
  learner_id uuid not null,
  series text not null,
  rule text not null,
  due_on date,
  people jsonb not null,
  starts_at timestamptz,
  locked boolean not null default false,
  state text not null check (state in ('in-time', 'late', 'unplaced')),
  why text,
  review_id uuid,
  primary key (authority_id, item_id)
);
create index review_plan_item_plan on review_plan_item (authority_id, plan_id);
alter table review_plan_item enable row level security;
alter table review_plan_item force row level security;
create policy review_plan_item_reach on review_plan_item using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on review_plan_item to golden_thread_app;
