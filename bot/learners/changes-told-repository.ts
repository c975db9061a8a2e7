import type { Insertable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { AskingSchema } from '../db/schema-asking.js';

type ToldRow = AskingSchema['change_told'];

export async function insertTold(trx: Trx, row: Insertable<ToldRow>): Promise<void> {
  await trx.insertInto('change_told').values(row).execute();
}

/** Who is around a learner, with telephones: the worker by allocation, the school's designated manager, our own worker. */
export async function findWhoToSpeakTo(trx: Trx, authorityId: string, learnerId: string, on: string) {
  const scope = await trx
    .selectFrom('learner_scope')
    .select(['school_id', 'social_worker_id'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  const ours = await trx
    .selectFrom('learner_link')
    .select('person_id')
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('kind', '=', 'virtual-school-worker')
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .executeTakeFirst();
  return {
    socialWorker: await findPerson(trx, authorityId, scope?.social_worker_id ?? null),
    designatedManager: scope?.school_id ? await findManagerOf(trx, authorityId, scope.school_id, on) : null,
    ourWorker: await findPerson(trx, authorityId, ours?.person_id ?? null),
  };
}

async function findPerson(trx: Trx, authorityId: string, personId: string | null) {
  if (!personId) return null;
  const row = await trx
    .selectFrom('person')
    .select(['name', 'telephone'])
    .where('authority_id', '=', authorityId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row ?? null;
}

export async function findManagerOf(trx: Trx, authorityId: string, schoolId: string, on: string) {
  const row = await trx
    .selectFrom('person_role as r')
    .innerJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .where('r.authority_id', '=', authorityId)
    .where('r.school_id', '=', schoolId)
    .where('r.role', '=', 'designated-manager')
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .where((where) => where.or([where('p.leaves_on', 'is', null), where('p.leaves_on', '>', on)]))
    .orderBy('r.valid_from')
    .select(['p.name', 'p.telephone'])
    .executeTakeFirst();
  return row ?? null;
}
