import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { fromDate, toDate } from '../time.js';
import type { OpenedRecordList, OpenRecord } from './glass-contract.js';
import * as repository from './glass-repository.js';
import { readScn } from './scn.js';
import { breakGlass } from './service.js';

const listedHours = 24 * 366;
const mostListed = 200;

/**
 * Break-glass by the learner's number and birth date, because who may not see a record cannot search for it. A number that is
 * wrong, of no learner, or of one with a declared conflict answers alike: not-found. Four hours (service.ts).
 */
export async function openRecord(ctx: Context, input: OpenRecord): Promise<{ learnerId: string; endsAt: string }> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (_trx, reach) => allow(ctx.actor, reach, 'learner.break-glass'));
  const scn = readScn(input.scn);
  const { authorityId } = ctx.actor;
  const found =
    scn === null
      ? null
      : await ctx.db.transact({ kind: 'system', authorityId, job: 'break-glass' }, ctx.clock, (trx) =>
          repository.findLearnerByNumber(trx, authorityId, { scn, bornOn: input.bornOn }),
        );
  try {
    if (found === null) throw new AppError('not-found');
    const { endsAt } = await breakGlass(ctx, { learnerId: found, reason: input.reason });
    return { learnerId: found, endsAt };
  } catch (error) {
    // Trying numbers leaves a trace too.
    await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      audit(ctx, trx, { verb: 'learner.break-glass-refused', purpose: 'break-glass' }),
    );
    throw error;
  }
}

/** Records opened within a year, newest first. For those who are told of them; a reason may name somebody, so it is audited. */
export async function listOpenedRecords(ctx: Context): Promise<OpenedRecordList> {
  const { authorityId } = ctx.actor;
  const now = ctx.clock.now();
  await ctx.db.transact(ctx.actor, ctx.clock, async (_trx, reach) => allow(ctx.actor, reach, 'glass.read'));
  const since = toDate(now.subtract({ hours: listedHours }));
  const rows = await ctx.db.transact({ kind: 'system', authorityId, job: 'break-glass' }, ctx.clock, (trx) =>
    repository.listGlass(trx, authorityId, since, mostListed),
  );
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    audit(ctx, trx, {
      ...{ verb: 'glass.read', purpose: 'oversight', fields: ['break-glass.reason'] },
      learnerIds: [...new Set(rows.map((row) => row.learner_id))],
    }),
  );
  return {
    items: rows.map((row) => ({
      ...{ id: row.break_glass_id, by: { id: row.person_id, name: row.name }, reason: row.reason },
      ...{ startedAt: fromDate(row.started_at).toString(), endsAt: fromDate(row.ends_at).toString() },
      open: row.ends_at > toDate(now),
    })),
  };
}
