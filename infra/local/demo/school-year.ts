import { dateOf, type Day, dayOf, weekdayFrom, weekdayOf } from './days.js';

interface SchoolDate {
  readonly kind: 'term' | 'in-service' | 'holiday';
  readonly from: Day;
  readonly until: Day;
  readonly name: string;
}

export interface SchoolYears {
  readonly dates: readonly SchoolDate[];
  /** A day on which pupils are in school. */
  isSchoolDay(day: Day): boolean;
}

const on = (year: number, month: number, date: number): Day =>
  dayOf(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);

/**
 * Last session, this one and the next, in the shape that Scottish councils share: mid-August to late June, two weeks in
 * October, Christmas and spring, a September weekend, days in February and May (reference domain 3.6). Each council fixes
 * its own dates; these are Strathlinn's.
 */
export function schoolYears(today: string): SchoolYears {
  const year = Number(today.slice(0, 4));
  const session = today >= dateOf(weekdayFrom(on(year, 8, 12), 1)) ? year : year - 1;
  const dates = [session - 1, session, session + 1].flatMap(sessionDates);
  const within = (day: Day, kinds: readonly SchoolDate['kind'][]) =>
    dates.some(({ kind, from, until }) => kinds.includes(kind) && from <= day && day <= until);
  const first = dates[0]?.from ?? 0;
  const last = dates.at(-1)?.until ?? 0;
  const schoolDays = new Set<Day>();
  for (let day = first; day <= last; day++)
    if (weekdayOf(day) <= 5 && within(day, ['term']) && !within(day, ['holiday', 'in-service'])) schoolDays.add(day);
  return { dates, isSchoolDay: (day) => schoolDays.has(day) };
}

function sessionDates(year: number): SchoolDate[] {
  const starts = weekdayFrom(on(year, 8, 12), 1);
  const october = weekdayFrom(on(year, 10, 8), 1);
  const christmas = on(year, 12, 23);
  const january = weekdayFrom(on(year + 1, 1, 5), 1);
  const february = weekdayFrom(on(year + 1, 2, 8), 1);
  const spring = weekdayFrom(on(year + 1, 4, 2), 1);
  const may = weekdayFrom(on(year + 1, 5, 1), 1);
  const summer = weekdayFrom(on(year + 1, 6, 22), 5);
  const september = weekdayFrom(on(year, 9, 15), 1);
  const span = (kind: SchoolDate['kind'], name: string, from: Day, until: Day = from) => ({ kind, from, until, name });
  return [
    span('term', 'Term 1', starts, october - 3),
    span('in-service', 'In-service days', starts, starts + 1),
    span('holiday', 'September weekend', september - 3, september),
    span('holiday', 'October holiday', october, october + 11),
    span('term', 'Term 2', october + 14, christmas - 1),
    span('in-service', 'In-service day', october + 14),
    span('holiday', 'Christmas holiday', christmas, january - 1),
    span('term', 'Term 3', january, spring - 3),
    span('holiday', 'Mid-term', february, february + 1),
    span('in-service', 'In-service day', february + 2),
    span('holiday', 'Spring holiday', spring, spring + 11),
    span('term', 'Term 4', spring + 14, summer),
    span('holiday', 'May Day', may),
    span('in-service', 'In-service day', may + 1),
    span('holiday', 'Summer holiday', summer + 1, weekdayFrom(on(year + 1, 8, 12), 1) - 1),
  ];
}
