import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import { completeBlob, findBlob, insertBlob, putPart } from '../db/blobs.js';
import type { Trx } from '../db/database.js';
import { setTimer } from '../db/timer.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { toDate } from '../time.js';
import { codesOf } from './extract-codes.js';
import type { ConfirmMapping } from './extract-contract.js';
import { type ExtractMove, extractMoves, fieldsOf, kindFields, mayMove, noCounts, serviceOfKind } from './extract.js';
import * as repository from './extract-repository.js';
import { keepUploadsSetting } from './settings.js';

type Stored = repository.StoredExtract;

/** A file is going to be sent in so many parts. Nothing is read of it before all of them are there. */
export async function beginExtract(
  ctx: Context,
  input: { readonly bytes: number; readonly parts: number },
): Promise<{ id: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const [extractId, blobId] = [ctx.random.id(), ctx.random.id()];
    const now = ctx.clock.now();
    const by = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    const days = await readSetting(trx, ctx, keepUploadsSetting);
    await insertBlob(trx, {
      ...{ authorityId: ctx.actor.authorityId, blobId, ...input, createdBy: by, at: toDate(now) },
      expiresAt: toDate(now.add({ hours: 24 * days })),
    });
    await repository.insertExtract(trx, {
      ...{ authority_id: ctx.actor.authorityId, extract_id: extractId, blob_id: blobId, state: 'uploading' },
      ...{ uploaded_by: by, uploaded_at: toDate(now) },
    });
    await tell(ctx, trx, { extract_id: extractId, version: 0 }, 'extract.begun');
    return { id: extractId };
  });
}

export async function sendPart(
  ctx: Context,
  extractId: string,
  { part, content }: { readonly part: number; readonly content: Buffer },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const extract = await found(trx, ctx, extractId);
    const blob = await findBlob(trx, ctx.actor.authorityId, extract.blob_id);
    if (extract.state !== 'uploading' || !blob) throw new AppError('not-allowed-now');
    if (part >= blob.parts) throw new AppError('invalid', { where: 'part', why: 'beyond the last' });
    await putPart(trx, ctx.actor.authorityId, { blobId: extract.blob_id, part, content });
  });
}

/** All parts are there. Throws AppError('invalid') when they are not, or are not as long as was said. */
export async function completeUpload(ctx: Context, extractId: string): Promise<void> {
  await move(ctx, extractId, 'complete', null, async (trx, extract) => {
    if (!(await completeBlob(trx, ctx.actor.authorityId, extract.blob_id)))
      throw new AppError('invalid', { where: 'parts', why: 'not all of the file is here' });
    return {};
  });
}

/** What the columns are, said by a person: remembered for this source as its next version. The file is then read. */
export async function confirmMapping(ctx: Context, extractId: string, input: ConfirmMapping): Promise<void> {
  checkMapping(input);
  await move(ctx, extractId, 'map', input.version, async (trx) => {
    const { authorityId } = ctx.actor;
    const source = await repository.putSource(trx, {
      ...{ authority_id: authorityId, source_id: ctx.random.id(), service: serviceOfKind[input.source.kind] },
      ...{ ...input.source, created_at: toDate(ctx.clock.now()) },
    });
    const last = (await repository.listMappings(trx, authorityId)).find((one) => one.source_id === source.source_id);
    const mapping = JSON.stringify(input.mapping);
    const same = last && JSON.stringify(last.mapping) === mapping;
    const mappingId = same ? last.mapping_id : ctx.random.id();
    if (!same)
      await repository.insertMapping(trx, {
        ...{ authority_id: authorityId, mapping_id: mappingId, source_id: source.source_id, mapping },
        ...{ version: (last?.version ?? 0) + 1, confirmed_at: toDate(ctx.clock.now()) },
        confirmed_by: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      });
    return { source_id: source.source_id, mapping_id: mappingId, refused: null, ...fresh() };
  });
}

/** Nothing counted, no row reached: where every stage begins. */
function fresh() {
  return { reached: 0, alarms: '[]', counts: JSON.stringify(noCounts) };
}

function checkMapping({ source, mapping }: ConfirmMapping): void {
  const mapped = new Set(mapping.columns.map(({ field }) => field));
  const own = new Set(fieldsOf(source.kind));
  const missing = kindFields[source.kind].required.find((field) => !mapped.has(field));
  if (missing) throw new AppError('invalid', { where: missing, why: 'no column is named for it' });
  if (!mapped.has('personKey') && !mapped.has('scn'))
    throw new AppError('invalid', { where: 'personKey', why: 'no column says who it is about' });
  const foreign = mapping.columns.find(({ field }) => !own.has(field));
  if (foreign) throw new AppError('invalid', { where: foreign.field, why: 'not of this kind of extract' });
  for (const { field, ours } of mapping.codes)
    if (field !== 'school' && !codesOf[field]?.includes(ours))
      throw new AppError('invalid', { where: field, why: 'not a code of ours' });
}

/** Takes what was previewed. Alarms must have been accepted; one extract at a time is taken or undone. */
export async function startImport(
  ctx: Context,
  extractId: string,
  press: { readonly version: number; readonly acceptAlarms?: boolean | undefined },
): Promise<void> {
  await move(ctx, extractId, 'import', press.version, async (trx, extract) => {
    const alarms = Array.isArray(extract.alarms) ? extract.alarms : [];
    if (alarms.length > 0 && press.acceptAlarms !== true)
      throw new AppError('invalid', { where: 'acceptAlarms', why: 'an alarm has to be confirmed' });
    await refuseWhileAnother(ctx, trx, extractId);
    return {
      reached: 0,
      imported_at: toDate(ctx.clock.now()),
      imported_by: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
    };
  });
}

export async function cancelExtract(
  ctx: Context,
  extractId: string,
  press: { readonly version: number },
): Promise<void> {
  await move(ctx, extractId, 'cancel', press.version, async () => Promise.resolve({}));
}

/** The extract as a whole is taken back, as long as nothing later stands on it. Throws not-allowed-now when something does. */
export async function startUndo(ctx: Context, extractId: string, press: { readonly version: number }): Promise<void> {
  await move(ctx, extractId, 'undo', press.version, async (trx, extract) => {
    await refuseWhileAnother(ctx, trx, extractId);
    if (await repository.takenSince(trx, ctx.actor.authorityId, extract))
      throw new AppError('not-allowed-now', { where: 'later', why: 'a later extract of this source stands on it' });
    if (await repository.touchedSince(trx, ctx.actor.authorityId, extractId))
      throw new AppError('not-allowed-now', { where: 'later', why: 'somebody has worked on what it brought' });
    return { reached: 0 };
  });
}

async function refuseWhileAnother(ctx: Context, trx: Trx, extractId: string): Promise<void> {
  if (await repository.otherUnderWay(trx, ctx.actor.authorityId, extractId))
    throw new AppError('not-allowed-now', { where: 'another', why: 'another extract is being taken' });
}

type Change = Parameters<typeof repository.updateExtract>[3];

/** Allow, lock, decide, save; the work that follows is a timed job, which goes on from where it was killed. */
async function move(
  ctx: Context,
  extractId: string,
  name: ExtractMove,
  version: number | null,
  decide: (trx: Trx, extract: Stored) => Promise<Change>,
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const extract = await found(trx, ctx, extractId);
    if (version !== null && version !== extract.version) throw new AppError('stale');
    const state = extract.state;
    if (!mayMove(stateOf(state), name)) throw new AppError('not-allowed-now');
    const change = await decide(trx, extract);
    const to = extractMoves[name].to;
    await repository.updateExtract(trx, ctx.actor.authorityId, extractId, { ...change, state: to });
    if (['reading', 'importing', 'undoing', 'cancelled'].includes(to)) await wake(ctx, trx, extractId);
    await tell(ctx, trx, extract, `extract.${name}`);
  });
}

export async function wake(ctx: Context, trx: Trx, extractId: string): Promise<void> {
  const key = `learners.extract ${extractId}`;
  await setTimer(ctx, trx, { job: 'learners.extract', payload: { v: 1, extractId }, key, dueAt: ctx.clock.now() });
}

export function stateOf(state: string): (typeof extractMoves)[ExtractMove]['to'] | 'uploading' {
  const known = Object.values(extractMoves).find(({ to }) => to === state)?.to;
  return known ?? 'uploading';
}

export async function found(trx: Trx, ctx: Context, extractId: string): Promise<Stored> {
  const extract = await repository.findExtractForUpdate(trx, ctx.actor.authorityId, extractId);
  if (!extract) throw new AppError('not-found');
  return extract;
}

export async function tell(
  ctx: Context,
  trx: Trx,
  extract: { readonly extract_id: string; readonly version: number },
  kind: string,
): Promise<void> {
  await recordActivity(ctx, trx, {
    ...{ aggregateKind: 'extract', aggregateId: extract.extract_id, kind, version: extract.version + 1 },
    ...{ learnerId: null, askerId: null },
  });
  await audit(ctx, trx, { verb: kind, purpose: 'register', subjectKind: 'extract', subjectId: extract.extract_id });
}
