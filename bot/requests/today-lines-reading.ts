import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { readWorkingCalendar } from '../people/calendar-service.js';
import type { WorkingCalendar } from '../people/working-time.js';
import { addDays, dateIn, fromDate, toDate } from '../time.js';
import { endOfToday } from './rows.js';
import type { TodayItem } from './today-contract.js';
import { itemOf } from './today-items.js';
import type { TodayAnswer, TodaySource } from './today-reading.js';
import * as repository from './today-repository.js';
import { officeDaysBetween } from './working-days.js';

/** What was written before somebody looked may have been seen by nobody yet when its transaction ended after; twice is better than never. */
const stillCommitting = 10;

/** What requests, calls and the register can say today. Later features declare theirs beside their own rooms. */
export const requestTodaySources: readonly TodaySource[] = [
  {
    section: 'changed',
    read: async (ctx, trx, { since, limit }) => {
      const from = toDate(since.subtract({ seconds: stillCommitting }));
      const lines = await repository.listChanged(trx, ctx.actor.authorityId, from, limit);
      return answer(lines, (line) => itemOf(line, line.kind.startsWith('change.') ? 'change' : 'learner', null));
    },
  },
  {
    section: 'due',
    read: async (ctx, trx, { now, today, limit }) => {
      const days = await officeDays(ctx, trx, today);
      const when = { now: toDate(now), endOfToday: toDate(endOfToday(now)) };
      const lines = await repository.listDue(trx, ctx.actor.authorityId, when, limit);
      return answer(lines, (line) => itemOf(line, 'request', since(line, today, days)));
    },
  },
  {
    section: 'waiting',
    read: async (ctx, trx, { today, limit }) => {
      const days = await officeDays(ctx, trx, today);
      const lines = await repository.listWaiting(trx, ctx.actor.authorityId, limit);
      return answer(lines, (line) => itemOf(line, 'request', since(line, today, days)));
    },
  },
  {
    section: 'agreed',
    read: async (ctx, trx, { today, limit }) => {
      const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
      const lines = await repository.listAgreed(trx, ctx.actor.authorityId, { personId, today }, limit);
      const days = await officeDays(ctx, trx, today);
      return answer(lines, (line) =>
        itemOf(line, 'call-note', line.day === null ? null : officeDaysBetween(line.day, today, days)),
      );
    },
  },
  {
    section: 'no-school',
    read: async (ctx, trx, { limit }) => {
      const lines = await repository.listWithoutSchool(trx, ctx.actor.authorityId, limit);
      return answer(lines, (line) => itemOf(line, 'learner', null));
    },
  },
];

function answer(lines: readonly repository.TodayLine[], shown: (line: repository.TodayLine) => TodayItem): TodayAnswer {
  return { total: lines[0]?.total ?? 0, items: lines.map(shown) };
}

/** Office days from the line's moment to today. */
function since(line: repository.TodayLine, today: string, days: WorkingCalendar): number | null {
  return line.at && officeDaysBetween(dateIn(fromDate(line.at)), today, days);
}

/** Nothing waits for longer than a year without having been asked about. */
function officeDays(ctx: Context, trx: Trx, today: string): Promise<WorkingCalendar> {
  return readWorkingCalendar(ctx, trx, addDays(today, -366));
}
