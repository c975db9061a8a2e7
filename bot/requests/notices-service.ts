import { createDirectory } from '../access/resolve.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { placeCard } from '../db/posted-cards.js';
import { toDate } from '../time.js';
import { type NoticeKind, noticeKinds } from './notices.js';
import { member } from './rows.js';
import { findNotice, insertNotice } from './states-repository.js';

/** A card of its own in that person's chat, or in a channel (null). Somebody without a chat with us is not told: false. */
export async function tell(
  ctx: Context,
  trx: Trx,
  notice: { readonly requestId: string; readonly personId: string | null; readonly about: NoticeKind },
): Promise<boolean> {
  const { authorityId } = ctx.actor;
  const directory = createDirectory(trx, ctx.clock);
  const target =
    notice.personId === null
      ? ((await directory.requestsChannels(authorityId))[0] ?? null)
      : await directory.personalChat(authorityId, notice.personId);
  if (!target) return false;
  const noticeId = ctx.random.id();
  await insertNotice(trx, {
    ...{ authority_id: authorityId, notice_id: noticeId, request_id: notice.requestId },
    ...{ person_id: notice.personId, about: notice.about, at: toDate(ctx.clock.now()) },
  });
  await placeCard(ctx, trx, {
    ...{ kind: 'request-notice', aggregateId: noticeId, personId: notice.personId, target, activityId: null },
  });
  return true;
}

/** For drawing the card of a notice; null when it is gone. */
export async function readNotice(
  ctx: Context,
  noticeId: string,
): Promise<{ readonly requestId: string; readonly about: NoticeKind } | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const row = await findNotice(trx, ctx.actor.authorityId, noticeId);
    return row ? { requestId: row.request_id, about: member(noticeKinds, row.about) } : null;
  });
}
