import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { inOneTransaction } from '../db/database.js';
import { AppError, type ErrorCode, isAppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import * as repository from './handover-repository.js';
import { moveRequest, undoLastMove } from './move-service.js';
import { isTriager } from './repository.js';
import type { HandedOver, handOver } from './workload-contract.js';

type Result = HandedOver['results'][number];
type Item = z.output<typeof handOver>['items'][number];

/** How long a handing over can be taken back as one: as long as its single moves can (bot/requests/request.ts). */
const undoMinutes = 10;

/**
 * Gives several requests to one person: bulk assigning and handing over are one act. Each request is a transaction of its own
 * and moves, or does not, by itself, with the version that was seen; what became of each is answered. A repeat of the press
 * gives nothing twice. Throws AppError: forbidden, invalid when the person is not in the team today.
 */
export async function handOverRequests(ctx: Context, input: z.output<typeof handOver>): Promise<HandedOver> {
  const handOverId = await begin(ctx, input);
  const results: Result[] = [];
  for (const item of input.items) results.push(await give(ctx, item, { ...input, handOverId }));
  const moved = results.filter(({ outcome }) => outcome === 'moved').length;
  return { handOverId: moved > 0 ? handOverId : null, moved, results };
}

function begin(ctx: Context, { nonce, toId }: { nonce: string; toId: string }): Promise<string> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    const { authorityId } = ctx.actor;
    if (!(await isTriager(trx, authorityId, toId, dateIn(ctx.clock.now()))))
      throw new AppError('invalid', { where: 'toId', why: 'not in the virtual school team today' });
    const press = { verb: 'request.hand-over', targetId: toId, version: 0, nonce };
    const { outcome } = await once(ctx, trx, press, async () => {
      const handOverId = ctx.random.id();
      await repository.insertHandOver(trx, {
        ...{ authority_id: authorityId, hand_over_id: handOverId, person_id: actorOf(ctx), to_id: toId },
        ...{ at: toDate(ctx.clock.now()), undone_at: null },
      });
      await audit(ctx, trx, {
        ...{ verb: 'request.hand-over', purpose: 'handing-over', subjectKind: 'person', subjectId: toId },
      });
      return { handOverId };
    });
    return outcome.handOverId;
  });
}

function actorOf(ctx: Context): string {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  return ctx.actor.personId;
}

interface Giving {
  readonly handOverId: string;
  readonly toId: string;
  readonly nonce: string;
}

/** One request, with how it stood before, in one transaction. */
async function give(ctx: Context, { id, version }: Item, { handOverId, toId, nonce }: Giving): Promise<Result> {
  return attempt(id, () =>
    inOneTransaction(ctx, async (joined) => {
      const { authorityId } = joined.actor;
      const before = await joined.db.transact(joined.actor, joined.clock, (trx) =>
        repository.findStanding(trx, authorityId, id),
      );
      if (before?.assignee_id === toId && before.version === version)
        return { id, outcome: 'already' as const, version };
      const moved = await moveRequest(joined, id, 'give', { version, nonce, assigneeId: toId });
      if (before?.version === version)
        await joined.db.transact(joined.actor, joined.clock, (trx) =>
          repository.insertItem(trx, {
            ...{ authority_id: authorityId, hand_over_id: handOverId, request_id: id },
            ...{ from_id: before.assignee_id, from_state: before.state, version: moved.version },
          }),
        );
      return { id, outcome: 'moved' as const, version: moved.version };
    }),
  );
}

/** What one request refuses is that request's outcome; a refusal of everything is everybody's. */
const outcomes: Partial<Record<ErrorCode, Result['outcome']>> = {
  stale: 'stale',
  'not-found': 'not-found',
  'not-allowed-now': 'not-allowed-now',
  // The person may not have this learner's request; why is not ours to tell.
  invalid: 'not-allowed-now',
};

async function attempt(id: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const outcome = isAppError(error) ? outcomes[error.code] : undefined;
    if (!outcome) throw error;
    return { id, outcome, version: null };
  }
}

/**
 * Takes a handing over back: each request goes to whoever had it, in the state it was in, where nobody has moved it since.
 * By whoever did it, within ten minutes. Throws AppError: forbidden, not-found, not-allowed-now.
 */
export async function undoHandOverOf(ctx: Context, handOverId: string, nonce: string): Promise<HandedOver> {
  const { items } = await readForUndo(ctx, handOverId);
  const results: Result[] = [];
  for (const item of items) {
    const { request_id: id, version, from_id: fromId } = item;
    const undone = await attempt(id, async () => {
      const moved = await undoLastMove(ctx, id, { version, nonce });
      return { id, outcome: 'moved', version: moved.version };
    });
    // While a school is waited for a move is not taken back as such, but the request can be given back.
    const givenBack =
      undone.outcome === 'not-allowed-now' && fromId
        ? attempt(id, async () => {
            const moved = await moveRequest(ctx, id, 'give', { version, nonce, assigneeId: fromId });
            return { id, outcome: 'moved', version: moved.version };
          })
        : undone;
    results.push(await givenBack);
  }
  await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
    repository.markUndone(trx, ctx.actor.authorityId, handOverId, toDate(ctx.clock.now())),
  );
  return { handOverId: null, moved: results.filter(({ outcome }) => outcome === 'moved').length, results };
}

function readForUndo(ctx: Context, handOverId: string) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    const { authorityId } = ctx.actor;
    const found = await repository.findHandOver(trx, authorityId, handOverId);
    if (!found || found.person_id !== actorOf(ctx)) throw new AppError('not-found');
    const late = ctx.clock.now().epochMilliseconds - found.at.getTime() > undoMinutes * 60_000;
    if (late) throw new AppError('not-allowed-now');
    return { items: await repository.listItems(trx, authorityId, handOverId) };
  });
}
