import type { Trx } from '../db/database.js';

export async function findLearnerByNumber(
  trx: Trx,
  authorityId: string,
  number: { readonly scn: string; readonly bornOn: string },
): Promise<string | null> {
  const rows = await trx
    .selectFrom('learner')
    .select('learner_id')
    .where('authority_id', '=', authorityId)
    .where('scn', '=', number.scn)
    .where('birth_on', '=', number.bornOn)
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.learner_id ?? null) : null;
}

/** Newest first. */
export function listGlass(trx: Trx, authorityId: string, since: Date, limit: number) {
  return trx
    .selectFrom('break_glass as g')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'g.authority_id').onRef('p.person_id', '=', 'g.person_id'),
    )
    .select(['g.break_glass_id', 'g.person_id', 'g.learner_id', 'g.reason', 'g.started_at', 'g.ends_at', 'p.name'])
    .where('g.authority_id', '=', authorityId)
    .where('g.started_at', '>=', since)
    .orderBy('g.started_at', 'desc')
    .limit(limit)
    .execute();
}

/** Who holds one of the roles on that day, each once. */
export async function listHolders(trx: Trx, authorityId: string, roles: readonly string[], on: string) {
  const rows = await trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .select('r.person_id')
    .distinct()
    .where('r.authority_id', '=', authorityId)
    .where('r.role', 'in', [...roles])
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .execute();
  return rows.map((row) => row.person_id);
}
