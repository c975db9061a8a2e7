import { cast } from './cast.js';
import type { School } from './grounds.js';
import { type createNaming, telephone } from './names.js';
import { tenants } from './places.js';
import type { Seeded } from './seeded.js';
import { fromCast, type Held, type Staff } from './staff.js';

type Naming = ReturnType<typeof createNaming>;

interface Making {
  readonly random: Seeded;
  readonly naming: Naming;
  /** The council gives promoted school staff a mailbox of its own; class teachers have the schools platform's alone. */
  readonly ground: {
    readonly schoolsDomain: string;
    readonly mail: { readonly tenantId: string; readonly domain: string } | null;
  };
}

/** Head, designated manager, pupil support and class teachers of every school, `total` of them. The first school has the cast. */
export function schoolStaff(making: Making, schools: readonly School[], total: number): Staff[] {
  const ardmore = schools.find(({ name }) => name === 'Ardmore Academy');
  const staff = ardmore ? castAt(making, ardmore.schoolId) : [];
  const special = schools.filter(({ kind }) => kind !== 'primary');
  for (const school of schools) if (school !== ardmore) staff.push(...leadersOf(making, school));
  for (const school of special)
    for (let count = school === ardmore ? 1 : 0; count < 4; count++) staff.push(pupilSupport(making, school));
  for (let turn = 0; staff.length < total; turn++) {
    const school = schools[turn % schools.length];
    if (school) staff.push(classTeacher(making, school));
  }
  return staff.slice(0, total);
}

function person(making: Making, jobTitle: string, roles: readonly Held[], promoted: boolean): Staff {
  const { random, naming, ground } = making;
  const domain = promoted && ground.mail ? ground.mail.domain : ground.schoolsDomain;
  const { full, email } = naming.next(domain);
  const account = { tenantId: tenants.schools.tenantId, oid: random.id() };
  const mailbox = promoted && ground.mail ? { tenantId: ground.mail.tenantId, oid: random.id() } : account;
  const nowhere = random.chance(0.05);
  return {
    ...{ ...account, personId: random.id(), name: full, email, jobTitle, roles, mailbox },
    telephone: telephone(random),
    since: `20${random.int(14, 25)}-08-${random.int(12, 19)}`,
    leavesOn: null,
    calendar: nowhere ? 'none' : mailbox === account ? 'foreign' : 'known',
    bound: !nowhere && random.chance(0.96),
  };
}

/** In most schools a head or a depute is the designated manager, whatever the title (reference domain 1.1, CELCIS survey). */
function leadersOf(making: Making, { schoolId, kind }: School): Staff[] {
  const held = (...roles: Held['role'][]) => roles.map((role) => ({ role, schoolId }));
  if (kind === 'primary' && making.random.chance(0.5))
    return [person(making, 'Head teacher', held('school-head', 'designated-manager', 'named-person'), true)];
  return [
    person(making, 'Head teacher', held('school-head'), true),
    person(making, 'Depute head teacher', held('designated-manager', 'named-person'), true),
  ];
}

function pupilSupport(making: Making, { schoolId }: School): Staff {
  const roles: Held['role'][] = ['pupil-support', 'named-person'];
  return person(
    making,
    'PT Pupil Support',
    roles.map((role) => ({ role, schoolId })),
    true,
  );
}

const subjects = [
  'English',
  'Mathematics',
  'Biology',
  'History',
  'Modern Studies',
  'Art and Design',
  'Technical Education',
];

function classTeacher(making: Making, { schoolId, kind }: School): Staff {
  const jobTitle = kind === 'secondary' ? `Teacher of ${making.random.pick(subjects)}` : 'Class teacher';
  return person(making, jobTitle, [{ role: 'class-teacher', schoolId }], false);
}

function castAt({ random }: Making, schoolId: string): Staff[] {
  const held = (...roles: Held['role'][]) => roles.map((role) => ({ role, schoolId }));
  const more = () => ({ since: '2019-08-14', telephone: telephone(random) });
  return [
    fromCast(cast.teacher, held('pupil-support', 'named-person'), more()),
    fromCast(cast.designatedManager, held('designated-manager', 'named-person'), more()),
    fromCast(cast.schoolHead, held('school-head'), more()),
    fromCast(cast.classTeacher, held('class-teacher'), { ...more(), calendar: 'foreign' }),
    fromCast(cast.unbound, held('class-teacher'), { ...more(), bound: false, calendar: 'foreign' }),
  ];
}
