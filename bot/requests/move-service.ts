import { allow } from '../access/allow.js';
import type { Reach } from '../access/reach.js';
import { mayDo } from '../access/roles.js';
import type { Context } from '../context.js';
import { once, onceReading } from '../db/actions.js';
import type { Trx } from '../db/database.js';
import { saveEffects } from '../db/effects.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import { moveClocks } from './clock-service.js';
import { mayBeConcern } from './concern.js';
import type { MoveRequest, UndoMove } from './contract.js';
import { startTending } from './escalation-service.js';
import { checkWords, keepWords } from './move-words-service.js';
import type { NoticeKind } from './notices.js';
import { tell } from './notices-service.js';
import * as repository from './repository.js';
import {
  askerMoves,
  canUndo,
  happening,
  nextState,
  openStates,
  type RequestMove,
  type RequestState,
  requestStates,
} from './request.js';
import { saveLoad } from './routing-repository.js';
import { readStaffing } from './routing-service.js';
import { member } from './rows.js';
import { listDecisions, wasToldOf } from './states-repository.js';
import { beforeOf, mayUndo } from './undo.js';

export interface Moved {
  readonly requestId: string;
  readonly version: number;
}

/**
 * Moves a request on. The version is the one the presser saw: an older one is refused as stale, so that two people who press
 * at once make one move. A repeat of the same press answers with what it did the first time. Refuses with concern when a
 * phrase of the table is met (nothing is stored), not-allowed-now when the table of moves has no such move, invalid when a
 * word that the move needs is missing.
 */
export async function moveRequest(
  ctx: Context,
  requestId: string,
  move: RequestMove,
  input: MoveRequest,
): Promise<Moved> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, askerMoves.includes(move) ? 'request.add' : 'request.triage');
    // Who was told of a concern is written after the numbers were shown, and may well be called child protection.
    const guarded = move !== 'concern' && move !== 'told' && input.notConcern !== true;
    if (guarded && mayBeConcern([input.body, input.reason, input.signpost, input.service, input.by]))
      throw new AppError('concern');
    const action = { verb: `request.${move}`, targetId: requestId, version: input.version, nonce: input.nonce };
    const { outcome } = await onceReading(ctx, trx, action, {
      read: () => repository.findRequestForUpdate(trx, ctx.actor.authorityId, requestId),
      work: (stored) => apply(ctx, trx, reach, stored, move, input),
      foreseen: { requestId, version: input.version + 1 },
    });
    return outcome;
  });
}

async function apply(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  stored: repository.LockedRequest | undefined,
  move: RequestMove,
  input: MoveRequest,
) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId } = ctx.actor;
  const team = mayDo(reach.roles, 'request.triage');
  if (!stored) throw new AppError('not-found');
  const requestId = stored.request_id;
  if (askerMoves.includes(move) && stored.asker_id !== personId && !team) {
    const asked = move === 'reply' && (await wasToldOf(trx, authorityId, { requestId, personId, about: 'manager' }));
    if (!asked) throw new AppError('not-found');
  }
  if (stored.version !== input.version) throw new AppError('stale');
  const from = member(requestStates, stored.state);
  const to = nextState(from, move);
  if (!to) throw new AppError('not-allowed-now');
  if (move === 'accept') await refuseSecondAcceptance(trx, stored);
  await checkWords(ctx, trx, move, input);
  const messageId = await keepWords(ctx, trx, stored, move, input);
  const assigneeId = await assigneeAfter(ctx, trx, stored, { move, team, given: input.assigneeId });
  const moved = await save(ctx, trx, { stored, move, from, to, assigneeId, messageId });
  await tellAfter(ctx, trx, { stored, move, assigneeId });
  return moved;
}

async function refuseSecondAcceptance(trx: Trx, stored: repository.StoredRequest): Promise<void> {
  const [last] = await listDecisions(trx, stored.authority_id, stored.request_id);
  if (last?.kind === 'accepted') throw new AppError('not-allowed-now');
}

interface Moving {
  readonly stored: repository.LockedRequest;
  readonly move: RequestMove;
  readonly from: RequestState;
  readonly to: RequestState;
  readonly assigneeId: string | null;
  readonly messageId: string | null;
}

async function save(
  ctx: Context,
  trx: Trx,
  moving: Moving,
): Promise<Moved & Readonly<Record<string, string | number>>> {
  const { stored, move, from, to, assigneeId, messageId } = moving;
  const { authority_id: authorityId, request_id: requestId } = stored;
  const version = stored.version + 1;
  const now = ctx.clock.now();
  const ends = to === 'closed' || to === 'withdrawn' || to === 'declined';
  await repository.updateRequest(trx, authorityId, requestId, {
    ...{ state: to, version, assignee_id: assigneeId, undo: undoOf(ctx, moving) },
    ...(await moveClocks(ctx, trx, stored, { move, to, ownerId: assigneeId })),
    ...(move === 'answer' && !stored.first_answered_at ? { first_answered_at: toDate(now) } : {}),
    ...(ends ? { closed_at: toDate(now) } : stored.closed_at && to !== 'concern' ? { closed_at: null } : {}),
  });
  await keepLoad(trx, stored, { from, to, assigneeId });
  if (move === 'ask' || move === 'reopen' || move === 'transfer') await startTending(ctx, trx, requestId);
  const { learner_id: learnerId, asker_id: askerId } = stored;
  await saveEffects(ctx, trx, {
    activity: {
      ...{ aggregateKind: 'request', aggregateId: requestId, kind: `request.${happening[move]}`, version },
      ...{ learnerId, askerId, data: messageId ? { messageId } : {} },
    },
    audit: {
      ...{ verb: `request.${move}`, purpose: 'support', subjectKind: 'request', subjectId: requestId },
      learnerIds: learnerId ? [learnerId] : [],
    },
    cards: stored.cards,
    tag: version,
  });
  return { requestId, version };
}

/** Kept in step with who has it, for the least loaded of a pool. */
async function keepLoad(
  trx: Trx,
  stored: repository.StoredRequest,
  { from, to, assigneeId }: { from: RequestState; to: RequestState; assigneeId: string | null },
): Promise<void> {
  const holder = (state: RequestState, id: string | null) => (openStates.includes(state) ? id : null);
  const after = holder(to, assigneeId);
  if (after !== holder(from, stored.assignee_id)) await saveLoad(trx, stored.authority_id, stored.request_id, after);
}

function undoOf(ctx: Context, { stored, move, from }: Moving): string | null {
  if (ctx.actor.kind !== 'person' || !canUndo(from, move)) return null;
  return JSON.stringify({
    ...{ move, state: from, assigneeId: stored.assignee_id, closedAt: stored.closed_at?.toISOString() ?? null },
    ...{ byId: ctx.actor.personId, at: ctx.clock.now().toString() },
  });
}

/** Whoever of the team does something with a request that nobody has, has it from then on. */
async function assigneeAfter(
  ctx: Context,
  trx: Trx,
  stored: repository.StoredRequest,
  { move, team, given }: { move: RequestMove; team: boolean; given: string | undefined },
): Promise<string | null> {
  if (ctx.actor.kind !== 'person') return stored.assignee_id;
  if (move === 'take') return ctx.actor.personId;
  const touches = team && !askerMoves.includes(move) && move !== 'concern' && move !== 'told';
  if (move !== 'give') return touches ? (stored.assignee_id ?? ctx.actor.personId) : stored.assignee_id;
  if (!given) throw new AppError('invalid', { where: 'assigneeId', why: 'say who' });
  if (!(await repository.isTriager(trx, ctx.actor.authorityId, given, dateIn(ctx.clock.now()))))
    throw new AppError('invalid', { where: 'assigneeId', why: 'not in the virtual school team today' });
  if (stored.learner_id && !(await readStaffing(ctx, trx, stored.learner_id)).mayTake(given))
    throw new AppError('invalid', { where: 'assigneeId', why: 'may not see this learner' });
  return given;
}

const told: Partial<Record<RequestMove, NoticeKind>> = {
  ask: 'question',
  answer: 'answer',
  decline: 'declined',
  transfer: 'transferred',
};

/** One thread in every place: what the team says arrives in the asker's chat, a reply in the chat of whoever has the request. */
async function tellAfter(
  ctx: Context,
  trx: Trx,
  { stored, move, assigneeId }: { stored: repository.StoredRequest; move: RequestMove; assigneeId: string | null },
): Promise<void> {
  const { request_id: requestId, asker_id: askerId } = stored;
  const self = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  const about = told[move];
  if (about && askerId !== self) await tell(ctx, trx, { requestId, personId: askerId, about });
  if (move === 'reply' && assigneeId && assigneeId !== self)
    await tell(ctx, trx, { requestId, personId: assigneeId, about: 'reply' });
  if (move === 'give' && assigneeId && assigneeId !== self)
    await tell(ctx, trx, { requestId, personId: assigneeId, about: 'given' });
}

/**
 * Takes back the presser's own last move, while nobody has moved since and it is fresh. Throws stale when somebody has, and
 * not-allowed-now when it is not theirs, too old, or cannot be unsaid.
 */
export async function undoLastMove(ctx: Context, requestId: string, input: UndoMove): Promise<Moved> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    const action = { verb: 'request.undo', targetId: requestId, version: input.version, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, action, () => undo(ctx, trx, requestId, input.version));
    return outcome;
  });
}

async function undo(ctx: Context, trx: Trx, requestId: string, seen: number) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId } = ctx.actor;
  const stored = await repository.findRequestForUpdate(trx, authorityId, requestId);
  if (!stored) throw new AppError('not-found');
  if (stored.version !== seen) throw new AppError('stale');
  const before = beforeOf(stored.undo);
  if (!mayUndo(before, personId, ctx.clock.now())) throw new AppError('not-allowed-now');
  const version = stored.version + 1;
  await repository.updateRequest(trx, authorityId, requestId, {
    ...{ state: before.state, version, assignee_id: before.assigneeId, undo: null },
    closed_at: before.closedAt === null ? null : new Date(before.closedAt),
  });
  const from = member(requestStates, stored.state);
  await keepLoad(trx, stored, { from, to: before.state, assigneeId: before.assigneeId });
  const { learner_id: learnerId, asker_id: askerId } = stored;
  await saveEffects(ctx, trx, {
    activity: {
      ...{ aggregateKind: 'request', aggregateId: requestId, kind: 'request.undone', version },
      ...{ learnerId, askerId, data: { move: before.move } },
    },
    audit: {
      ...{ verb: 'request.undo', purpose: 'support', subjectKind: 'request', subjectId: requestId },
      learnerIds: learnerId ? [learnerId] : [],
    },
    cards: stored.cards,
    tag: version,
  });
  return { requestId, version };
}
