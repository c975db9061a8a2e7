import { sql } from 'kysely';
import type { Trx } from '../db/database.js';

/** A review, or somebody asked to one, as Today names it. */
export interface ReviewLine {
  readonly id: string;
  readonly review_id: string;
  readonly reference: string;
  readonly kind: string;
  readonly learner_id: string;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly known_as: string | null;
  readonly stage: string | null;
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly telephone: string | null;
  readonly purpose: string;
  readonly at: Date;
  readonly total: number;
}

interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** Reviews that begin in the span, the soonest first. */
export async function listComing(trx: Trx, authorityId: string, span: Span, limit: number): Promise<ReviewLine[]> {
  const { rows } = await sql<ReviewLine>`
    select r.review_id as id, r.review_id, r.reference, r.state as kind, r.learner_id, l.given_name, l.family_name, l.known_as, l.stage,
      null as person_id, null as person_name, null as telephone, r.purpose, r.starts_at as at, (count(*) over ())::int as total
    from review r
    left join learner l on l.authority_id = ${authorityId} and l.learner_id = r.learner_id
    where r.authority_id = ${authorityId} and r.starts_at >= ${span.from} and r.starts_at < ${span.until} and r.state in ('booking', 'booked')
    order by r.starts_at, r.review_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

/** Who must be there and has not answered, of reviews that begin in the span; asked longest ago first. `at` is when they were asked. */
export async function listUnanswered(trx: Trx, authorityId: string, span: Span, limit: number): Promise<ReviewLine[]> {
  const { rows } = await sql<ReviewLine>`
    select a.attendee_id as id, r.review_id, r.reference, a.service as kind, r.learner_id, l.given_name, l.family_name, l.known_as, l.stage,
      p.person_id, p.name as person_name, p.telephone, r.purpose, r.created_at as at, (count(*) over ())::int as total
    from review r
    join review_attendee a on a.authority_id = ${authorityId} and a.review_id = r.review_id and a.required and a.response = 'none'
    join person p on p.authority_id = ${authorityId} and p.person_id = a.person_id
    left join learner l on l.authority_id = ${authorityId} and l.learner_id = r.learner_id
    where r.authority_id = ${authorityId} and r.starts_at >= ${span.from} and r.starts_at < ${span.until} and r.state = 'booked'
    order by r.created_at, a.attendee_id limit ${sql.lit(limit)}`.execute(trx);
  return rows;
}

/** Reviews that begin in the span and that this person was asked to, the soonest first. */
export function listOfPerson(trx: Trx, authorityId: string, span: Span, personId: string) {
  return trx
    .selectFrom('review as r')
    .innerJoin('review_attendee as a', (join) =>
      join.onRef('a.authority_id', '=', 'r.authority_id').onRef('a.review_id', '=', 'r.review_id'),
    )
    .select(['r.review_id', 'r.reference', 'r.starts_at'])
    .where('r.authority_id', '=', authorityId)
    .where('a.person_id', '=', personId)
    .where('r.starts_at', '>=', span.from)
    .where('r.starts_at', '<', span.until)
    .where('r.state', 'in', ['booking', 'booked'])
    .orderBy('r.starts_at')
    .execute();
}
