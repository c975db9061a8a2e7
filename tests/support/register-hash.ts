import { createHash } from 'node:crypto';
import { asOwner } from './builders.js';
import type { TestDatabase } from './database.js';

const tables = {
  learner: `select given_name, family_name, known_as, birth_on, scn, stage, school_id, education, home, status, status_since, version from learner`,
  learner_scope: `select s.school_id, s.social_worker_id, s.team_id, s.restricted, l.given_name, l.family_name, l.birth_on, l.scn
    from learner_scope s join learner l using (authority_id, learner_id)`,
  learner_fact: `select f.attribute, f.value, f.source, f.valid_from, f.valid_to, f.known_to is null as known, l.given_name, l.family_name, l.birth_on, l.scn
    from learner_fact f join learner l using (authority_id, learner_id)`,
  source_person: `select system, person_key, given_name, family_name, known_as, birth_on, scn, learner_id is null as alone, joined_by, waits from source_person`,
  source_record: `select kind, record_key, row_hash, content, learner_id is null as alone, valid_from, valid_to, known_to is null as known, closed_by is null as open from source_record`,
  match_pair: `select p.person_key, l.given_name, l.family_name, m.guard, m.decision from match_pair m join source_person p using (authority_id, source_person_id)
    join learner l on l.authority_id = m.authority_id and l.learner_id = m.learner_id`,
  learner_change: `select c.kind, c.since, c.back_dated, c.telling, l.given_name, l.family_name from learner_change c join learner l using (authority_id, learner_id)`,
} as const;

/** The register's content, without ids and instants, in any order: equal registers give equal hashes. */
export function registerHash(database: TestDatabase, authorityId: string): Promise<Record<string, string>> {
  return asOwner(database, authorityId, async (client) => {
    const hashes: Record<string, string> = {};
    for (const [name, query] of Object.entries(tables)) {
      const { rows } = await client.query<{ n: string; h: string | null }>(
        `select count(*) as n, sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric)::text as h from (${query}) t`,
      );
      hashes[name] = `${rows[0]?.n ?? 0} ${createHash('md5')
        .update(rows[0]?.h ?? '')
        .digest('hex')
        .slice(0, 8)}`;
    }
    return hashes;
  });
}
