import { cast } from './cast.js';
import type { createNaming } from './names.js';
import { telephone } from './names.js';
import { strathlinn, tenants } from './places.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';
import { fromCast, type Held, type Staff } from './staff.js';

interface Making {
  readonly random: Seeded;
  readonly naming: ReturnType<typeof createNaming>;
}

export interface SocialWorkTeam {
  readonly teamId: string;
  readonly name: string;
}

const teamNames = [
  'North children and families',
  'South children and families',
  'East children and families',
  'Coast children and families',
  'Throughcare and aftercare',
  'Kinship and fostering',
  'Children with disabilities',
  'Permanence',
] as const;

export function socialWorkTeams(random: Seeded): SocialWorkTeam[] {
  return teamNames.map((name) => ({ teamId: random.id(), name }));
}

export function teamRows(authorityId: string, teams: readonly SocialWorkTeam[]): DemoRows<'team'> {
  return teams.map(({ teamId, name }) => ({ authority_id: authorityId, team_id: teamId, name }));
}

function councilPerson({ random, naming }: Making, jobTitle: string, roles: readonly Held[]): Staff {
  const { full, email } = naming.next(strathlinn.domain);
  const account = { tenantId: tenants.council.tenantId, oid: random.id() };
  return {
    ...{
      ...account,
      mailbox: account,
      personId: random.id(),
      name: full,
      email,
      jobTitle,
      roles,
    },
    ...{ telephone: telephone(random), since: `20${random.int(15, 25)}-0${random.int(1, 9)}-01`, leavesOn: null },
    ...{ calendar: 'known', bound: true },
  };
}

/** The nine of the virtual school, and those of the council who are no service's: administrator, information officer. */
export function virtualSchoolStaff(making: Making): Staff[] {
  const more = () => ({ since: '2021-08-01', telephone: telephone(making.random) });
  const titles = ['Care experienced team officer', 'Support teacher', 'Attendance and inclusion officer'];
  return [
    fromCast(cast.virtualSchoolHead, [{ role: 'virtual-school-head' }], more()),
    fromCast(cast.officer, [{ role: 'virtual-school' }], more()),
    fromCast(cast.dataOfficer, [{ role: 'data-officer' }], more()),
    fromCast(cast.servesBoth, [{ role: 'virtual-school' }], more()),
    ...Array.from({ length: 5 }, (_, index) =>
      councilPerson(making, titles[index % titles.length] ?? '', [{ role: 'virtual-school' }]),
    ),
    fromCast(cast.reviewCoordinator, [{ role: 'review-co-ordinator' }], more()),
    fromCast(cast.informationOfficer, [{ role: 'information-officer' }], more()),
    fromCast(cast.administrator, [{ role: 'administrator' }], more()),
  ];
}

/** 85 social workers in eight teams with a manager each, and five reviewing officers. One in six sits in the health tenant. */
export function socialWorkStaff(making: Making, teams: readonly SocialWorkTeam[]): Staff[] {
  const more = () => ({ since: '2018-04-02', telephone: telephone(making.random) });
  const [first, second] = teams;
  if (!first || !second) throw new RangeError('social work has no teams');
  const named = [
    fromCast(cast.socialWorker, [{ role: 'social-worker', teamId: first.teamId }], more()),
    fromCast(cast.healthSocialWorker, [{ role: 'social-worker', teamId: second.teamId }], {
      ...more(),
      calendar: 'foreign',
    }),
  ];
  const workers = Array.from({ length: 83 }, (_, index) => {
    const team = teams[index % teams.length] ?? first;
    return elsewhere(making, councilPerson(making, 'Social worker', [{ role: 'social-worker', teamId: team.teamId }]));
  });
  const managers = teams.map(({ teamId }) =>
    teamId === first.teamId
      ? fromCast(cast.teamManager, [{ role: 'team-manager', teamId }], more())
      : councilPerson(making, 'Team manager', [{ role: 'team-manager', teamId }]),
  );
  const officers = [
    fromCast(cast.reviewingOfficer, [{ role: 'reviewing-officer' }], more()),
    ...Array.from({ length: 4 }, () => councilPerson(making, 'Reviewing officer', [{ role: 'reviewing-officer' }])),
  ];
  return [...named, ...workers, ...managers, ...officers];
}

function elsewhere({ random }: Making, worker: Staff): Staff {
  if (random.chance(1 / 6))
    return {
      ...worker,
      tenantId: tenants.health.tenantId,
      mailbox: { ...worker.mailbox, tenantId: tenants.health.tenantId },
      email: worker.email.replace(strathlinn.domain, strathlinn.healthDomain),
      calendar: 'foreign',
    };
  return random.chance(0.07) ? { ...worker, calendar: 'none', bound: false } : worker;
}
