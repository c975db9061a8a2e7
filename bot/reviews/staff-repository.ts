import type { Trx } from '../db/database.js';
import type { CalendarDate } from '../time.js';

/** Who may be at a review, and what stands in their way. */
export function findLearner(trx: Trx, authorityId: string, id: string) {
  return trx
    .selectFrom('learner')
    .select(['learner_id', 'given_name', 'family_name', 'known_as', 'stage', 'school_id', 'status'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', id)
    .executeTakeFirst();
}
export type FoundLearner = NonNullable<Awaited<ReturnType<typeof findLearner>>>;

/** With `lock`, a second review for the same request waits here until the first is there. */
export function findRequest(trx: Trx, authorityId: string, id: string, lock: boolean) {
  const query = trx
    .selectFrom('support_request')
    .select(['request_id', 'reference', 'learner_id', 'asker_id', 'assignee_id'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** People of this authority by id, with the roles that they hold on that date. Unknown ids are simply not there. */
export async function listStaff(trx: Trx, authorityId: string, ids: readonly string[], on: CalendarDate) {
  if (ids.length === 0) return [];
  const people = await trx
    .selectFrom('person')
    .select(['person_id', 'name', 'email', 'calendar', 'leaves_on'])
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', ids)
    .orderBy('name')
    .orderBy('person_id')
    .execute();
  const held = await trx
    .selectFrom('person_role as r')
    .leftJoin('school as s', (join) =>
      join.onRef('s.authority_id', '=', 'r.authority_id').onRef('s.school_id', '=', 'r.school_id'),
    )
    .select(['r.person_id', 'r.role', 'r.school_id', 'r.team_id', 's.name as school_name'])
    .where('r.authority_id', '=', authorityId)
    .where('r.person_id', 'in', ids)
    .where('r.valid_from', '<=', on)
    .where((where) => where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', on)]))
    .orderBy('r.role')
    .execute();
  return people.map((person) => ({ ...person, held: held.filter((role) => role.person_id === person.person_id) }));
}
export type FoundStaff = Awaited<ReturnType<typeof listStaff>>[number];

/** Who has declared that they must not be concerned with this learner. */
export async function listConflicts(trx: Trx, authorityId: string, learnerId: string, on: CalendarDate) {
  const rows = await linksOn(trx, authorityId, learnerId, on).where('kind', '=', 'conflict').execute();
  return new Set(rows.map((row) => row.person_id));
}

function linksOn(trx: Trx, authorityId: string, learnerId: string, on: CalendarDate) {
  return trx
    .selectFrom('learner_link')
    .select(['person_id', 'kind'])
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
    .orderBy('link_id');
}

/** Everybody who has to do with the learner, each with why; one person may be there for several reasons. */
export async function listAround(trx: Trx, authorityId: string, learner: FoundLearner, on: CalendarDate) {
  const links = await linksOn(trx, authorityId, learner.learner_id, on)
    .where('kind', 'not in', ['conflict', 'grant'])
    .execute();
  const scope = await trx
    .selectFrom('learner_scope')
    .select('social_worker_id')
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learner.learner_id)
    .executeTakeFirst();
  const managers = learner.school_id
    ? await trx
        .selectFrom('person_role')
        .select('person_id')
        .where('authority_id', '=', authorityId)
        .where('school_id', '=', learner.school_id)
        .where('role', '=', 'designated-manager')
        .where('valid_from', '<=', on)
        .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', on)]))
        .orderBy('role_id')
        .execute()
    : [];
  return { links, socialWorkerId: scope?.social_worker_id ?? null, managerIds: managers.map((row) => row.person_id) };
}

/** Times that reviews already take of these people's; `but` is one that is being moved. */
export async function listTaken(
  trx: Trx,
  authorityId: string,
  ids: readonly string[],
  window: { readonly from: Date; readonly until: Date; readonly but?: string | undefined },
) {
  if (ids.length === 0) return [];
  const { from, until, but } = window;
  let query = trx
    .selectFrom('review_attendee as a')
    .innerJoin('review as v', (join) =>
      join.onRef('v.authority_id', '=', 'a.authority_id').onRef('v.review_id', '=', 'a.review_id'),
    )
    .select(['a.person_id as personId', 'v.starts_at as startsAt', 'v.ends_at as endsAt'])
    .where('a.authority_id', '=', authorityId)
    .where('a.person_id', 'in', ids)
    .where('a.response', '<>', 'declined')
    .where('a.removed_at', 'is', null)
    .where('v.state', 'in', ['booking', 'booked', 'recorded'])
    .where('v.starts_at', '<', until)
    .where('v.ends_at', '>', from);
  if (but !== undefined) query = query.where('v.review_id', '<>', but);
  return query.execute();
}

/** Holds these people until the transaction ends, so that two reviews cannot take the same hour of one of them. */
export async function lockPeople(trx: Trx, authorityId: string, ids: readonly string[]): Promise<void> {
  await trx
    .selectFrom('person')
    .select('person_id')
    .where('authority_id', '=', authorityId)
    .where('person_id', 'in', ids)
    .orderBy('person_id')
    .forUpdate()
    .execute();
}
