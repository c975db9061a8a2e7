import { fullNameOf } from '../learners/learner.js';
import type { TodayItem } from '../requests/today-contract.js';
import type { TodayAnswer, TodaySource } from '../requests/today-reading.js';
import type { ComingSource } from '../requests/workload-reading.js';
import { toDate } from '../time.js';
import * as repository from './today-repository.js';

/** What reviews have to say today: those of the next five days, and who has not answered for the next two weeks. */
export const reviewTodaySources: readonly TodaySource[] = [
  {
    section: 'reviews',
    read: async (ctx, trx, { now, limit }) => {
      const span = { from: toDate(now), until: toDate(now.add({ hours: 24 * 5 })) };
      return answer(await repository.listComing(trx, ctx.actor.authorityId, span, limit));
    },
  },
  {
    section: 'waiting',
    read: async (ctx, trx, { now, limit }) => {
      const span = { from: toDate(now), until: toDate(now.add({ hours: 24 * 14 })) };
      return answer(await repository.listUnanswered(trx, ctx.actor.authorityId, span, limit));
    },
  },
];

/** Reviews at which somebody has to be, for whoever takes over from them. */
export const comingReviews: ComingSource = async (ctx, trx, { personId, from, until }) => {
  const span = { from: toDate(from), until: toDate(until) };
  const rows = await repository.listOfPerson(trx, ctx.actor.authorityId, span, personId);
  return rows.map((row) => ({
    ...{ kind: 'review', id: row.review_id, reference: row.reference, at: row.starts_at.toISOString() },
  }));
};

function answer(lines: readonly repository.ReviewLine[]): TodayAnswer {
  return { total: lines[0]?.total ?? 0, items: lines.map(itemOf) };
}

function itemOf(line: repository.ReviewLine): TodayItem {
  const named = line.given_name !== null && line.family_name !== null;
  const name = { givenName: line.given_name ?? '', familyName: line.family_name ?? '', knownAs: line.known_as };
  return {
    ...{ id: line.id, kind: line.kind, about: line.purpose, text: null },
    subject: { kind: 'review', id: line.review_id, reference: line.reference },
    learner: named ? { id: line.learner_id, label: fullNameOf(name), stage: line.stage } : null,
    school: null,
    person: line.person_name ? { id: line.person_id, name: line.person_name, telephone: line.telephone } : null,
    ...{ at: line.at.toISOString(), on: null, days: null },
  };
}
