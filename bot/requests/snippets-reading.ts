import { allow } from '../access/allow.js';
import type { Context } from '../context.js';
import { readSetting } from '../people/settings.js';
import { dateIn } from '../time.js';
import { guidanceSetting } from './settings.js';
import type { SnippetList } from './triage-contract.js';

/** The council's own short answers, for the composer. Throws AppError: forbidden. */
export async function listSnippets(ctx: Context): Promise<SnippetList> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const today = dateIn(ctx.clock.now());
    const kept = await readSetting(trx, ctx, guidanceSetting);
    return { items: kept.map(({ title, text, link, reviewBy }) => ({ title, text, link, stale: reviewBy < today })) };
  });
}
