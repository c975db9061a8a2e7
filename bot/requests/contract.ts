import { z } from 'zod';
import { levels, needs, requestMoves, requestStates, urgencies } from './request.js';

export const requestId = z.uuid();
const instant = z.iso.datetime({ offset: true });
const text = (most: number) => z.string().trim().min(1).max(most);

/** What a request must say (who, what, how soon) and may say. `learnerId` or the initials and class of somebody not listed. */
export const submitRequest = z.object({
  level: z.enum(levels),
  learnerId: z.uuid().optional(),
  learnerInitials: z.string().trim().max(8).optional(),
  learnerClass: z.string().trim().max(20).optional(),
  need: z.enum(needs),
  urgency: z.enum(urgencies),
  what: text(4000),
  tried: z.string().trim().max(4000).optional(),
  learnerView: z.string().trim().max(4000).optional(),
  hoped: z.string().trim().max(4000).optional(),
  /** The child protection question was asked and answered *No*. Without it a phrase of the table holds the request. */
  notConcern: z.boolean().default(false),
});
export type SubmitRequest = z.input<typeof submitRequest>;

export const requestViews = ['new', 'mine', 'due-today', 'with-school', 'overdue', 'everything'] as const;
export type RequestViewName = (typeof requestViews)[number];

export const requestSearch = z.object({
  view: z.enum(requestViews),
  /** Reference, or words in the story; never put in a URL. */
  search: z.string().trim().max(100).default(''),
  need: z.enum(needs).optional(),
  schoolId: z.uuid().optional(),
  assigneeId: z.uuid().optional(),
  before: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type RequestSearch = z.infer<typeof requestSearch>;

const named = z.object({ id: z.uuid(), name: z.string() });

/** One row of the triage list. `learner` is as the viewer may see it: a name in the tab for those allowed, else initials. */
export const requestRow = z.object({
  id: requestId,
  reference: z.string(),
  version: z.number().int(),
  state: z.enum(requestStates),
  level: z.enum(levels),
  need: z.enum(needs),
  urgency: z.enum(urgencies),
  school: named.nullable(),
  learner: z.object({ id: z.uuid().nullable(), label: z.string(), stage: z.string().nullable() }).nullable(),
  asker: named,
  assignee: named.nullable(),
  submittedAt: instant,
  dueAt: instant.nullable(),
  overdue: z.boolean(),
});
export type RequestRow = z.infer<typeof requestRow>;

export const requestList = z.object({
  items: z.array(requestRow),
  /** Opaque; pass as `before` for the next page; null at the end. */
  next: z.string().nullable(),
  counts: z.record(z.enum(requestViews), z.number().int()),
});
export type RequestList = z.infer<typeof requestList>;

export const threadEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  by: z.string().nullable(),
  /** A message's text; null for a plain happening such as "taken". */
  body: z.string().nullable(),
});

export const requestDetail = requestRow.extend({
  what: z.string(),
  tried: z.string().nullable(),
  learnerView: z.string().nullable(),
  hoped: z.string().nullable(),
  routedTo: z.string(),
  routedBecause: z.string(),
  dueBecause: z.string(),
  thread: z.array(threadEntry),
  moves: z.array(z.enum(requestMoves)),
  review: z.object({ id: z.uuid(), reference: z.string(), startsAt: instant, state: z.string() }).nullable(),
  atAGlance: z
    .object({
      label: z.string(),
      stage: z.string().nullable(),
      school: z.string().nullable(),
      status: z.string(),
      statusSince: z.string().nullable(),
      socialWorker: named.nullable(),
      designatedManager: named.nullable(),
    })
    .nullable(),
});
export type RequestDetail = z.infer<typeof requestDetail>;

/** Every move names the version its presser saw; an older one is refused as stale. */
export const moveRequest = z.object({
  version: z.number().int(),
  nonce: z.string().min(8).max(64),
  assigneeId: z.uuid().optional(),
  body: z.string().trim().max(4000).optional(),
  notConcern: z.boolean().default(false),
});
export type MoveRequest = z.input<typeof moveRequest>;
