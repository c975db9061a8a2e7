import { z } from 'zod';

const date = z.iso.date();
const instant = z.iso.datetime({ offset: true });

export const breakdowns = ['need', 'level', 'school', 'cluster'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** Asked for by a term of the council's calendar, holiday after it included; free dates are the team's alone (differencing
 * tells small numbers). Outside the team also: no cluster, no school but one's own, terms that are over. */
export const numbersQuestion = z
  .object({
    by: z.enum(breakdowns),
    termId: z.uuid().optional(),
    from: date.optional(),
    until: date.optional(),
    schoolId: z.uuid().optional(),
    clusterId: z.uuid().optional(),
  })
  .refine((asked) => (asked.termId === undefined) !== (asked.from === undefined && asked.until === undefined), {
    path: ['termId'],
    message: 'a term, or two dates',
  })
  .refine((asked) => (asked.from === undefined) === (asked.until === undefined), {
    path: ['until'],
    message: 'both dates',
  });
export type NumbersQuestion = z.infer<typeof numbersQuestion>;

/** Null: not shown, because it or what it would give away is under five. */
const count = z.number().int().nullable();

/** Office hours of the council, in minutes. `n` is how many it is of; null times: none, or too few to show. */
const spread = z.object({ n: count, median: z.number().nullable(), ninetieth: z.number().nullable() });

export const numbersRow = z.object({
  /** A code for need and level, an id for school and cluster, null for requests that have none. */
  key: z.string().nullable(),
  /** A school's or cluster's; the tab names needs and levels itself. */
  name: z.string().nullable(),
  asked: count,
  /** asked = answered + open + otherwise (withdrawn, declined, transferred, or a concern, without an answer). */
  answered: count,
  open: count,
  otherwise: count,
  /** The rest is for the team alone; outside it every one is null. Answered after its due time, or past it and still open. */
  overdue: count,
  reopened: count,
  transferred: count,
  closed: count,
  /** Of those who said at closing whether it helped. */
  helped: z.object({ yes: count, partly: count, no: count }),
  firstAnswer: spread,
  close: spread,
});
export type NumbersRow = z.infer<typeof numbersRow>;

export const numbers = z.object({
  asOf: instant,
  period: z.object({ from: date, until: date, name: z.string().nullable() }),
  by: z.enum(breakdowns),
  /** True for viewers outside the team: counts under five, and what would give them away, are null. */
  suppressed: z.boolean(),
  rows: z.array(numbersRow),
  total: numbersRow,
});
export type Numbers = z.infer<typeof numbers>;

/** GET /api/numbers/terms: newest first. */
export const termList = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), from: date, until: date })),
  /** What this viewer may ask for: any dates or terms alone; every school or only these. */
  freeDates: z.boolean(),
  schools: z.array(z.object({ id: z.uuid(), name: z.string() })).nullable(),
});
export type TermList = z.infer<typeof termList>;

/** Why a file is wanted: a code, because what is typed could name somebody and the audit is kept. */
export const exportReasons = [
  'board-report',
  'council-report',
  'planning',
  'inspection',
  'information-request',
] as const;

/** POST /api/numbers/requests/csv: the same as a file, and why it is wanted, which the audit keeps. */
export const numbersExport = z.object({ question: numbersQuestion, reason: z.enum(exportReasons) });
