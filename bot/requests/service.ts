import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import { claimReference } from '../access/references.js';
import { createDirectory } from '../access/resolve.js';
import { mayDo } from '../access/roles.js';
import type { ChatTarget, Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { saveEffects } from '../db/effects.js';
import { placeCard } from '../db/posted-cards.js';
import { setTimer } from '../db/timer.js';
import { AppError } from '../errors.js';
import { childProtectionSetting, readSetting } from '../people/settings.js';
import { dateIn, toDate } from '../time.js';
import { mayBeConcern } from './concern.js';
import type { MoveRequest, SubmitRequest } from './contract.js';
import { requestDue } from './due.js';
import * as repository from './repository.js';
import { nextState, type RequestMove, requestStates } from './request.js';
import { member } from './rows.js';
import { routeRequest } from './routing.js';
import { dueTargets, routingTable } from './settings.js';

/** The press that carried the form, so that a repeat of it is the same request. */
export interface Press {
  readonly id: string;
  readonly version: number;
  readonly nonce: string;
  /** The card that was pressed, when it is to become the asker's card. */
  readonly card: { readonly target: ChatTarget; readonly activityId: string } | null;
}

export interface Submitted {
  readonly requestId: string;
  readonly reference: string;
  readonly repeated: boolean;
}

/**
 * Asks for support. Refuses with setting-unset while the council's child protection numbers are missing, with concern when
 * a phrase of the table is met and the question has not been answered (nothing is stored), with not-found for a learner the
 * asker does not reach. A repeat of the same press answers with the request it made.
 */
export async function submitRequest(
  ctx: Context,
  input: SubmitRequest,
  origin: 'chat' | 'tab',
  press: Press,
): Promise<Submitted> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    await readSetting(trx, ctx, childProtectionSetting);
    if (input.notConcern !== true && mayBeConcern(freeText(input))) throw new AppError('concern');
    const action = { verb: 'request.submit', targetId: press.id, version: press.version, nonce: press.nonce };
    const { outcome, repeated } = await once(ctx, trx, action, () => create(ctx, trx, reach, input, origin, press));
    return { ...outcome, repeated };
  });
}

function freeText(input: SubmitRequest): (string | undefined)[] {
  return [input.what, input.tried, input.learnerView, input.hoped, input.learnerInitials, input.learnerClass];
}

async function create(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  input: SubmitRequest,
  origin: 'chat' | 'tab',
  press: Press,
) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId: askerId } = ctx.actor;
  const at = ctx.clock.now();
  const requestId = ctx.random.id();
  const reference = await claimReference(ctx, trx, 'request', requestId);
  const about = await whoItIsAbout(ctx, trx, reach, input);
  const routed = routeRequest(
    { need: input.need, urgency: input.urgency, clusterId: about.clusterId },
    (await readSetting(trx, ctx, routingTable)) ?? [],
  );
  const due = await dueFor(ctx, trx, input, at);
  await repository.insertRequest(trx, {
    ...askedColumns(input),
    authority_id: authorityId,
    request_id: requestId,
    reference,
    asker_id: askerId,
    learner_id: about.learnerId,
    learner_initials: about.learnerId ? null : (input.learnerInitials ?? null),
    learner_class: about.learnerId ? null : (input.learnerClass ?? null),
    school_id: about.schoolId,
    cluster_id: about.clusterId,
    state: 'submitted',
    version: 1,
    routed_to: routed.to,
    routed_because: routed.because,
    submitted_at: toDate(at),
    due_at: due.at && toDate(due.at),
    due_because: due.because,
    origin,
  });
  await recordActivity(ctx, trx, {
    aggregateKind: 'request',
    aggregateId: requestId,
    kind: 'request.submitted',
    version: 1,
    learnerId: about.learnerId,
    askerId,
  });
  await audit(ctx, trx, {
    verb: 'request.submit',
    purpose: 'ask-for-support',
    subjectKind: 'request',
    subjectId: requestId,
    learnerIds: about.learnerId ? [about.learnerId] : [],
  });
  await placeCards(ctx, trx, requestId, askerId, press.card);
  return { requestId, reference };
}

/** What the asker said, as it is kept; what was left empty is null. */
function askedColumns({ level, need, urgency, what, tried, learnerView, hoped }: SubmitRequest) {
  return { level, need, urgency, what, tried: tried || null, learner_view: learnerView || null, hoped: hoped || null };
}

async function whoItIsAbout(ctx: Context, trx: Trx, reach: Reach, input: SubmitRequest) {
  const { authorityId } = ctx.actor;
  const learner = input.learnerId ? await repository.findLearner(trx, authorityId, input.learnerId) : undefined;
  if (input.learnerId && !learner) throw new AppError('not-found', { where: 'learnerId' });
  if (input.level === 'learner' && !learner && !input.learnerInitials) {
    throw new AppError('invalid', { where: 'learnerInitials', why: 'say who it is about' });
  }
  const schoolId = learner?.school_id ?? reach.roles.find((held) => held.schoolId !== null)?.schoolId ?? null;
  const school = schoolId ? await repository.findSchool(trx, authorityId, schoolId) : undefined;
  return { learnerId: learner?.learner_id ?? null, schoolId, clusterId: school?.cluster_id ?? null };
}

async function dueFor(ctx: Context, trx: Trx, input: SubmitRequest, at: Temporal.Instant) {
  const { authorityId } = ctx.actor;
  const hours = await repository.listOfficeHours(trx, authorityId);
  const closed = await repository.listClosedDays(trx, authorityId, dateIn(at));
  return requestDue(input.urgency, at, {
    workingDays: (await readSetting(trx, ctx, dueTargets)) ?? {},
    officeHours: new Map(hours.map((row) => [row.weekday, { opens: row.opens, closes: row.closes }])),
    closedOn: (on) => closed.some((days) => days.from_on <= on && on <= days.until_on),
  });
}

/** The asker's own card takes the place of the form; the channel gets one when an administrator has bound a channel. */
async function placeCards(
  ctx: Context,
  trx: Trx,
  requestId: string,
  askerId: string,
  form: Press['card'],
): Promise<void> {
  const directory = createDirectory(trx, ctx.clock);
  const chat = form ? null : await directory.personalChat(ctx.actor.authorityId, askerId);
  const target = form?.target ?? chat;
  const place = { aggregateId: requestId };
  if (target) {
    await placeCard(ctx, trx, {
      ...place,
      kind: 'request-asker',
      personId: askerId,
      target,
      activityId: form?.activityId ?? null,
    });
  }
  const channel = await directory.requestsChannel(ctx.actor.authorityId);
  if (channel)
    await placeCard(ctx, trx, { ...place, kind: 'request-channel', personId: null, target: channel, activityId: null });
}

export type ConcernAnswer = 'shown' | 'yes-or-not-sure' | 'no';

/** One content-free line: who saw the child protection numbers, where, and what they answered. No word of what was typed. */
export async function noteConcern(ctx: Context, entrance: string, answer: ConcernAnswer): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    await repository.insertConcernNotice(trx, {
      authority_id: ctx.actor.authorityId,
      notice_id: ctx.random.id(),
      person_id: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      entrance,
      answer,
      at: toDate(ctx.clock.now()),
    });
  });
}

export interface Moved {
  readonly requestId: string;
  readonly version: number;
}

/** The moves that the asker makes; the rest are the virtual school team's. */
const askerMoves: readonly RequestMove[] = ['reply', 'withdraw', 'reopen'];

/**
 * Moves a request on. The version is the one the presser saw: an older one is refused as stale, so that two people who press
 * at once make one move. A repeat of the same press answers with what it did the first time.
 */
export async function moveRequest(
  ctx: Context,
  requestId: string,
  move: RequestMove,
  input: MoveRequest,
): Promise<Moved> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, askerMoves.includes(move) ? 'request.add' : 'request.triage');
    if (input.notConcern !== true && mayBeConcern([input.body])) throw new AppError('concern');
    const action = { verb: `request.${move}`, targetId: requestId, version: input.version, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, action, () => apply(ctx, trx, reach, requestId, move, input));
    return outcome;
  });
}

async function apply(ctx: Context, trx: Trx, reach: Reach, requestId: string, move: RequestMove, input: MoveRequest) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId } = ctx.actor;
  const stored = await repository.findRequestForUpdate(trx, authorityId, requestId);
  if (!stored) throw new AppError('not-found');
  if (askerMoves.includes(move) && stored.asker_id !== personId && !mayDo(reach.roles, 'request.triage')) {
    throw new AppError('not-found');
  }
  if (stored.version !== input.version) throw new AppError('stale');
  const state = nextState(member(requestStates, stored.state), move);
  if (!state) throw new AppError('not-allowed-now');
  const messageId = await keepMessage(ctx, trx, stored, move, input);
  const version = stored.version + 1;
  const now = toDate(ctx.clock.now());
  await repository.updateRequest(trx, authorityId, requestId, {
    state,
    version,
    ...(await assigneeAfter(ctx, trx, move, input)),
    ...(move === 'answer' && !stored.first_answered_at ? { first_answered_at: now } : {}),
    ...(state === 'closed' || state === 'withdrawn' ? { closed_at: now } : {}),
    ...(move === 'reopen' ? { closed_at: null } : {}),
  });
  const { learner_id: learnerId, asker_id: askerId } = stored;
  await saveEffects(ctx, trx, {
    activity: {
      aggregateKind: 'request',
      aggregateId: requestId,
      kind: `request.${past[move]}`,
      version,
      learnerId,
      askerId,
      data: messageId ? { messageId } : {},
    },
    audit: {
      verb: `request.${move}`,
      purpose: 'support',
      subjectKind: 'request',
      subjectId: requestId,
      learnerIds: learnerId ? [learnerId] : [],
    },
    cards: stored.cards,
    tag: version,
  });
  return { requestId, version };
}

const past: Record<RequestMove, string> = {
  take: 'taken',
  give: 'given',
  start: 'started',
  ask: 'asked',
  reply: 'replied',
  answer: 'answered',
  close: 'closed',
  reopen: 'reopened',
  withdraw: 'withdrawn',
};

/** Moves that say something keep the words; the rest must bring none. */
const speaking: Partial<Record<RequestMove, 'to-asker' | 'from-asker'>> = {
  ask: 'to-asker',
  answer: 'to-asker',
  reply: 'from-asker',
};

async function keepMessage(
  ctx: Context,
  trx: Trx,
  stored: repository.StoredRequest,
  move: RequestMove,
  input: MoveRequest,
) {
  const direction = speaking[move];
  if (!direction) return null;
  if (!input.body || ctx.actor.kind !== 'person')
    throw new AppError('invalid', { where: 'body', why: 'say something' });
  const messageId = ctx.random.id();
  await repository.insertMessage(trx, {
    authority_id: stored.authority_id,
    message_id: messageId,
    request_id: stored.request_id,
    learner_id: stored.learner_id,
    asker_id: stored.asker_id,
    author_id: ctx.actor.personId,
    direction,
    body: input.body,
    at: toDate(ctx.clock.now()),
  });
  return messageId;
}

async function assigneeAfter(
  ctx: Context,
  trx: Trx,
  move: RequestMove,
  input: MoveRequest,
): Promise<{ assignee_id?: string }> {
  if (ctx.actor.kind !== 'person') return {};
  if (move === 'take') return { assignee_id: ctx.actor.personId };
  if (move !== 'give') return {};
  const { assigneeId } = input;
  if (!assigneeId) throw new AppError('invalid', { where: 'assigneeId', why: 'say who' });
  if (!(await repository.isTriager(trx, ctx.actor.authorityId, assigneeId, dateIn(ctx.clock.now())))) {
    throw new AppError('invalid', { where: 'assigneeId', why: 'not in the virtual school team today' });
  }
  return { assignee_id: assigneeId };
}

/** A form left unsent is cleared a day after it was opened: what was typed must not stay in the chat (product.md A.2). */
export async function openForm(ctx: Context, target: ChatTarget, activityId: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    await setTimer(ctx, trx, {
      job: 'card.clear-form',
      payload: { v: 1, botAppId: target.botAppId, conversationId: target.conversationId, activityId },
      key: `form:${target.conversationId}:${activityId}`,
      dueAt: ctx.clock.now().add({ hours: 24 }),
    });
  });
}

/** Binds the channel that the command was written in, for requests. Only an administrator or the head may. */
export async function bindRequestsChannel(ctx: Context, target: ChatTarget): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'channel.bind');
    await createDirectory(trx, ctx.clock).bindChannel(target.botAppId, target.conversationId, ctx.actor.authorityId);
    await audit(ctx, trx, { verb: 'channel.bind', purpose: 'administration' });
  });
}
