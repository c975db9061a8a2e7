import type { Need } from '../../../bot/requests/request.js';
import { dateOf, type Day, instantOn } from './days.js';
import type { Learner } from './learners.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';
import { holds, type Staff } from './staff.js';

/** What lies on the virtual school's desk in the morning: views that somebody saved, calls not yet followed up, changes, thanks. */
export interface DeskRows {
  readonly saved_view: DemoRows<'saved_view'>;
  readonly call_note: DemoRows<'call_note'>;
  readonly request_feedback: DemoRows<'request_feedback'>;
  /** Beside the requests' and reviews' own. */
  readonly activity: DemoRows<'activity'>;
}

interface Making {
  readonly random: Seeded;
  readonly authorityId: string;
  readonly today: Day;
  readonly staff: readonly Staff[];
  readonly learners: readonly Learner[];
  readonly requests: DemoRows<'support_request'>;
}

const views: readonly { readonly name: string; readonly need?: Need[]; readonly due?: 'overdue' | 'this-week' }[] = [
  { name: 'Part-time timetables', need: ['part-time-timetable'] },
  { name: 'Late attendance', need: ['attendance'], due: 'overdue' },
  { name: 'This week, wellbeing', need: ['wellbeing'], due: 'this-week' },
];

const calls = [
  { who: 'School office', agreed: 'They send the timetable as it is now' },
  { who: 'Foster carer', agreed: 'We ring again after the visit to the new school' },
  { who: 'Depute head', agreed: 'Breakfast club from Monday; we ask how the first week went' },
  { who: 'Educational psychologist', agreed: 'She looks at the notes and comes to the next meeting' },
  { who: 'Social worker', agreed: 'Transport is asked for today' },
] as const;

export function deskRows(making: Making): DeskRows {
  const team = making.staff.filter((one) => holds(one, 'virtual-school') || holds(one, 'virtual-school-head'));
  return {
    saved_view: savedViews(making, team),
    call_note: callNotes(making, team),
    request_feedback: feedback(making),
    activity: changes(making, team),
  };
}

function savedViews({ random, authorityId, today }: Making, team: readonly Staff[]): DemoRows<'saved_view'> {
  const [saver] = team;
  if (!saver) return [];
  return views.map(({ name, ...filters }) => ({
    ...{ authority_id: authorityId, view_id: random.id(), person_id: saver.personId, shared: true, name, filters },
    ...{ sort: { by: 'due', descending: false }, version: 1, saved_at: instantOn(today - 40, 600) },
  }));
}

function callNotes({ random, authorityId, today, requests }: Making, team: readonly Staff[]): DemoRows<'call_note'> {
  const open = requests.filter(
    ({ state, assignee_id: id }) => state !== 'closed' && team.some(({ personId }) => personId === id),
  );
  return calls.flatMap((call, at) => {
    const request = open[at];
    const owner = request?.assignee_id;
    if (!request || !owner) return [];
    return [
      {
        ...{ authority_id: authorityId, note_id: random.id(), request_id: request.request_id },
        ...{ learner_id: request.learner_id, author_id: owner, owner_id: owner, who: call.who, agreed: call.agreed },
        ...{ by_on: at === 3 ? null : dateOf(today + at - 1), noted_at: instantOn(today - 3, 600 + 20 * at) },
        ...{ done_at: null, done_by: null },
      },
    ];
  });
}

/** Most who are asked at closing say something. */
function feedback({ random, authorityId, requests }: Making): DemoRows<'request_feedback'> {
  return requests.flatMap((request) => {
    if (request.state !== 'closed' || !request.closed_at || !random.chance(0.6)) return [];
    const helped = random.weighted<'yes' | 'partly' | 'no'>([
      ['yes', 70],
      ['partly', 24],
      ['no', 6],
    ]);
    const { request_id, learner_id, asker_id, closed_at: at } = request;
    return [{ authority_id: authorityId, request_id, learner_id, asker_id, helped, changed: null, at }];
  });
}

const changed = ['school', 'social-worker', 'stage', 'home', 'school', 'status'] as const;

/** The last days' changes of circumstance, as the register records them in the feed. */
function changes({ random, authorityId, today, learners }: Making, team: readonly Staff[]): DemoRows<'activity'> {
  const seen = random.shuffled(learners.filter(({ restricted }) => !restricted)).slice(0, changed.length);
  return seen.map(({ learnerId }, at) => ({
    ...{ authority_id: authorityId, activity_id: random.id(), aggregate_kind: 'learner', aggregate_id: learnerId },
    ...{ seq: 1, kind: 'learner.fact', version: 2, actor_id: team[at % Math.max(1, team.length)]?.personId ?? null },
    ...{ learner_id: learnerId, asker_id: null, at: instantOn(today - 1 - (at % 3), 560 + 30 * at) },
    data: { attribute: changed[at] ?? 'stage' },
  }));
}
