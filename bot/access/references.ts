import type { Trx } from '../db/database.js';
import type { Context } from '../context.js';

/** 'VS-' or 'VR-' and six Crockford characters (product.md, Nouns): a handle that says nothing. 32^6 is about a thousand million. */
const prefixes = { request: 'VS-', review: 'VR-' } as const;

/** Takes a reference nobody has, in this transaction. Throws when eight tries all met one that is taken. */
export async function claimReference(
  ctx: Context,
  trx: Trx,
  kind: 'request' | 'review',
  subjectId: string,
): Promise<string> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const reference = prefixes[kind] + ctx.random.code(6);
    const taken = await trx
      .insertInto('directory.reference')
      .values({ reference, authority_id: ctx.actor.authorityId, kind, subject_id: subjectId })
      .onConflict((conflict) => conflict.doNothing())
      .returning('reference')
      .executeTakeFirst();
    if (taken) return taken.reference;
  }
  throw new Error('no free reference');
}
