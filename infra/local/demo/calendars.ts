import type { Commitment } from '../shared.js';
import { type Day, instantOn, weekdayOf } from './days.js';
import type { SchoolYears } from './school-year.js';
import type { Seeded } from './seeded.js';
import { holds, type Staff } from './staff.js';

interface Making {
  readonly random: Seeded;
  readonly years: SchoolYears;
  readonly today: Day;
}

/** What recurs in somebody's week. Minutes after midnight, London wall time. */
interface Block {
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
  readonly subject: string;
  readonly showAs: Commitment['showAs'];
  readonly termTimeOnly: boolean;
}

const before = 7;
const ahead = 75;

/** A diary from a week ago to eleven weeks on: what recurs, a few single things, and leave. */
export function calendarOf(making: Making, staff: Staff): Commitment[] {
  const { random, years, today } = making;
  const blocks = holds(staff, 'class-teacher')
    ? teachingWeek(random, 22)
    : holds(staff, 'pupil-support')
      ? [...teachingWeek(random, 11), ...meetings(random, 3, true)]
      : meetings(random, staff.roles.some(({ schoolId }) => schoolId) ? 8 : 7, false);
  const leaveFrom = today + random.int(5, ahead);
  const onLeave = (day: Day) =>
    day >= leaveFrom && day < leaveFrom + 5 && staff.roles.every(({ schoolId }) => !schoolId);
  const diary: Commitment[] = [];
  for (let day = today - before; day < today + ahead; day++) {
    const weekday = weekdayOf(day);
    if (weekday > 5) continue;
    if (onLeave(day)) {
      diary.push({ ...between(day, 9 * 60, 17 * 60), showAs: 'oof', subject: 'Annual leave' });
      continue;
    }
    const inSchool = years.isSchoolDay(day);
    for (const { from, until, showAs, subject, termTimeOnly, ...block } of blocks)
      if (block.weekday === weekday && (inSchool || !termTimeOnly))
        diary.push({ startAt: instantOn(day, from), endAt: instantOn(day, until), showAs, subject });
    if (random.chance(0.12)) diary.push(single(random, day));
  }
  return diary;
}

const between = (day: Day, from: number, until: number) => ({
  startAt: instantOn(day, from),
  endAt: instantOn(day, until),
});

const periods = [540, 590, 655, 705, 800, 850] as const;

/** A timetable of fifty-minute periods, the same every week of term. */
function teachingWeek(random: Seeded, count: number): Block[] {
  const slots = [1, 2, 3, 4, 5].flatMap((weekday) => periods.map((from) => ({ weekday, from })));
  return random
    .shuffled(slots)
    .slice(0, count)
    .map(({ weekday, from }) => ({
      ...{ weekday, from, until: from + 50, showAs: 'busy' as const, termTimeOnly: true },
      subject: `${random.pick(['S1', 'S2', 'S3', 'S4', 'S5', 'P3', 'P6'])} class`,
    }));
}

const subjects = [
  'Team meeting',
  'Supervision',
  'Home visit',
  'School visit',
  'Planning time',
  'Panel',
  'Duty',
  'Travel',
] as const;

function meetings(random: Seeded, count: number, termTimeOnly: boolean): Block[] {
  return Array.from({ length: count }, () => {
    const from = 540 + 30 * random.int(0, 13);
    return {
      ...{ weekday: random.int(1, 5), from, until: from + random.pick([30, 60, 60, 90]), termTimeOnly },
      subject: random.pick(subjects),
      showAs: random.weighted([
        ['busy' as const, 80],
        ['tentative' as const, 12],
        ['workingElsewhere' as const, 8],
      ]),
    };
  });
}

function single(random: Seeded, day: Day): Commitment {
  const from = 540 + 30 * random.int(0, 12);
  const showAs = random.weighted([
    ['busy' as const, 85],
    ['free' as const, 15],
  ]);
  return {
    ...between(day, from, from + random.pick([30, 60, 120])),
    showAs,
    subject: random.pick(['Training', 'Children’s hearing', 'Telephone call', 'Parents’ evening']),
  };
}
