import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { mayDo } from '../access/roles.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import * as repository from './absence-repository.js';
import type { AddAbsence, Calendars } from './calendar-contract.js';

/** Who is away in the span, and who covers. Inside the caller's transaction. */
export async function listAbsences(
  ctx: Context,
  trx: Trx,
  span: { fromOn: string; untilOn: string },
): Promise<Calendars['absences']> {
  const rows = await repository.listAbsences(trx, ctx.actor.authorityId, span);
  return rows.map((row) => ({
    ...{ id: row.id, fromOn: row.from_on, untilOn: row.until_on, person: { id: row.person_id, name: row.person } },
    cover: row.cover_id ? { id: row.cover_id, name: row.cover ?? '' } : null,
  }));
}

/** One's own absence is one's own to enter; anybody's is the head's and the administrator's. Unknown people: not-found. */
export async function addAbsence(ctx: Context, absence: AddAbsence): Promise<{ id: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const own = ctx.actor.kind === 'person' && ctx.actor.personId === absence.personId;
    allow(ctx.actor, reach, own ? 'calendar.read' : 'calendar.manage');
    const { authorityId } = ctx.actor;
    const named = [absence.personId, ...(absence.coverId ? [absence.coverId] : [])];
    if ((await repository.countPeople(trx, authorityId, named)) !== named.length) throw new AppError('not-found');
    const id = ctx.random.id();
    await repository.insertAbsence(trx, {
      ...{ authority_id: authorityId, absence_id: id, person_id: absence.personId },
      ...{ from_on: absence.fromOn, until_on: absence.untilOn, cover_person_id: absence.coverId ?? null },
    });
    await audit(ctx, trx, { verb: 'absence.add', purpose: 'administration', subjectKind: 'absence', subjectId: id });
    return { id };
  });
}

export async function removeAbsence(ctx: Context, id: string): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'calendar.read');
    const { authorityId } = ctx.actor;
    const row = await repository.findAbsence(trx, authorityId, id);
    const own = ctx.actor.kind === 'person' && row?.person_id === ctx.actor.personId;
    // Somebody else's answers as one that is not there.
    if (!row || (!own && ctx.actor.kind === 'person' && !mayDo(reach.roles, 'calendar.manage')))
      throw new AppError('not-found');
    await repository.deleteAbsence(trx, authorityId, id);
    await audit(ctx, trx, { verb: 'absence.remove', purpose: 'administration', subjectKind: 'absence', subjectId: id });
  });
}
