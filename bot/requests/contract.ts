import { z } from 'zod';
import { indicators, viewKinds } from './indicators.js';
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
  indicators: z.array(z.enum(indicators)).max(indicators.length).optional(),
  viewKind: z.enum(viewKinds).optional(),
  namedPerson: z.string().trim().max(120).optional(),
  leadProfessional: z.string().trim().max(120).optional(),
  /** The child protection question was asked and answered *No*. Without it a phrase of the table holds the request. */
  notConcern: z.boolean().default(false),
});
export type SubmitRequest = z.input<typeof submitRequest>;

export const requestViews = ['new', 'mine', 'due-today', 'with-school', 'overdue', 'everything'] as const;
export type RequestViewName = (typeof requestViews)[number];

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

export const threadEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  by: z.string().nullable(),
  /** A message's text; null for a plain happening such as "taken". */
  body: z.string().nullable(),
});

/** Why it is where it is, both clocks, and what was decided. Sentences are ours, ready to be shown. */
export const requestStanding = z.object({
  routing: z.object({
    to: z.string(),
    /** The line of the council's table that decided, counted from 1; null when the default queue caught it. */
    line: z.number().int().nullable(),
    sentences: z.array(z.string()),
  }),
  clock: z.object({
    /** Ours: pauses while we wait for the school. */
    dueAt: instant.nullable(),
    paused: z.boolean(),
    /** The child's: never pauses. */
    childDueAt: instant.nullable(),
    /** When the school is asked to have answered; null when it is not waited for, or has no target. */
    schoolDueAt: instant.nullable(),
    sentences: z.array(z.string()),
    pauses: z.array(
      z.object({
        fromAt: instant,
        untilAt: instant.nullable(),
        endedBy: z.enum(['reply', 'resume', 'answer', 'phone-them', 'term-end', 'other']).nullable(),
        owner: named.nullable(),
      }),
    ),
    /** Back with us because the school did not answer: somebody is to telephone. */
    phoneThem: z.boolean(),
    steps: z.array(z.object({ step: z.string(), at: instant, told: z.string().nullable(), sentence: z.string() })),
  }),
  declined: z.object({ reason: z.string(), signpost: z.string() }).nullable(),
  transfer: z
    .object({
      service: z.string(),
      reason: z.string(),
      at: instant,
      acceptedBy: z.string().nullable(),
      sentBackBecause: z.string().nullable(),
    })
    .nullable(),
  concern: z.object({ told: z.array(z.object({ who: z.string(), at: instant, notedBy: z.string() })) }).nullable(),
  /** The viewer's own last move can still be taken back, until then. */
  undo: z.object({ move: z.enum(requestMoves), until: instant }).nullable(),
});
export type RequestStanding = z.infer<typeof requestStanding>;

export const requestDetail = requestRow.extend({
  what: z.string(),
  tried: z.string().nullable(),
  learnerView: z.string().nullable(),
  hoped: z.string().nullable(),
  /** What the asker added, when they knew it; and what they said at the end. */
  asked: z.object({
    indicators: z.array(z.string()),
    viewKind: z.enum(viewKinds).nullable(),
    namedPerson: z.string().nullable(),
    leadProfessional: z.string().nullable(),
    feedback: z.object({ helped: z.enum(['yes', 'partly', 'no']), changed: z.string().nullable() }).nullable(),
  }),
  routedTo: z.string(),
  routedBecause: z.string(),
  dueBecause: z.string(),
  thread: z.array(threadEntry),
  moves: z.array(z.enum(requestMoves)),
  ...requestStanding.shape,
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

/** Every move names the version its presser saw; an older one is refused as stale. Which words a move needs: mandatoryWords. */
export const moveRequest = z.object({
  version: z.number().int(),
  nonce: z.string().min(8).max(64),
  assigneeId: z.uuid().optional(),
  body: z.string().trim().max(4000).optional(),
  /** Why it is declined, passed on, or sent back. */
  reason: z.string().trim().max(1000).optional(),
  /** Whom the asker can turn to instead. Told to the asker with the reason. */
  signpost: z.string().trim().max(1000).optional(),
  /** The service that it is passed to, by the council's name for it. */
  service: z.string().trim().max(80).optional(),
  /** Who at the other service said that they take it. */
  by: z.string().trim().max(120).optional(),
  /** Who in police or social work was told of the concern, and when. */
  told: z.object({ who: z.string().trim().min(1).max(120), at: instant }).optional(),
  notConcern: z.boolean().default(false),
});
export type MoveRequest = z.input<typeof moveRequest>;

/** Takes back the move that led to `version`. */
export const undoMove = z.object({ version: z.number().int(), nonce: z.string().min(8).max(64) });
export type UndoMove = z.infer<typeof undoMove>;

const destination = z.object({
  kind: z.enum(['queue', 'pool', 'person', 'worker', 'channel']),
  name: z.string(),
});

/** POST /api/routing/simulate: what would happen to such a request, with the table in force or one not yet saved. */
export const simulateRouting = z.object({
  need: z.enum(needs),
  level: z.enum(levels),
  urgency: z.enum(urgencies),
  schoolId: z.uuid().optional(),
  learnerId: z.uuid().optional(),
  /** A draft of the setting requests.routing; absent means the one in force. */
  table: z.unknown().optional(),
});
export type SimulateRouting = z.infer<typeof simulateRouting>;

export const simulatedRouting = z.object({
  to: destination,
  line: z.number().int().nullable(),
  assignee: named.nullable(),
  /** The bound channel whose card it would be; null when no channel is bound. */
  channel: z.string().nullable(),
  dueAt: instant.nullable(),
  sentences: z.array(z.string()),
});
export type SimulatedRouting = z.infer<typeof simulatedRouting>;

/** GET /api/routing/choices: what a line of the table may name. */
export const routingChoices = z.object({
  schools: z.array(named.extend({ clusterId: z.uuid(), locality: z.string().nullable() })),
  clusters: z.array(named),
  localities: z.array(z.string()),
  people: z.array(named.extend({ awayUntil: z.string().nullable(), open: z.number().int() })),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type RoutingChoices = z.infer<typeof routingChoices>;
