-- How somebody whom the list did not name comes in. Wrong codes are counted by account, before any authority is known.
create table directory.binding_attempt (
  tenant_id uuid not null,
  object_id uuid not null,
  since timestamptz not null,
  attempts integer not null,
  primary key (tenant_id, object_id)
);
grant select, insert, update on directory.binding_attempt to golden_thread_app;

-- "Please add me": name and tenant are the directory's own, never what the person said of themselves.
create table join_request (
  authority_id uuid not null,
  join_request_id uuid not null,
  tenant_id uuid not null,
  object_id uuid not null,
  school_id uuid not null,
  directory_name text not null,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('joined', 'refused')),
  person_id uuid,
  primary key (authority_id, join_request_id)
);
create unique index join_request_open on join_request (authority_id, tenant_id, object_id) where decided_at is null;
create index join_request_school on join_request (authority_id, school_id);
alter table join_request enable row level security;
alter table join_request force row level security;
create policy join_request_reach on join_request using (authority_id = app_authority()) with check (authority_id = app_authority());
grant select, insert, update on join_request to golden_thread_app;
