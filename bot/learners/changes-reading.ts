import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { fromDate } from '../time.js';
import { changeKinds } from './changes.js';
import * as repository from './changes-repository.js';
import type { ChangeRow } from './register-contract.js';
import { nameOf } from './register-reading.js';
import { nameMap } from './register-repository.js';

/** Changes of circumstance of the learners that this reader reaches; newest first. */
export async function listLearnerChanges(
  ctx: Context,
  { open }: { readonly open: boolean },
): Promise<{ items: ChangeRow[] }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const items = await changesOf(ctx, trx, { open, limit: 300 });
    if (items.length > 0) {
      const learnerIds = [...new Set(items.map(({ learnerId }) => learnerId))];
      await audit(ctx, trx, { verb: 'change.list', purpose: 'register', learnerIds, fields: ['learner.name'] });
    }
    return { items };
  });
}

interface Which {
  readonly open: boolean;
  readonly learnerId?: string;
  readonly limit: number;
}

export async function changesOf(ctx: Context, trx: Trx, which: Which): Promise<ChangeRow[]> {
  const { authorityId } = ctx.actor;
  const changes = await repository.listChanges(trx, authorityId, which);
  const notices = await repository.listNotices(
    trx,
    authorityId,
    changes.map((one) => one.change_id),
  );
  const names = await nameMap(
    trx,
    authorityId,
    changes.map((one) => one.learner_id),
  );
  const reader = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  return changes.flatMap((change) => {
    const kind = changeKinds.find((one) => one === change.kind);
    const learner = names.get(change.learner_id);
    if (!kind || !learner) return [];
    const own = notices.filter((one) => one.change_id === change.change_id);
    const mine = own.find((one) => one.person_id === reader);
    return [
      {
        ...{
          id: change.change_id,
          version: change.version,
          learnerId: change.learner_id,
          learner: nameOf(learner),
          kind,
        },
        ...{ since: change.since, backDated: change.back_dated, origin: change.origin, telling: change.telling },
        foundAt: fromDate(change.found_at).toString(),
        settledAt: change.settled_at ? fromDate(change.settled_at).toString() : null,
        settledBecause: change.settled_because,
        mine: mine ? (mine.acknowledged_at ? ('acknowledged' as const) : ('to-acknowledge' as const)) : null,
        told: own.map((one) => ({
          ...{ id: one.person_id, name: one.name },
          acknowledgedAt: one.acknowledged_at ? fromDate(one.acknowledged_at).toString() : null,
        })),
      },
    ];
  });
}
