import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import { claimReference } from '../access/references.js';
import { createDirectory } from '../access/resolve.js';
import type { ChatTarget, Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { placeCard } from '../db/posted-cards.js';
import { setTimer } from '../db/timer.js';
import { AppError } from '../errors.js';
import { childProtectionSetting, readSetting } from '../people/settings.js';
import { toDate } from '../time.js';
import { mayBeConcern } from './concern.js';
import type { SubmitRequest } from './contract.js';
import { startTending } from './escalation-service.js';
import { tell } from './notices-service.js';
import * as repository from './repository.js';
import { saveLoad } from './routing-repository.js';
import { routeAndTime } from './routing-service.js';

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
    const { outcome, repeated } = await once(ctx, trx, action, () =>
      createRequest(ctx, trx, reach, input, { origin, card: press.card }),
    );
    return { ...outcome, repeated };
  });
}

function freeText(input: SubmitRequest): (string | undefined)[] {
  const { what, tried, learnerView, hoped, learnerInitials, learnerClass, namedPerson, leadProfessional } = input;
  return [what, tried, learnerView, hoped, learnerInitials, learnerClass, namedPerson, leadProfessional];
}

/** How a request came. `heard`: the team writes it down for somebody who rang or wrote; the answers go to that person. */
interface Origin {
  readonly origin: 'chat' | 'tab';
  readonly card: Press['card'];
  readonly heard?: { readonly askerId: string; readonly schoolId: string | null };
}

/** Inside the transaction of the verb that asks, after its own checks. */
export async function createRequest(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  input: SubmitRequest,
  { origin, card, heard }: Origin,
) {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authorityId, personId } = ctx.actor;
  const askerId = heard?.askerId ?? personId;
  const at = ctx.clock.now();
  const requestId = ctx.random.id();
  const reference = await claimReference(ctx, trx, 'request', requestId);
  const ownSchool = heard ? heard.schoolId : (reach.roles.find((held) => held.schoolId !== null)?.schoolId ?? null);
  const about = await whoItIsAbout(ctx, trx, input, ownSchool);
  const { need, level, urgency } = input;
  const { decision, due, to } = await routeAndTime(ctx, trx, { need, level, urgency, ...about, at });
  const { assigneeId } = decision;
  const dueAt = due.at && toDate(due.at);
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
    state: assigneeId ? 'assigned' : 'submitted',
    version: 1,
    ...{ assignee_id: assigneeId, routed_to: to, routed_because: decision.matched.join(' + '), origin },
    ...{ submitted_at: toDate(at), due_at: dueAt, child_due_at: dueAt, due_because: due.because },
    ...{ routing: JSON.stringify(decision), due_why: JSON.stringify(due.why) },
  });
  if (assigneeId) await saveLoad(trx, authorityId, requestId, assigneeId);
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
  await placeCards(ctx, trx, { requestId, askerId, form: card, channelId: decision.channelId });
  if (assigneeId && assigneeId !== askerId) await tell(ctx, trx, { requestId, personId: assigneeId, about: 'given' });
  await startTending(ctx, trx, requestId);
  return { requestId, reference };
}

/** What the asker said, as it is kept; what was left empty is null. */
function askedColumns(input: SubmitRequest) {
  const { level, need, urgency, what, tried, learnerView, hoped } = input;
  return {
    ...{ level, need, urgency, what, tried: tried || null, learner_view: learnerView || null, hoped: hoped || null },
    ...{ indicators: [...(input.indicators ?? [])], view_kind: input.viewKind ?? null },
    ...{ named_person: input.namedPerson || null, lead_professional: input.leadProfessional || null },
  };
}

async function whoItIsAbout(ctx: Context, trx: Trx, input: SubmitRequest, ownSchool: string | null) {
  const { authorityId } = ctx.actor;
  const learner = input.learnerId ? await repository.findLearner(trx, authorityId, input.learnerId) : undefined;
  if (input.learnerId && !learner) throw new AppError('not-found', { where: 'learnerId' });
  if (input.level === 'learner' && !learner && !input.learnerInitials) {
    throw new AppError('invalid', { where: 'learnerInitials', why: 'say who it is about' });
  }
  const schoolId = learner?.school_id ?? ownSchool;
  const school = schoolId ? await repository.findSchool(trx, authorityId, schoolId) : undefined;
  return {
    ...{ learnerId: learner?.learner_id ?? null, schoolId },
    ...{ clusterId: school?.cluster_id ?? null, locality: school?.locality ?? null },
  };
}

/** The asker's own card takes the place of the form; the channel gets one when an administrator has bound a channel. */
async function placeCards(
  ctx: Context,
  trx: Trx,
  of: { requestId: string; askerId: string; form: Press['card']; channelId: string | null },
): Promise<void> {
  const { requestId, askerId, form, channelId } = of;
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
  const channels = await directory.requestsChannels(ctx.actor.authorityId);
  const channel = channels.find(({ conversationId }) => conversationId === channelId) ?? channels[0];
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
