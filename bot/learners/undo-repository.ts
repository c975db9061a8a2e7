import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

/**
 * The steps by which an extract is taken back, in order. Each does some of it and answers how much was left to do then; it
 * is asked again until that is nothing, so that no transaction is long and a killed undo goes on.
 */
type Step = (trx: Trx, authorityId: string, extractId: string, limit: number) => Promise<number>;

const affected = (result: { readonly numAffectedRows?: bigint }) => Number(result.numAffectedRows ?? 0);

const facts: Step = async (trx, authority, extract, limit) => {
  const { rows } = await sql<{ fact_id: string; act: string }>`
    select fact_id, act from extract_fact where authority_id = ${authority} and extract_id = ${extract} limit ${limit}`.execute(
    trx,
  );
  const of = (act: string) => rows.filter((row) => row.act === act).map((row) => row.fact_id);
  const all = rows.map((row) => row.fact_id);
  await sql`delete from learner_fact where authority_id = ${authority} and fact_id = any(${of('made')}::uuid[])`.execute(
    trx,
  );
  await sql`update learner_fact set known_to = null where authority_id = ${authority} and fact_id = any(${of('closed')}::uuid[])`.execute(
    trx,
  );
  await sql`delete from extract_fact where authority_id = ${authority} and extract_id = ${extract} and fact_id = any(${all}::uuid[])`.execute(
    trx,
  );
  return rows.length;
};

const madeRecords: Step = async (trx, authority, extract, limit) =>
  affected(
    await sql`delete from source_record where authority_id = ${authority} and made_by = ${extract} and record_id = any(array(
      select record_id from source_record where authority_id = ${authority} and made_by = ${extract} limit ${limit}))`.execute(
      trx,
    ),
  );

const closedRecords: Step = async (trx, authority, extract, limit) =>
  affected(
    await sql`update source_record set known_to = null, closed_by = null where authority_id = ${authority} and closed_by = ${extract}
      and record_id = any(array(
        select record_id from source_record where authority_id = ${authority} and closed_by = ${extract} limit ${limit}))`.execute(
      trx,
    ),
  );

const pairs: Step = async (trx, authority, extract) =>
  affected(
    await sql`delete from match_pair where authority_id = ${authority} and made_by = ${extract} and decision is null`.execute(
      trx,
    ),
  ) * 0;

const persons: Step = async (trx, authority, extract, limit) => {
  await sql`
    update source_person p set given_name = r.given_name, family_name = r.family_name, known_as = r.known_as, birth_on = r.birth_on,
      scn = r.scn, learner_id = r.learner_id, joined_by = r.joined_by, waits = r.waits
    from extract_person_before b, jsonb_to_record(b.content) as r(given_name text, family_name text, known_as text, birth_on date,
      scn text, learner_id uuid, joined_by text, waits boolean)
    where b.authority_id = ${authority} and b.extract_id = ${extract} and p.authority_id = ${authority}
      and p.source_person_id = b.source_person_id`.execute(trx);
  await sql`delete from extract_person_before where authority_id = ${authority} and extract_id = ${extract}`.execute(
    trx,
  );
  return affected(
    await sql`delete from source_person where authority_id = ${authority} and made_by = ${extract} and source_person_id = any(array(
      select source_person_id from source_person where authority_id = ${authority} and made_by = ${extract} limit ${limit}))`.execute(
      trx,
    ),
  );
};

const changes: Step = async (trx, authority, extract) => {
  await sql`delete from change_notice where authority_id = ${authority} and change_id = any(array(
    select change_id from learner_change where authority_id = ${authority} and extract_id = ${extract}))`.execute(trx);
  await sql`delete from learner_change where authority_id = ${authority} and extract_id = ${extract}`.execute(trx);
  return 0;
};

/** Those it brought go; the others are as they were, to the version: an earlier extract of them can be undone in its turn. */
const learners: Step = async (trx, authority, extract, limit) => {
  const { rows } = await sql<{ learner_id: string; made: boolean }>`
    select learner_id, learner is null as made from extract_before where authority_id = ${authority} and extract_id = ${extract}
    order by learner_id limit ${limit}`.execute(trx);
  const made = rows.filter((row) => row.made).map((row) => row.learner_id);
  const all = rows.map((row) => row.learner_id);
  await sql`delete from learner_scope where authority_id = ${authority} and learner_id = any(${made}::uuid[])`.execute(
    trx,
  );
  await sql`delete from learner where authority_id = ${authority} and learner_id = any(${made}::uuid[])`.execute(trx);
  await sql`
    update learner l set given_name = r.given_name, family_name = r.family_name, known_as = r.known_as, birth_on = r.birth_on, scn = r.scn,
      stage = r.stage, school_id = r.school_id, education = r.education, home = r.home, status = r.status,
      status_since = r.status_since, version = r.version
    from extract_before b, jsonb_to_record(b.learner) as r(given_name text, family_name text, known_as text, birth_on date, scn text,
      stage text, school_id uuid, education text, home text, status text, status_since date, version integer)
    where b.authority_id = ${authority} and b.extract_id = ${extract} and b.learner is not null and b.learner_id = any(${all}::uuid[])
      and l.authority_id = ${authority} and l.learner_id = b.learner_id`.execute(trx);
  await sql`
    update learner_scope s set school_id = r.school_id, social_worker_id = r.social_worker_id, team_id = r.team_id, restricted = r.restricted
    from extract_before b, jsonb_to_record(b.scope) as r(school_id uuid, social_worker_id uuid, team_id uuid, restricted boolean)
    where b.authority_id = ${authority} and b.extract_id = ${extract} and b.scope is not null and b.learner_id = any(${all}::uuid[])
      and s.authority_id = ${authority} and s.learner_id = b.learner_id`.execute(trx);
  await sql`delete from extract_before where authority_id = ${authority} and extract_id = ${extract} and learner_id = any(${all}::uuid[])`.execute(
    trx,
  );
  return rows.length;
};

export const undoSteps: readonly Step[] = [changes, facts, madeRecords, closedRecords, pairs, persons, learners];
