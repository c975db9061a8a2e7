import { type Role, roles, type RoleHeld, serviceOf } from '../access/roles.js';
import { AppError } from '../errors.js';
import type { CalendarDate } from '../time.js';
import type { FoundStaff } from './staff-repository.js';

/** Who may be invited. Pure. */
export type NotInvited = 'not-staff' | 'no-address' | 'conflict';

export interface Invited {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly required: boolean;
  readonly service: ReturnType<typeof serviceOf>;
  readonly calendar: 'graph' | 'unknown';
}

/**
 * Only staff that this authority knows: a role today, an address in the staff list, still there on the day, no declared
 * conflict with the learner. Everybody else is told by a named person first (product.md E.5).
 */
export function mayBeInvited(
  person: FoundStaff | undefined,
  conflicts: ReadonlySet<string>,
  on: CalendarDate,
): NotInvited | null {
  if (!person || person.held.length === 0 || (person.leaves_on !== null && person.leaves_on <= on)) return 'not-staff';
  if (conflicts.has(person.person_id)) return 'conflict';
  return person.email === null || !person.email.includes('@') ? 'no-address' : null;
}

/** In the order chosen. Throws AppError('invalid', where 'people') for the first who may not be, or who is there twice. */
export function invitedOf(
  chosen: readonly { readonly id: string; readonly required: boolean }[],
  staff: readonly FoundStaff[],
  conflicts: ReadonlySet<string>,
  on: CalendarDate,
): Invited[] {
  if (new Set(chosen.map(({ id }) => id)).size < chosen.length)
    throw new AppError('invalid', { where: 'people', why: 'twice' });
  if (!chosen.some(({ required }) => required))
    throw new AppError('invalid', { where: 'people', why: 'nobody-required' });
  return chosen.map(({ id, required }) => {
    const person = staff.find((one) => one.person_id === id);
    const why = mayBeInvited(person, conflicts, on);
    if (why || !person?.email) throw new AppError('invalid', { where: 'people', why: why ?? 'no-address' });
    const service = serviceOf(rolesHeld(person));
    return { id, name: person.name, email: person.email, required, service, calendar: person.calendar };
  });
}

export function rolesHeld(person: FoundStaff): RoleHeld[] {
  return person.held.flatMap(({ role, school_id, team_id }) =>
    isRole(role) ? [{ role, schoolId: school_id, teamId: team_id }] : [],
  );
}

function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}
