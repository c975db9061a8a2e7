import { cast } from './cast.js';
import { dateOf, type Day, instantOn, weekdayOf } from './days.js';
import type { Learner } from './learners.js';
import type { DemoRows } from './plain.js';
import type { SchoolYears } from './school-year.js';
import type { Seeded } from './seeded.js';
import { holds, schoolOf, type Staff } from './staff.js';

interface Making {
  readonly random: Seeded;
  readonly authorityId: string;
  readonly today: Day;
  readonly years: SchoolYears;
  readonly staff: readonly Staff[];
  readonly learners: readonly Learner[];
  readonly requests: DemoRows<'support_request'>;
}

export interface ReviewRows {
  readonly review: DemoRows<'review'>;
  readonly review_attendee: DemoRows<'review_attendee'>;
  readonly activity: DemoRows<'activity'>;
  readonly references: { readonly reference: string; readonly subjectId: string }[];
}

type Attendee = DemoRows<'review_attendee'>[number];

/**
 * Half behind us, half to come. Those to come are convened by social work: their dates are recorded here and the
 * invitation was theirs, so no event of ours stands behind them (product.md E.1).
 */
export function reviewRows(making: Making, count: number): ReviewRows {
  const { random, learners } = making;
  const rows: ReviewRows = { review: [], review_attendee: [], activity: [], references: [] };
  const reviewed = random.shuffled(learners.filter((one) => one.socialWorker && one.school && !one.restricted));
  reviewed.slice(0, count).forEach((learner, index) => addReview(making, rows, learner, index % 2 === 0));
  return rows;
}

function addReview(making: Making, rows: ReviewRows, learner: Learner, over: boolean): void {
  const { random, authorityId, staff, requests } = making;
  const reviewId = random.id();
  const reference = `VR-${random.code(6)}`;
  const day = schoolDay(making, over);
  const minutes = 540 + 30 * random.int(0, 12);
  const convener = over
    ? random.weighted([
        ['virtual-school' as const, 60],
        ['social-work' as const, 40],
      ])
    : 'social-work';
  const state = random.weighted([
    ['booked' as const, 88],
    ['cancelled' as const, 12],
  ]);
  const officer = random.pick(staff.filter((one) => holds(one, 'virtual-school')));
  const madeOn = instantOn(Math.min(day - 14, making.today - random.int(1, 20)), 610);
  const request = requests.find((one) => one.learner_id === learner.learnerId && one.submitted_at < madeOn) ?? null;
  const online = random.chance(0.6);
  const version = state === 'cancelled' ? 3 : 2;
  rows.references.push({ reference, subjectId: reviewId });
  rows.review.push({
    ...{ authority_id: authorityId, review_id: reviewId, reference, learner_id: learner.learnerId },
    ...{ request_id: request?.request_id ?? null, convener, state },
    purpose: request ? 'support-request' : random.pick(['looked-after-review', 'plan-review', 'transition']),
    ...{ starts_at: instantOn(day, minutes), ends_at: instantOn(day, minutes + 60), online },
    ...{
      place: online ? null : (learner.school?.name ?? null),
      due_on: random.chance(0.6) ? dateOf(day + random.int(0, 20)) : null,
    },
    // None of these stands in the local mailbox: one that claimed to would be taken for removed at the first reading.
    event_id: null,
    ...{ event_version: 1, version, created_by: officer.personId, created_at: madeOn },
    ...outcomeOf(making, { over, day, state }),
  });
  const kinds = ['review.scheduled', 'review.booked', ...(state === 'cancelled' ? ['review.cancelled'] : [])];
  kinds.forEach((kind, index) =>
    rows.activity.push({
      ...{ authority_id: authorityId, activity_id: random.id(), aggregate_kind: 'review', aggregate_id: reviewId },
      ...{ seq: index + 1, kind, version: index + 1, actor_id: officer.personId, learner_id: learner.learnerId },
      ...{ asker_id: null, at: madeOn, data: {} },
    }),
  );
  rows.review_attendee.push(...attendeesOf(making, learner, officer, { reviewId, over, madeOn }));
}

/** Nothing yet, of one to come. */
function outcomeOf(_making: Making, _of: { readonly over: boolean; readonly day: Day; readonly state: string }) {
  const written = { late_because: null, not_held_because: null, views_asked: null };
  return {
    ...written,
    series: 'other' as const,
    held_on: null,
    joint: null,
    outcome_by: null,
    outcome_at: null,
    write_pending: false,
  };
}

function schoolDay({ random, today, years }: Making, over: boolean): Day {
  for (;;) {
    const day = over ? today - random.int(3, 160) : today + random.int(2, 55);
    if (years.isSchoolDay(day) || (weekdayOf(day) <= 5 && random.chance(0.05))) return day;
  }
}

function attendeesOf(
  { random, authorityId, staff }: Making,
  learner: Learner,
  officer: Staff,
  at: { readonly reviewId: string; readonly over: boolean; readonly madeOn: string },
): Attendee[] {
  const attendee = (who: Pick<Attendee, 'person_id' | 'email' | 'service' | 'required'>): Attendee => {
    const response = random.weighted<Attendee['response']>([
      ['accepted', at.over ? 82 : 48],
      ['declined', 7],
      ['tentative', at.over ? 3 : 10],
      ['none', at.over ? 8 : 35],
    ]);
    return {
      ...{ authority_id: authorityId, attendee_id: random.id(), review_id: at.reviewId, learner_id: learner.learnerId },
      ...{ ...who, response, responded_at: response === 'none' ? null : at.madeOn },
      ...{ proposed_start_at: null, proposed_end_at: null, attended: null, removed_at: null },
    };
  };
  const colleague = (one: Staff, service: Attendee['service'], required: boolean) =>
    attendee({ person_id: one.personId, email: one.email, service, required });
  const atSchool = staff.filter((one) => schoolOf(one) === learner.school?.schoolId && holds(one, 'named-person'));
  const reviewing = staff.filter((one) => holds(one, 'reviewing-officer'));
  return [
    colleague(officer, 'education', true),
    ...(atSchool.length > 0 ? [colleague(random.pick(atSchool), 'education', true)] : []),
    ...(learner.socialWorker ? [colleague(learner.socialWorker, 'social-work', true)] : []),
    ...(random.chance(0.5) ? [colleague(random.pick(reviewing), 'social-work', false)] : []),
    ...(learner.home === 'at-home' || random.chance(0.3)
      ? []
      : [
          attendee({
            person_id: null,
            email: `carer.${random.int(1000, 9999)}@families.example`,
            service: 'carer',
            required: false,
          }),
        ]),
  ].filter((one) => one.person_id !== cast.unbound.personId);
}
