import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();

/**
 * The parts of Today (product.md B.3). `changed`: since this person last looked. `due`: requests due today or overdue.
 * `waiting`: on whom and how long. `reviews`: in the next five days. `agreed`: what call notes say was agreed and by when.
 * `attendance`: below the learner's own last term. `part-time`: timetables past their end. `no-school`: no school place.
 */
export const todaySections = [
  'changed',
  'due',
  'waiting',
  'reviews',
  'agreed',
  'attendance',
  'part-time',
  'no-school',
] as const;
export type TodaySection = (typeof todaySections)[number];

/**
 * One line. What a line does not speak of is null. `kind` says which sentence: the activity's kind for `changed`
 * ('learner.fact', 'change.told', …), 'today' or 'overdue' for `due`, 'school', 'social-work', … for `waiting`.
 */
export const todayItem = z.object({
  /** Unique in its section and stable from one reading to the next. */
  id: z.string(),
  kind: z.string(),
  /** Where the line leads. */
  subject: z.object({
    kind: z.enum(['request', 'review', 'learner', 'change', 'call-note', 'school']),
    id: z.uuid(),
    reference: z.string().nullable(),
  }),
  learner: z.object({ id: z.uuid(), label: z.string(), stage: z.string().nullable() }).nullable(),
  school: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Who did it, who has it, or on whom it waits, with the number to ring. */
  person: z.object({ id: z.uuid().nullable(), name: z.string(), telephone: z.string().nullable() }).nullable(),
  /** A code of what it is about: a need, the attribute that changed, a review's purpose. */
  about: z.string().nullable(),
  /** A call note's words, or the initials and class of somebody who is not listed. Never a learner's story. */
  text: z.string().nullable(),
  at: instant.nullable(),
  on: date.nullable(),
  /** Working days that it has waited or is late; 0 is today. */
  days: z.number().int().nullable(),
});
export type TodayItem = z.infer<typeof todayItem>;

export const todayPart = z.object({
  section: z.enum(todaySections),
  /** False: nothing in this council tells us yet (no extract was taken); the page says what would. Never shown as none. */
  known: z.boolean(),
  /** True count, also when fewer lines are given. */
  total: z.number().int(),
  items: z.array(todayItem),
});

/** GET /api/today */
export const today = z.object({
  asOf: instant,
  /** When this person last said that they had looked; null on the first day. */
  since: instant.nullable(),
  counts: z.object({
    changes: z.number().int(),
    dueToday: z.number().int(),
    overdue: z.number().int(),
    reviewsThisWeek: z.number().int(),
  }),
  parts: z.array(todayPart),
});
export type Today = z.infer<typeof today>;

/** POST /api/today/looked: everything up to `until` (the `asOf` that was shown) has been seen. Never moves back. */
export const looked = z.object({ until: instant });
export const lookedAnswer = z.object({ since: instant });

/** POST /api/call-notes: a call in one line. At most one of `requestId` and `learnerId`. */
export const writeCallNote = z.object({
  nonce: z.string().min(8).max(64),
  requestId: z.uuid().optional(),
  learnerId: z.uuid().optional(),
  who: z.string().trim().min(1).max(80),
  agreed: z.string().trim().min(1).max(300),
  byOn: date.optional(),
  notConcern: z.boolean().default(false),
});
export type WriteCallNote = z.input<typeof writeCallNote>;

export const callNote = z.object({ id: z.uuid() });

/** POST /api/call-notes/{id}/done and /undone. A repeat changes nothing. */
export const callNoteDone = z.object({ done: z.boolean() });
