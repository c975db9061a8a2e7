import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { deleteBlob, listExpired } from '../db/blobs.js';
import { toDate } from '../time.js';

/** Removes uploaded files whose time is over. What was taken from them stays, each value with its source. */
export async function clearUploads(ctx: Context): Promise<void> {
  const { authorityId } = ctx.actor;
  const expired = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    listExpired(trx, authorityId, toDate(ctx.clock.now())),
  );
  for (const blobId of expired)
    await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
      await deleteBlob(trx, authorityId, blobId);
      await audit(ctx, trx, { verb: 'extract.expired', purpose: 'retention', subjectKind: 'blob', subjectId: blobId });
    });
}
