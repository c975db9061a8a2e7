import { createHash } from 'node:crypto';
import { type Context, SheetRefused } from '../context.js';
import { findBlob } from '../db/blobs.js';
import type { Trx } from '../db/database.js';
import { readSetting } from '../people/settings.js';
import { dateIn } from '../time.js';
import { alarmsOf } from './extract-alarms.js';
import { plainOf } from './extract-codes.js';
import { mappingShape } from './extract-contract.js';
import {
  addCounts,
  type ExtractContent,
  type ExtractCounts,
  type ExtractKind,
  extractKinds,
  noCounts,
} from './extract.js';
import { changedFields, contentText, type ReadRow, rowReaderOf } from './extract-reader.js';
import * as repository from './extract-repository.js';
import * as rowsIn from './extract-row-repository.js';
import { found, tell } from './extract-service.js';
import { extractAlarmsSetting } from './settings.js';
import { openUpload } from './upload-service.js';

export interface Pace {
  /** True when it is time to stop: the rest is done by the next run. */
  readonly over: () => boolean;
}

interface Stage {
  readonly extractId: string;
  readonly sourceId: string;
  readonly system: string;
  readonly kind: ExtractKind;
  readonly complete: boolean;
  readonly reached: number;
  readonly upload: { readonly blobId: string; readonly parts: number };
  readonly reader: (headings: readonly string[]) => (fields: readonly string[]) => ReadRow;
}

/**
 * Reads an uploaded file into rows that say what would become of each, in batches that are each safe when committed. Changes
 * nothing of the register. Answers whether it is done; called again it goes on from the last batch.
 */
export async function stageExtract(ctx: Context, extractId: string, pace: Pace): Promise<boolean> {
  const stage = await prepare(ctx, extractId);
  if (!stage) return true;
  try {
    if (!(await stageRows(ctx, stage, pace))) return false;
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    await refuse(ctx, extractId, error.code);
    return true;
  }
  await finish(ctx, stage);
  return true;
}

async function prepare(ctx: Context, extractId: string): Promise<Stage | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    const extract = await repository.findExtract(trx, authorityId, extractId);
    if (extract?.state !== 'reading' || !extract.source_id || !extract.mapping_id) return null;
    const source = await repository.findSource(trx, authorityId, extract.source_id);
    const stored = await repository.findMapping(trx, authorityId, extract.mapping_id);
    const blob = await findBlob(trx, authorityId, extract.blob_id);
    if (!source || !stored || !blob) return null;
    const kind = extractKinds.find((one) => one === source.kind) ?? 'pupils';
    const mapping = mappingShape.parse(stored.mapping);
    const schools = new Map(
      (await repository.listSchools(trx, authorityId)).map((school) => [plainOf(school.name), school.school_id]),
    );
    const today = dateIn(ctx.clock.now());
    return {
      ...{ extractId, sourceId: source.source_id, system: source.system, kind, complete: source.complete },
      ...{ reached: extract.reached, upload: { blobId: extract.blob_id, parts: blob.parts } },
      reader: (headings) => rowReaderOf({ kind, mapping, headings, schools, today }),
    };
  });
}

async function stageRows(ctx: Context, stage: Stage, pace: Pace): Promise<boolean> {
  // What an earlier mapping of this file staged goes first.
  if (stage.reached === 0 && !(await clearRows(ctx, stage.extractId, pace))) return false;
  let read: ((fields: readonly string[]) => ReadRow) | null = null;
  for await (const part of ctx.sheets.read(openUpload(ctx, stage.upload))) {
    let rows = part;
    if (!read) {
      const [first, ...rest] = part;
      read = stage.reader(first?.fields ?? []);
      rows = rest;
    }
    const reader = read;
    const fresh = rows.filter(({ number }) => number > stage.reached);
    if (fresh.length === 0) continue;
    const staged = fresh.map(({ number, fields }) => ({ number, fields, ...reader(fields) }));
    await ctx.db.transact(ctx.actor, ctx.clock, (trx) => stageBatch(ctx, trx, stage, staged));
    if (pace.over()) return false;
  }
  return true;
}

/** Answers whether all are gone. */
export async function clearRows(ctx: Context, extractId: string, pace: Pace): Promise<boolean> {
  for (;;) {
    const gone = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      rowsIn.deleteRows(trx, ctx.actor.authorityId, extractId, 20_000),
    );
    if (gone === 0) return true;
    if (pace.over()) return false;
  }
}

type Staged = ReadRow & { readonly number: number; readonly fields: readonly string[] };

async function stageBatch(ctx: Context, trx: Trx, stage: Stage, staged: readonly Staged[]): Promise<void> {
  const { authorityId } = ctx.actor;
  const extract = await found(trx, ctx, stage.extractId);
  const last = staged.at(-1)?.number ?? 0;
  // Another run was quicker, or somebody cancelled.
  if (extract.state !== 'reading' || extract.reached >= (staged[0]?.number ?? 0)) return;
  const keys = staged.flatMap(({ recordKey, reasons }) => (recordKey && reasons.length === 0 ? [recordKey] : []));
  const personKeys = [...new Set(staged.flatMap(({ personKey }) => personKey ?? []))];
  const known = await rowsIn.listKnownRecords(trx, authorityId, stage.sourceId, keys);
  const earlier = await rowsIn.listRowsByKey(trx, authorityId, stage.extractId, keys);
  const persons = await rowsIn.listPersonsByKey(trx, authorityId, stage.system, personKeys);
  const rows = outcomesOf(staged, {
    known: new Map(known.map((one) => [one.record_key, one])),
    seen: new Map(earlier.flatMap((one) => (one.record_key ? [[one.record_key, one.row_hash] as const] : []))),
    learners: new Map(persons.map((one) => [one.person_key, one.learner_id])),
  });
  await rowsIn.insertRows(trx, authorityId, stage.extractId, rows);
  const count = (outcome: rowsIn.StagedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const counts = addCounts(countsOf(extract.counts), {
    ...{ read: rows.length, added: count('added'), changed: count('changed') },
    ...{ unchanged: count('unchanged'), rejected: count('rejected') },
  });
  await repository.updateExtract(trx, authorityId, stage.extractId, { reached: last, counts: JSON.stringify(counts) });
}

export function countsOf(stored: unknown): ExtractCounts {
  return typeof stored === 'object' && stored !== null ? { ...noCounts, ...stored } : noCounts;
}

interface Around {
  readonly known: ReadonlyMap<string, { readonly row_hash: string; readonly content: unknown }>;
  readonly seen: Map<string, string | null>;
  readonly learners: ReadonlyMap<string, string | null>;
}

function outcomesOf(staged: readonly Staged[], { known, seen, learners }: Around): rowsIn.StagedRow[] {
  return staged.map((row) => {
    const { number, content, personKey, recordKey } = row;
    const hash = createHash('sha256').update(contentText(content)).digest('base64url').slice(0, 22);
    const base = { row_number: number, person_key: personKey, learner_id: learners.get(personKey ?? '') ?? null };
    const plain = { ...base, record_key: null, row_hash: hash, reasons: [], changes: [], content };
    if (row.reasons.length > 0 || recordKey === null)
      return { ...plain, outcome: 'rejected', reasons: row.reasons, content: { fields: row.fields } };
    const before = seen.get(recordKey);
    seen.set(recordKey, hash);
    // Said twice in the same words is said once; in other words nobody can know which is meant.
    if (before === hash) return { ...plain, outcome: 'unchanged' };
    if (before !== undefined) {
      const reasons = [{ field: null, why: 'twice-in-file' }];
      return { ...plain, outcome: 'rejected', reasons, content: { fields: row.fields } };
    }
    const kept = known.get(recordKey);
    if (!kept) return { ...plain, record_key: recordKey, outcome: 'added' };
    if (kept.row_hash === hash) return { ...plain, record_key: recordKey, outcome: 'unchanged' };
    const old = contentOf(kept.content);
    const changes = changedFields(old, content).map((field) => ({ field, before: old[field] ?? null }));
    return { ...plain, record_key: recordKey, outcome: 'changed', changes };
  });
}

/** As it was written by contentText's own fields. */
export function contentOf(stored: unknown): ExtractContent {
  return typeof stored === 'object' && stored !== null ? stored : {};
}

async function finish(ctx: Context, stage: Stage): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    const extract = await found(trx, ctx, stage.extractId);
    if (extract.state !== 'reading') return;
    const counts = countsOf(extract.counts);
    if (counts.read === 0) {
      await repository.updateExtract(trx, authorityId, stage.extractId, { state: 'refused', refused: 'empty' });
      return;
    }
    const before = await repository.countKnownRecords(trx, authorityId, stage.sourceId);
    const ended = stage.complete ? await rowsIn.countMissing(trx, authorityId, stage) : 0;
    const limits = await readSetting(trx, ctx, extractAlarmsSetting);
    const alarms = alarmsOf(counts, { before, complete: stage.complete }, limits);
    await repository.updateExtract(trx, authorityId, stage.extractId, {
      ...{ state: 'previewed', alarms: JSON.stringify(alarms), counts: JSON.stringify({ ...counts, ended }) },
    });
    await tell(ctx, trx, extract, 'extract.previewed');
  });
}

async function refuse(ctx: Context, extractId: string, code: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const extract = await found(trx, ctx, extractId);
    if (extract.state !== 'reading') return;
    await repository.updateExtract(trx, ctx.actor.authorityId, extractId, { state: 'refused', refused: code });
    await tell(ctx, trx, extract, 'extract.refused');
  });
}
