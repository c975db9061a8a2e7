import { z } from 'zod';
import { schoolDateKinds } from './school-year.js';

const day = z.iso.date();
const span = z.number().int().min(0);
const school = z.object({ id: z.uuid(), name: z.string() });

/** Both inclusive. `school` null is the council's own date, which holds in every school. */
export const schoolDate = z.object({
  id: z.uuid(),
  kind: z.enum(schoolDateKinds),
  fromOn: day,
  untilOn: day,
  name: z.string(),
  school: school.nullable(),
});
export type SchoolDateShown = z.infer<typeof schoolDate>;

/** GET /api/calendars?fromOn&untilOn */
export const calendarSpan = z.object({ fromOn: day, untilOn: day });
export const calendars = z.object({
  dates: z.array(schoolDate),
  officeHours: z.array(z.object({ weekday: z.number().int(), opens: z.string(), closes: z.string() })),
  absences: z.array(z.object({ id: z.uuid(), person: school, fromOn: day, untilOn: day, cover: school.nullable() })),
});
export type Calendars = z.infer<typeof calendars>;

/** POST /api/calendars/preview and /import: a file's text. Nothing is kept of it but the dates. */
export const calendarFile = z.object({
  format: z.enum(['csv', 'ics']),
  fileName: z.string().trim().min(1).max(120),
  text: z.string().max(500_000),
});
export type CalendarFile = z.infer<typeof calendarFile>;

export const refusedBecause = [
  'columns-missing',
  'kind-unknown',
  'no-name',
  'date-unreadable',
  'ends-before-it-begins',
  'too-long',
  'school-unknown',
  'repeats',
  'term-in-two-events',
  'cancelled',
  'not-closed',
  'twice',
] as const;
export type RefusedBecause = (typeof refusedBecause)[number];

/** Every row of the file: what is new, what was there already, and what is not taken, with the reason. */
export const calendarPreview = z.object({
  rows: z.array(
    z.object({
      /** The line of the file on which it begins. */
      line: z.number().int(),
      outcome: z.enum(['new', 'unchanged', 'rejected']),
      kind: z.enum(schoolDateKinds).nullable(),
      fromOn: z.string().nullable(),
      untilOn: z.string().nullable(),
      name: z.string(),
      school: z.string().nullable(),
      why: z.enum(refusedBecause).nullable(),
    }),
  ),
  counts: z.object({ new: span, unchanged: span, rejected: span }),
});
export type CalendarPreview = z.infer<typeof calendarPreview>;

/** POST /api/calendars/dates */
export const addSchoolDate = z
  .object({
    kind: z.enum(schoolDateKinds),
    fromOn: day,
    untilOn: day,
    name: z.string().trim().min(1).max(80),
    schoolId: z.uuid().optional(),
  })
  .refine(({ fromOn, untilOn }) => fromOn <= untilOn, { path: ['untilOn'] });
export type AddSchoolDate = z.infer<typeof addSchoolDate>;
export const added = z.object({ id: z.uuid() });

/** POST /api/absences: somebody of the team is away, and who covers. */
export const addAbsence = z
  .object({ personId: z.uuid(), fromOn: day, untilOn: day, coverId: z.uuid().optional() })
  .refine(({ fromOn, untilOn }) => fromOn <= untilOn, { path: ['untilOn'] })
  .refine(({ personId, coverId }) => personId !== coverId, { path: ['coverId'] });
export type AddAbsence = z.infer<typeof addAbsence>;
