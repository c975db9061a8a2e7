import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { createDirectory } from '../access/resolve.js';
import type { ChatTarget, Context } from '../context.js';
import { AppError } from '../errors.js';

/** Binds the channel that the command was written in, for requests. Only an administrator or the head may; again renames it. */
export async function bindRequestsChannel(
  ctx: Context,
  target: ChatTarget,
  named: { readonly name: string | null; readonly teamId: string | null } = { name: null, teamId: null },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'channel.bind');
    const { authorityId } = ctx.actor;
    const directory = createDirectory(trx, ctx.clock);
    const known = await directory.conversation(target.botAppId, target.conversationId);
    // Bound by another council of the same tenant: theirs to let go of, and nothing is said of it.
    if (known?.authorityId && known.authorityId !== authorityId) throw new AppError('not-found');
    await directory.bindChannel(target.botAppId, target.conversationId, { authorityId, ...named });
    await audit(ctx, trx, { verb: 'channel.bind', purpose: 'administration' });
  });
}

/** Lets the channel go: cards that are there stay and are still followed, new requests go elsewhere. */
export async function unbindRequestsChannel(ctx: Context, target: ChatTarget): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'channel.bind');
    const { authorityId } = ctx.actor;
    const directory = createDirectory(trx, ctx.clock);
    const was = await directory.unbindChannel(target.botAppId, target.conversationId, authorityId);
    if (!was) throw new AppError('not-found');
    await audit(ctx, trx, { verb: 'channel.unbind', purpose: 'administration' });
  });
}
