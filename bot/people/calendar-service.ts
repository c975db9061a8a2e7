import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import type { CalendarDate } from '../time.js';
import { listClosedDays, listDatesOf, listOfficeHours } from './calendar-repository.js';
import type { SchoolDates } from './school-year.js';
import type { WorkingCalendar } from './working-time.js';

/** When the council's offices work from that day on. For services of later features, inside their own transaction. */
export async function readWorkingCalendar(ctx: Context, trx: Trx, from: CalendarDate): Promise<WorkingCalendar> {
  const { authorityId } = ctx.actor;
  const hours = await listOfficeHours(trx, authorityId);
  const closed = await listClosedDays(trx, authorityId, from);
  return {
    officeHours: new Map(hours.map(({ weekday, opens, closes }) => [weekday, { opens, closes }])),
    closedOn: (on) => closed.some((days) => days.from_on <= on && on <= days.until_on),
  };
}

/** The school year of one school from that day on: the council's dates and its own; null is the council's alone. */
export async function readSchoolDates(
  ctx: Context,
  trx: Trx,
  schoolId: string | null,
  from: CalendarDate,
): Promise<SchoolDates[]> {
  const rows = await listDatesOf(trx, ctx.actor.authorityId, schoolId, from);
  return rows.map(({ kind, from_on, until_on }) => ({ kind, fromOn: from_on, untilOn: until_on }));
}
