import type { ReviewMailbox } from '../../../bot/context.js';
import type { Channel } from '../connector-places.js';
import type { LocalApps, LocalPerson, Tenant } from '../shared.js';
import { calendarOf } from './calendars.js';
import { type Council, kylebraeCouncil, strathlinnCouncil } from './council.js';
import { type Day, dayOf, instantOn } from './days.js';
import { apps, kylebrae, reviewMailboxes, strathlinn, teams, tenants } from './places.js';
import type { DirectoryRows } from './plain.js';
import { type SchoolYears, schoolYears } from './school-year.js';
import { seeded } from './seeded.js';
import { holds, type Staff } from './staff.js';

/** Two made-up councils as plain data: what goes into the database, and who exists in the local Microsoft 365. */
export interface DemoCouncil {
  readonly tenants: readonly Tenant[];
  readonly apps: LocalApps;
  readonly people: readonly LocalPerson[];
  readonly channels: readonly Channel[];
  readonly councils: readonly Council[];
  readonly directory: Omit<DirectoryRows, 'directory.conversation'>;
}

/**
 * Deterministic: the same seed and date ('YYYY-MM-DD') give the same data. Who exists (ids, names, addresses, roles)
 * depends on the seed alone; requests, reviews, terms and diaries are laid around `today`.
 */
export function demoCouncil(seed: string, today: string): DemoCouncil {
  const day = dayOf(today);
  const years = schoolYears(today);
  const councils = [strathlinnCouncil(seed, day), kylebraeCouncil(seed, day)];
  return {
    tenants: Object.values(tenants),
    apps: {
      botAppIds: [apps.strathlinnBot, apps.kylebraeBot],
      ...{ apiClientId: apps.api, workerAppId: apps.worker, reviewMailboxes: Object.values(reviewMailboxes) },
    },
    people: eachAccountOnce(councils.flatMap(({ staff }) => staff.flatMap((one) => accountsOf(seed, day, years, one)))),
    channels: [channel('strathlinn', councils[0]), channel('kylebrae', councils[1])],
    councils,
    directory: directoryRows(councils, instantOn(day, 450)),
  };
}

function eachAccountOnce(people: readonly LocalPerson[]): LocalPerson[] {
  return [
    ...new Map(people.map((person) => [`${person.tenantId}/${person.oid}`, person] as const).reverse()).values(),
  ].reverse();
}

/** Promoted school staff have two accounts: the schools platform's, which they sign in with, and the council's mailbox. */
function accountsOf(seed: string, today: Day, years: SchoolYears, one: Staff): LocalPerson[] {
  if (one.calendar === 'none') return [];
  const { tenantId, oid, name, email } = one;
  const withDiary = (account: Omit<LocalPerson, 'calendar'>): LocalPerson => {
    // Filled in when somebody asks for it: a start needs the diaries of few.
    let diary: LocalPerson['calendar'] | null = null;
    return {
      ...account,
      get calendar() {
        diary ??= calendarOf({ random: seeded(seed, `diary ${one.personId}`), years, today }, one);
        return diary;
      },
    };
  };
  if (one.mailbox.oid === oid) return [withDiary({ tenantId, oid, name, email })];
  const schoolsAddress = email.replace(`@${strathlinn.domain}`, `@${strathlinn.schoolsDomain}`);
  return [{ tenantId, oid, name, email: schoolsAddress, calendar: [] }, withDiary({ ...one.mailbox, name, email })];
}

function channel(council: 'strathlinn' | 'kylebrae', made: Council | undefined): Channel {
  const mailbox: ReviewMailbox = reviewMailboxes[council];
  const members = (made?.staff ?? []).filter(
    (one) => holds(one, 'virtual-school') || holds(one, 'virtual-school-head') || holds(one, 'data-officer'),
  );
  return {
    tenantId: mailbox.tenantId,
    teamId: teams[council].teamId,
    teamName: council === 'strathlinn' ? strathlinn.virtualSchool : kylebrae.virtualSchool,
    ...{ id: teams[council].channelId, name: 'Requests', members: members.map(({ oid }) => oid) },
  };
}

const strathlinnTenants = [tenants.schools, tenants.council, tenants.health] as const;

function directoryRows(councils: readonly Council[], at: string): DemoCouncil['directory'] {
  const registration = (
    tenantId: string,
    kind: 'bot' | 'api' | 'worker' | 'review-mailbox',
    value: string,
    authorityId: string | null = null,
  ) => {
    return { tenant_id: tenantId, kind, value, authority_id: authorityId };
  };
  return {
    'directory.authority': [strathlinn, kylebrae].map(({ authorityId, code, name }) => {
      return { authority_id: authorityId, code, name, created_at: at };
    }),
    'directory.tenant': Object.values(tenants).map(({ tenantId, name }) => ({ tenant_id: tenantId, name })),
    'directory.tenant_authority': [
      ...strathlinnTenants.map(({ tenantId }) => ({ tenant_id: tenantId, authority_id: strathlinn.authorityId })),
      { tenant_id: tenants.kylebrae.tenantId, authority_id: kylebrae.authorityId },
      // One of Strathlinn's support teachers works for Kylebrae too, with the account she has.
      { tenant_id: tenants.council.tenantId, authority_id: kylebrae.authorityId },
      // Teachers of both councils sign in with the same national platform: a tenant says nothing about the council.
      { tenant_id: tenants.schools.tenantId, authority_id: kylebrae.authorityId },
    ],
    'directory.registration': [
      ...Object.values(tenants).flatMap(({ tenantId }) => [
        registration(tenantId, 'bot', tenantId === tenants.kylebrae.tenantId ? apps.kylebraeBot : apps.strathlinnBot),
        registration(tenantId, 'api', apps.api),
        registration(tenantId, 'worker', apps.worker),
      ]),
      registration(
        reviewMailboxes.strathlinn.tenantId,
        'review-mailbox',
        reviewMailboxes.strathlinn.address,
        strathlinn.authorityId,
      ),
      registration(
        reviewMailboxes.kylebrae.tenantId,
        'review-mailbox',
        reviewMailboxes.kylebrae.address,
        kylebrae.authorityId,
      ),
    ],
    'directory.identity': councils.flatMap(({ authorityId, staff }) =>
      staff.flatMap((one) => identitiesOf(authorityId, one, at)),
    ),
    'directory.reference': councils.flatMap(({ authorityId, references }) =>
      references.map(({ reference, kind, subjectId }) => ({
        reference,
        authority_id: authorityId,
        kind,
        subject_id: subjectId,
      })),
    ),
  };
}

function identitiesOf(authorityId: string, one: Staff, at: string): DirectoryRows['directory.identity'] {
  if (!one.bound) return [];
  const accounts = one.mailbox.oid === one.oid ? [one] : [one, one.mailbox];
  return accounts.map(({ tenantId, oid }) => ({
    ...{ tenant_id: tenantId, object_id: oid, authority_id: authorityId, person_id: one.personId },
    ...{ bound_at: at, bound_by: 'list' as const, ended_on: null },
  }));
}
