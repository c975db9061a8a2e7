import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { addDays, dateIn, toDate, weekdayOf, zone } from '../time.js';
import { requestViews, type RequestViewName } from './contract.js';
import { endOfToday, requestRowOf } from './rows.js';
import {
  type RequestFilters,
  requestFilters,
  type RequestSort,
  requestSort,
  type TriageList,
  type triageSearch,
} from './triage-contract.js';
import { type Place, readPlace, writePlace } from './triage-cursor.js';
import * as repository from './triage-repository.js';
import { readSearch } from './triage-search.js';
import { findView } from './views-repository.js';

const newestFirst: RequestSort = { by: 'asked', descending: true };

/**
 * One window of the triage list, in a total order, walked either way or entered at a place. Read rows are audited by learner
 * before the answer leaves. Throws AppError: forbidden, not-found for a view that is not this viewer's, invalid for a page
 * that belongs to another order.
 */
export async function searchRequests(ctx: Context, search: z.output<typeof triageSearch>): Promise<TriageList> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const { authorityId } = ctx.actor;
    const asked = askedBy(ctx);
    const view = await viewOf(trx, ctx, search.view, asked);
    const sort = search.sort ?? view.sort ?? newestFirst;
    const place = placeOf(search.page, sort);
    const where = [view.where, repository.filterCondition(search, asked), wordsOf(authorityId, search.search)];
    const window = { where, sort, place, at: place ? 0 : (search.at ?? 0), limit: search.limit };
    const found = await repository.listWindow(trx, authorityId, window);
    const total = search.total
      ? ((await repository.countAll(trx, authorityId, [repository.both(where)]))[0] ?? 0)
      : null;
    const counts = search.counts ? await countViews(trx, authorityId, asked) : null;
    const page = shown(found, search.limit, place);
    await audit(ctx, trx, {
      ...{ verb: 'request.list', purpose: 'triage', fields: ['learner.name', 'learner.stage'] },
      learnerIds: [...new Set(page.rows.flatMap((row) => row.learner_id ?? []))],
    });
    const now = ctx.clock.now();
    return {
      items: page.rows.map((row) => requestRowOf(row, now)),
      next: page.more ? edge(page.rows.at(-1), sort, 'next') : null,
      previous: page.before || (search.at ?? 0) > 0 ? edge(page.rows[0], sort, 'previous') : null,
      ...{ total, counts },
    };
  });
}

/** What "now", "today", "this week" (to Sunday) and "me" are. */
export function askedBy(ctx: Context): repository.Asked {
  const now = ctx.clock.now();
  const today = dateIn(now);
  const monday = Temporal.PlainDate.from(addDays(today, 8 - weekdayOf(today)));
  return {
    at: toDate(now),
    endOfToday: toDate(endOfToday(now)),
    endOfWeek: toDate(monday.toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 })),
    personId: ctx.actor.kind === 'person' ? ctx.actor.personId : '00000000-0000-0000-0000-000000000000',
  };
}

async function viewOf(trx: Trx, ctx: Context, view: string, asked: repository.Asked) {
  const house = requestViews.find((name) => name === view);
  if (house) return { where: repository.viewCondition(house, asked), sort: null };
  const saved = await findView(trx, ctx.actor.authorityId, view);
  if (!saved) throw new AppError('not-found');
  const { filters, sort } = keptView(saved);
  return { where: repository.filterCondition(filters, asked), sort };
}

/** What a saved view keeps, as data that this release understands. */
export function keptView(saved: { readonly filters: unknown; readonly sort: unknown }): {
  filters: RequestFilters;
  sort: RequestSort | null;
} {
  return { filters: requestFilters.parse(saved.filters), sort: requestSort.nullable().parse(saved.sort) };
}

function placeOf(page: string | undefined, sort: RequestSort): Place | null {
  if (page === undefined) return null;
  const place = readPlace(page, sort);
  if (!place) throw new AppError('invalid', { where: 'page' });
  return place;
}

type Condition = ReturnType<typeof repository.filterCondition>;

function wordsOf(authorityId: string, search: string): Condition {
  return repository.searchCondition(authorityId, readSearch(search));
}

function shown(found: readonly repository.ListedRow[], limit: number, place: Place | null) {
  const full = found.length > limit;
  if (place?.towards === 'previous') return { rows: full ? found.slice(1) : found, more: true, before: full };
  return { rows: full ? found.slice(0, limit) : found, more: full, before: place !== null };
}

function edge(row: repository.ListedRow | undefined, sort: RequestSort, towards: Place['towards']): string | null {
  if (!row) return null;
  return writePlace({ towards, sort, key: row.sort_key, askedAt: row.asked_key, id: row.request_id });
}

/** Every view of the house, counted as this viewer would see it. */
export async function countViews(
  trx: Trx,
  authorityId: string,
  asked: repository.Asked,
): Promise<Record<RequestViewName, number>> {
  const ofOpen = requestViews.filter((name) => name !== 'everything');
  const counts = await repository.countAll(
    trx,
    authorityId,
    ofOpen.map((name) => repository.viewCondition(name, asked)),
  );
  const [everything = 0] = await repository.countAll(trx, authorityId, [repository.viewCondition('everything', asked)]);
  const at = (name: (typeof ofOpen)[number]) => counts[ofOpen.indexOf(name)] ?? 0;
  return {
    ...{ new: at('new'), mine: at('mine'), 'due-today': at('due-today'), 'with-school': at('with-school') },
    ...{ overdue: at('overdue'), everything },
  };
}
