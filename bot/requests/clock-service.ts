import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { readSchoolDates, readWorkingCalendar } from '../people/calendar-service.js';
import { readSetting } from '../people/settings.js';
import { dateIn, fromDate, toDate } from '../time.js';
import { dueAfterPauses } from './due.js';
import type { StoredRequest } from './repository.js';
import type { RequestMove, RequestState } from './request.js';
import { waitingRules } from './settings.js';
import { endPause, insertPause, type StoredPause } from './states-repository.js';
import { waitingPlan } from './waiting.js';

/** What a move changes of the clocks, and when somebody has to look again. */
export interface ClockChange {
  readonly due_at?: Date | null;
  readonly paused_at?: Date | null;
  readonly school_due_at?: Date | null;
  readonly phone_them?: boolean;
}

const waiting: RequestState = 'waiting-on-school';

/**
 * Our clock stands while we wait for the school; every question begins a round of its own. The child's clock is
 * child_due_at, which nothing here touches (product.md B.5).
 */
export async function moveClocks(
  ctx: Context,
  trx: Trx,
  stored: StoredRequest,
  moved: {
    readonly move: RequestMove | 'phone-them' | 'term-end';
    readonly to: RequestState;
    readonly ownerId: string | null;
  },
): Promise<ClockChange> {
  const asks = moved.move === 'ask';
  const leaves = stored.state === waiting && (moved.to !== waiting || asks);
  if (!leaves && !asks)
    return stored.phone_them && moved.move !== 'give' && moved.move !== 'take' ? { phone_them: false } : {};
  // While it stands there is no due time; what was overdue when we asked stays so, and is seen to.
  const ended = leaves ? await stopPause(ctx, trx, stored, endedBy(moved.move)) : {};
  const begun = asks ? await beginPause(ctx, trx, { ...stored, ...ended }, moved.ownerId) : {};
  return { phone_them: moved.move === 'phone-them' || moved.move === 'term-end', ...ended, ...begun };
}

function endedBy(move: RequestMove | 'phone-them' | 'term-end'): NonNullable<StoredPause['ended_by']> {
  return move === 'reply' || move === 'resume' || move === 'answer' || move === 'phone-them' || move === 'term-end'
    ? move
    : 'other';
}

async function beginPause(
  ctx: Context,
  trx: Trx,
  stored: Pick<StoredRequest, 'authority_id' | 'request_id' | 'learner_id' | 'asker_id' | 'school_id' | 'due_at'>,
  ownerId: string | null,
): Promise<ClockChange> {
  const { authority_id, request_id, learner_id, asker_id } = stored;
  const now = ctx.clock.now();
  await insertPause(trx, {
    ...{ authority_id, request_id, learner_id, asker_id },
    ...{ pause_id: ctx.random.id(), from_at: toDate(now), owner_id: ownerId },
  });
  const dates = await readSchoolDates(ctx, trx, stored.school_id, dateIn(now));
  const { schoolDueAt } = waitingPlan(now, await readSetting(trx, ctx, waitingRules), dates);
  const standing = stored.due_at && stored.due_at.getTime() > now.epochMilliseconds ? { due_at: null } : {};
  return { ...standing, paused_at: toDate(now), school_due_at: schoolDueAt && toDate(schoolDueAt) };
}

async function stopPause(
  ctx: Context,
  trx: Trx,
  stored: StoredRequest,
  by: NonNullable<StoredPause['ended_by']>,
): Promise<ClockChange> {
  const ended = { at: toDate(ctx.clock.now()), by };
  const pauses = await endPause(trx, stored.authority_id, stored.request_id, ended);
  const stopped = { paused_at: null, school_due_at: null };
  const childDue = stored.child_due_at ?? stored.due_at;
  if (!childDue) return stopped;
  const calendar = await readWorkingCalendar(ctx, trx, dateIn(fromDate(stored.submitted_at)));
  const taken = pauses.flatMap(({ from_at, until_at }) =>
    until_at ? [{ from: fromDate(from_at), until: fromDate(until_at) }] : [],
  );
  return { ...stopped, due_at: toDate(dueAfterPauses(fromDate(childDue), taken, calendar)) };
}
