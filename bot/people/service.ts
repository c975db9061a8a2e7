import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { boundAmong, endAccounts, issueCode } from '../access/binding.js';
import type { Reach } from '../access/reach.js';
import { mayDo, type Role, roles, type Verb, verbs } from '../access/roles.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError, isAppError } from '../errors.js';
import { addDays, dateIn } from '../time.js';
import type { bindingCode, Me, PersonRow, personList, personSearch } from './contract.js';
import { sessionStart } from './confirmation.js';
import * as repository from './repository.js';
import { childProtectionSetting, readSetting, virtualSchoolSetting } from './settings.js';

/** Who is asking, what they may do, and whom to telephone. `served` are the authorities of this sign-in, this one included. */
export async function whoAmI(
  ctx: Context,
  served: readonly { readonly id: string; readonly name: string }[],
): Promise<Me> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const person = await repository.findPerson(trx, authorityId, personId);
    if (!person) throw new AppError('not-bound');
    const authority = { id: authorityId, name: served.find(({ id }) => id === authorityId)?.name ?? '' };
    const virtualSchool = await readSetting(trx, ctx, virtualSchoolSetting);
    return {
      ...{ person: { id: personId, name: person.name }, authority },
      roles: [...new Set(reach.roles.map(({ role }) => role))],
      may: (Object.keys(verbs) as Verb[]).filter((verb) => mayDo(reach.roles, verb)),
      virtualSchool: virtualSchool ?? { name: authority.name, telephone: null },
      protection: await protectionOf(ctx, trx),
      others: served.filter(({ id }) => id !== authorityId).map(({ id, name }) => ({ id, name })),
    };
  });
}

async function protectionOf(ctx: Context, trx: Trx): Promise<Me['protection']> {
  try {
    return await readSetting(trx, ctx, childProtectionSetting);
  } catch (error) {
    if (isAppError(error, 'setting-unset')) return null;
    throw error;
  }
}

/** Present staff. A designated manager or head searches their own school's list and no other. */
export async function searchPeople(
  ctx: Context,
  search: z.output<typeof personSearch>,
): Promise<z.output<typeof personList>> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if (!(search.schoolId && confirmsAt(reach, search.schoolId))) allow(ctx.actor, reach, 'person.list');
    const { authorityId } = ctx.actor;
    const on = dateIn(ctx.clock.now());
    const { items, total } = await repository.listPeople(trx, authorityId, on, search);
    const ids = items.map((one) => one.person_id);
    const held = await repository.listRolesHeld(trx, authorityId, on, ids);
    const bound = await boundAmong(trx, ctx.clock, authorityId, ids);
    return {
      total,
      items: items.map((one) => {
        const own = held.filter((role) => role.person_id === one.person_id);
        return { ...rowOf(one, own, sessionStart(on)), bound: bound.has(one.person_id) };
      }),
    };
  });
}

type Stored = Awaited<ReturnType<typeof repository.listPeople>>['items'][number];
type Held = Awaited<ReturnType<typeof repository.listRolesHeld>>[number];

function rowOf(one: Stored, held: readonly Held[], since: string): Omit<PersonRow, 'bound'> {
  const atSchool = held.filter(({ school_id }) => school_id !== null);
  const confirmed = atSchool.every((role) => (role.confirmed_on ?? role.valid_from) >= since);
  return {
    ...{ id: one.person_id, name: one.name, jobTitle: one.job_title, email: one.email, telephone: one.telephone },
    roles: held.flatMap(({ role, school, team }) => (isRole(role) ? [{ role, school, team }] : [])),
    ...{ leavesOn: one.leaves_on, version: one.version, confirmed: atSchool.length > 0 ? confirmed : null },
  };
}

function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

/** Whether the actor answers for the list of this school. */
export function confirmsAt(reach: Reach, schoolId: string): boolean {
  return reach.roles.some((held) => held.schoolId === schoolId && mayDo([held], 'person.confirm-list'));
}

/** Access ends on that day: roles last until the day before, and accounts answer to nobody from then on. */
export async function personLeaves(
  ctx: Context,
  input: { readonly personId: string; readonly version: number; readonly leavesOn: string },
): Promise<{ version: number; leavesOn: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.manage');
    const { authorityId } = ctx.actor;
    const person = await repository.findPersonForUpdate(trx, authorityId, input.personId);
    if (!person) throw new AppError('not-found');
    if (person.version !== input.version) throw new AppError('stale');
    await leaving(ctx, trx, input.personId, input.leavesOn);
    await repository.updatePerson(trx, authorityId, input.personId, { leaves_on: input.leavesOn });
    const subject = { subjectKind: 'person', subjectId: input.personId, fields: ['person.leaves_on'] };
    await audit(ctx, trx, { verb: 'person.leave', purpose: 'staff-list', ...subject });
    return { version: person.version + 1, leavesOn: input.leavesOn };
  });
}

/** What a leaving date means, wherever it comes from. */
export async function leaving(ctx: Context, trx: Trx, personId: string, leavesOn: string): Promise<void> {
  const { authorityId } = ctx.actor;
  await repository.endRoles(trx, authorityId, { personIds: [personId] }, addDays(leavesOn, -1));
  await endAccounts(trx, { authorityId, personId }, leavesOn);
}

/** For somebody whom the list gave no object id. The code is answered once and never stored; it is not put into any log. */
export async function issueBindingCode(ctx: Context, personId: string): Promise<z.output<typeof bindingCode>> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.manage');
    const { authorityId } = ctx.actor;
    const person = await repository.findPersonForUpdate(trx, authorityId, personId);
    if (!person || (person.leaves_on !== null && person.leaves_on <= dateIn(ctx.clock.now())))
      throw new AppError('not-found');
    const { code, expiresAt } = await issueCode(trx, ctx, { authorityId, personId, purpose: 'bind' });
    await audit(ctx, trx, {
      verb: 'person.binding-code',
      purpose: 'staff-list',
      subjectKind: 'person',
      subjectId: personId,
    });
    return { code, expiresAt: expiresAt.toString() };
  });
}
