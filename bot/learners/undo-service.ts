import type { Context } from '../context.js';
import * as extracts from './extract-repository.js';
import { found, tell } from './extract-service.js';
import type { Pace } from './staging-service.js';
import { undoSteps } from './undo-repository.js';

const rowsAtOnce = 10_000;

/** Takes back all that an extract brought. Every step may be repeated; answers whether it is done. */
export async function undoExtract(ctx: Context, extractId: string, pace: Pace): Promise<boolean> {
  const { authorityId } = ctx.actor;
  for (const step of undoSteps)
    for (;;) {
      const done = await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
        const extract = await found(trx, ctx, extractId);
        return extract.state !== 'undoing' || (await step(trx, authorityId, extractId, rowsAtOnce)) === 0;
      });
      if (done) break;
      if (pace.over()) return false;
    }
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const extract = await found(trx, ctx, extractId);
    if (extract.state !== 'undoing') return;
    await extracts.updateExtract(trx, authorityId, extractId, {
      state: 'undone',
      undone_at: new Date(ctx.clock.now().epochMilliseconds),
    });
    await tell(ctx, trx, extract, 'extract.undone');
  });
  return true;
}
