import { z } from 'zod';
import { requestRow, requestViews } from './contract.js';
import { levels, needs, requestStates, urgencies } from './request.js';

const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();
const nonce = z.string().min(8).max(64);
const named = z.object({ id: z.uuid(), name: z.string() });

/** One value, or several of which any fits. */
const any = <T extends z.ZodType<string>>(one: T) => z.union([one, z.array(one).min(1).max(60)]).optional();

export const dueWindows = ['overdue', 'today', 'this-week', 'later', 'none'] as const;

/** What narrows a list. Fields are joined by and; the values of one field by or. Kept as data by a saved view. */
export const requestFilters = z.object({
  need: any(z.enum(needs)),
  level: any(z.enum(levels)),
  urgency: any(z.enum(urgencies)),
  state: any(z.enum(requestStates)),
  schoolId: any(z.uuid()),
  clusterId: any(z.uuid()),
  /** A person, or 'me', or 'nobody'. */
  assigneeId: any(z.union([z.uuid(), z.enum(['me', 'nobody'])])),
  learnerId: z.uuid().optional(),
  /** By the council's own due time. `this-week` is today to Sunday; `none` has no due time. Only what is still open is due. */
  due: z.enum(dueWindows).optional(),
  /** Days of asking, both included. */
  askedFrom: date.optional(),
  askedUntil: date.optional(),
});
export type RequestFilters = z.infer<typeof requestFilters>;

export const sortColumns = [
  'asked',
  'due',
  'reference',
  'need',
  'level',
  'urgency',
  'state',
  'school',
  'assignee',
] as const;

/** Ties are broken by the time of asking, newest first, then by id: the order is total and never jumps. */
export const requestSort = z.object({ by: z.enum(sortColumns), descending: z.boolean() });
export type RequestSort = z.infer<typeof requestSort>;

/**
 * One window of the triage list. Without `page` and `at` it is the first. `page` is the opaque `next` or `previous` of an
 * answer, for the same view, filters and sort; `at` is a place counted from 0, for a jump of the scroll bar.
 */
export const triageSearch = requestFilters.extend({
  /** A view of the house by name, or a saved one by id. Its filters and the ones given here both hold. */
  view: z.union([z.enum(requestViews), z.uuid()]).default('everything'),
  /** Reference, learner, school, or words of the story and the thread; never put in a URL, never kept. */
  search: z.string().trim().max(100).default(''),
  /** Without one the saved view's own, otherwise newest first. */
  sort: requestSort.optional(),
  page: z.string().max(400).optional(),
  at: z.number().int().min(0).max(1_000_000).optional(),
  limit: z.number().int().min(1).max(200).default(50),
  /** Count all that match as well. */
  total: z.boolean().default(false),
  /** Count every view of the house as well; the views route counts the saved ones too. */
  counts: z.boolean().default(true),
});
export type TriageSearch = z.input<typeof triageSearch>;

export const triageList = z.object({
  items: z.array(requestRow),
  /** Opaque; pass as `page` for the window after or before this one. Null at that end. */
  next: z.string().nullable(),
  previous: z.string().nullable(),
  /** Null unless asked for. */
  total: z.number().int().nullable(),
  counts: z.record(z.enum(requestViews), z.number().int()).nullable(),
});
export type TriageList = z.infer<typeof triageList>;

/** What a saved view keeps: no search words, because those may name a learner. */
const viewParts = {
  name: z.string().trim().min(1).max(40),
  /** Shared with the whole team, or the saver's own. */
  shared: z.boolean(),
  filters: requestFilters,
  sort: requestSort.nullable(),
};

export const saveView = z.object({ ...viewParts, nonce, notConcern: z.boolean().default(false) });
export type SaveView = z.input<typeof saveView>;

export const changeView = z.object({
  ...viewParts,
  version: z.number().int().min(1),
  notConcern: z.boolean().default(false),
});
export type ChangeView = z.input<typeof changeView>;

export const removeView = z.object({ version: z.number().int().min(1) });

export const savedView = z.object({
  ...viewParts,
  id: z.uuid(),
  /** Saved by this viewer; a shared one may be changed by its saver and the head. */
  mine: z.boolean(),
  mayChange: z.boolean(),
  version: z.number().int(),
  /** How many requests are in it now, for this viewer. */
  count: z.number().int(),
});
export type SavedView = z.infer<typeof savedView>;

/** GET /api/requests/views: every view with its true count at one moment. */
export const viewList = z.object({
  asOf: instant,
  counts: z.record(z.enum(requestViews), z.number().int()),
  saved: z.array(savedView),
});
export type ViewList = z.infer<typeof viewList>;

/** GET /api/requests/{id}/beside: what helps to decide, next to the request itself (whose clock and routing are its own). */
export const requestBeside = z.object({
  /** Null when the request names nobody on the register, or nobody whom this viewer reaches. */
  learner: z
    .object({
      id: z.uuid(),
      label: z.string(),
      stage: z.string().nullable(),
      school: named.nullable(),
      /** Null: this viewer's roles do not see the field. */
      education: z.string().nullable(),
      birthOn: date.nullable(),
      status: z.string().nullable(),
      statusSince: date.nullable(),
      home: z.string().nullable(),
      /** Somebody must not learn of or meet somebody: read it before anything is sent. */
      nonDisclosure: z.boolean(),
      people: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          as: z.enum(['social-worker', 'designated-manager', 'virtual-school-worker', 'named-person']),
          telephone: z.string().nullable(),
          email: z.string().nullable(),
          away: z.object({ from: date, until: date, cover: named.nullable() }).nullable(),
        }),
      ),
    })
    .nullable(),
  /** Other requests about the same learner, newest first, ten at most. */
  requests: z.array(
    z.object({
      id: z.uuid(),
      reference: z.string(),
      need: z.enum(needs),
      state: z.enum(requestStates),
      submittedAt: instant,
      closedAt: instant.nullable(),
    }),
  ),
  callNotes: z.array(
    z.object({
      id: z.uuid(),
      at: instant,
      by: z.string(),
      who: z.string(),
      agreed: z.string(),
      byOn: date.nullable(),
      done: z.boolean(),
    }),
  ),
});
export type RequestBeside = z.infer<typeof requestBeside>;

/** GET /api/requests/{id}/audit: who looked at or changed it, newest first. For those who may (the head). */
export const requestAudit = z.object({
  items: z.array(
    z.object({
      at: instant,
      by: z.string().nullable(),
      verb: z.string(),
      purpose: z.string(),
      fields: z.array(z.string()),
    }),
  ),
});
export type RequestAudit = z.infer<typeof requestAudit>;

export const heardBy = ['telephone', 'e-mail', 'in-person', 'letter'] as const;

/**
 * POST /api/requests/logged: the team's entry of a call or e-mail for somebody. `personId` is who rang when they are in the
 * staff list (they get the answers in chat as if they had asked); otherwise `name`, and the logger answers for them.
 */
export const logRequest = z.object({
  nonce,
  heardBy: z.enum(heardBy),
  personId: z.uuid().optional(),
  name: z.string().trim().max(80).optional(),
  telephone: z.string().trim().max(30).optional(),
  level: z.enum(levels),
  learnerId: z.uuid().optional(),
  learnerInitials: z.string().trim().max(8).optional(),
  learnerClass: z.string().trim().max(20).optional(),
  schoolId: z.uuid().optional(),
  need: z.enum(needs),
  urgency: z.enum(urgencies),
  what: z.string().trim().min(1).max(4000),
  /** Assigned to the logger at once. */
  take: z.boolean().default(true),
  notConcern: z.boolean().default(false),
});
export type LogRequest = z.input<typeof logRequest>;

export const loggedRequest = z.object({ id: z.uuid(), reference: z.string() });

/** GET /api/requests/snippets: the council's own short answers, for the composer. */
export const snippetList = z.object({
  items: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      link: z.string().nullable(),
      /** Past the day by which its owner was to look at it again. */
      stale: z.boolean(),
    }),
  ),
});
export type SnippetList = z.infer<typeof snippetList>;
