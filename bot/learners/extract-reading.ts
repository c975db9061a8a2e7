import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { type Context, SheetRefused } from '../context.js';
import { findBlob } from '../db/blobs.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { fromDate, dateIn } from '../time.js';
import { plainOf } from './extract-codes.js';
import {
  extractAlarm,
  type ExtractDetail,
  type ExtractLook,
  mappingShape,
  type PreviewRow,
  sourceShape,
} from './extract-contract.js';
import { extractKinds, extractStates, type ExtractState, rowReasons } from './extract.js';
import { headingAt, type Mapping, suggestKind, suggestMapping, unmappedCodes } from './extract-mapping.js';
import * as repository from './extract-repository.js';
import * as rowsIn from './extract-row-repository.js';
import { csvLine } from './spreadsheet.js';
import { countsOf, contentOf } from './staging-service.js';
import { type Look, lookAtFile } from './upload-service.js';
import { z } from 'zod';

/** Null for one that is not there; for the job that works on it. */
export async function extractState(ctx: Context, extractId: string): Promise<ExtractState | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const extract = await repository.findExtract(trx, ctx.actor.authorityId, extractId);
    return extractStates.find((one) => one === extract?.state) ?? null;
  });
}

export async function listExtracts(ctx: Context): Promise<{ items: ExtractDetail[] }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const sources = await repository.listSources(trx, ctx.actor.authorityId);
    const extracts = await repository.listExtracts(trx, ctx.actor.authorityId, 100);
    return { items: extracts.map((one) => detailOf(one, sources)) };
  });
}

export async function readExtract(ctx: Context, extractId: string): Promise<ExtractDetail> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const extract = await existing(ctx, trx, extractId);
    return detailOf(extract, await repository.listSources(trx, ctx.actor.authorityId));
  });
}

async function existing(ctx: Context, trx: Trx, extractId: string): Promise<repository.StoredExtract> {
  const extract = await repository.findExtract(trx, ctx.actor.authorityId, extractId);
  if (!extract) throw new AppError('not-found');
  return extract;
}

function detailOf(extract: repository.StoredExtract, sources: readonly repository.StoredSource[]): ExtractDetail {
  const source = sources.find((one) => one.source_id === extract.source_id);
  return {
    ...{ id: extract.extract_id, version: extract.version, refused: extract.refused },
    state: extractStates.find((one) => one === extract.state) ?? 'uploading',
    source: source ? sourceShape.parse(source) : null,
    alarms: z.array(extractAlarm).parse(extract.alarms),
    counts: countsOf(extract.counts),
    uploadedAt: fromDate(extract.uploaded_at).toString(),
    uploadedBy: extract.uploaded_by,
    importedAt: extract.imported_at ? fromDate(extract.imported_at).toString() : null,
  };
}

/**
 * The columns of an uploaded file with three values each, and what they are taken to be: as this source was mapped before,
 * where its headings are all there, else as headings and values suggest. The values are a reading of children's data and are
 * audited as one. Throws AppError('invalid') with the code of a file that is refused.
 */
export async function lookAtExtract(ctx: Context, extractId: string): Promise<ExtractLook> {
  const upload = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const extract = await existing(ctx, trx, extractId);
    const blob = await findBlob(trx, ctx.actor.authorityId, extract.blob_id);
    if (!blob?.complete) throw new AppError('not-allowed-now');
    await audit(ctx, trx, { verb: 'extract.look', purpose: 'register', subjectKind: 'extract', subjectId: extractId });
    return { blobId: extract.blob_id, parts: blob.parts };
  });
  const look = await lookAtFile(ctx, upload).catch((error: unknown) => {
    if (error instanceof SheetRefused) throw new AppError('invalid', { where: error.code, why: 'the file is refused' });
    throw error;
  });
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    const schools = await repository.listSchools(trx, authorityId);
    const sources = await repository.listSources(trx, authorityId);
    const mappings = await repository.listMappings(trx, authorityId);
    const remembered = mappings.flatMap((row) => {
      const source = sources.find((one) => one.source_id === row.source_id);
      return source ? [{ source: sourceShape.parse(source), mapping: mappingShape.parse(row.mapping) }] : [];
    });
    const known = new Set(schools.map(({ name }) => plainOf(name)));
    return lookOf(look, remembered, { today: dateIn(ctx.clock.now()), known, schools });
  });
}

interface Remembered {
  readonly source: z.infer<typeof sourceShape>;
  readonly mapping: Mapping;
}

function lookOf(
  { headings, rows }: Look,
  remembered: readonly Remembered[],
  around: {
    readonly today: string;
    readonly known: ReadonlySet<string>;
    readonly schools: readonly { school_id: string; name: string }[];
  },
): ExtractLook {
  const fits = ({ mapping }: Remembered) => mapping.columns.every(({ heading }) => headings.includes(heading));
  const own = remembered.filter(fits);
  return {
    columns: headings.map((_, column) => ({
      ...headingAt(headings, column),
      values: rows.flatMap((row) => row[column] || []).slice(0, 3),
    })),
    suggestedKind: own.length === 1 && own[0] ? own[0].source.kind : suggestKind(headings),
    mappings: extractKinds.map((kind) => {
      const kept = own.find(({ source }) => source.kind === kind);
      const mapping = kept?.mapping ?? suggestMapping(kind, { headings, rows }, around.today);
      const unmapped = unmappedCodes(mapping, { headings, rows }, around.known);
      return {
        ...{ kind, unmapped: unmapped.slice(0, 200), remembered: kept?.source ?? null },
        mapping: mappingShape.parse(mapping),
      };
    }),
    schools: around.schools.map(({ school_id: id, name }) => ({ id, name })),
  };
}

interface RowsAsked {
  readonly outcome: rowsIn.StoredRow['outcome'];
  readonly after: number;
  readonly limit: number;
}

/** Rows of the preview with what they say and what was known before; read, and so audited. */
export async function readRows(
  ctx: Context,
  extractId: string,
  asked: RowsAsked,
): Promise<{ items: PreviewRow[]; next: number | null }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    await existing(ctx, trx, extractId);
    const rows = await rowsIn.listRowsOf(trx, ctx.actor.authorityId, extractId, asked);
    const learnerIds = [...new Set(rows.flatMap((row) => row.learner_id ?? []))];
    const subject = { subjectKind: 'extract', subjectId: extractId, learnerIds };
    await audit(ctx, trx, { verb: 'extract.rows', purpose: 'register', ...subject, fields: [asked.outcome] });
    const last = rows.at(-1);
    return {
      items: rows.map(previewOf),
      next: rows.length === asked.limit && last ? last.row_number : null,
    };
  });
}

const reasonList = z.array(z.object({ field: z.string().nullable(), why: z.enum(rowReasons) }));
const changeList = z.array(z.object({ field: z.string(), before: z.string().nullable() }));
const rawFields = z.object({ fields: z.array(z.string()) });

function previewOf(row: rowsIn.StoredRow): PreviewRow {
  const changes = new Map(changeList.parse(row.changes).map(({ field, before }) => [field, before]));
  const raw = rawFields.safeParse(row.content);
  const said = raw.success
    ? raw.data.fields.map((value, place) => [`${place + 1}`, value] as const)
    : Object.entries(contentOf(row.content));
  const gone = [...changes]
    .filter(([field]) => !said.some(([name]) => name === field))
    .map(([field]) => [field, ''] as const);
  return {
    row: row.row_number,
    reasons: reasonList.parse(row.reasons) as PreviewRow['reasons'],
    content: [...said, ...gone].map(([field, value]) => ({ field, value, before: changes.get(field) ?? null })),
  };
}

const mostRejected = 100_000;

/**
 * The rejected rows as a file, as they stood, each with its row number and reasons. Cells that a spreadsheet would work out
 * are neutralised. Audited as the export that it is.
 */
export async function rejectedRows(ctx: Context, extractId: string): Promise<{ text: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    await existing(ctx, trx, extractId);
    const page = { outcome: 'rejected', after: 0, limit: mostRejected } as const;
    const rows = await rowsIn.listRowsOf(trx, ctx.actor.authorityId, extractId, page);
    const subject = { subjectKind: 'extract', subjectId: extractId };
    await audit(ctx, trx, { verb: 'extract.rejected-file', purpose: 'register', ...subject });
    const lines = rows.map((row) => {
      const reasons = reasonList.parse(row.reasons).map(({ field, why }) => (field ? `${field}: ${why}` : why));
      const raw = rawFields.safeParse(row.content);
      return csvLine([String(row.row_number), reasons.join('; '), ...(raw.success ? raw.data.fields : [])]);
    });
    return { text: [csvLine(['Row', 'Why it was not taken']), ...lines].join('') };
  });
}
