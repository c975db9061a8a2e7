import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

function pairs(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('match_pair as m')
    .innerJoin('source_person as p', (join) =>
      join.onRef('p.authority_id', '=', 'm.authority_id').onRef('p.source_person_id', '=', 'm.source_person_id'),
    )
    .innerJoin('learner as l', (join) =>
      join.onRef('l.authority_id', '=', 'm.authority_id').onRef('l.learner_id', '=', 'm.learner_id'),
    )
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'l.authority_id').onRef('s.school_id', '=', 'l.school_id'),
    )
    .select([
      ...([
        'm.pair_id',
        'm.version',
        'm.learner_id',
        'm.source_person_id',
        'm.guard',
        'm.weight',
        'm.decision',
      ] as const),
      ...(['m.decided_by', 'm.second_by', 'm.made_by', 'p.system', 'p.learner_id as joined_to'] as const),
      ...(['p.given_name as their_given', 'p.family_name as their_family', 'p.known_as as their_known'] as const),
      ...(['p.birth_on as their_birth', 'p.scn as their_scn', 'l.given_name', 'l.family_name', 'l.known_as'] as const),
      ...(['l.birth_on', 'l.scn', 'l.stage', 's.name as school'] as const),
    ])
    .where('m.authority_id', '=', authorityId);
}

export type StoredPair = Awaited<ReturnType<typeof listOpenPairs>>[number];

/** Not judged, of somebody who still waits; those nearest to a match first. */
export function listOpenPairs(trx: Trx, authorityId: string, limit: number) {
  return pairs(trx, authorityId)
    .where('m.decision', 'is', null)
    .where('p.learner_id', 'is', null)
    .orderBy('m.weight', 'desc')
    .orderBy('m.found_at')
    .orderBy('m.pair_id')
    .limit(limit)
    .execute();
}

export async function countOpenPairs(trx: Trx, authorityId: string): Promise<number> {
  const row = await trx
    .selectFrom('match_pair as m')
    .innerJoin('source_person as p', (join) =>
      join.onRef('p.authority_id', '=', 'm.authority_id').onRef('p.source_person_id', '=', 'm.source_person_id'),
    )
    .select(sql<number>`count(*)::int`.as('n'))
    .where('m.authority_id', '=', authorityId)
    .where('m.decision', 'is', null)
    .where('p.learner_id', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function lockPair(trx: Trx, authorityId: string, pairId: string): Promise<StoredPair | undefined> {
  await trx
    .selectFrom('match_pair')
    .select('pair_id')
    .where('authority_id', '=', authorityId)
    .where('pair_id', '=', pairId)
    .forUpdate()
    .executeTakeFirst();
  return pairs(trx, authorityId).where('m.pair_id', '=', pairId).executeTakeFirst();
}

export async function decidePair(
  trx: Trx,
  authorityId: string,
  pairId: string,
  decided: {
    readonly decision: string | null;
    readonly by: string | null;
    readonly second: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await sql`
    update match_pair set decision = ${decided.decision}, decided_by = ${decided.by}, second_by = ${decided.second},
      decided_at = ${decided.at}, version = version + 1
    where authority_id = ${authorityId} and pair_id = ${pairId}`.execute(trx);
}

/** Pairs of this person that nobody has judged. */
export async function countUndecided(trx: Trx, authorityId: string, personId: string): Promise<number> {
  const row = await trx
    .selectFrom('match_pair')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', personId)
    .where((where) => where.or([where('decision', 'is', null), where('decision', '=', 'cannot-tell')]))
    .executeTakeFirstOrThrow();
  return row.n;
}

export function findPerson(trx: Trx, authorityId: string, personId: string) {
  return trx
    .selectFrom('source_person')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
}

export async function joinPersonTo(
  trx: Trx,
  authorityId: string,
  personId: string,
  to: { readonly learnerId: string | null; readonly by: 'person' | 'made' | null },
): Promise<void> {
  await trx
    .updateTable('source_person')
    .set({ learner_id: to.learnerId, joined_by: to.by, waits: to.learnerId === null })
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', personId)
    .execute();
  await trx
    .updateTable('source_record')
    .set({ learner_id: to.learnerId })
    .where('authority_id', '=', authorityId)
    .where('source_person_id', '=', personId)
    .where('known_to', 'is', null)
    .execute();
}

/** Whether that system already knows this learner as somebody else. */
export async function knownOtherwise(
  trx: Trx,
  authorityId: string,
  who: { readonly system: string; readonly learnerId: string; readonly personId: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('source_person')
    .select('source_person_id')
    .where('authority_id', '=', authorityId)
    .where('system', '=', who.system)
    .where('learner_id', '=', who.learnerId)
    .where('source_person_id', '<>', who.personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Numbers that a data officer looks at each morning. */
export async function qualityCounts(trx: Trx, authorityId: string) {
  const { rows } = await sql<Record<string, number>>`
    select count(*)::int as learners,
      count(*) filter (where l.scn is null)::int as no_scn,
      count(*) filter (where l.school_id is null)::int as no_school,
      count(*) filter (where l.status = 'unknown')::int as status_unknown,
      count(*) filter (where c.social_worker_id is null and l.status = 'looked-after')::int as no_worker,
      count(*) filter (where l.status = 'looked-after')::int as looked_after,
      count(*) filter (where exists (select 1 from source_person p join extract_source s on s.authority_id = p.authority_id and s.system = p.system
        where p.authority_id = l.authority_id and p.learner_id = l.learner_id and s.service = 'education')
        and exists (select 1 from source_person p join extract_source s on s.authority_id = p.authority_id and s.system = p.system
        where p.authority_id = l.authority_id and p.learner_id = l.learner_id and s.service = 'social-work'))::int as in_both
    from learner l left join learner_scope c on c.authority_id = l.authority_id and c.learner_id = l.learner_id
    where l.authority_id = ${authorityId}`.execute(trx);
  return rows[0] ?? {};
}

export async function factCounts(trx: Trx, authorityId: string, today: string) {
  const { rows } = await sql<{ differ: number; overlap: number; waits: number; persons: number }>`
    select
      (select count(distinct a.learner_id)::int from learner_fact a join learner_fact b on b.authority_id = a.authority_id
        and b.learner_id = a.learner_id and b.attribute = a.attribute and b.source > a.source and b.value <> a.value
        where a.authority_id = ${authorityId} and a.known_to is null and b.known_to is null
          and (a.valid_to is null or a.valid_to >= ${today}) and (b.valid_to is null or b.valid_to >= ${today})
          and (a.valid_from is null or a.valid_from <= ${today}) and (b.valid_from is null or b.valid_from <= ${today})) as differ,
      (select count(distinct a.learner_id)::int from source_record a join source_record b on b.authority_id = a.authority_id
        and b.learner_id = a.learner_id and b.kind = a.kind and b.record_id > a.record_id
        where a.authority_id = ${authorityId} and a.kind in ('living', 'enrolments') and a.learner_id is not null
          and a.known_to is null and b.known_to is null and a.valid_from <= coalesce(b.valid_to, 'infinity'::date)
          and b.valid_from <= coalesce(a.valid_to, 'infinity'::date)) as overlap,
      (select count(*)::int from source_person where authority_id = ${authorityId} and waits and learner_id is null) as waits,
      (select count(*)::int from source_person where authority_id = ${authorityId}) as persons`.execute(trx);
  return rows[0] ?? { differ: 0, overlap: 0, waits: 0, persons: 0 };
}

export async function sourceCounts(trx: Trx, authorityId: string) {
  const { rows } = await sql<{ system: string; kind: string; records: number; taken_at: Date | null }>`
    select s.system, s.kind,
      (select count(*)::int from source_record r where r.authority_id = s.authority_id and r.source_id = s.source_id and r.known_to is null) as records,
      (select max(e.imported_at) from extract e where e.authority_id = s.authority_id and e.source_id = s.source_id and e.state = 'imported') as taken_at
    from extract_source s where s.authority_id = ${authorityId} order by s.system, s.kind`.execute(trx);
  return rows;
}
