import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { mayBeConcern } from '../requests/concern.js';
import { dateIn, toDate } from '../time.js';
import { movedBetween } from './due-compared.js';
import type { LearnerDue, RecordFact } from './due-contract.js';
import { boardLearners, readLearnerDue, readPolicy } from './due-reading.js';
import * as dueRepository from './due-repository.js';
import { clocksOf, dueFactOf } from './due-rows.js';
import { movedBecause } from './due-words.js';

/** What happened to a learner that clocks start from: recorded, corrected, withdrawn, and what that moved. */
export async function recordFact(ctx: Context, learnerId: string, input: RecordFact): Promise<LearnerDue> {
  checkFact(input, dateIn(ctx.clock.now()));
  const { corrects: replaces = null } = input;
  const moved = await changeFacts(ctx, learnerId, input.nonce, 'review.fact-recorded', async (trx) => {
    const factId = ctx.random.id();
    if (replaces !== null) await end(ctx, trx, learnerId, replaces, factId);
    await insertFact(ctx, trx, { learnerId, factId, ...input });
    return factId;
  });
  return readLearnerDue(ctx, learnerId, moved);
}

/** Throws AppError: forbidden, not-found (learner, or a fact that does not stand). */
export async function withdrawFact(
  ctx: Context,
  learnerId: string,
  input: { readonly factId: string; readonly nonce: string },
): Promise<LearnerDue> {
  const moved = await changeFacts(ctx, learnerId, input.nonce, 'review.fact-withdrawn', async (trx) => {
    await end(ctx, trx, learnerId, input.factId, null);
    return input.factId;
  });
  return readLearnerDue(ctx, learnerId, moved);
}

/** What is still to come did not happen: the one event that may lie ahead is a planned change of school. */
function checkFact(input: RecordFact, today: string): void {
  const refuse = (where: string, why: string) => new AppError('invalid', { where, why });
  if (input.on !== null && input.on > today && input.event !== 'school-change') throw refuse('on', 'still-to-come');
  if (input.event === 'review-held' && !input.series) throw refuse('series', 'missing');
  if (input.event === 'frequency-agreed' && !input.every) throw refuse('every', 'missing');
  const needsWords = input.event === 'frequency-agreed' || input.event === 'late-explained';
  if (needsWords && !input.said) throw refuse('said', 'missing');
  if (input.event === 'late-explained' && (!input.series || input.on === null)) throw refuse('series', 'missing');
  if (input.said && mayBeConcern([input.said])) throw new AppError('concern');
}

/** Under a lock of the learner, once for a press; answers what moved, in sentences. */
async function changeFacts(
  ctx: Context,
  learnerId: string,
  nonce: string,
  kind: 'review.fact-recorded' | 'review.fact-withdrawn',
  work: (trx: Trx) => Promise<string>,
): Promise<string[]> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.record');
    const { authorityId } = ctx.actor;
    if (!(await dueRepository.lockLearner(trx, authorityId, learnerId))) throw new AppError('not-found');
    const before = await knownOf(ctx, trx, learnerId);
    await once(ctx, trx, { verb: kind, targetId: learnerId, version: 0, nonce }, async () => {
      const factId = await work(trx);
      const version = await dueRepository.nextFactVersion(trx, authorityId, learnerId);
      await recordActivity(ctx, trx, {
        ...{ aggregateKind: 'learner', aggregateId: learnerId, kind, version },
        ...{ learnerId, askerId: null, data: { factId } },
      });
      await audit(ctx, trx, {
        ...{ verb: kind, purpose: 'plan-review', subjectKind: 'learner', subjectId: learnerId },
        ...{ learnerIds: [learnerId], fields: ['review.facts'] },
      });
      return { factId };
    });
    return movedBetween(before, await knownOf(ctx, trx, learnerId)).map(movedBecause);
  });
}

async function knownOf(ctx: Context, trx: Trx, learnerId: string) {
  const [one] = await boardLearners(ctx, trx, learnerId);
  if (!one) throw new AppError('not-found');
  const facts = one.facts.flatMap((row) => dueFactOf(row) ?? []);
  return { facts, clocks: clocksOf(one, await readPolicy(ctx, trx)) };
}

async function end(ctx: Context, trx: Trx, learnerId: string, id: string, replacedBy: string | null): Promise<void> {
  const at = toDate(ctx.clock.now());
  const ended = await dueRepository.endFact(trx, ctx.actor.authorityId, { id, learnerId, replacedBy, at });
  if (!ended) throw new AppError('not-found', { where: 'corrects' });
}

interface NewFact extends Pick<RecordFact, 'event' | 'on'>, Partial<Omit<RecordFact, 'event' | 'on'>> {
  readonly learnerId: string;
  readonly factId: string;
  readonly reviewId?: string;
}

/** The learner's row must be locked by this transaction, or the review that the fact is of. */
export async function insertFact(ctx: Context, trx: Trx, fact: NewFact): Promise<void> {
  const { actor } = ctx;
  await dueRepository.insertFact(trx, {
    ...{ authority_id: actor.authorityId, fact_id: fact.factId, learner_id: fact.learnerId, event: fact.event },
    ...{ happened_on: fact.on, series: fact.series ?? null, first_by: fact.firstBy ?? null },
    ...{ every_count: fact.every?.count ?? null, every_unit: fact.every?.unit ?? null },
    ...{ under_school_age: fact.underSchoolAge ?? false, said: fact.said ?? null },
    ...{ source: fact.reviewId ? 'review' : 'hand', review_id: fact.reviewId ?? null },
    ...{ recorded_by: actor.kind === 'person' ? actor.personId : null, recorded_at: toDate(ctx.clock.now()) },
  });
}
