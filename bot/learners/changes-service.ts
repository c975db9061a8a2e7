import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import type { FoundChange } from './changes.js';
import * as repository from './changes-repository.js';

export interface Found extends FoundChange {
  readonly learnerId: string;
  /** Where they are now: a former school is told nothing. */
  readonly schoolId: string | null;
  readonly social_worker_id: string | null;
}

interface Finding {
  readonly origin: 'extract' | 'by-hand';
  readonly extractId: string | null;
  readonly found: readonly Found[];
}

/**
 * Each change is something to see. Moved school and new worker go to the designated manager of the school as it now is and to
 * the social worker as they now are; where non-disclosure applies nobody is told before an officer has looked; of anything
 * else an officer is asked who needs to know. Source: product.md C.4.
 */
export async function recordChanges(ctx: Context, trx: Trx, { origin, extractId, found }: Finding): Promise<void> {
  if (found.length === 0) return;
  const { authorityId } = ctx.actor;
  const at = toDate(ctx.clock.now());
  const rows = found.map((one) => ({ ...one, changeId: ctx.random.id() }));
  await repository.insertChanges(
    trx,
    rows.map((one) => ({
      ...{ authority_id: authorityId, change_id: one.changeId, learner_id: one.learnerId, kind: one.kind },
      ...{ since: one.since, back_dated: one.backDated, origin, extract_id: extractId, found_at: at },
      telling: one.telling,
    })),
  );
  const told = rows.filter(({ telling }) => telling === 'tell-both');
  const schools = [...new Set(told.flatMap(({ schoolId }) => schoolId ?? []))];
  const managers = await repository.listManagers(trx, authorityId, schools, dateIn(ctx.clock.now()));
  await repository.insertNotices(
    trx,
    told.flatMap((one) => {
      const people = managers.filter(({ school_id }) => school_id === one.schoolId).map(({ person_id }) => person_id);
      const all = new Set([...people, ...(one.social_worker_id ? [one.social_worker_id] : [])]);
      return [...all].map((personId) => ({
        ...{ authority_id: authorityId, change_id: one.changeId, person_id: personId, learner_id: one.learnerId },
        told_at: at,
      }));
    }),
  );
}

/** "I have seen it": by whoever was to see it. When all have, the change is settled. */
export async function acknowledgeChange(ctx: Context, changeId: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const change = await repository.findChangeForUpdate(trx, authorityId, changeId);
    if (!change) throw new AppError('not-found');
    const at = toDate(ctx.clock.now());
    if (!(await repository.acknowledge(trx, authorityId, { changeId, personId, at })))
      throw new AppError('not-allowed-now');
    if ((await repository.countWaiting(trx, authorityId, changeId)) === 0 && change.settled_at === null)
      await repository.settleChange(trx, authorityId, changeId, { at, by: personId, because: null });
    else await repository.raiseVersion(trx, authorityId, changeId);
    await tell(ctx, trx, change, 'change.acknowledged');
  });
}

interface Settling {
  readonly version: number;
  /** Those who need to know; nobody is an answer too. */
  readonly tell: readonly string[];
  readonly because: string;
}

/** An officer has looked: these people are to see it, for this reason, or nobody is. */
export async function settleChange(ctx: Context, changeId: string, input: Settling): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'change.settle');
    const { authorityId } = ctx.actor;
    const change = await repository.findChangeForUpdate(trx, authorityId, changeId);
    if (!change) throw new AppError('not-found');
    if (change.version !== input.version) throw new AppError('stale');
    if (change.settled_at !== null) throw new AppError('not-allowed-now');
    const at = toDate(ctx.clock.now());
    await repository.insertNotices(
      trx,
      input.tell.map((personId) => ({
        ...{ authority_id: authorityId, change_id: changeId, person_id: personId, learner_id: change.learner_id },
        told_at: at,
      })),
    );
    const by = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    await repository.settleChange(trx, authorityId, changeId, { at, by, because: input.because });
    await tell(ctx, trx, change, 'change.settled');
  });
}

async function tell(ctx: Context, trx: Trx, change: repository.StoredChange, kind: string): Promise<void> {
  const learnerId = change.learner_id;
  await recordActivity(ctx, trx, {
    ...{
      aggregateKind: 'learner',
      aggregateId: learnerId,
      kind,
      version: change.version + 1,
      learnerId,
      askerId: null,
    },
    data: { changeId: change.change_id },
  });
  const subject = { subjectKind: 'change', subjectId: change.change_id, learnerIds: [learnerId] };
  await audit(ctx, trx, { verb: kind, purpose: 'register', ...subject, fields: [change.kind] });
}
