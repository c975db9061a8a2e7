import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import type { AddSchoolDate, CalendarFile, CalendarPreview, Calendars } from './calendar-contract.js';
import { readCalendarFile, type ReadDate } from './calendar-file.js';
import * as repository from './calendar-repository.js';
import { listAbsences } from './absence-service.js';

/** Terms, in-service days, holidays and closures in the span, office hours, and who of the team is away. */
export async function readCalendars(ctx: Context, span: { fromOn: string; untilOn: string }): Promise<Calendars> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.read');
    const { authorityId } = ctx.actor;
    const dates = await repository.listDates(trx, authorityId, span);
    const hours = await repository.listOfficeHours(trx, authorityId);
    return {
      dates: dates.map((row) => ({
        ...{ id: row.id, kind: row.kind, fromOn: row.from_on, untilOn: row.until_on, name: row.name },
        school: row.school_id ? { id: row.school_id, name: row.school ?? '' } : null,
      })),
      officeHours: hours.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
      absences: await listAbsences(ctx, trx, span),
    };
  });
}

/** What taking the file would do, row by row. Nothing is written. */
export async function previewCalendar(ctx: Context, file: CalendarFile): Promise<CalendarPreview> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.manage');
    return shown(await judge(ctx, trx, file));
  });
}

/** Takes what is new; the answer says what became of every row. The same file again changes nothing. */
export async function importCalendar(ctx: Context, file: CalendarFile): Promise<CalendarPreview> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.manage');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const judged = await judge(ctx, trx, file);
    const preview = shown(judged);
    const { counts } = preview;
    const importId = ctx.random.id();
    const { authorityId, personId } = ctx.actor;
    await repository.insertImport(trx, {
      ...{ authority_id: authorityId, import_id: importId, format: file.format, file_name: file.fileName },
      ...{ taken: counts.new, unchanged: counts.unchanged, rejected: counts.rejected },
      ...{ by: personId, at: toDate(ctx.clock.now()) },
    });
    await repository.insertDates(
      trx,
      judged.flatMap(({ row, outcome, schoolId }) =>
        outcome === 'new' && row.kind && row.fromOn && row.untilOn
          ? [
              {
                ...{ authority_id: authorityId, school_date_id: ctx.random.id(), school_id: schoolId, kind: row.kind },
                ...{ from_on: row.fromOn, until_on: row.untilOn, name: row.name, import_id: importId },
              },
            ]
          : [],
      ),
    );
    await audit(ctx, trx, {
      verb: 'calendar.import',
      purpose: 'administration',
      subjectKind: 'calendar',
      subjectId: importId,
    });
    return preview;
  });
}

interface Judged {
  readonly row: ReadDate;
  readonly outcome: 'new' | 'unchanged' | 'rejected';
  readonly schoolId: string | null;
}

async function judge(ctx: Context, trx: Trx, file: CalendarFile): Promise<Judged[]> {
  const { authorityId } = ctx.actor;
  const rows = readCalendarFile(file.format, file.text);
  const schools = new Map(
    (await repository.listSchoolNames(trx, authorityId)).map(({ id, name }) => [name.trim().toLowerCase(), id]),
  );
  const days = rows.flatMap(({ fromOn, untilOn }) => [fromOn, untilOn].filter((day) => day !== null));
  const today = dateIn(ctx.clock.now());
  const [first, last] = [days.reduce(earlier, today), days.reduce(later, today)];
  const there = await repository.listDates(trx, authorityId, { fromOn: first, untilOn: last });
  const known = new Set(
    there.map((one) => keyOf(one.school_id, { ...one, fromOn: one.from_on, untilOn: one.until_on })),
  );
  const seen = new Set<string>();
  return rows.map((row): Judged => {
    if (row.why) return { row, outcome: 'rejected', schoolId: null };
    // Outside a school's own file LOCATION is a place like any other: only a table's school column must be known.
    const schoolId = row.school ? (schools.get(row.school.trim().toLowerCase()) ?? null) : null;
    if (row.school && !schoolId && file.format === 'csv')
      return { row: { ...row, why: 'school-unknown' }, outcome: 'rejected', schoolId: null };
    const key = keyOf(schoolId, row);
    if (seen.has(key)) return { row: { ...row, why: 'twice' }, outcome: 'rejected', schoolId };
    seen.add(key);
    return { row, outcome: known.has(key) ? 'unchanged' : 'new', schoolId };
  });
}

const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);

/** Two dates of one place, kind and span are one, whatever they are called. */
function keyOf(schoolId: string | null, row: { kind: string | null; fromOn: string | null; untilOn: string | null }) {
  return [schoolId, row.kind, row.fromOn, row.untilOn].join(' ');
}

function shown(judged: readonly Judged[]): CalendarPreview {
  const count = (outcome: Judged['outcome']) => judged.filter((one) => one.outcome === outcome).length;
  return {
    rows: judged.map(({ row, outcome }) => ({ ...row, outcome })),
    counts: { new: count('new'), unchanged: count('unchanged'), rejected: count('rejected') },
  };
}

/** One date by hand. Throws not-found for a school that is not this authority's. */
export async function addDate(ctx: Context, date: AddSchoolDate): Promise<{ id: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.manage');
    const { authorityId } = ctx.actor;
    const schools = await repository.listSchoolNames(trx, authorityId);
    if (date.schoolId && !schools.some(({ id }) => id === date.schoolId)) throw new AppError('not-found');
    const id = ctx.random.id();
    await repository.insertDates(trx, [
      {
        ...{ authority_id: authorityId, school_date_id: id, school_id: date.schoolId ?? null, kind: date.kind },
        ...{ from_on: date.fromOn, until_on: date.untilOn, name: date.name },
      },
    ]);
    await audit(ctx, trx, { verb: 'calendar.add', purpose: 'administration', subjectKind: 'calendar', subjectId: id });
    return { id };
  });
}

export async function removeDate(ctx: Context, id: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.manage');
    if (!(await repository.deleteDate(trx, ctx.actor.authorityId, id))) throw new AppError('not-found');
    await audit(ctx, trx, {
      verb: 'calendar.remove',
      purpose: 'administration',
      subjectKind: 'calendar',
      subjectId: id,
    });
  });
}
