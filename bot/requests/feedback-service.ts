import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import { mayBeConcern } from './concern.js';
import * as repository from './feedback-repository.js';

export const helpedAnswers = ['yes', 'partly', 'no'] as const;
export type Helped = (typeof helpedAnswers)[number];

/** States in which the asker is asked whether it helped. */
const endStates: readonly string[] = ['answered', 'closed'];

/**
 * What the asker says at the end: did it help, and what changed for the learner. Only the asker, only of an answered or closed
 * request; concern when a phrase is met in the words and the question has not been answered.
 */
export async function giveFeedback(
  ctx: Context,
  requestId: string,
  said: { readonly helped: Helped; readonly changed: string; readonly notConcern: boolean },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.add');
    const { actor } = ctx;
    const asked = await repository.findAsked(trx, actor.authorityId, requestId);
    if (!asked || actor.kind !== 'person' || asked.asker_id !== actor.personId) throw new AppError('not-found');
    if (!endStates.includes(asked.state)) throw new AppError('not-allowed-now');
    if (!said.notConcern && mayBeConcern([said.changed])) throw new AppError('concern');
    const { learner_id: learnerId, asker_id: askerId, version } = asked;
    await repository.keepFeedback(trx, {
      ...{ authority_id: actor.authorityId, request_id: requestId, learner_id: learnerId, asker_id: askerId },
      ...{ helped: said.helped, changed: said.changed || null, at: toDate(ctx.clock.now()) },
    });
    const what = { aggregateKind: 'request', aggregateId: requestId, kind: 'request.feedback', version } as const;
    await recordActivity(ctx, trx, { ...what, learnerId, askerId, data: { helped: said.helped } });
    const subject = { subjectKind: 'request', subjectId: requestId, learnerIds: learnerId ? [learnerId] : [] };
    await audit(ctx, trx, { verb: 'request.feedback', purpose: 'support', ...subject });
  });
}

/** Whether the asker is still to be asked; for their own card. */
export async function wantsFeedback(ctx: Context, requestId: string, state: string): Promise<boolean> {
  if (!endStates.includes(state)) return false;
  return ctx.db.transact(
    ctx.actor,
    ctx.clock,
    async (trx) => (await repository.findFeedback(trx, ctx.actor.authorityId, requestId)) === undefined,
  );
}
