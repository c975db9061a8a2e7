import { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { addDays, instantAt, toDate } from '../time.js';
import type { z } from 'zod';
import type { released, ReleaseSlots } from './plan-contract.js';
import * as planRepository from './plan-repository.js';

/** Times that whoever chairs has given to reviews. They name no learner. */
type Released = z.infer<typeof released>;

export async function listReleased(ctx: Context, between: { fromOn: string; untilOn: string }): Promise<Released> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'review.release');
    const rows = await planRepository.listReleased(trx, ctx.actor.authorityId, ...windowOf(between));
    return {
      items: rows.map((row) => ({
        ...{ id: row.slot_id, person: { id: row.person_id, name: row.name } },
        ...{ startsAt: row.from_at.toISOString(), endsAt: row.until_at.toISOString() },
      })),
    };
  });
}

function windowOf({ fromOn, untilOn }: { fromOn: string; untilOn: string }): [Date, Date] {
  if (untilOn < fromOn || untilOn > addDays(fromOn, 200))
    throw new AppError('invalid', { where: 'untilOn', why: 'window' });
  return [toDate(instantAt(fromOn, '00:00')), toDate(instantAt(addDays(untilOn, 1), '00:00'))];
}

/** Throws AppError: forbidden (somebody else's, by one who plans no reviews), not-found (person), invalid (`slots`). */
export async function releaseSlots(ctx: Context, input: ReleaseSlots): Promise<Released> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const own = ctx.actor.kind === 'person' && ctx.actor.personId === input.personId;
    allow(ctx.actor, reach, own ? 'review.release' : 'review.schedule');
    const { authorityId } = ctx.actor;
    const person = await trx
      .selectFrom('person')
      .select('person_id')
      .where('authority_id', '=', authorityId)
      .where('person_id', '=', input.personId)
      .executeTakeFirst();
    if (!person || ctx.actor.kind !== 'person') throw new AppError('not-found', { where: 'personId' });
    const [from, until] = windowOf(input);
    const slots = input.slots.map(({ startsAt, endsAt }) => ({
      from: toDate(Temporal.Instant.from(startsAt)),
      until: toDate(Temporal.Instant.from(endsAt)),
    }));
    const wrong = slots.some((slot) => slot.from >= slot.until || slot.from < from || slot.until > until);
    if (wrong) throw new AppError('invalid', { where: 'slots', why: 'outside' });
    const { personId: releasedBy } = ctx.actor;
    await planRepository.replaceReleased(
      trx,
      { authorityId, personId: input.personId, from, until },
      slots.map((slot) => ({
        ...{ authority_id: authorityId, slot_id: ctx.random.id(), person_id: input.personId },
        ...{ from_at: slot.from, until_at: slot.until, released_by: releasedBy, released_at: toDate(ctx.clock.now()) },
      })),
    );
    await audit(ctx, trx, {
      ...{ verb: 'review.release', purpose: 'plan-review', subjectKind: 'person', subjectId: input.personId },
      ...{ learnerIds: [], fields: ['people.released'] },
    });
  });
  return listReleased(ctx, input);
}
