import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import { mayBeConcern } from './concern.js';
import type { changeView, RequestFilters, SavedView, saveView, ViewList } from './triage-contract.js';
import { askedBy, countViews, keptView } from './triage-reading.js';
import { countAll, filterCondition } from './triage-repository.js';
import * as repository from './views-repository.js';

/** More are not found again, and every one is counted whenever the list is shown. */
const mostViews = 40;

/** Every view that this viewer has, each with how many requests are in it for them now. Throws AppError: forbidden. */
export async function listViews(ctx: Context): Promise<ViewList> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const { authorityId } = ctx.actor;
    const saved = await repository.listSaved(trx, authorityId);
    const counts = await countViews(trx, authorityId, askedBy(ctx));
    return { asOf: ctx.clock.now().toString(), counts, saved: await shown(ctx, trx, reach, saved) };
  });
}

/** Keeps filters under a name. Throws AppError: forbidden, concern, not-found, invalid when there are too many. */
export async function saveNewView(ctx: Context, input: z.output<typeof saveView>): Promise<SavedView> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    guard(input);
    const { authorityId } = ctx.actor;
    const personId = personOf(ctx);
    const press = { verb: 'view.save', targetId: personId, version: 0, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      await refuseUnknown(trx, authorityId, input.filters);
      if ((await repository.listSaved(trx, authorityId)).length >= mostViews)
        throw new AppError('invalid', { where: 'name', why: 'too many views' });
      const viewId = ctx.random.id();
      await repository.insertView(trx, {
        ...{ authority_id: authorityId, view_id: viewId, person_id: personId, version: 1 },
        ...columnsOf(ctx, input),
      });
      await audit(ctx, trx, { verb: 'view.save', purpose: 'triage', subjectKind: 'view', subjectId: viewId });
      return { viewId };
    });
    return one(ctx, trx, reach, outcome.viewId);
  });
}

/** Throws AppError: forbidden, not-found, stale, concern. */
export async function changeSavedView(
  ctx: Context,
  viewId: string,
  input: z.output<typeof changeView>,
): Promise<SavedView> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    guard(input);
    const stored = await changeable(ctx, trx, reach, viewId, input.version);
    await refuseUnknown(trx, ctx.actor.authorityId, input.filters);
    await repository.updateView(trx, stored, { ...columnsOf(ctx, input), version: stored.version + 1 });
    await audit(ctx, trx, { verb: 'view.change', purpose: 'triage', subjectKind: 'view', subjectId: viewId });
    return one(ctx, trx, reach, viewId);
  });
}

/** Throws AppError: forbidden, not-found, stale. */
export async function removeSavedView(ctx: Context, viewId: string, version: number): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    await repository.deleteView(trx, await changeable(ctx, trx, reach, viewId, version));
    await audit(ctx, trx, { verb: 'view.remove', purpose: 'triage', subjectKind: 'view', subjectId: viewId });
  });
}

function guard(input: { readonly name: string; readonly notConcern: boolean }): void {
  if (!input.notConcern && mayBeConcern([input.name])) throw new AppError('concern');
}

/** A view is shown to others: it holds no id of which its saver may not know that it stands for anything. */
async function refuseUnknown(trx: Trx, authorityId: string, filters: RequestFilters): Promise<void> {
  for (const field of ['schoolId', 'clusterId', 'assigneeId', 'learnerId'] as const) {
    const ids = [filters[field] ?? []].flat().filter((id) => id !== 'me' && id !== 'nobody');
    if (ids.length > 0 && !(await repository.allKnown(trx, authorityId, field, ids)))
      throw new AppError('not-found', { where: field });
  }
}

function personOf(ctx: Context): string {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  return ctx.actor.personId;
}

function columnsOf(ctx: Context, input: Pick<z.output<typeof saveView>, 'name' | 'shared' | 'filters' | 'sort'>) {
  return {
    ...{ name: input.name, shared: input.shared, filters: JSON.stringify(input.filters) },
    ...{ sort: input.sort && JSON.stringify(input.sort), saved_at: toDate(ctx.clock.now()) },
  };
}

async function changeable(ctx: Context, trx: Trx, reach: Reach, viewId: string, version: number) {
  const stored = await repository.findViewForUpdate(trx, ctx.actor.authorityId, viewId);
  if (!stored) throw new AppError('not-found');
  if (!mayChange(ctx, reach, stored)) throw new AppError('forbidden');
  if (stored.version !== version) throw new AppError('stale');
  return stored;
}

/** Whoever saved it, and for a shared one the head, who outlasts people who leave. */
function mayChange(ctx: Context, reach: Reach, view: repository.StoredView): boolean {
  return view.person_id === personOf(ctx) || reach.roles.some(({ role }) => role === 'virtual-school-head');
}

async function one(ctx: Context, trx: Trx, reach: Reach, viewId: string): Promise<SavedView> {
  const stored = await repository.findView(trx, ctx.actor.authorityId, viewId);
  const [view] = stored ? await shown(ctx, trx, reach, [stored]) : [];
  if (!view) throw new AppError('not-found');
  return view;
}

async function shown(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  saved: readonly repository.StoredView[],
): Promise<SavedView[]> {
  const kept = saved.map((view) => ({ view, ...keptView(view) }));
  const asked = askedBy(ctx);
  const conditions = kept.map(({ filters }) => filterCondition(filters, asked));
  const counts = await countAll(trx, ctx.actor.authorityId, conditions);
  return kept.map(({ view, filters, sort }, place) => ({
    ...{ id: view.view_id, name: view.name, shared: view.shared, filters, sort, version: view.version },
    mine: view.person_id === personOf(ctx),
    mayChange: mayChange(ctx, reach, view),
    count: counts[place] ?? 0,
  }));
}
