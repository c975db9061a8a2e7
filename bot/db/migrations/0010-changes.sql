-- A change of circumstance is an entry that somebody has to see. Values stand in the facts; here are ids, kinds and dates.
create table learner_change (
  authority_id uuid not null,
  change_id uuid not null,
  learner_id uuid not null,
  kind text not null,
  since date,
  back_dated boolean not null,
  origin text not null check (origin in ('extract', 'by-hand')),
  extract_id uuid,
  found_at timestamptz not null,
  -- 'tell-both' goes to designated manager and social worker by rule; 'ask' waits for an officer; 'held' for non-disclosure.
  telling text not null check (telling in ('tell-both', 'ask', 'held')),
  settled_at timestamptz,
  settled_by uuid,
  settled_because text,
  version integer not null default 1,
  primary key (authority_id, change_id)
);
create index learner_change_learner on learner_change (authority_id, learner_id, found_at);
create index learner_change_open on learner_change (authority_id, found_at) where settled_at is null;
create index learner_change_extract on learner_change (authority_id, extract_id);
alter table learner_change enable row level security;
alter table learner_change force row level security;
create policy learner_change_reach on learner_change using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on learner_change to golden_thread_app;

-- Who is to acknowledge it, and did.
create table change_notice (
  authority_id uuid not null,
  change_id uuid not null,
  person_id uuid not null,
  learner_id uuid not null,
  told_at timestamptz not null,
  acknowledged_at timestamptz,
  primary key (authority_id, change_id, person_id)
);
create index change_notice_person on change_notice (authority_id, person_id, told_at);
alter table change_notice enable row level security;
alter table change_notice force row level security;
create policy change_notice_reach on change_notice using (authority_id = app_authority() and app_reaches(learner_id)) with check (authority_id = app_authority() and app_reaches(learner_id));
grant select, insert, update, delete on change_notice to golden_thread_app;

-- Two records that may be one child, and what a person said. A forbidden link is kept so that it is never offered again,
-- and shown to nobody: the one who forbids it is in the audit.
create table match_pair (
  authority_id uuid not null,
  pair_id uuid not null,
  source_person_id uuid not null,
  learner_id uuid not null,
  band text not null check (band in ('match', 'possible')),
  -- Hundredths of a bit.
  weight integer not null,
  guard text check (guard in ('twin', 'sibling')),
  decision text check (decision in ('same', 'different', 'cannot-tell', 'forbidden')),
  decided_by uuid,
  decided_at timestamptz,
  second_by uuid,
  found_at timestamptz not null,
  made_by uuid,
  version integer not null default 1,
  primary key (authority_id, pair_id)
);
create unique index match_pair_once on match_pair (authority_id, source_person_id, learner_id);
create index match_pair_open on match_pair (authority_id, weight) where decision is null;
create index match_pair_made on match_pair (authority_id, made_by);
alter table match_pair enable row level security;
alter table match_pair force row level security;
create policy match_pair_reach on match_pair
  using (authority_id = app_authority() and app_reaches_all() and app_reaches(learner_id))
  with check (authority_id = app_authority() and app_reaches_all() and app_reaches(learner_id));
grant select, insert, update, delete on match_pair to golden_thread_app;

create index learner_birth on learner (authority_id, birth_on);
create index learner_scn on learner (authority_id, scn);
