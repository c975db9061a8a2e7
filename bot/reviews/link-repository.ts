import type { Temporal } from 'temporal-polyfill';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { fromDate, toDate } from '../time.js';

interface Window {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** Where the reading of a mailbox stands; a row without a link when nothing was read yet. */
export async function openLink(trx: Trx, ctx: Context, mailbox: string, window: Window) {
  const key = { authority_id: ctx.actor.authorityId, mailbox };
  const times = { window_from: toDate(window.from), window_until: toDate(window.until) };
  await trx
    .insertInto('calendar_link')
    .values({ ...key, ...times })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await one(trx, ctx, mailbox).executeTakeFirstOrThrow();
  return {
    link: row.link,
    window: { from: fromDate(row.window_from), until: fromDate(row.window_until) },
    fullReadAt: row.full_read_at && fromDate(row.full_read_at),
  };
}

/** The link as it stands, held until the transaction ends. */
export async function lockLink(trx: Trx, ctx: Context, mailbox: string): Promise<string | null> {
  return (await one(trx, ctx, mailbox).forUpdate().executeTakeFirstOrThrow()).link;
}

function one(trx: Trx, ctx: Context, mailbox: string) {
  return trx
    .selectFrom('calendar_link')
    .selectAll()
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('mailbox', '=', mailbox);
}

export async function keepLink(
  trx: Trx,
  ctx: Context,
  mailbox: string,
  read: { readonly link: string; readonly window: Window; readonly full: boolean },
): Promise<void> {
  const now = toDate(ctx.clock.now());
  await trx
    .updateTable('calendar_link')
    .set({
      link: read.link,
      read_at: now,
      ...(read.full
        ? { full_read_at: now, window_from: toDate(read.window.from), window_until: toDate(read.window.until) }
        : {}),
    })
    .where('authority_id', '=', ctx.actor.authorityId)
    .where('mailbox', '=', mailbox)
    .execute();
}
