import { z } from 'zod';
import { changeKinds } from './changes.js';
import { attributes, factSources } from './learner.js';

/** Shapes of the register, shared with the tab. What the reader's roles do not see is absent, not blank. */
export const learnerViews = [
  'everybody',
  'looked-after',
  'care-experienced',
  'unknown-status',
  'no-school',
  'outwith',
  'no-scn',
] as const;
export type LearnerView = (typeof learnerViews)[number];

export const learnerSearch = z.object({
  view: z.enum(learnerViews).default('everybody'),
  words: z.string().trim().max(80).default(''),
  schoolId: z.uuid().nullable().default(null),
  offset: z.number().int().min(0).max(100_000).default(0),
  limit: z.number().int().min(1).max(200).default(100),
});
export type LearnerSearch = z.infer<typeof learnerSearch>;

export const learnerRow = z.object({
  id: z.uuid(),
  name: z.string(),
  stage: z.string().nullable(),
  school: z.string().nullable(),
  status: z.string().optional(),
  statusSince: z.string().nullable().optional(),
  home: z.string().nullable().optional(),
  education: z.string().optional(),
  birthOn: z.string().nullable().optional(),
  scn: z.string().nullable().optional(),
  worker: z.string().nullable().optional(),
  nonDisclosure: z.boolean().optional(),
});
export type RegisterRow = z.infer<typeof learnerRow>;
export const learnerList = z.object({ items: z.array(learnerRow), total: z.number() });

export const exportColumns = [
  'name',
  'stage',
  'school',
  'status',
  'statusSince',
  'home',
  'education',
  'birthOn',
  'scn',
  'worker',
] as const;
/** Why a list leaves: chosen, so that nobody's name is typed into the audit. */
export const exportReasons = [
  'statutory-return',
  'planning',
  'asked-by-school',
  'data-quality',
  'subject-access',
] as const;
export const exportLearners = learnerSearch.pick({ view: true, words: true, schoolId: true }).extend({
  columns: z.array(z.enum(exportColumns)).min(1).max(exportColumns.length),
  reason: z.enum(exportReasons),
});
export const exported = z.object({ text: z.string(), rows: z.number() });

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** How it stood on a day, as it was known at the end of another; both absent: now. */
export const asOf = z.object({ stoodOn: day.optional(), knownOn: day.optional() });

export const factShown = z.object({
  id: z.uuid(),
  attribute: z.enum(attributes),
  value: z.string().nullable(),
  source: z.enum(factSources),
  from: z.string().nullable(),
  to: z.string().nullable(),
  knownFrom: z.string(),
  holds: z.boolean(),
});
export type FactShown = z.infer<typeof factShown>;

const record = z.object({
  id: z.uuid(),
  kind: z.string(),
  system: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  content: z.array(z.object({ field: z.string(), value: z.string() })),
});
const week = z.object({
  on: z.string(),
  possible: z.number(),
  timetabled: z.number().nullable(),
  actual: z.number(),
});

export const changeRow = z.object({
  id: z.uuid(),
  version: z.number(),
  learnerId: z.uuid(),
  learner: z.string(),
  kind: z.enum(changeKinds),
  since: z.string().nullable(),
  backDated: z.boolean(),
  origin: z.enum(['extract', 'by-hand']),
  foundAt: z.string(),
  telling: z.enum(['tell-both', 'ask', 'held']),
  settledAt: z.string().nullable(),
  settledBecause: z.string().nullable(),
  mine: z.enum(['to-acknowledge', 'acknowledged']).nullable(),
  told: z.array(z.object({ id: z.uuid(), name: z.string(), acknowledgedAt: z.string().nullable() })),
});
export type ChangeRow = z.infer<typeof changeRow>;
export const changeSearch = z.object({ open: z.boolean().default(true) });
export const changeList = z.object({ items: z.array(changeRow) });
export const settleChange = z.object({
  version: z.number().int(),
  tell: z.array(z.uuid()).max(20),
  because: z.string().trim().min(5).max(500),
});

export const learnerDetail = z.object({
  learner: learnerRow,
  /** Of attributes this reader sees: every source, side by side. */
  facts: z.array(factShown),
  /** Attributes on which two services differ today. */
  disagreements: z.array(z.enum(attributes)),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string(), telephone: z.string().nullable() })),
  attendance: z.array(week),
  records: z.array(record),
  changes: z.array(changeRow),
  lookedAfter: z.boolean().nullable().optional(),
  careExperienced: z.boolean().nullable().optional(),
});
export type LearnerDetail = z.infer<typeof learnerDetail>;

const side = z.object({
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  knownAs: z.string().nullable(),
  birthOn: z.string().nullable(),
  scn: z.string().nullable(),
  school: z.string().nullable(),
  stage: z.string().nullable(),
});
export const matchDecisions = ['same', 'different', 'cannot-tell', 'forbidden'] as const;
export type MatchDecision = (typeof matchDecisions)[number];
export const matchPair = z.object({
  id: z.uuid(),
  version: z.number(),
  system: z.string(),
  learnerId: z.uuid(),
  theirs: side,
  ours: side,
  evidence: z.array(z.object({ field: z.string(), says: z.enum(['same', 'near', 'differs', 'missing']) })),
  guard: z.enum(['twin', 'sibling']).nullable(),
  waitingForSecond: z.boolean(),
});
export type MatchPair = z.infer<typeof matchPair>;
export const matchQueue = z.object({ items: z.array(matchPair), total: z.number() });
export const decideMatch = z.object({ version: z.number().int(), decision: z.enum(matchDecisions) });

export const qualityChecks = [
  'no-scn',
  'no-school',
  'no-worker',
  'status-unknown',
  'sources-differ',
  'waits-for-match',
  'alone-in-source',
  'episodes-overlap',
  'stale-source',
] as const;
export const qualityReport = z.object({
  learners: z.number(),
  /** Learners whom both services know. */
  inBoth: z.number(),
  checks: z.array(z.object({ check: z.enum(qualityChecks), count: z.number(), of: z.number() })),
  sources: z.array(
    z.object({
      system: z.string(),
      kind: z.string(),
      records: z.number(),
      takenAt: z.string().nullable(),
      days: z.number().nullable(),
    }),
  ),
});
export type QualityReport = z.infer<typeof qualityReport>;
