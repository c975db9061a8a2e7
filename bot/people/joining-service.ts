import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { type Account, bindAccount, boundAmong, issueCode, tenantNames, tenantServes } from '../access/binding.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import type { decideJoin, joinRequestList } from './contract.js';
import * as joining from './joining-repository.js';
import * as repository from './repository.js';
import { confirmsAt } from './service.js';
import { schoolKey } from './staff-list.js';

/**
 * "Please add me": an account that nobody knows asks to be added at a school. The actor is the system of that authority,
 * since there is no person yet; `directoryName` is what the Teams roster says, never what was typed.
 */
export async function askToJoin(
  ctx: Context,
  asking: Account & { readonly directoryName: string; readonly schoolId: string },
): Promise<{ joinRequestId: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    if (!(await tenantServes(trx, asking.tenantId, authorityId))) throw new AppError('not-found');
    const schools = await repository.listSchools(trx, authorityId);
    if (!schools.some(({ school_id, ended_on }) => school_id === asking.schoolId && ended_on === null))
      throw new AppError('not-found');
    const joinRequestId = await joining.insertJoinRequest(trx, {
      ...{ authority_id: authorityId, join_request_id: ctx.random.id(), tenant_id: asking.tenantId },
      ...{ object_id: asking.objectId, school_id: asking.schoolId, directory_name: asking.directoryName.slice(0, 120) },
      asked_at: toDate(ctx.clock.now()),
    });
    await audit(ctx, trx, {
      verb: 'person.ask-to-join',
      purpose: 'staff-list',
      subjectKind: 'join-request',
      subjectId: joinRequestId,
    });
    return { joinRequestId };
  });
}

/** The school of this authority that somebody named, as staff lists name schools; null when none or more than one fits. */
export async function schoolNamed(ctx: Context, name: string): Promise<string | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const schools = await repository.listSchools(trx, ctx.actor.authorityId);
    const fits = schools.filter((school) => school.ended_on === null && schoolKey(school.name) === schoolKey(name));
    return fits.length === 1 ? (fits[0]?.school_id ?? null) : null;
  });
}

/** Open requests at the schools whose list the actor answers for. */
export async function listJoinRequests(ctx: Context): Promise<z.output<typeof joinRequestList>> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.confirm-list');
    const schoolIds = reach.roles.flatMap(({ schoolId }) =>
      schoolId && confirmsAt(reach, schoolId) ? [schoolId] : [],
    );
    const rows = await joining.listOpenJoinRequests(trx, ctx.actor.authorityId, schoolIds);
    const tenants = await tenantNames(
      trx,
      rows.map((row) => row.tenant_id),
    );
    return {
      items: rows.map((row) => ({
        ...{ id: row.join_request_id, name: row.directory_name, schoolId: row.school_id },
        ...{ tenant: tenants.get(row.tenant_id) ?? '', askedAt: row.asked_at.toISOString() },
      })),
    };
  });
}

/**
 * One press. Joins the account to somebody of the school's list who has none, or to a new person who is a class teacher
 * there and so reaches nobody until learners are linked to them.
 */
export async function decideJoinRequest(
  ctx: Context,
  joinRequestId: string,
  input: z.output<typeof decideJoin>,
): Promise<{ personId: string | null }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.confirm-list');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId: deciderId } = ctx.actor;
    const asked = await joining.findJoinRequestForUpdate(trx, authorityId, joinRequestId);
    if (!asked || !confirmsAt(reach, asked.school_id)) throw new AppError('not-found');
    if (asked.decided_at) throw new AppError('stale');
    const personId = input.outcome === 'refused' ? null : await personToJoin(ctx, trx, asked, input.personId ?? null);
    if (personId) {
      const account = { tenantId: asked.tenant_id, objectId: asked.object_id };
      await bindAccount(trx, ctx.clock, account, { authorityId, personId, by: 'designated-manager' });
    }
    await joining.decideJoinRequest(trx, authorityId, joinRequestId, {
      ...{ decided_at: toDate(ctx.clock.now()), decided_by: deciderId, outcome: input.outcome, person_id: personId },
    });
    const subject = { subjectKind: 'join-request', subjectId: joinRequestId };
    await audit(ctx, trx, { verb: `person.join-${input.outcome}`, purpose: 'staff-list', ...subject });
    return { personId };
  });
}

async function personToJoin(
  ctx: Context,
  trx: Trx,
  asked: { readonly school_id: string; readonly directory_name: string },
  listedId: string | null,
): Promise<string> {
  const { authorityId } = ctx.actor;
  const today = dateIn(ctx.clock.now());
  if (listedId) {
    const held = await repository.listRolesHeld(trx, authorityId, today, [listedId]);
    if (!held.some(({ school_id }) => school_id === asked.school_id)) throw new AppError('not-found');
    const bound = await boundAmong(trx, ctx.clock, authorityId, [listedId]);
    if (bound.has(listedId)) throw new AppError('invalid', { where: 'personId', why: 'has an account already' });
    return listedId;
  }
  const personId = ctx.random.id();
  await repository.insertPeople(trx, [{ authority_id: authorityId, person_id: personId, name: asked.directory_name }]);
  await repository.insertRoles(trx, [
    {
      ...{ authority_id: authorityId, role_id: ctx.random.id(), person_id: personId, role: 'class-teacher' },
      ...{ school_id: asked.school_id, valid_from: today, confirmed_on: today },
    },
  ]);
  return personId;
}

/**
 * A new council's first administrator, by a code that the console prints once and that lasts an hour. Refused as soon as
 * an administrator can sign in: from then on administrators are made by people.
 */
export async function firstAdministrator(
  ctx: Context,
  given: { readonly name: string },
): Promise<{ code: string; expiresAt: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    if (ctx.actor.kind !== 'system') allow(ctx.actor, reach, 'person.manage');
    const { authorityId } = ctx.actor;
    const today = dateIn(ctx.clock.now());
    const wanted = { search: '', role: 'administrator', limit: 200 };
    const { items } = await repository.listPeople(trx, authorityId, today, wanted);
    const bound = await boundAmong(
      trx,
      ctx.clock,
      authorityId,
      items.map((one) => one.person_id),
    );
    if (bound.size > 0) throw new AppError('not-allowed-now');
    const personId = items.find(({ name }) => name === given.name)?.person_id ?? ctx.random.id();
    if (!items.some((one) => one.person_id === personId)) {
      await repository.insertPeople(trx, [{ authority_id: authorityId, person_id: personId, name: given.name }]);
      await repository.insertRoles(trx, [
        {
          authority_id: authorityId,
          role_id: ctx.random.id(),
          person_id: personId,
          role: 'administrator',
          valid_from: today,
        },
      ]);
    }
    const { code, expiresAt } = await issueCode(trx, ctx, { authorityId, personId, purpose: 'first-administrator' });
    await audit(ctx, trx, {
      verb: 'person.first-administrator',
      purpose: 'set-up',
      subjectKind: 'person',
      subjectId: personId,
    });
    return { code, expiresAt: expiresAt.toString() };
  });
}
