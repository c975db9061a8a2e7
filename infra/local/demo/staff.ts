import type { Role } from '../../../bot/access/roles.js';
import type { CastMember } from './cast.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';

export interface Held {
  readonly role: Role;
  readonly schoolId?: string;
  readonly teamId?: string;
}

/** One member of staff as the generator knows them; rows, identities and calendars are made from it. */
export interface Staff {
  readonly personId: string;
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
  readonly email: string;
  readonly telephone: string | null;
  readonly jobTitle: string;
  readonly roles: readonly Held[];
  readonly since: string;
  readonly leavesOn: string | null;
  /** Where mail to `email` lands; the sign-in account, or a council mailbox beside a schools account. */
  readonly mailbox: { readonly tenantId: string; readonly oid: string };
  /** known: Graph answers for them; foreign: a tenant that the review mailbox cannot read; none: no mailbox here at all. */
  readonly calendar: 'known' | 'foreign' | 'none';
  readonly bound: boolean;
}

export const schoolOf = (staff: Staff): string | null => staff.roles.find(({ schoolId }) => schoolId)?.schoolId ?? null;
export const holds = (staff: Staff, role: Role): boolean => staff.roles.some((held) => held.role === role);

export function fromCast(
  who: CastMember,
  roles: readonly Held[],
  more: { readonly since: string; readonly telephone: string } & Partial<Pick<Staff, 'calendar' | 'bound'>>,
): Staff {
  return { ...who, roles, leavesOn: null, calendar: 'known', bound: true, ...more };
}

export function staffRows(
  random: Seeded,
  authorityId: string,
  staff: readonly Staff[],
  confirmedOn: string,
): { person: DemoRows<'person'>; person_role: DemoRows<'person_role'> } {
  return {
    person: staff.map((one) => ({
      ...{ authority_id: authorityId, person_id: one.personId, name: one.name, email: one.email },
      ...{ telephone: one.telephone, job_title: one.jobTitle, leaves_on: one.leavesOn, version: 1 },
      calendar: one.calendar === 'known' ? ('graph' as const) : ('unknown' as const),
    })),
    person_role: staff.flatMap((one) =>
      one.roles.map(({ role, schoolId, teamId }) => ({
        ...{ authority_id: authorityId, role_id: random.id(), person_id: one.personId, role },
        ...{ school_id: schoolId ?? null, team_id: teamId ?? null, valid_from: one.since, valid_to: null },
        confirmed_on: schoolId ? confirmedOn : null,
      })),
    ),
  };
}
