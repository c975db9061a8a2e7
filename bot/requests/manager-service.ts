import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { createDirectory } from '../access/resolve.js';
import type { Context } from '../context.js';
import { inOneTransaction, type Trx } from '../db/database.js';
import { placeCard, refreshCards } from '../db/posted-cards.js';
import { AppError } from '../errors.js';
import { labelForAsker } from '../learners/asker-search-service.js';
import { readSetting } from '../people/settings.js';
import { dateIn, toDate } from '../time.js';
import { typedShape } from './asking-contract.js';
import { requestOf, type Typed } from './asking.js';
import { mayBeConcern } from './concern.js';
import type { SubmitRequest } from './contract.js';
import * as repository from './manager-repository.js';
import { type Press, submitRequest } from './service.js';
import { designatedManagerSetting } from './settings.js';

/** Requests about a learner by others are copied to, or go through, the school's designated manager (product.md A.3). */

/**
 * Lets a request wait for the designated manager when the council routes requests through them: answers with their name.
 * Null, and nothing is written, when it does not, when it is about no learner, when the asker is the designated manager or of
 * the virtual school, and when no designated manager could be told: then nobody would ever press.
 */
export async function sendThroughManager(
  ctx: Context,
  sent: {
    readonly request: SubmitRequest;
    readonly typed: Typed;
    readonly source: string | null;
    readonly card: Press['card'];
  },
): Promise<string | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if ((await readSetting(trx, ctx, designatedManagerSetting)) !== 'through' || ctx.actor.kind !== 'person')
      return null;
    if (reach.roles.some(({ role }) => tellsNobody.includes(role))) return null;
    const manager = await managerToTell(ctx, trx, sent.request.learnerId);
    if (!manager || !sent.request.learnerId) return null;
    const { authorityId, personId } = ctx.actor;
    const waitingId = ctx.random.id();
    await repository.insertWaiting(trx, {
      ...{ authority_id: authorityId, waiting_id: waitingId, asker_id: personId, manager_id: manager.personId },
      ...{ learner_id: sent.request.learnerId, typed: JSON.stringify(sent.typed), source_activity: sent.source },
      sent_at: toDate(ctx.clock.now()),
    });
    const place = { kind: 'request-manager', aggregateId: waitingId } as const;
    await placeCard(ctx, trx, { ...place, personId: manager.personId, target: manager.chat, activityId: null });
    const form = sent.card;
    if (form) await placeCard(ctx, trx, { ...place, personId, target: form.target, activityId: form.activityId });
    const subject = { subjectKind: 'request-waiting', subjectId: waitingId, learnerIds: [sent.request.learnerId] };
    await audit(ctx, trx, { verb: 'request.to-manager', purpose: 'ask-for-support', ...subject });
    return manager.name;
  });
}

const tellsNobody: readonly string[] = ['designated-manager', 'virtual-school', 'virtual-school-head', 'data-officer'];

/** A card without the learner in the designated manager's chat, when the council has requests copied to them. */
export async function copyToManager(ctx: Context, requestId: string, learnerId: string | undefined): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if ((await readSetting(trx, ctx, designatedManagerSetting)) === 'not-told') return;
    if (reach.roles.some(({ role }) => tellsNobody.includes(role))) return;
    const manager = await managerToTell(ctx, trx, learnerId);
    if (!manager) return;
    const place = { kind: 'request-copy', aggregateId: requestId, personId: manager.personId } as const;
    await placeCard(ctx, trx, { ...place, target: manager.chat, activityId: null });
  });
}

async function managerToTell(ctx: Context, trx: Trx, learnerId: string | undefined) {
  if (!learnerId) return null;
  const { authorityId } = ctx.actor;
  const managers = await repository.listManagersFor(trx, authorityId, learnerId, dateIn(ctx.clock.now()));
  const directory = createDirectory(trx, ctx.clock);
  for (const { person_id: personId, name } of managers) {
    const chat = await directory.personalChat(authorityId, personId);
    if (chat) return { personId, name, chat };
  }
  return null;
}

export interface WaitingView {
  readonly waitingId: string;
  readonly decision: 'sent-on' | 'not-this-time' | null;
  readonly why: string | null;
  readonly asker: string;
  readonly manager: string;
  readonly managerId: string;
}

/** What the stored cards may say: staff and the decision, nothing of the learner or the story. */
export async function readWaiting(ctx: Context, waitingId: string): Promise<WaitingView | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const row = await repository.findWaiting(trx, ctx.actor.authorityId, waitingId);
    return row ? viewOf(ctx, trx, row) : null;
  });
}

async function viewOf(ctx: Context, trx: Trx, row: repository.StoredWaiting): Promise<WaitingView> {
  const { authorityId } = ctx.actor;
  const asker = await repository.findPersonName(trx, authorityId, row.asker_id);
  const manager = await repository.findPersonName(trx, authorityId, row.manager_id);
  return {
    ...{ waitingId: row.waiting_id, decision: row.decision, why: row.why, managerId: row.manager_id },
    ...{ asker: asker?.name ?? '', manager: manager?.name ?? '' },
  };
}

/** What waits, whole, for the designated manager it waits for; not-found for anybody else. Audited. */
export async function readWaitingStory(ctx: Context, waitingId: string) {
  return inOneTransaction(ctx, (joined) =>
    joined.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
      allow(ctx.actor, reach, 'request.submit');
      const row = await repository.findWaiting(trx, ctx.actor.authorityId, waitingId);
      if (!row || ctx.actor.kind !== 'person' || row.manager_id !== ctx.actor.personId) throw new AppError('not-found');
      const subject = { subjectKind: 'request-waiting', subjectId: waitingId, learnerIds: [row.learner_id] };
      await audit(ctx, trx, {
        verb: 'request.read',
        purpose: 'designated-manager',
        ...subject,
        fields: ['request.story'],
      });
      const { need, urgency, what } = requestOf(typedShape.catch({}).parse(row.typed));
      const about = await labelForAsker(joined, row.learner_id);
      return { ...(await viewOf(ctx, trx, row)), label: about?.label ?? '', need, urgency, what };
    }),
  );
}

/**
 * The designated manager's press. *Send on* makes the request, the asker's own, and is answered with it; *Not this time* says
 * why, in words that are guarded. Decided already: not-allowed-now.
 */
export async function decideWaiting(
  ctx: Context,
  waitingId: string,
  said: { readonly decision: 'sent-on' | 'not-this-time'; readonly why: string; readonly notConcern: boolean },
): Promise<{ readonly requestId: string | null }> {
  return inOneTransaction(ctx, (joined) =>
    joined.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
      allow(ctx.actor, reach, 'request.submit');
      const { actor } = ctx;
      const row = await repository.findWaitingForUpdate(trx, actor.authorityId, waitingId);
      if (!row || actor.kind !== 'person' || row.manager_id !== actor.personId) throw new AppError('not-found');
      if (row.decision) throw new AppError('not-allowed-now');
      if (!said.notConcern && mayBeConcern([said.why])) throw new AppError('concern');
      const subject = { subjectKind: 'request-waiting', subjectId: waitingId, learnerIds: [row.learner_id] };
      await audit(ctx, trx, { verb: `request.${said.decision}`, purpose: 'designated-manager', ...subject });
      const requestId = said.decision === 'sent-on' ? await sendOn(joined, row) : null;
      await repository.updateWaiting(trx, actor.authorityId, waitingId, {
        ...{ decision: said.decision, why: said.why || null, decided_at: toDate(ctx.clock.now()) },
        typed: '{}', // the request holds it now, or nobody does
      });
      await refreshCards(ctx, trx, waitingId, 'decided');
      return { requestId };
    }),
  );
}

async function sendOn(ctx: Context, row: repository.StoredWaiting): Promise<string> {
  const asker = { kind: 'person', authorityId: row.authority_id, personId: row.asker_id } as const;
  const request = { ...requestOf(typedShape.parse(row.typed)), notConcern: true };
  const press = { id: row.waiting_id, version: 0, nonce: 'sent-on-by-manager', card: null };
  return (await submitRequest({ ...ctx, actor: asker }, request, 'chat', press)).requestId;
}

/** Initials and stage of the learner that a copied request is about, for whoever reaches them; not-found for anybody else. */
export async function readCopyLabel(ctx: Context, requestId: string): Promise<string> {
  return inOneTransaction(ctx, (joined) =>
    joined.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
      allow(ctx.actor, reach, 'request.submit');
      const learnerId = await repository.findLearnerOf(trx, ctx.actor.authorityId, requestId);
      const about = learnerId ? await labelForAsker(joined, learnerId) : null;
      if (!about) throw new AppError('not-found');
      return about.label;
    }),
  );
}
