import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { addDays, dateIn } from '../time.js';
import type { LinkPerson } from './contract.js';
import type { LinkKind } from './learner.js';
import { linkedRole, mayLink, onlyOne } from './links.js';
import * as repository from './repository.js';

/**
 * Joins somebody to a learner from today on: allocation, class teacher, named person, grant, conflict… The scope that reach is
 * worked out from is kept in step here. The learner must be reached by whoever joins, else they do not exist for them.
 */
export async function linkPerson(ctx: Context, input: LinkPerson): Promise<{ linkId: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const self = ctx.actor.kind === 'person' && ctx.actor.personId === input.personId;
    if (ctx.actor.kind === 'person' && !mayLink(reach.roles, input.kind, self)) throw new AppError('forbidden');
    const learner = await lock(ctx, trx, input.learnerId);
    const today = dateIn(ctx.clock.now());
    const teamId = await checkLinked(ctx, trx, input, learner.school_id, today);
    const { authorityId } = ctx.actor;
    const { learnerId, kind, personId } = input;
    if (onlyOne.includes(kind)) await repository.endLinks(trx, authorityId, { learnerId, kind }, addDays(today, -1));
    const linkId = ctx.random.id();
    await repository.insertLink(trx, {
      ...{ authority_id: authorityId, link_id: linkId, learner_id: learnerId, person_id: personId, kind },
      ...{ valid_from: today, reason: input.reason ?? null },
    });
    if (kind === 'social-worker')
      await repository.updateScope(trx, authorityId, learnerId, { social_worker_id: personId, team_id: teamId });
    await tell(ctx, trx, learner, { kind: 'learner.linked', link: kind, personId });
    return { linkId };
  });
}

/** From today on the link no longer holds. Answers whether there was one. */
export async function unlinkPerson(
  ctx: Context,
  input: { readonly learnerId: string; readonly personId: string; readonly kind: LinkKind },
): Promise<boolean> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    // Somebody's own conflict is ended by another: it is they who would gain by it.
    if (ctx.actor.kind === 'person' && !mayLink(reach.roles, input.kind, false)) throw new AppError('forbidden');
    const learner = await lock(ctx, trx, input.learnerId);
    const { authorityId } = ctx.actor;
    const until = addDays(dateIn(ctx.clock.now()), -1);
    const ended = await repository.endLinks(trx, authorityId, input, until);
    if (ended === 0) return false;
    const scope = await repository.findScope(trx, authorityId, input.learnerId);
    if (input.kind === 'social-worker' && scope?.social_worker_id === input.personId)
      await repository.updateScope(trx, authorityId, input.learnerId, { social_worker_id: null, team_id: null });
    await tell(ctx, trx, learner, { kind: 'learner.unlinked', link: input.kind, personId: input.personId });
    return true;
  });
}

/**
 * Restricted: reached by the allocated social worker and by named grants alone. Whoever restricts is granted first, so that
 * the one who knows why does not lose the learner with everybody else.
 */
export async function restrict(
  ctx: Context,
  input: { readonly learnerId: string; readonly reason: string },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if (ctx.actor.kind !== 'person' || !mayLink(reach.roles, 'grant', false)) throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const learner = await lock(ctx, trx, input.learnerId);
    await repository.insertLink(trx, {
      ...{ authority_id: authorityId, link_id: ctx.random.id(), learner_id: input.learnerId, person_id: personId },
      ...{ kind: 'grant', valid_from: dateIn(ctx.clock.now()), reason: input.reason },
    });
    await repository.updateScope(trx, authorityId, input.learnerId, { restricted: true });
    await tell(ctx, trx, learner, { kind: 'learner.restricted', link: 'grant', personId });
  });
}

async function lock(ctx: Context, trx: Trx, learnerId: string): Promise<repository.StoredLearner> {
  const learner = await repository.findLearnerForUpdate(trx, ctx.actor.authorityId, learnerId);
  if (!learner) throw new AppError('not-found');
  return learner;
}

/** The person holds today what the link says of them, at the learner's school where it is a school's. Answers their team. */
async function checkLinked(
  ctx: Context,
  trx: Trx,
  { kind, personId }: LinkPerson,
  schoolId: string | null,
  on: string,
): Promise<string | null> {
  const held = await repository.listRolesOf(trx, ctx.actor.authorityId, personId, on);
  const role = linkedRole[kind];
  const fitting = held.filter((one) => role === null || one.role === role);
  const here = fitting.filter((one) => one.school_id === null || role === null || one.school_id === schoolId);
  if (here.length === 0)
    throw new AppError('invalid', { where: 'personId', why: `not somebody who can be the ${kind} here` });
  return here.find(({ team_id }) => team_id !== null)?.team_id ?? null;
}

async function tell(
  ctx: Context,
  trx: Trx,
  learner: repository.StoredLearner,
  what: { readonly kind: string; readonly link: LinkKind; readonly personId: string },
): Promise<void> {
  const learnerId = learner.learner_id;
  const data = { link: what.link, personId: what.personId };
  await recordActivity(ctx, trx, {
    ...{ aggregateKind: 'learner', aggregateId: learnerId, kind: what.kind, version: learner.version, learnerId },
    ...{ askerId: null, data },
  });
  const subject = {
    subjectKind: 'learner',
    subjectId: learnerId,
    learnerIds: [learnerId],
    fields: [`link.${what.link}`],
  };
  await audit(ctx, trx, { verb: what.kind, purpose: 'register', ...subject });
}
