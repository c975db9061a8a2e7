import { type Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn, fromDate, toDate } from '../time.js';
import { type Today, type TodayItem, type TodaySection, todaySections } from './today-contract.js';
import { findLooked, putLooked } from './today-repository.js';
import { askedBy } from './triage-reading.js';
import { countAll, viewCondition } from './triage-repository.js';

/** What a source is asked with. `since`: what the viewer has not seen yet. */
export interface TodayAsked {
  readonly now: Temporal.Instant;
  readonly today: string;
  readonly since: Temporal.Instant;
  readonly limit: number;
}

/** `total` is true for all that match, `items` no more than the limit. */
export interface TodayAnswer {
  readonly total: number;
  readonly items: readonly TodayItem[];
}

/**
 * Where lines of one part of Today come from. Each feature declares its own and the composition root hands all of them over,
 * so that this room knows none of the later ones. Read inside the viewer's transaction, under their reach. A part that no
 * source feeds, or whose every source answers null (nothing was ever taken in), is said to be unknown, never empty.
 */
export interface TodaySource {
  readonly section: TodaySection;
  read(ctx: Context, trx: Trx, asked: TodayAsked): Promise<TodayAnswer | null>;
}

/** Lines a part; the page links to the rest. */
const linesEach = 20;
/** Who has never looked is shown a week. */
const firstLook = { hours: 24 * 7 };

/** Audited by learner before the answer leaves. Throws AppError: forbidden. */
export async function readToday(ctx: Context, sources: readonly TodaySource[]): Promise<Today> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const now = ctx.clock.now();
    const seen = await findLooked(trx, ctx.actor.authorityId, viewerOf(ctx));
    const since = seen ? fromDate(seen) : now.subtract(firstLook);
    const asked = { now, today: dateIn(now), since, limit: linesEach };
    const parts: Today['parts'] = [];
    for (const section of todaySections) parts.push(await readPart(ctx, trx, section, sources, asked));
    await audit(ctx, trx, {
      ...{ verb: 'today.read', purpose: 'triage', fields: ['learner.name', 'learner.stage', 'learner.school'] },
      learnerIds: [...new Set(parts.flatMap(({ items }) => items.flatMap(({ learner }) => learner?.id ?? [])))],
    });
    return { asOf: now.toString(), since: seen?.toISOString() ?? null, counts: await countsOf(ctx, trx, parts), parts };
  });
}

async function readPart(
  ctx: Context,
  trx: Trx,
  section: TodaySection,
  sources: readonly TodaySource[],
  asked: TodayAsked,
): Promise<Today['parts'][number]> {
  const answers: TodayAnswer[] = [];
  for (const source of sources) {
    const answer = source.section === section ? await source.read(ctx, trx, asked) : null;
    if (answer) answers.push(answer);
  }
  const total = answers.reduce((sum, answer) => sum + answer.total, 0);
  return { section, known: answers.length > 0, total, items: answers.flatMap(({ items }) => [...items]) };
}

async function countsOf(ctx: Context, trx: Trx, parts: Today['parts']): Promise<Today['counts']> {
  const asked = askedBy(ctx);
  const conditions = [viewCondition('due-today', asked), viewCondition('overdue', asked)];
  const [dueToday = 0, overdue = 0] = await countAll(trx, ctx.actor.authorityId, conditions);
  const total = (section: TodaySection) => parts.find((one) => one.section === section)?.total ?? 0;
  return { changes: total('changed'), dueToday, overdue, reviewsThisWeek: total('reviews') };
}

function viewerOf(ctx: Context): string {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  return ctx.actor.personId;
}

/** Everything up to `until` has been seen by this person. Never moves back, nor beyond now. Throws AppError: forbidden. */
export async function markLooked(ctx: Context, until: Temporal.Instant): Promise<{ since: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const now = ctx.clock.now();
    const at = until.epochMilliseconds > now.epochMilliseconds ? now : until;
    const held = await putLooked(trx, ctx.actor.authorityId, viewerOf(ctx), toDate(at));
    return { since: held.toISOString() };
  });
}
