import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readWorkingCalendar } from '../people/calendar-service.js';
import { addDays, dateIn, instantAt, toDate } from '../time.js';
import { type Counted, tally, type Tallying, tallyForOthers } from './numbers.js';
import type { exportReasons, Numbers, NumbersQuestion, TermList } from './numbers-contract.js';
import * as repository from './numbers-repository.js';
import { refusedField, type Scope, scopeOf, type Term, wholeTerms } from './numbers-scope.js';
import { officeClock } from './office-clock.js';

type ExportReason = (typeof exportReasons)[number];

/** The council's terms that this viewer may ask for, newest first. Throws AppError: forbidden. */
export async function listNumberTerms(ctx: Context): Promise<TermList> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'numbers.read');
    const scope = scopeOf(reach.roles);
    if (!scope) throw new AppError('forbidden');
    const today = dateIn(ctx.clock.now());
    const terms = await termsFor(trx, ctx.actor.authorityId, scope, today);
    const schools = await repository.listSchoolPlaces(trx, ctx.actor.authorityId);
    return {
      items: terms.reverse(),
      freeDates: scope.kind === 'team',
      schools: scope.kind === 'schools' ? schools.filter(({ id }) => scope.schoolIds.includes(id)) : null,
    };
  });
}

/** Terms begun; outside the team only those that are over. */
async function termsFor(trx: Trx, authorityId: string, scope: Scope, today: string): Promise<Term[]> {
  const terms = wholeTerms(await repository.listTerms(trx, authorityId));
  return terms.filter(({ from, until }) => (scope.kind === 'team' ? from <= today : until < today));
}

/**
 * Requests of a period by need, level, school or cluster. The team's answer is under each viewer's own reach, so that numbers
 * tell nobody of a learner whom they may not know of; outside the team it is of all requests, and small counts are withheld.
 * `reason` is of an export, and is kept in the audit. Throws AppError: forbidden, not-found for a term that is not there,
 * invalid for what this viewer may not ask.
 */
export async function readNumbers(ctx: Context, asked: NumbersQuestion, reason?: ExportReason): Promise<Numbers> {
  const plan = await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'numbers.read');
    const scope = scopeOf(reach.roles);
    if (!scope) throw new AppError('forbidden');
    const refused = refusedField(scope, asked);
    if (refused) throw new AppError('invalid', { where: refused, why: 'not outside the team' });
    const period = await periodOf(ctx, trx, scope, asked);
    await audit(ctx, trx, { verb: reason ? 'numbers.export' : 'numbers.read', purpose: reason ?? 'oversight' });
    const wanted = wantedOf(scope, asked, period);
    const how = await howTo(ctx, trx, asked, period);
    const rows = scope.kind === 'team' ? await repository.listCounted(trx, ctx.actor.authorityId, wanted) : null;
    return { scope, period, wanted, how, rows };
  });
  const rows = plan.rows ?? (await everyRow(ctx, plan.wanted));
  const counted =
    plan.scope.kind === 'team' ? tally(rows, plan.how) : tallyForOthers(rows, plan.how, plan.scope.breakdowns);
  return {
    ...{ asOf: ctx.clock.now().toString(), period: plan.period, by: asked.by },
    ...{ suppressed: plan.scope.kind !== 'team', ...counted },
  };
}

/** As the system: who asks reaches few of these requests or none, and is shown none of them, only what adds up. */
function everyRow(ctx: Context, wanted: repository.NumbersWanted): Promise<Counted[]> {
  const { authorityId } = ctx.actor;
  return ctx.db.transact({ kind: 'system', authorityId, job: 'numbers' }, ctx.clock, (trx) =>
    repository.listCounted(trx, authorityId, wanted),
  );
}

async function periodOf(ctx: Context, trx: Trx, scope: Scope, asked: NumbersQuestion): Promise<Numbers['period']> {
  if (asked.termId === undefined) {
    const { from = '', until = '' } = asked;
    if (until < from) throw new AppError('invalid', { where: 'until', why: 'not before from' });
    return { from, until, name: null };
  }
  const terms = await termsFor(trx, ctx.actor.authorityId, scope, dateIn(ctx.clock.now()));
  const term = terms.find(({ id }) => id === asked.termId);
  if (!term) throw new AppError('not-found', { where: 'termId' });
  return { from: term.from, until: term.until, name: term.name };
}

function wantedOf(scope: Scope, asked: NumbersQuestion, period: Numbers['period']): repository.NumbersWanted {
  const own = scope.kind === 'schools' ? scope.schoolIds[0] : undefined;
  return {
    from: toDate(instantAt(period.from, '00:00')),
    until: toDate(instantAt(addDays(period.until, 1), '00:00')),
    ...{ schoolId: asked.schoolId ?? own ?? null, clusterId: asked.clusterId ?? null },
  };
}

async function howTo(ctx: Context, trx: Trx, asked: NumbersQuestion, period: Numbers['period']): Promise<Tallying> {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  const calendar = await readWorkingCalendar(ctx, trx, period.from);
  return {
    ...{ by: asked.by, now: toDate(now), clock: officeClock(period.from, dateIn(now), calendar) },
    schools: await repository.listSchoolPlaces(trx, authorityId),
    clusters: await repository.listClusterPlaces(trx, authorityId),
  };
}
