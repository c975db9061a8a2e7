import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { accountsIn, bindAccount, onlyTenantOf } from '../access/binding.js';
import type { Reach } from '../access/reach.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { addDays, dateIn } from '../time.js';
import { stopsUnconfirmed } from './confirmation.js';
import type { ImportedStaffList } from './contract.js';
import { CsvRefused } from './csv.js';
import * as repository from './repository.js';
import { confirmsAt, leaving } from './service.js';
import { listConfirmedBySetting, readSetting } from './settings.js';
import {
  type Decided,
  decideRows,
  type Known,
  type ListedPerson,
  readStaffList,
  schoolKey,
  type StaffList,
} from './staff-list.js';

/**
 * Takes a council's staff list. Everything that fits is taken in one transaction, the rest comes back by line and reason.
 * The same list a second time changes nothing. People whom a list leaves out are not ended by it: it may be one school's.
 * Throws AppError('invalid') when the text is no list at all.
 */
export async function importStaffList(
  ctx: Context,
  input: { readonly csv: string; readonly tenantId?: string | undefined },
): Promise<ImportedStaffList> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.manage');
    const list = readOrRefuse(input.csv);
    const tenantId = input.tenantId ?? (await onlyTenantOf(trx, ctx.actor.authorityId));
    const decided = decideRows(list.rows, await knownFor(ctx, trx, reach, list.rows, tenantId));
    const taken = decided.filter((row): row is Decided => 'outcome' in row);
    await take(ctx, trx, taken, tenantId);
    const rejected = [...list.rejected, ...decided.flatMap((row) => ('reason' in row ? [row] : []))];
    const count = (outcome: Decided['outcome']) => taken.filter((row) => row.outcome === outcome).length;
    await audit(ctx, trx, { verb: 'person.import', purpose: 'staff-list', fields: ['person', 'person_role'] });
    return {
      ...{ added: count('new'), changed: count('changed'), unchanged: count('unchanged') },
      rejected: rejected.sort((a, b) => a.line - b.line),
      missingColumns: [...list.missingColumns],
    };
  });
}

function readOrRefuse(csv: string): StaffList {
  try {
    return readStaffList(csv);
  } catch (error) {
    if (error instanceof CsvRefused) throw new AppError('invalid', { where: 'csv', why: error.message });
    throw error;
  }
}

async function knownFor(
  ctx: Context,
  trx: Trx,
  reach: Reach,
  rows: readonly ListedPerson[],
  tenantId: string | null,
): Promise<Known> {
  const { authorityId } = ctx.actor;
  const emails = [...new Set(rows.map(({ email }) => email))];
  const people = emails.length > 0 ? await repository.listPeopleByEmail(trx, authorityId, emails) : [];
  const ids = people.map((one) => one.person_id);
  const roles = ids.length > 0 ? await repository.listRolesToCome(trx, authorityId, dateIn(ctx.clock.now()), ids) : [];
  const schools = await repository.listSchools(trx, authorityId);
  const objectIds = rows.flatMap(({ objectId }) => (objectId ? [objectId] : []));
  const accounts = tenantId ? await accountsIn(trx, { authorityId, tenantId }, objectIds) : new Map<string, string>();
  return {
    schools: new Map(schools.map(({ name, school_id }) => [schoolKey(name), school_id])),
    people: new Map(
      people.map((one) => [
        (one.email ?? '').toLowerCase(),
        {
          ...{ personId: one.person_id, name: one.name, email: one.email ?? '', telephone: one.telephone },
          ...{ jobTitle: one.job_title, leavesOn: one.leaves_on },
          roles: roles.flatMap((held) =>
            held.person_id === one.person_id ? [{ role: held.role, schoolId: held.school_id }] : [],
          ),
          accounts: [...accounts].flatMap(([objectId, holder]) => (holder === one.person_id ? [objectId] : [])),
        },
      ]),
    ),
    ...{ accounts, tenantGiven: tenantId !== null },
    mayGiveGuarded: ctx.actor.kind === 'system' || reach.roles.some(({ role }) => role === 'administrator'),
  };
}

async function take(ctx: Context, trx: Trx, taken: readonly Decided[], tenantId: string | null): Promise<void> {
  const { authorityId } = ctx.actor;
  const today = dateIn(ctx.clock.now());
  const ids = new Map<string, string>();
  for (const { row, personId } of taken) ids.set(row.email, ids.get(row.email) ?? personId ?? ctx.random.id());
  const idOf = ({ row }: Decided) => ids.get(row.email) ?? '';
  await repository.insertPeople(
    trx,
    taken
      .filter(({ outcome }) => outcome === 'new')
      .map((one) => ({
        ...{ authority_id: authorityId, person_id: idOf(one), name: one.row.name, email: one.row.email },
        ...{
          telephone: one.row.telephone,
          job_title: one.row.jobTitle,
          leaves_on: one.row.leavesOn,
          calendar: 'graph' as const,
        },
      })),
  );
  await repository.insertRoles(
    trx,
    taken
      .filter(({ role }) => role)
      .map((one) => ({
        ...{ authority_id: authorityId, role_id: ctx.random.id(), person_id: idOf(one), role: one.row.role },
        ...{ school_id: one.schoolId, valid_from: one.row.startsOn ?? today },
        ...{ valid_to: one.row.leavesOn ? addDays(one.row.leavesOn, -1) : null },
      })),
  );
  for (const one of taken) {
    const { row } = one;
    if (one.outcome !== 'new' && one.details)
      await repository.updatePerson(trx, authorityId, idOf(one), {
        name: row.name,
        ...(row.telephone ? { telephone: row.telephone } : {}),
        ...(row.jobTitle ? { job_title: row.jobTitle } : {}),
        ...(row.leavesOn ? { leaves_on: row.leavesOn } : {}),
      });
    if (one.account && row.objectId && tenantId)
      await bindAccount(
        trx,
        ctx.clock,
        { tenantId, objectId: row.objectId },
        { authorityId, personId: idOf(one), by: 'list' },
      );
    if (row.leavesOn && one.details) await leaving(ctx, trx, idOf(one), row.leavesOn);
  }
}

/**
 * Each August the designated manager (or head) says who is still there. Those who are gone lose what they held at this
 * school today; whoever is in neither list stays unconfirmed until the council's last day for it.
 */
export async function confirmSchoolList(
  ctx: Context,
  input: { readonly schoolId: string; readonly stillHere: readonly string[]; readonly gone: readonly string[] },
): Promise<{ confirmed: number; ended: number }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'person.confirm-list');
    if (!confirmsAt(reach, input.schoolId)) throw new AppError('not-found');
    const { authorityId } = ctx.actor;
    const { schoolId } = input;
    const today = dateIn(ctx.clock.now());
    const gone = input.gone.filter((id) => !input.stillHere.includes(id));
    const confirmed = await repository.confirmRoles(trx, authorityId, { personIds: input.stillHere, schoolId }, today);
    const ended = await repository.endRoles(trx, authorityId, { personIds: gone, schoolId }, addDays(today, -1));
    await audit(ctx, trx, {
      verb: 'person.confirm-list',
      purpose: 'staff-list',
      subjectKind: 'school',
      subjectId: schoolId,
    });
    return { confirmed, ended };
  });
}

/** Run once a day by the timer: after the council's last day, school roles that nobody confirmed end. Answers how many. */
export async function stopUnconfirmed(ctx: Context): Promise<number> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const today = dateIn(ctx.clock.now());
    const stops = stopsUnconfirmed(today, await readSetting(trx, ctx, listConfirmedBySetting));
    if (!stops) return 0;
    const ended = await repository.endUnconfirmedRoles(trx, ctx.actor.authorityId, stops.since, addDays(today, -1));
    if (ended > 0)
      await audit(ctx, trx, {
        verb: 'person.stop-unconfirmed',
        purpose: 'staff-list',
        fields: ['person_role.valid_to'],
      });
    return ended;
  });
}
