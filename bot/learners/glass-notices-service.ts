import { createDirectory } from '../access/resolve.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { placeCard } from '../db/posted-cards.js';
import { dateIn } from '../time.js';
import * as repository from './glass-repository.js';

/** Told of every opened record: product.md "Who may see whom". */
const told = ['virtual-school-head', 'information-officer'] as const;

/** A card of one sentence in the chat of each who is to be told; whoever has no chat with the bot reads it in the tab. */
export async function tellOfGlass(ctx: Context, trx: Trx, glassId: string): Promise<void> {
  const { authorityId } = ctx.actor;
  const directory = createDirectory(trx, ctx.clock);
  for (const personId of await repository.listHolders(trx, authorityId, told, dateIn(ctx.clock.now()))) {
    const target = await directory.personalChat(authorityId, personId);
    const place = { kind: 'glass-notice', aggregateId: glassId, personId, activityId: null } as const;
    if (target) await placeCard(ctx, trx, { ...place, target });
  }
}
