import type { Urgency } from '../../../bot/requests/request.js';
import type { RoutingLine, RoutingTable } from '../../../bot/requests/routing.js';
import { cast } from './cast.js';
import type { School } from './grounds.js';
import { strathlinn } from './places.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';

/** What the made-up council decided, so that nothing refuses for want of a setting on the first day. */
export const officeHours = [
  { weekday: 1, opens: '08:45', closes: '17:00' },
  { weekday: 2, opens: '08:45', closes: '17:00' },
  { weekday: 3, opens: '08:45', closes: '17:00' },
  { weekday: 4, opens: '08:45', closes: '17:00' },
  { weekday: 5, opens: '08:45', closes: '15:45' },
] as const;

/** Working days. */
export const dueTargets: Readonly<Record<Urgency, number>> = {
  today: 0,
  'this-week': 3,
  'this-month': 10,
  'no-hurry': 15,
};

export function routingOf(schools: readonly School[]): RoutingTable {
  const clusters = [...new Set(schools.map(({ clusterId }) => clusterId))];
  const sides = ['North pool', 'South pool'] as const;
  const queue = (name: string) => ({ kind: 'queue', name }) as const;
  const lines: RoutingLine[] = [
    { need: 'digital', to: queue('Devices and remote learning') },
    { need: 'post-school', to: queue('Post-school') },
    ...clusters.slice(0, 6).map((clusterId, index) => ({ clusterId, to: queue(sides[index % 2] ?? 'North pool') })),
  ];
  return { pools: [], lines };
}

/** Short answers that schools find in the compose box. */
const guidance = [
  {
    ...{ title: 'Part-time timetables', link: null, owner: 'Virtual school', reviewBy: '2027-06-01' },
    text: 'When they may be used, and how they end. Agree an end date and a way back with the learner before it begins.',
  },
  {
    ...{ title: 'Before an exclusion', link: null, owner: 'Virtual school', reviewBy: '2027-06-01' },
    text: 'Telephone us first. Speak with the learner, their family or carer and their social worker. Sending home is an exclusion.',
  },
  {
    ...{ title: 'Words that families can read', link: null, owner: 'Virtual school', reviewBy: '2027-06-01' },
    text: 'Write as if the young person will read it: home, family time, what happened, what would help.',
  },
];

export function settingRows(
  random: Seeded,
  council: { readonly authorityId: string; readonly virtualSchool: string },
  schools: readonly School[],
  from: { readonly on: string; readonly at: string; readonly authorId: string },
): { authority_setting: DemoRows<'authority_setting'>; office_hours: DemoRows<'office_hours'> } {
  const values: Readonly<Record<string, unknown>> = {
    'reviews.new-placement-starts-again': true,
    'reviews.council-periods': {
      cspPreparedWeeks: 16,
      childPlanMonths: 6,
      schoolToldWorkingDays: 2,
      schoolChangeInformationMonths: 6,
    },
    'reviews.at-home-months': 6,
    'reviews.planner': { weeks: 8, minutes: 60, mostADay: 4, onlyReleased: true },
    'people.virtual-school': { name: council.virtualSchool, telephone: '01632 960100' },
    'people.child-protection': { police: '01632 960101', socialWork: '01632 960102', outOfHours: '01632 960103' },
    'people.office-hours': officeHours,
    'people.titles': {
      virtualSchoolHead: 'Virtual school head teacher',
      designatedManager: 'Designated manager',
      cluster: 'Cluster',
    },
    'people.list-confirmed-by': '09-30',
    'reviews.notice-days': 3,
    'requests.due-targets': { all: dueTargets, byNeed: {} },
    'requests.routing': routingOf(schools),
    'requests.waiting': { replyWithin: 3, managerAfter: 2, phoneAfter: 2 },
    'requests.ladder': [
      { when: 'overdue', hours: 8, tell: 'head' },
      { when: 'transfer-unaccepted', hours: 24, tell: 'assignee' },
    ],
    'requests.exclusion': {
      ...{ telephone: '01632 960199', minutes: 20 },
      ladder:
        council.authorityId === strathlinn.authorityId ? [cast.virtualSchoolHead.personId, cast.officer.personId] : [],
    },
    'requests.guidance': guidance,
    'requests.designated-manager': 'not-told',
    'requests.services': [
      { name: 'Educational psychology', telephone: '01632 960120' },
      { name: 'Additional support for learning', telephone: '01632 960121' },
      { name: 'Social work children and families', telephone: '01632 960122' },
      { name: 'School nursing', telephone: '01632 960123' },
    ],
  };
  const authorityId = council.authorityId;
  return {
    authority_setting: Object.entries(values).map(([key, value]) => ({
      ...{ authority_id: authorityId, setting_id: random.id(), key, value },
      ...{ effective_on: from.on, author_id: from.authorId, recorded_at: from.at },
    })),
    office_hours: officeHours.map((hours) => ({ authority_id: authorityId, ...hours })),
  };
}
