import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { findOutcome } from '../db/actions.js';
import { inOneTransaction, type Trx } from '../db/database.js';
import { setTimer } from '../db/timer.js';
import { AppError } from '../errors.js';
import { labelForAsker } from '../learners/asker-search-service.js';
import { childProtectionSetting, readSetting } from '../people/settings.js';
import { fromDate, toDate } from '../time.js';
import { keptDraft } from './asking-contract.js';
import {
  type AskField,
  type AskStep,
  askFields,
  firstMissing,
  isLearner,
  mergeTyped,
  requestOf,
  type Typed,
  wordsIn,
} from './asking.js';
import { mayBeConcern } from './concern.js';
import * as repository from './drafts-repository.js';
import { copyToManager, sendThroughManager } from './manager-service.js';
import type { Need, RequestState } from './request.js';
import { needs, requestStates } from './request.js';
import { member } from './rows.js';
import { type Press, submitRequest } from './service.js';

/** Half a form, as the person who types it is shown it again. Kept for a day. */
export interface Draft {
  readonly draftId: string;
  readonly step: AskStep;
  readonly typed: Typed;
  /** Initials and stage of the learner it is about; null when it is about none that the asker reaches. */
  readonly label: string | null;
  readonly startedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

export const draftHours = 24;

/** Goes on with the form that was begun, or begins one. Refuses with setting-unset while there are no numbers to show. */
export async function openDraft(ctx: Context, begin: { readonly typed?: Typed } = {}): Promise<Draft> {
  return asAsker(ctx, async (joined, trx, personId) => {
    await readSetting(trx, ctx, childProtectionSetting);
    const now = toDate(ctx.clock.now());
    const kept = begin.typed ? undefined : await keptOrLocked(trx, ctx.actor.authorityId, personId, now);
    return draftOf(joined, kept ?? (await begun(ctx, trx, personId, { typed: begin.typed ?? {}, source: null })));
  });
}

/**
 * A typed sentence begins a form, or goes on with the one that was begun: people write a thing in several messages. The
 * caller has guarded the words. `source` names the message in Teams.
 */
export async function addToDraft(ctx: Context, said: Typed, source: string | null): Promise<Draft> {
  return asAsker(ctx, async (joined, trx, personId) => {
    await readSetting(trx, ctx, childProtectionSetting);
    const { authorityId } = ctx.actor;
    const kept = await keptOrLocked(trx, authorityId, personId, toDate(ctx.clock.now()));
    if (!kept) return draftOf(joined, await begun(ctx, trx, personId, { typed: said, source }));
    const before = typedOf(kept);
    const what = [before.what, said.what]
      .filter((words) => words)
      .join('\n')
      .slice(0, mostLetters);
    const typed = { ...said, ...before, ...(said.urgency ? { urgency: said.urgency } : {}), what };
    await repository.updateDraft(trx, authorityId, kept.draft_id, { source_activity: kept.source_activity ?? source });
    return draftOf(joined, await keep(ctx, trx, kept, typed, before.who ? 'what' : 'who'));
  });
}

/** The form that was begun. When there is none, nobody else begins one for this person before this transaction ends. */
async function keptOrLocked(trx: Trx, authorityId: string, personId: string, now: Date) {
  const kept = await repository.findDraftOf(trx, authorityId, personId, now);
  if (kept) return kept;
  await repository.lockAsker(trx, authorityId, personId);
  return repository.findDraftOf(trx, authorityId, personId, now);
}

const mostLetters = 4000;

async function begun(ctx: Context, trx: Trx, personId: string, begin: { typed: Typed; source: string | null }) {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  await repository.deleteDraftsOf(trx, authorityId, personId);
  const row = {
    ...{ authority_id: authorityId, draft_id: ctx.random.id(), person_id: personId, learner_id: null },
    ...{ step: 'who' as const, source_activity: begin.source },
    ...{ started_at: toDate(now), expires_at: toDate(now.add({ hours: draftHours })) },
  };
  await repository.insertDraft(trx, { ...row, typed: JSON.stringify(begin.typed) });
  await setTimer(ctx, trx, {
    job: 'request.draft-expire',
    payload: { v: 1, draftId: row.draft_id },
    key: `draft:${row.draft_id}`,
    dueAt: now.add({ hours: draftHours }),
  });
  return { ...row, typed: begin.typed };
}

/** Whether there is something to go on with, for the welcome: when it was begun, and nothing of what was typed. */
export async function findDraft(ctx: Context): Promise<{ readonly startedAt: Temporal.Instant } | null> {
  return asAsker(ctx, async (_joined, trx, personId) => {
    const kept = await repository.findDraftOf(trx, ctx.actor.authorityId, personId, toDate(ctx.clock.now()));
    return kept ? { startedAt: fromDate(kept.started_at) } : null;
  });
}

/**
 * Keeps what was typed and turns to a step. Words that are new are guarded first: AppError('concern') when a phrase is met
 * and the question has not been answered, and then nothing is kept. not-found: the form was sent or is a day old.
 */
export async function saveDraft(
  ctx: Context,
  draftId: string,
  inputs: Typed,
  to: { readonly step: AskStep | ((typed: Typed) => AskStep); readonly notConcern: boolean },
): Promise<Draft> {
  return asAsker(ctx, async (joined, trx) => {
    const stored = await lock(ctx, trx, draftId);
    const typed = guarded(stored, inputs, to.notConcern);
    const step = typeof to.step === 'function' ? to.step(typed) : to.step;
    return draftOf(joined, await keep(ctx, trx, stored, typed, step));
  });
}

/** Not now, and not later either; also when the child protection question was not answered with No. */
export async function discardDraft(ctx: Context): Promise<void> {
  await asAsker(ctx, (_joined, trx, personId) => repository.deleteDraftsOf(trx, ctx.actor.authorityId, personId));
}

/** A day old: what was typed is gone, whether or not the person ever comes back. */
export async function expireDraft(ctx: Context, draftId: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) => repository.deleteDraft(trx, ctx.actor.authorityId, draftId));
}

export interface OpenLike {
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly state: RequestState;
  readonly need: Need;
  readonly assignee: string | null;
  readonly own: boolean;
}

export type DraftSent =
  | { readonly kind: 'sent'; readonly requestId: string }
  /** It waits for the designated manager's press (a council's setting). */
  | { readonly kind: 'with-manager'; readonly manager: string }
  | { readonly kind: 'missing'; readonly field: AskField; readonly draft: Draft | null; readonly typed: Typed }
  /** Somebody has asked the same already: shown first. */
  | { readonly kind: 'alike'; readonly alike: OpenLike; readonly draft: Draft | null; readonly typed: Typed };

/** Sends what was typed. A repeat of the same press answers with the request that it made, though the draft is gone. */
export async function submitDraft(
  ctx: Context,
  press: Press & { readonly draftId: string | null },
  inputs: Typed,
  said: { readonly notConcern: boolean; readonly another: boolean },
): Promise<DraftSent> {
  return asAsker(ctx, async (joined, trx) => {
    const { draftId } = press;
    const now = toDate(ctx.clock.now());
    const stored = draftId ? await repository.findDraftForUpdate(trx, ctx.actor.authorityId, draftId, now) : undefined;
    // After the lock: the press that this one repeats has ended.
    const action = { verb: 'request.submit', targetId: press.id, version: press.version, nonce: press.nonce };
    const before = (await findOutcome(ctx, trx, action))?.['requestId'];
    if (typeof before === 'string') return { kind: 'sent', requestId: before };
    if (draftId && !stored) throw new AppError('not-found');
    const typed = stored ? guarded(stored, inputs, said.notConcern) : guarded({ typed: {} }, inputs, said.notConcern);
    const missing = firstMissing(typed);
    if (missing) {
      const draft = stored ? await draftOf(joined, await keep(ctx, trx, stored, typed, stored.step)) : null;
      return { kind: 'missing', field: missing, draft, typed };
    }
    const request = { ...requestOf(typed), notConcern: true };
    const alike = said.another ? null : await openLike(ctx, trx, request.learnerId, request.need);
    if (alike) {
      const draft = stored ? await draftOf(joined, await keep(ctx, trx, stored, typed, stored.step)) : null;
      return { kind: 'alike', alike, draft, typed };
    }
    const source = stored?.source_activity ?? null;
    if (stored) await repository.deleteDraft(trx, ctx.actor.authorityId, stored.draft_id);
    const manager = await sendThroughManager(joined, { request, typed, source, card: press.card });
    if (manager) return { kind: 'with-manager', manager };
    const { requestId } = await submitRequest(joined, request, 'chat', press);
    await copyToManager(joined, requestId, request.learnerId);
    if (source) await repository.updateSource(trx, ctx.actor.authorityId, requestId, source);
    return { kind: 'sent', requestId };
  });
}

async function openLike(ctx: Context, trx: Trx, learnerId: string | undefined, need: Need): Promise<OpenLike | null> {
  if (!learnerId) return null;
  const row = await repository.findOpenLike(trx, ctx.actor.authorityId, learnerId, need);
  if (!row) return null;
  const about = { subjectKind: 'request', subjectId: row.request_id, learnerIds: [learnerId] };
  await audit(ctx, trx, { verb: 'request.alike', purpose: 'ask-for-support', ...about, fields: ['request.state'] });
  return {
    ...{ requestId: row.request_id, reference: row.reference, version: row.version, assignee: row.assignee },
    ...{ state: member(requestStates, row.state), need: member(needs, row.need) },
    own: ctx.actor.kind === 'person' && row.asker_id === ctx.actor.personId,
  };
}

function asAsker<T>(ctx: Context, work: (joined: Context, trx: Trx, personId: string) => Promise<T>): Promise<T> {
  return inOneTransaction(ctx, (joined) =>
    joined.db.transact(ctx.actor, ctx.clock, (trx, reach) => {
      allow(ctx.actor, reach, 'request.submit');
      if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
      return work(joined, trx, ctx.actor.personId);
    }),
  );
}

async function lock(ctx: Context, trx: Trx, draftId: string): Promise<repository.StoredDraft> {
  const now = toDate(ctx.clock.now());
  const stored = await repository.findDraftForUpdate(trx, ctx.actor.authorityId, draftId, now);
  if (!stored) throw new AppError('not-found');
  return stored;
}

/** What is kept has been through the guard, so only words that differ from it are looked at. */
function guarded(stored: Pick<repository.StoredDraft, 'typed'>, inputs: Typed, notConcern: boolean): Typed {
  const kept = typedOf(stored);
  const typed = mergeTyped(kept, inputs);
  const fresh = Object.fromEntries(
    askFields.flatMap((field) =>
      typed[field] !== undefined && typed[field] !== kept[field] ? [[field, typed[field]]] : [],
    ),
  );
  if (!notConcern && mayBeConcern(wordsIn(fresh))) throw new AppError('concern');
  return typed;
}

async function keep(ctx: Context, trx: Trx, stored: repository.StoredDraft, typed: Typed, step: AskStep) {
  const who = typed.who;
  const learnerId = isLearner(who) ? who : null;
  // A learner out of reach answers exactly as one that does not exist.
  if (learnerId && !(await repository.isReached(trx, ctx.actor.authorityId, learnerId)))
    throw new AppError('not-found');
  const change = { learner_id: learnerId, step, typed: JSON.stringify(typed) };
  await repository.updateDraft(trx, ctx.actor.authorityId, stored.draft_id, change);
  return { ...stored, ...change, typed };
}

function typedOf(stored: Pick<repository.StoredDraft, 'typed'>): Typed {
  return keptDraft.shape.typed.parse(stored.typed);
}

async function draftOf(ctx: Context, stored: repository.StoredDraft): Promise<Draft> {
  const { step, typed } = keptDraft.parse({ step: stored.step, typed: stored.typed });
  const about = stored.learner_id ? await labelForAsker(ctx, stored.learner_id) : null;
  return {
    ...{ draftId: stored.draft_id, step, typed, label: about?.label ?? null },
    ...{ startedAt: fromDate(stored.started_at), expiresAt: fromDate(stored.expires_at) },
  };
}
