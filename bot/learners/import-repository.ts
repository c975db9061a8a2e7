import { type Insertable, type Selectable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { LearnerFactRow, LearnerRow, LearnerScopeRow } from '../db/schema.js';
import type { ExtractBeforeRow, MatchPairRow, SourcePersonRow, SourceRecordRow } from '../db/schema-extracts.js';

/** What taking an extract reads and writes: many rows a statement, each a single parameter, so that plans are kept. */
export type StoredPerson = Selectable<SourcePersonRow>;

const ids = (list: readonly string[]) => sql<string>`any(${[...list]}::uuid[])`;

export function listLearnersFor(trx: Trx, authorityId: string, learnerIds: readonly string[]) {
  return trx
    .selectFrom('learner')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', ids(learnerIds))
    .orderBy('learner_id')
    .forUpdate()
    .execute();
}

export function listScopesFor(trx: Trx, authorityId: string, learnerIds: readonly string[]) {
  return trx
    .selectFrom('learner_scope')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', ids(learnerIds))
    .execute();
}

export function listFactsFor(trx: Trx, authorityId: string, learnerIds: readonly string[]) {
  return trx
    .selectFrom('learner_fact')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', ids(learnerIds))
    .where('known_to', 'is', null)
    .orderBy('fact_id')
    .execute();
}

/** Learners with one of these SCNs or born on one of these days: whom somebody could be. */
export async function listCandidates(
  trx: Trx,
  authorityId: string,
  like: { readonly scns: readonly string[]; readonly days: readonly string[] },
) {
  const { rows } = await sql<{
    learner_id: string;
    given_name: string;
    family_name: string;
    birth_on: string | null;
    scn: string | null;
  }>`
    select learner_id, given_name, family_name, birth_on, scn from learner
    where authority_id = ${authorityId} and scn = any(${[...like.scns]}::text[])
    union
    select learner_id, given_name, family_name, birth_on, scn from learner
    where authority_id = ${authorityId} and birth_on = any(${[...like.days]}::date[])`.execute(trx);
  return rows;
}

/** Those of the learners whom this system already knows as somebody. */
export async function listTaken(
  trx: Trx,
  authorityId: string,
  system: string,
  learnerIds: readonly string[],
): Promise<string[]> {
  const rows = await trx
    .selectFrom('source_person')
    .select('learner_id')
    .where('authority_id', '=', authorityId)
    .where('system', '=', system)
    .where('learner_id', '=', ids(learnerIds))
    .execute();
  return rows.flatMap(({ learner_id }) => learner_id ?? []);
}

export function listPairsOf(trx: Trx, authorityId: string, personIds: readonly string[]) {
  return trx
    .selectFrom('match_pair')
    .select(['source_person_id', 'learner_id', 'decision'])
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', ids(personIds))
    .execute();
}

export async function insertPairs(trx: Trx, rows: readonly Insertable<MatchPairRow>[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('match_pair')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['authority_id', 'source_person_id', 'learner_id']).doNothing())
    .execute();
}

/** New or as they are now said to be. Those known before this extract are kept as they were first. */
export async function putPersons(
  trx: Trx,
  authorityId: string,
  extractId: string | null,
  persons: readonly StoredPerson[],
): Promise<void> {
  if (persons.length === 0) return;
  const json = JSON.stringify(persons.map((one) => ({ ...one, first_seen_at: one.first_seen_at.toISOString() })));
  if (extractId !== null)
    await sql`
      insert into extract_person_before (authority_id, extract_id, source_person_id, content)
      select p.authority_id, ${extractId}::uuid, p.source_person_id, to_jsonb(p)
      from source_person p join jsonb_to_recordset(${json}::jsonb) as r(source_person_id uuid) on r.source_person_id = p.source_person_id
      where p.authority_id = ${authorityId} and p.made_by <> ${extractId}::uuid
      on conflict do nothing`.execute(trx);
  await sql`
    insert into source_person (authority_id, source_person_id, system, person_key, given_name, family_name, known_as, birth_on,
      scn, learner_id, joined_by, waits, first_seen_at, made_by)
    select ${authorityId}::uuid, r.source_person_id, r.system, r.person_key, r.given_name, r.family_name, r.known_as, r.birth_on,
      r.scn, r.learner_id, r.joined_by, r.waits, r.first_seen_at, r.made_by
    from jsonb_to_recordset(${json}::jsonb) as r(source_person_id uuid, system text, person_key text, given_name text,
      family_name text, known_as text, birth_on date, scn text, learner_id uuid, joined_by text, waits boolean,
      first_seen_at timestamptz, made_by uuid)
    on conflict (authority_id, source_person_id) do update set given_name = excluded.given_name,
      family_name = excluded.family_name, known_as = excluded.known_as, birth_on = excluded.birth_on, scn = excluded.scn,
      learner_id = excluded.learner_id, joined_by = excluded.joined_by, waits = excluded.waits`.execute(trx);
}

export type NewRecord = Omit<Insertable<SourceRecordRow>, 'authority_id' | 'known_from' | 'made_by' | 'content'> & {
  readonly content: unknown;
};

interface Taking {
  readonly extractId: string;
  readonly at: Date;
}

/** What was known of these records until now ends; what the file says of them begins. */
export async function replaceRecords(
  trx: Trx,
  authorityId: string,
  sourceId: string,
  records: readonly NewRecord[],
  { extractId, at }: Taking,
): Promise<void> {
  const keys = records.map((one) => one.record_key);
  await sql`
    update source_record set known_to = ${at}, closed_by = ${extractId}
    where authority_id = ${authorityId} and source_id = ${sourceId} and known_to is null and record_key = any(${keys}::text[])`.execute(
    trx,
  );
  await sql`
    insert into source_record (authority_id, record_id, source_id, kind, source_person_id, record_key, row_hash, content,
      learner_id, valid_from, valid_to, known_from, made_by)
    select ${authorityId}::uuid, r.record_id, ${sourceId}::uuid, r.kind, r.source_person_id, r.record_key, r.row_hash, r.content,
      r.learner_id, r.valid_from, r.valid_to, ${at}::timestamptz, ${extractId}::uuid
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(record_id uuid, kind text, source_person_id uuid,
      record_key text, row_hash text, content jsonb, learner_id uuid, valid_from date, valid_to date)`.execute(trx);
}

export interface NewFact extends Omit<Insertable<LearnerFactRow>, 'authority_id' | 'known_from' | 'value'> {
  readonly value: unknown;
}

export async function changeFacts(
  trx: Trx,
  authorityId: string,
  facts: { readonly made: readonly NewFact[]; readonly closed: readonly { fact_id: string; learner_id: string }[] },
  { extractId, at }: { readonly extractId: string | null; readonly at: Date },
): Promise<void> {
  const closed = facts.closed.map(({ fact_id }) => fact_id);
  await sql`
    update learner_fact set known_to = ${at} where authority_id = ${authorityId} and fact_id = any(${closed}::uuid[])
      and known_to is null`.execute(trx);
  await sql`
    insert into learner_fact (authority_id, fact_id, learner_id, attribute, value, source, valid_from, valid_to, known_from)
    select ${authorityId}::uuid, r.fact_id, r.learner_id, r.attribute, r.value, r.source, r.valid_from, r.valid_to, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(facts.made)}::jsonb) as r(fact_id uuid, learner_id uuid, attribute text, value jsonb,
      source text, valid_from date, valid_to date)`.execute(trx);
  if (extractId === null) return;
  const acts = [
    ...facts.made.map(({ fact_id, learner_id }) => ({ fact_id, learner_id, act: 'made' })),
    ...facts.closed.map(({ fact_id, learner_id }) => ({ fact_id, learner_id, act: 'closed' })),
  ];
  await sql`
    insert into extract_fact (authority_id, extract_id, fact_id, learner_id, act)
    select ${authorityId}::uuid, ${extractId}::uuid, r.fact_id, r.learner_id, r.act
    from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb) as r(fact_id uuid, learner_id uuid, act text)`.execute(trx);
}

/** Learners as they now are; those that were not there are made. */
export async function putLearners(
  trx: Trx,
  authorityId: string,
  learners: readonly Selectable<LearnerRow>[],
  scopes: readonly Selectable<LearnerScopeRow>[],
): Promise<void> {
  await sql`
    insert into learner (authority_id, learner_id, given_name, family_name, known_as, birth_on, scn, stage, school_id, education, home,
      status, status_since, version)
    select ${authorityId}::uuid, r.learner_id, r.given_name, r.family_name, r.known_as, r.birth_on, r.scn, r.stage, r.school_id,
      r.education, r.home, r.status, r.status_since, r.version
    from jsonb_to_recordset(${JSON.stringify(learners)}::jsonb) as r(learner_id uuid, given_name text, family_name text, known_as text,
      birth_on date, scn text, stage text, school_id uuid, education text, home text, status text, status_since date, version integer)
    on conflict (authority_id, learner_id) do update set given_name = excluded.given_name, family_name = excluded.family_name,
      known_as = excluded.known_as, birth_on = excluded.birth_on, scn = excluded.scn, stage = excluded.stage,
      school_id = excluded.school_id, education = excluded.education, home = excluded.home, status = excluded.status,
      status_since = excluded.status_since, version = excluded.version`.execute(trx);
  await sql`
    insert into learner_scope (authority_id, learner_id, school_id, social_worker_id, team_id, restricted)
    select ${authorityId}::uuid, r.learner_id, r.school_id, r.social_worker_id, r.team_id, r.restricted
    from jsonb_to_recordset(${JSON.stringify(scopes)}::jsonb) as r(learner_id uuid, school_id uuid, social_worker_id uuid,
      team_id uuid, restricted boolean)
    on conflict (authority_id, learner_id) do update set school_id = excluded.school_id,
      social_worker_id = excluded.social_worker_id, team_id = excluded.team_id, restricted = excluded.restricted`.execute(
    trx,
  );
}

/** As learners were before this extract; the version they have now is what a later touch is told from. */
export async function keepBefore(
  trx: Trx,
  authorityId: string,
  extractId: string,
  befores: readonly Omit<Insertable<ExtractBeforeRow>, 'authority_id' | 'extract_id'>[],
): Promise<void> {
  await sql`
    insert into extract_before (authority_id, extract_id, learner_id, learner, scope, after_version)
    select ${authorityId}::uuid, ${extractId}::uuid, r.learner_id, r.learner, r.scope, r.after_version
    from jsonb_to_recordset(${JSON.stringify(befores)}::jsonb) as r(learner_id uuid, learner jsonb, scope jsonb, after_version integer)
    on conflict (authority_id, extract_id, learner_id) do update set after_version = excluded.after_version`.execute(
    trx,
  );
}

/** One line of what happened for each learner, numbered after what there is. */
export async function insertActivities(
  trx: Trx,
  authorityId: string,
  lines: readonly { readonly activity_id: string; readonly learner_id: string; readonly version: number }[],
  what: { readonly at: Date; readonly kind: string; readonly extractId: string | null },
): Promise<void> {
  const data = JSON.stringify(what.extractId === null ? {} : { extractId: what.extractId });
  await sql`
    insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, learner_id, at, data)
    select ${authorityId}::uuid, r.activity_id, 'learner', r.learner_id, coalesce(s.seq, 0) + 1, ${what.kind}, r.version, r.learner_id,
      ${what.at}::timestamptz, ${data}::jsonb
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(activity_id uuid, learner_id uuid, version integer)
    left join (
      select aggregate_id, max(seq) as seq from activity
      where authority_id = ${authorityId} and aggregate_kind = 'learner' and aggregate_id = any(${lines.map((one) => one.learner_id)}::uuid[])
      group by aggregate_id
    ) s on s.aggregate_id = r.learner_id`.execute(trx);
}

/** Staff by address or by a name that only one of them has: what a file calls an allocated worker. */
export async function listStaffCalled(
  trx: Trx,
  authorityId: string,
  called: readonly string[],
): Promise<{ called: string; person_id: string; team_id: string | null }[]> {
  if (called.length === 0) return [];
  const { rows } = await sql<{ called: string; person_id: string; team_id: string | null }>`
    select r.called, min(p.person_id::text)::uuid as person_id,
      (select t.team_id from person_role t where t.authority_id = ${authorityId} and t.person_id::text = min(p.person_id::text)
        and t.team_id is not null limit 1) as team_id
    from unnest(${[...called]}::text[]) as r(called)
    join person p on p.authority_id = ${authorityId} and (lower(p.email) = lower(r.called) or lower(p.name) = lower(r.called))
    group by r.called having count(distinct p.person_id) = 1`.execute(trx);
  return rows;
}

export async function teamsOf(trx: Trx, authorityId: string, personIds: readonly string[]) {
  const rows = await trx
    .selectFrom('person_role')
    .select(['person_id', 'team_id'])
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', ids(personIds))
    .where('team_id', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.team_id]));
}

/** Records of a person whom nobody had joined to a learner, until now. */
export async function recordsOfPerson(trx: Trx, authorityId: string, personId: string) {
  return trx
    .selectFrom('source_record')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', personId)
    .where('known_to', 'is', null)
    .orderBy('record_id')
    .execute();
}

/** Records that a complete extract no longer names are no longer known; facts stay until a person or a source says otherwise. */
export async function endMissing(
  trx: Trx,
  authorityId: string,
  { extractId, sourceId, at }: { readonly extractId: string; readonly sourceId: string; readonly at: Date },
): Promise<void> {
  await sql`
    update source_record r set known_to = ${at}, closed_by = ${extractId}
    where r.authority_id = ${authorityId} and r.source_id = ${sourceId} and r.known_to is null
      and not exists (select 1 from extract_row x where x.authority_id = ${authorityId} and x.extract_id = ${extractId}
        and x.record_key = r.record_key)`.execute(trx);
}
