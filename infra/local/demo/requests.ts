import { Temporal } from 'temporal-polyfill';
import { requestDue } from '../../../bot/requests/due.js';
import {
  type Need,
  needs,
  happening,
  nextState,
  type RequestMove,
  type RequestState,
  type Urgency,
} from '../../../bot/requests/request.js';
import { routeRequest } from '../../../bot/requests/routing.js';
import { type Day, instantOn, weekdayOf } from './days.js';
import type { Learner } from './learners.js';
import type { DemoRows } from './plain.js';
import { officeHours, dueTargets, routingOf } from './settings.js';
import type { School } from './grounds.js';
import type { SchoolYears } from './school-year.js';
import type { Seeded } from './seeded.js';
import { holds, schoolOf, type Staff } from './staff.js';
import { answers, questions, replies, stories } from './stories.js';

interface Making {
  readonly random: Seeded;
  readonly authorityId: string;
  readonly today: Day;
  readonly years: SchoolYears;
  readonly schools: readonly School[];
  readonly staff: readonly Staff[];
  readonly learners: readonly Learner[];
  /** May this member of staff ask about this learner: reached, and no declared conflict. */
  mayAsk(staff: Staff, learner: Learner): boolean;
}

export interface RequestRows {
  readonly support_request: DemoRows<'support_request'>;
  readonly request_message: DemoRows<'request_message'>;
  readonly activity: DemoRows<'activity'>;
  readonly references: { readonly reference: string; readonly subjectId: string }[];
}

export function requestRows(making: Making, count: number): RequestRows {
  const rows: RequestRows = { support_request: [], request_message: [], activity: [], references: [] };
  for (let index = 0; index < count; index++) addRequest(making, rows);
  return rows;
}

function addRequest(making: Making, rows: RequestRows): void {
  const { random, authorityId, years, today } = making;
  const requestId = random.id();
  const reference = `VS-${random.code(6)}`;
  const asking = whoAsks(making);
  const need: Need =
    asking.level === 'learner'
      ? random.pick(needs.filter((one) => one !== 'advice-training'))
      : random.pick(['advice-training', 'digital', 'other']);
  const urgency = random.weighted<Urgency>([
    ['today', 8],
    ['this-week', 42],
    ['this-month', 38],
    ['no-hurry', 12],
  ]);
  const story = random.pick(stories[need]);
  const submitted = { day: submittedOn(random, today, years), minutes: random.int(510, 985) };
  const submittedAt = instantOn(submitted.day, submitted.minutes);
  const routed = routeRequest(
    { need, level: asking.level, urgency, schoolId: asking.schoolId, clusterId: asking.clusterId, locality: null },
    routingOf(making.schools),
    nobodyIsChosen,
  );
  const due = requestDue(
    { need, urgency, at: Temporal.Instant.from(submittedAt) },
    {
      ...{ targets: dueTargets, byNeed: {} },
      officeHours: new Map(officeHours.map(({ weekday, ...hours }) => [weekday, hours])),
      closedOn: () => false,
    },
  );
  const asker = asking.asker.personId;
  const about = { learner_id: asking.learner?.learnerId ?? null, asker_id: asker };
  const told = tellWhatHappened(making, rows, { requestId, ...about, submitted });
  rows.references.push({ reference, subjectId: requestId });
  rows.support_request.push({
    ...{ authority_id: authorityId, request_id: requestId, reference, ...about },
    ...{
      learner_initials: asking.initials,
      learner_class: asking.initials ? random.pick(['2B', '3C1', 'P6/7']) : null,
    },
    ...{ level: asking.level, need, urgency, school_id: asking.schoolId, cluster_id: asking.clusterId },
    ...{ what: story.what, hoped: random.chance(0.85) ? story.hoped : null },
    ...{ tried: random.chance(0.8) ? story.tried : null, learner_view: random.chance(0.7) ? story.learnerView : null },
    ...{ state: told.state, version: told.version, assignee_id: told.assigneeId },
    ...{ routed_to: routed.to.kind === 'queue' ? routed.to.name : '', routed_because: routed.matched.join(' + ') },
    ...{ submitted_at: submittedAt, routing: routed, due_why: due.why, child_due_at: due.at?.toString() ?? null },
    ...{ paused_at: null, school_due_at: null, phone_them: false, undo: null },
    ...{ due_at: due.at?.toString() ?? null, due_because: due.because },
    ...{ indicators: [], view_kind: null, named_person: null, lead_professional: null, source_activity: null },
    ...{ first_answered_at: told.answeredAt, closed_at: told.closedAt, origin: random.chance(0.9) ? 'chat' : 'tab' },
  });
}

/** On a school day, and more often lately than long ago. */
function submittedOn(random: Seeded, today: Day, years: SchoolYears): Day {
  for (;;) {
    const ago = random.chance(0.22) ? random.int(1, 12) : Math.floor(12 + 380 * random.next() ** 1.6);
    if (years.isSchoolDay(today - ago)) return today - ago;
    // In a long holiday nothing was asked for lately; a working day will do.
    if (weekdayOf(today - ago) <= 5 && random.chance(0.1)) return today - ago;
  }
}

function whoAsks({ random, schools, staff, learners, mayAsk }: Making) {
  const level = random.weighted([
    ['learner' as const, 80],
    ['school' as const, 11],
    ['cluster' as const, 5],
    ['authority' as const, 4],
  ]);
  for (;;) {
    const learner = random.pick(learners);
    const willing = staff.filter((one) => mayAsk(one, learner));
    if (willing.length === 0) continue;
    const asker = random.pick(willing);
    const school = schools.find(({ schoolId }) => schoolId === (schoolOf(asker) ?? learner.school?.schoolId)) ?? null;
    const joined = level === 'learner' && !random.chance(0.06);
    return {
      ...{ level, asker, schoolId: school?.schoolId ?? null, clusterId: school?.clusterId ?? null },
      learner: joined ? learner : null,
      initials: level === 'learner' && !joined ? `${learner.given[0] ?? ''}.${learner.family[0] ?? ''}.` : null,
    };
  }
}

interface Asked {
  readonly requestId: string;
  readonly learner_id: string | null;
  readonly asker_id: string;
  readonly submitted: { readonly day: Day; readonly minutes: number };
}

/** The demo's table chooses nobody, so nothing need be known of the team. */
const nobodyIsChosen = { workers: [], mayTake: () => false, away: () => undefined, open: () => 0 };

function tellWhatHappened(making: Making, rows: RequestRows, asked: Asked) {
  const { random, authorityId, today, staff } = making;
  const officer = random.pick(staff.filter((one) => holds(one, 'virtual-school') || holds(one, 'virtual-school-head')));
  let { day, minutes } = asked.submitted;
  let state: RequestState = 'submitted';
  let version = 1;
  const at: Partial<Record<RequestMove, string>> = {};
  const record = (kind: string, actorId: string, messageId: string | null) =>
    rows.activity.push({
      ...{
        authority_id: authorityId,
        activity_id: random.id(),
        aggregate_kind: 'request',
        aggregate_id: asked.requestId,
      },
      ...{ seq: version, kind: `request.${kind}`, version, actor_id: actorId, learner_id: asked.learner_id },
      ...{ asker_id: asked.asker_id, at: instantOn(day, minutes), data: messageId ? { messageId } : {} },
    });
  record('submitted', asked.asker_id, null);
  for (const move of movesOf(random, today - day)) {
    const next = nextState(state, move);
    if (!next) throw new Error(`a demo request cannot ${move} when ${state}`);
    const later = Math.min(
      today - 1,
      nextWorkingDay(
        day +
          random.weighted([
            [0, 50],
            [1, 30],
            [3, 20],
          ]),
      ),
    );
    minutes = later === day ? Math.min(1040, minutes + random.int(4, 40)) : random.int(530, 900);
    day = later;
    state = next;
    version += 1;
    at[move] = instantOn(day, minutes);
    const byAsker = move === 'reply' || move === 'withdraw';
    const actorId = byAsker ? asked.asker_id : officer.personId;
    record(happening[move], actorId, speak(making, rows, asked, move, actorId, instantOn(day, minutes)));
  }
  const closedAt = state === 'closed' ? at.close : state === 'withdrawn' ? at.withdraw : null;
  return {
    state,
    version,
    assigneeId: at.take ? officer.personId : null,
    answeredAt: at.answer ?? null,
    closedAt: closedAt ?? null,
  };
}

function speak(
  { random, authorityId }: Making,
  rows: RequestRows,
  asked: Asked,
  move: RequestMove,
  authorId: string,
  at: string,
) {
  const words = { ask: questions, reply: replies, answer: answers } as const;
  if (move !== 'ask' && move !== 'reply' && move !== 'answer') return null;
  const messageId = random.id();
  rows.request_message.push({
    ...{ authority_id: authorityId, message_id: messageId, request_id: asked.requestId, learner_id: asked.learner_id },
    ...{ asker_id: asked.asker_id, author_id: authorId, direction: move === 'reply' ? 'from-asker' : 'to-asker' },
    ...{ body: random.pick(words[move]), at },
  });
  return messageId;
}

function nextWorkingDay(day: Day): Day {
  return weekdayOf(day) <= 5 ? day : nextWorkingDay(day + 1);
}

/** How far a request of that age has come. */
function movesOf(random: Seeded, age: number): RequestMove[] {
  const talk: RequestMove[] = random.chance(0.35) ? ['ask', 'reply'] : random.chance(0.4) ? ['start'] : [];
  const paths: Record<
    'submitted' | 'assigned' | 'started' | 'waiting' | 'answered' | 'closed' | 'withdrawn',
    RequestMove[]
  > = {
    submitted: [],
    assigned: ['take'],
    started: ['take', 'start'],
    waiting: ['take', 'ask'],
    answered: ['take', ...talk, 'answer'],
    closed: ['take', ...talk, 'answer', 'close'],
    withdrawn: ['withdraw'],
  };
  const path = random.weighted(
    age <= 12
      ? [
          ['submitted' as const, 24],
          ['assigned' as const, 22],
          ['started' as const, 18],
          ['waiting' as const, 16],
          ['answered' as const, 20],
        ]
      : [
          ['closed' as const, 78],
          ['answered' as const, 10],
          ['withdrawn' as const, 5],
          ['waiting' as const, 3],
          ['started' as const, 4],
        ],
  );
  return paths[path];
}
