import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Trx } from '../db/database.js';
import type { ReviewAttendeeRow, ReviewRow } from '../db/schema.js';
import type { CalendarDate } from '../time.js';

export type StoredReview = Selectable<ReviewRow>;

export async function insertReview(trx: Trx, row: Insertable<ReviewRow>): Promise<void> {
  await trx.insertInto('review').values(row).execute();
}

export async function insertAttendees(trx: Trx, rows: readonly Insertable<ReviewAttendeeRow>[]): Promise<void> {
  await trx
    .insertInto('review_attendee')
    .values([...rows])
    .execute();
}

export function findReview(trx: Trx, authorityId: string, id: string): Promise<StoredReview | undefined> {
  return oneReview(trx, authorityId, id).executeTakeFirst();
}

export function findReviewForUpdate(trx: Trx, authorityId: string, id: string): Promise<StoredReview | undefined> {
  return oneReview(trx, authorityId, id).forUpdate().executeTakeFirst();
}

function oneReview(trx: Trx, authorityId: string, id: string) {
  return trx.selectFrom('review').selectAll().where('authority_id', '=', authorityId).where('review_id', '=', id);
}

/** By event id, else by the transaction id that the event was made with, which is the review's own id. */
export function findByEventForUpdate(
  trx: Trx,
  authorityId: string,
  event: { eventId: string; reviewId: string | null },
): Promise<StoredReview | undefined> {
  return trx
    .selectFrom('review')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where((where) =>
      event.reviewId === null
        ? where('event_id', '=', event.eventId)
        : where.or([where('event_id', '=', event.eventId), where('review_id', '=', event.reviewId)]),
    )
    .forUpdate()
    .executeTakeFirst();
}

/** Reviews whose event should be in the mailbox between these instants. */
export async function listBookedBetween(trx: Trx, authorityId: string, from: Date, until: Date) {
  return trx
    .selectFrom('review')
    .select(['review_id as reviewId', 'event_id as eventId'])
    .where('authority_id', '=', authorityId)
    .where('state', '=', 'booked')
    .where('event_id', 'is not', null)
    .where('starts_at', '<', until)
    .where('ends_at', '>', from)
    .orderBy('review_id')
    .execute();
}

export async function updateReview(
  trx: Trx,
  authorityId: string,
  id: string,
  change: Updateable<ReviewRow>,
): Promise<void> {
  await trx
    .updateTable('review')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('review_id', '=', id)
    .execute();
}

export async function updateAttendee(
  trx: Trx,
  authorityId: string,
  id: string,
  change: Updateable<ReviewAttendeeRow>,
): Promise<void> {
  await trx
    .updateTable('review_attendee')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('attendee_id', '=', id)
    .execute();
}

/** In the order of the invitation: required first, then by name. */
export async function listAttendees(trx: Trx, authorityId: string, reviewIds: readonly string[]) {
  if (reviewIds.length === 0) return [];
  return trx
    .selectFrom('review_attendee as a')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.person_id', '=', 'a.person_id'),
    )
    .selectAll('a')
    .select(['p.name as person_name', 'p.leaves_on', 'p.email as present_email'])
    .where('a.authority_id', '=', authorityId)
    .where('a.review_id', 'in', reviewIds)
    .where('a.removed_at', 'is', null)
    .orderBy('a.required', 'desc')
    .orderBy('p.name')
    .orderBy('a.attendee_id')
    .execute();
}
export type ListedAttendee = Awaited<ReturnType<typeof listAttendees>>[number];

function listed(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('review as v')
    .innerJoin('learner as l', (join) =>
      join.onRef('l.authority_id', '=', 'v.authority_id').onRef('l.learner_id', '=', 'v.learner_id'),
    )
    .leftJoin('support_request as r', (join) =>
      join.onRef('r.authority_id', '=', 'v.authority_id').onRef('r.request_id', '=', 'v.request_id'),
    )
    .where('v.authority_id', '=', authorityId)
    .selectAll('v')
    .select(['l.given_name', 'l.family_name', 'l.known_as', 'l.stage', 'r.reference as request_reference']);
}
export type ListedReview = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number];

export function getListed(trx: Trx, authorityId: string, id: string): Promise<ListedReview | undefined> {
  return listed(trx, authorityId).where('v.review_id', '=', id).executeTakeFirst();
}

export async function listReviews(
  trx: Trx,
  authorityId: string,
  search: { view: 'coming' | 'waiting' | 'past' | 'everything'; limit: number },
  now: Date,
): Promise<ListedReview[]> {
  let query = listed(trx, authorityId).limit(search.limit);
  if (search.view === 'past' || search.view === 'everything') query = query.orderBy('v.starts_at', 'desc');
  else query = query.orderBy('v.starts_at');
  if (search.view === 'past') query = query.where('v.ends_at', '<', now);
  if (search.view === 'coming' || search.view === 'waiting')
    query = query.where('v.ends_at', '>=', now).where('v.state', '<>', 'cancelled');
  if (search.view === 'waiting')
    query = query.where(
      sql<boolean>`exists (select 1 from review_attendee a where a.authority_id = v.authority_id and a.review_id = v.review_id and a.response = 'none')`,
    );
  return query.orderBy('v.review_id').execute();
}

/** The review that a request led to: the one that stands, else the latest. */
export function findOfRequest(trx: Trx, authorityId: string, requestId: string): Promise<StoredReview | undefined> {
  return trx
    .selectFrom('review')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', requestId)
    .orderBy(sql`state = 'cancelled'`)
    .orderBy('created_at', 'desc')
    .orderBy('review_id')
    .executeTakeFirst();
}

export async function listThread(trx: Trx, authorityId: string, reviewId: string) {
  return trx
    .selectFrom('activity as a')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 'a.authority_id').onRef('p.person_id', '=', 'a.actor_id'),
    )
    .select(['a.activity_id as id', 'a.at', 'a.kind', 'a.data', 'p.name as by'])
    .where('a.authority_id', '=', authorityId)
    .where('a.aggregate_kind', '=', 'review')
    .where('a.aggregate_id', '=', reviewId)
    .orderBy('a.seq')
    .execute();
}

export async function listSchoolDates(trx: Trx, authorityId: string, schoolId: string | null, from: CalendarDate) {
  return trx
    .selectFrom('school_date')
    .select(['kind', 'from_on as fromOn', 'until_on as untilOn'])
    .where('authority_id', '=', authorityId)
    .where((where) =>
      schoolId === null
        ? where('school_id', 'is', null)
        : where.or([where('school_id', 'is', null), where('school_id', '=', schoolId)]),
    )
    .where('until_on', '>=', from)
    .execute();
}

export async function listOfficeHours(trx: Trx, authorityId: string) {
  return trx
    .selectFrom('office_hours')
    .select(['weekday', 'opens', 'closes'])
    .where('authority_id', '=', authorityId)
    .execute();
}
