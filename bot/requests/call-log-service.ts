import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { childProtectionSetting, readSetting } from '../people/settings.js';
import { dateIn, toDate } from '../time.js';
import * as repository from './call-log-repository.js';
import { mayBeConcern } from './concern.js';
import { moveRequest } from './move-service.js';
import { findSchool } from './repository.js';
import { createRequest } from './service.js';
import type { logRequest } from './triage-contract.js';

type Heard = z.output<typeof logRequest>;

/**
 * The team writes down a request that came by telephone, e-mail or letter (product.md A.9), for somebody in the staff list,
 * to whom the answers then go, or for somebody who is not, whose name and number are kept beside it. Social workers ask this
 * way too. Guarded like every entrance of free text. A repeat of the press is the same request. With `take` the logger has it
 * at once. Throws AppError: forbidden, setting-unset, concern, not-found, invalid.
 */
export async function logRequestFor(ctx: Context, input: Heard): Promise<{ id: string; reference: string }> {
  const logged = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    await readSetting(trx, ctx, childProtectionSetting);
    const typed = [input.what, input.name, input.telephone, input.learnerInitials, input.learnerClass];
    if (!input.notConcern && mayBeConcern(typed)) throw new AppError('concern');
    const loggerId = loggerOf(ctx);
    const heard = { askerId: input.personId ?? loggerId, schoolId: input.schoolId ?? null };
    await check(ctx, trx, input);
    const press = { verb: 'request.log', targetId: loggerId, version: 0, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      const made = await createRequest(ctx, trx, reach, storyOf(input), { origin: 'tab', card: null, heard });
      await keepHeard(ctx, trx, input, { requestId: made.requestId, askerId: heard.askerId, loggerId });
      return made;
    });
    return outcome;
  });
  // A verb of its own, with a nonce of this press: a repeat after a lost answer takes it once.
  if (input.take)
    await moveRequest(ctx, logged.requestId, 'take', { version: 1, nonce: input.nonce }).catch(leaveAsRouted);
  return { id: logged.requestId, reference: logged.reference };
}

/** Somebody was quicker, or it may not be taken: the request stands, and stays where the routing table put it. */
function leaveAsRouted(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

function loggerOf(ctx: Context): string {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  return ctx.actor.personId;
}

function storyOf({ level, need, urgency, what, learnerId, learnerInitials, learnerClass }: Heard) {
  return {
    ...{ level, need, urgency, what, notConcern: true },
    ...(learnerId ? { learnerId } : {}),
    ...(learnerInitials ? { learnerInitials } : {}),
    ...(learnerClass ? { learnerClass } : {}),
  };
}

async function check(ctx: Context, trx: Trx, input: Heard): Promise<void> {
  const { authorityId } = ctx.actor;
  if (!input.personId && !input.name) throw new AppError('invalid', { where: 'name', why: 'say who it is from' });
  if (input.personId && !(await repository.findPersonHeard(trx, authorityId, input.personId, dateIn(ctx.clock.now()))))
    throw new AppError('not-found', { where: 'personId' });
  if (input.schoolId && !(await findSchool(trx, authorityId, input.schoolId)))
    throw new AppError('not-found', { where: 'schoolId' });
}

async function keepHeard(
  ctx: Context,
  trx: Trx,
  input: Heard,
  { requestId, askerId, loggerId }: { requestId: string; askerId: string; loggerId: string },
): Promise<void> {
  await repository.insertHeard(trx, {
    ...{ authority_id: ctx.actor.authorityId, request_id: requestId, learner_id: input.learnerId ?? null },
    ...{ asker_id: askerId, logged_by: loggerId, heard_by: input.heardBy, at: toDate(ctx.clock.now()) },
    ...{ caller_name: input.personId ? null : (input.name ?? null), caller_telephone: input.telephone || null },
  });
  await audit(ctx, trx, {
    ...{ verb: 'request.log', purpose: 'support', subjectKind: 'request', subjectId: requestId },
    learnerIds: input.learnerId ? [input.learnerId] : [],
  });
}
