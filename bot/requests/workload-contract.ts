import { z } from 'zod';
import { requestRow } from './contract.js';

const date = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const named = z.object({ id: z.uuid(), name: z.string() });

const away = z.object({ from: date, until: date, cover: named.nullable() });

/** GET /api/workload: who has what, who is away, who has come and who goes. */
export const workload = z.object({
  asOf: instant,
  /** Open requests that nobody has. */
  unassigned: z.number().int(),
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      jobTitle: z.string().nullable(),
      open: z.number().int(),
      overdue: z.number().int(),
      dueThisWeek: z.number().int(),
      withSchool: z.number().int(),
      /** Agreed in call notes and not done. */
      promises: z.number().int(),
      /** Today, or the next absence within two weeks. */
      away: away.nullable(),
      /** In the team for less than six weeks. */
      newSince: date.nullable(),
      leavesOn: date.nullable(),
      /** Holds requests but is no longer in the team: hand over. */
      gone: z.boolean(),
    }),
  ),
});
export type Workload = z.infer<typeof workload>;

/** GET /api/workload/{personId}: *new in post* and *leaving* (product.md B.6) read the same page from both ends. */
export const workloadOf = z.object({
  asOf: instant,
  person: named.extend({ jobTitle: z.string().nullable(), leavesOn: date.nullable(), away: away.nullable() }),
  /** Open promises: what was agreed on the telephone, and questions of a school that wait for this person. */
  promises: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['call-note', 'reply-waits', 'reopened']),
      request: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
      who: z.string(),
      text: z.string().nullable(),
      byOn: date.nullable(),
      at: instant,
    }),
  ),
  overdue: z.array(requestRow),
  /** What is due, week by week, for eight weeks from today's; the week is named by its Monday. */
  coming: z.array(
    z.object({
      weekOf: date,
      requests: z.array(requestRow),
      /** From later features: reviews and their like. */
      other: z.array(z.object({ kind: z.string(), id: z.uuid(), reference: z.string().nullable(), at: instant })),
    }),
  ),
  /** Open without a due time in those weeks, so that nothing is left out. */
  undated: z.array(requestRow),
  /** Who to ring, most requests first: askers and social workers of what is open. */
  ring: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      jobTitle: z.string().nullable(),
      school: z.string().nullable(),
      telephone: z.string().nullable(),
      email: z.string().nullable(),
      requests: z.number().int(),
    }),
  ),
});
export type WorkloadOf = z.infer<typeof workloadOf>;

/** POST /api/requests/hand-over: bulk assign and handing over are one act. Each request is moved or not by itself. */
export const handOver = z.object({
  nonce: z.string().min(8).max(48),
  toId: z.uuid(),
  items: z
    .array(z.object({ id: z.uuid(), version: z.number().int() }))
    .min(1)
    .max(200),
});
export type HandOver = z.input<typeof handOver>;

export const handOverOutcomes = ['moved', 'stale', 'not-found', 'not-allowed-now', 'already'] as const;

export const handedOver = z.object({
  /** For undo; null when nothing moved. */
  handOverId: z.uuid().nullable(),
  moved: z.number().int(),
  results: z.array(z.object({ id: z.uuid(), outcome: z.enum(handOverOutcomes), version: z.number().int().nullable() })),
});
export type HandedOver = z.infer<typeof handedOver>;

/** POST /api/requests/hand-over/{id}/undo: by whoever did it, within ten minutes; what has moved on since stays as it is. */
export const undoHandOver = z.object({ nonce: z.string().min(8).max(48) });
