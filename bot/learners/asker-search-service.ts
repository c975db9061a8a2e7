import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import * as repository from './asker-search-repository.js';
import type { LearnerChoice } from './contract.js';
import { choiceLabels } from './labels.js';
import { initialsLabel } from './learner.js';

export interface LearnersFound {
  /** 'short': fewer than three letters were typed, and nothing was looked for. */
  readonly kind: 'short' | 'looked';
  readonly items: readonly LearnerChoice[];
  /** There are others: more letters would tell them apart. */
  readonly more: boolean;
}

const lettersAtLeast = 3;
const shownAtMost = 10;

/**
 * Learners whom this asker reaches and whose name begins so: ten at most, by initials and stage. Audited each time, whoever
 * was found, and never with what was typed. Somebody who is not reached is not there, whether or not they are on the register.
 */
export async function searchForAsker(ctx: Context, typed: string): Promise<LearnersFound> {
  const words = repository
    .folded(typed)
    .split(' ')
    .filter((word) => word !== '');
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    if (words.join('').length < lettersAtLeast) return { kind: 'short', items: [], more: false };
    const rows = await repository.findByNames(trx, ctx.actor.authorityId, words.slice(0, 4), shownAtMost + 1);
    const shown = rows.slice(0, shownAtMost);
    await audit(ctx, trx, {
      verb: 'learner.search',
      purpose: 'ask-for-support',
      learnerIds: shown.map((row) => row.learner_id),
      fields: ['learner.initials', 'learner.stage'],
    });
    const named = shown.map((row) => ({
      ...{ id: row.learner_id, givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as },
      ...{ stage: row.stage, birthOn: row.birth_on },
    }));
    return { kind: 'looked', items: choiceLabels(named), more: rows.length > shown.length };
  });
}

/** Initials and stage of one whom the asker reaches, and their school; null for anybody else. Audited. */
export async function labelForAsker(
  ctx: Context,
  learnerId: string,
): Promise<(LearnerChoice & { readonly schoolId: string | null }) | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const row = await repository.findReached(trx, ctx.actor.authorityId, learnerId);
    if (!row) return null;
    const fields = ['learner.initials', 'learner.stage'];
    await audit(ctx, trx, { verb: 'learner.choose', purpose: 'ask-for-support', learnerIds: [learnerId], fields });
    const named = { givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as };
    return { id: learnerId, label: initialsLabel({ ...named, stage: row.stage }), schoolId: row.school_id };
  });
}
