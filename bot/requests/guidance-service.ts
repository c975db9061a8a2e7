import { allow } from '../access/allow.js';
import type { Context } from '../context.js';
import { readSetting } from '../people/settings.js';
import { findGuidance, type Guidance } from './guidance.js';
import { guidanceSetting } from './settings.js';

/** The council's guidance that fits the words typed; all of it when none were. Nothing of any learner. */
export async function searchGuidance(ctx: Context, search: string): Promise<Guidance[]> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.list-own');
    return findGuidance(await readSetting(trx, ctx, guidanceSetting), search);
  });
}
