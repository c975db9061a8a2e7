import { z } from 'zod';
import { extractFields, extractKinds, extractStates, rowReasons } from './extract.js';

/** Shapes of the import, shared with the tab. */
export const uploadPartBytes = 512 * 1024;
const mostBytes = 500 * 1024 * 1024;

export const beginUpload = z.object({
  bytes: z.number().int().min(1).max(mostBytes),
  parts: z.number().int().min(1).max(1_000),
});
export const extractStarted = z.object({ id: z.uuid() });
/** One part of the file, in base64: all parts but the last are of uploadPartBytes. */
export const uploadPart = z.object({ content: z.base64().max(Math.ceil(uploadPartBytes / 3) * 4) });

const field = z.enum(extractFields);
export const mappingShape = z.object({
  columns: z
    .array(z.object({ field, heading: z.string().max(200), place: z.number().int().min(0).max(500) }))
    .max(60)
    .refine((columns) => new Set(columns.map((one) => one.field)).size === columns.length, 'each field once'),
  codes: z.array(z.object({ field, theirs: z.string().max(200), ours: z.string().max(80) })).max(2_000),
  dateOrder: z.enum(['day-first', 'month-first']),
});

export const sourceShape = z.object({
  system: z.string().trim().min(1).max(60),
  kind: z.enum(extractKinds),
  /** Whoever is in it belongs on the register: those whom nobody could be are added. */
  registers: z.boolean(),
  /** It holds everybody: who is missing has ended. */
  complete: z.boolean(),
});

export const confirmMapping = z.object({ version: z.number().int(), source: sourceShape, mapping: mappingShape });
export type ConfirmMapping = z.infer<typeof confirmMapping>;

export const extractMove = z.object({ version: z.number().int(), acceptAlarms: z.boolean().optional() });

export const extractAlarm = z.object({
  kind: z.enum(['fewer', 'rejected', 'changed']),
  now: z.number(),
  of: z.number(),
  percent: z.number(),
});

export const extractCounts = z.object({
  read: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  ended: z.number(),
  taken: z.number(),
  joined: z.number(),
  made: z.number(),
  waiting: z.number(),
});

export const extractRow = z.object({
  id: z.uuid(),
  version: z.number(),
  state: z.enum(extractStates),
  source: sourceShape.nullable(),
  /** Why the file, or an undo of it, was refused: a code. */
  refused: z.string().nullable(),
  alarms: z.array(extractAlarm),
  counts: extractCounts,
  uploadedAt: z.string(),
  uploadedBy: z.string().nullable(),
  importedAt: z.string().nullable(),
});
export type ExtractDetail = z.infer<typeof extractRow>;
export const extractList = z.object({ items: z.array(extractRow) });

const sample = z.object({ heading: z.string(), place: z.number(), values: z.array(z.string()) });
export const extractLook = z.object({
  columns: z.array(sample),
  suggestedKind: z.enum(extractKinds),
  /** For each kind what would be proposed, a remembered mapping of a known source first. */
  mappings: z.array(
    z.object({
      kind: z.enum(extractKinds),
      mapping: mappingShape,
      unmapped: z.array(z.object({ field, theirs: z.string() })),
      remembered: sourceShape.nullable(),
    }),
  ),
  schools: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type ExtractLook = z.infer<typeof extractLook>;

export const outcomes = ['added', 'changed', 'unchanged', 'rejected'] as const;
export const rowSearch = z.object({
  outcome: z.enum(outcomes),
  after: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(100),
});
export const previewRow = z.object({
  row: z.number(),
  reasons: z.array(z.object({ field: field.nullable(), why: z.enum(rowReasons) })),
  content: z.array(z.object({ field: z.string(), value: z.string(), before: z.string().nullable() })),
});
export const previewRows = z.object({ items: z.array(previewRow), next: z.number().nullable() });
export type PreviewRow = z.infer<typeof previewRow>;

export const rejectedFile = z.object({ text: z.string() });
