import { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { addDays, dateIn, weekdayOf } from '../time.js';
import type { RequestRow } from './contract.js';
import { openStates } from './request.js';
import { requestRowOf } from './rows.js';
import { askedBy } from './triage-reading.js';
import { countAll, filterCondition, listWindow } from './triage-repository.js';
import type { Workload, WorkloadOf } from './workload-contract.js';
import * as repository from './workload-repository.js';

/** So long somebody is new in post. */
const newFor = 42;
/** The weeks that somebody who comes or goes looks ahead (product.md B.6). */
const weeksAhead = 8;
/** More than one person can have open; what is beyond is in the list. */
const mostRows = 500;

/** What else awaits somebody, from a feature that this one does not know: the composition root hands them over. */
export type ComingSource = (
  ctx: Context,
  trx: Trx,
  asked: { readonly personId: string; readonly from: Temporal.Instant; readonly until: Temporal.Instant },
) => Promise<WorkloadOf['coming'][number]['other']>;

/** Who has what, who is away, who is new, who goes, and who has gone and still holds something. Throws AppError: forbidden. */
export async function readWorkload(ctx: Context): Promise<Workload> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const { authorityId } = ctx.actor;
    const asked = askedBy(ctx);
    const today = dateIn(ctx.clock.now());
    const days = { now: asked.at, endOfWeek: asked.endOfWeek, today, soon: addDays(today, 14) };
    const rows = await repository.listWorkload(trx, authorityId, days);
    const nobody = filterCondition({ state: [...openStates], assigneeId: 'nobody' }, asked);
    const [unassigned = 0] = await countAll(trx, authorityId, [nobody]);
    const people = rows.map((row) => ({
      ...{ id: row.person_id, name: row.name, jobTitle: row.job_title, open: row.open, overdue: row.overdue },
      ...{ dueThisWeek: row.due_this_week, withSchool: row.with_school, promises: row.promises },
      ...{ away: awayOf(row), leavesOn: row.leaves_on, gone: !row.in_team },
      newSince: row.in_team && row.since !== null && row.since > addDays(today, -newFor) ? row.since : null,
    }));
    return { asOf: ctx.clock.now().toString(), unassigned, people };
  });
}

function awayOf({ from_on, until_on, cover_id, cover_name }: repository.WorkloadRow) {
  if (!from_on || !until_on) return null;
  return { from: from_on, until: until_on, cover: cover_id && cover_name ? { id: cover_id, name: cover_name } : null };
}

/** What one person has in hand, for whoever takes over or has just come. Throws AppError: forbidden, not-found. */
export async function readWorkloadOf(
  ctx: Context,
  personId: string,
  sources: readonly ComingSource[],
): Promise<WorkloadOf> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const { authorityId } = ctx.actor;
    const asked = askedBy(ctx);
    const today = dateIn(ctx.clock.now());
    const days = { now: asked.at, endOfWeek: asked.endOfWeek, today, soon: addDays(today, 14) };
    const row = (await repository.listWorkload(trx, authorityId, days)).find((one) => one.person_id === personId);
    // Somebody outside the team who holds nothing has no workload, and is not told apart from nobody.
    if (!row) throw new AppError('not-found');
    const open = await openOf(ctx, trx, personId);
    const other = await otherOf(ctx, trx, personId, sources);
    const promises = await repository.listPromises(trx, authorityId, personId);
    const ring = await repository.listToRing(trx, authorityId, { personId, today });
    await audit(ctx, trx, {
      ...{ verb: 'workload.read', purpose: 'handing-over', subjectKind: 'person', subjectId: personId },
      learnerIds: [...new Set(open.flatMap(({ learner }) => learner?.id ?? []))],
      fields: ['learner.name', 'learner.stage'],
    });
    return {
      asOf: ctx.clock.now().toString(),
      person: { id: personId, name: row.name, jobTitle: row.job_title, leavesOn: row.leaves_on, away: awayOf(row) },
      promises: promises.map(({ request_id, reference, by_on, at, ...said }) => ({
        ...{ id: said.id, kind: said.kind, who: said.who, text: said.text, byOn: by_on, at: at.toISOString() },
        request: request_id && reference ? { id: request_id, reference } : null,
      })),
      ...spread(open, other, today),
      ring: ring.map(({ person_id, job_title, ...one }) => ({ id: person_id, jobTitle: job_title, ...one })),
    };
  });
}

async function openOf(ctx: Context, trx: Trx, personId: string): Promise<RequestRow[]> {
  const asked = askedBy(ctx);
  const rows = await listWindow(trx, ctx.actor.authorityId, {
    where: [filterCondition({ state: [...openStates], assigneeId: personId }, asked)],
    ...{ sort: { by: 'due', descending: false }, place: null, at: 0, limit: mostRows },
  });
  const now = ctx.clock.now();
  return rows.slice(0, mostRows).map((row) => requestRowOf(row, now));
}

type Other = WorkloadOf['coming'][number]['other'];

async function otherOf(ctx: Context, trx: Trx, personId: string, sources: readonly ComingSource[]): Promise<Other> {
  const from = ctx.clock.now();
  const asked = { personId, from, until: from.add({ hours: 24 * 7 * weeksAhead }) };
  const found: Other = [];
  for (const source of sources) found.push(...(await source(ctx, trx, asked)));
  return found.sort((a, b) => a.at.localeCompare(b.at));
}

function within(at: string, week: string): boolean {
  const on = dateIn(Temporal.Instant.from(at));
  return week <= on && on < addDays(week, 7);
}

/** Overdue, then week by week from this one, then the rest: every request in one of them. */
function spread(
  open: readonly RequestRow[],
  other: Other,
  today: string,
): Pick<WorkloadOf, 'overdue' | 'coming' | 'undated'> {
  const monday = addDays(today, 1 - weekdayOf(today));
  const weeks = Array.from({ length: weeksAhead }, (_, week) => addDays(monday, 7 * week));
  const due = (row: RequestRow) => row.dueAt && dateIn(Temporal.Instant.from(row.dueAt));
  const weekOf = (row: RequestRow) => {
    const on = row.overdue ? null : due(row);
    return on ? (weeks.findLast((week) => week <= on && on < addDays(week, 7)) ?? null) : null;
  };
  return {
    overdue: open.filter(({ overdue }) => overdue),
    coming: weeks.map((week) => ({
      weekOf: week,
      requests: open.filter((row) => weekOf(row) === week),
      other: other.filter(({ at }) => within(at, week)),
    })),
    undated: open.filter((row) => !row.overdue && weekOf(row) === null),
  };
}
