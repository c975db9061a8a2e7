import { castOfLearners, drawLearners, drawScn, type Learner } from './learners.js';
import { factRows, learnerRows, linkRows } from './learner-rows.js';
import { cast, castLearners } from './cast.js';
import { socialWorkStaff, socialWorkTeams, teamRows, virtualSchoolStaff } from './council-staff.js';
import { dateOf, type Day, instantOn } from './days.js';
import { deskRows } from './desk.js';
import { layOut, type School } from './grounds.js';
import { createNaming, telephone } from './names.js';
import { kylebrae, kylebraeClusters, strathlinn, strathlinnClusters, tenants } from './places.js';
import type { CouncilRows, DemoRows } from './plain.js';
import { requestRows } from './requests.js';
import { reviewRows } from './reviews.js';
import { schoolStaff } from './school-staff.js';
import { schoolYears, type SchoolYears } from './school-year.js';
import { seeded, type Seeded } from './seeded.js';
import { settingRows } from './settings.js';
import { fromCast, holds, schoolOf, type Staff, staffRows } from './staff.js';

export interface Council {
  readonly authorityId: string;
  readonly staff: readonly Staff[];
  readonly rows: CouncilRows;
  readonly references: readonly {
    readonly reference: string;
    readonly kind: 'request' | 'review';
    readonly subjectId: string;
  }[];
}

interface Size {
  readonly requests: number;
  readonly reviews: number;
}

/** Strathlinn: 46 schools, 640 learners, 260 school staff, a virtual school of nine, 85 social workers in eight teams. */
export function strathlinnCouncil(seed: string, today: Day): Council {
  const stream = (name: string) => seeded(seed, `strathlinn/${name}`);
  const grounds = layOut(stream('grounds'), strathlinn.authorityId, strathlinnClusters);
  const castNames = Object.values(cast).map(({ email }) => email.split('@')[0] ?? '');
  const naming = createNaming(stream('names'), castNames);
  const making = (name: string) => ({ random: stream(name), naming });
  const ground = {
    schoolsDomain: strathlinn.schoolsDomain,
    mail: { tenantId: tenants.council.tenantId, domain: strathlinn.domain },
  };
  const teams = socialWorkTeams(stream('teams'));
  const staff = [
    ...schoolStaff({ ...making('school staff'), ground }, grounds.schools, 260),
    ...virtualSchoolStaff(making('virtual school')),
    ...socialWorkStaff(making('social work'), teams),
  ];
  const base = { today, schools: grounds.schools, staff };
  const drawing = { ...base, random: stream('learners') };
  const learners = [...castLearnersOf(drawing, staff, grounds.schools), ...drawLearners(drawing, 636)];
  return finish(
    { stream, council: strathlinn, grounds, staff, learners, today, teams: teamRows(strathlinn.authorityId, teams) },
    { requests: 300, reviews: 60 },
  );
}

function castLearnersOf(
  making: Parameters<typeof castOfLearners>[0],
  staff: readonly Staff[],
  schools: readonly School[],
): Learner[] {
  const find = (personId: string) => staff.find((one) => one.personId === personId);
  const worker = find(cast.socialWorker.personId);
  const hidden = find(cast.healthSocialWorker.personId);
  const school = schools.find(({ name }) => name === 'Ardmore Academy');
  if (!worker || !hidden || !school) throw new Error('the cast has no stage');
  return castOfLearners(making, worker, hidden, school);
}

/** Kylebrae: small, with the same kinds of rows, so that a wall between councils is seen to stand. */
export function kylebraeCouncil(seed: string, today: Day): Council {
  const stream = (name: string) => seeded(seed, `kylebrae/${name}`);
  const grounds = layOut(stream('grounds'), kylebrae.authorityId, kylebraeClusters);
  const random = stream('staff');
  const [academy] = grounds.schools;
  if (!academy) throw new Error('Kylebrae has no school');
  const more = () => ({ since: '2022-08-15', telephone: telephone(random) });
  const naming = createNaming(stream('names'), ['fraser.guthrie', 'skye.tulloch', 'kirsten.rennie']);
  const ground = { schoolsDomain: kylebrae.schoolsDomain, mail: null };
  const support = ['pupil-support', 'named-person', 'designated-manager'] as const;
  const staff = [
    fromCast(
      cast.neighbourHead,
      [{ role: 'virtual-school-head' }, { role: 'virtual-school' }, { role: 'administrator' }],
      more(),
    ),
    fromCast(
      cast.neighbourTeacher,
      support.map((role) => ({ role, schoolId: academy.schoolId })),
      { ...more(), calendar: 'foreign' },
    ),
    fromCast(cast.servesBothInKylebrae, [{ role: 'virtual-school' }], { ...more(), calendar: 'foreign' }),
    ...schoolStaff({ random, naming, ground }, grounds.schools, 12),
  ];
  const drawing = { random: stream('learners'), today, schools: grounds.schools, staff };
  const learners = [neighbourLearner(drawing.random, today, academy), ...drawLearners(drawing, 23)];
  return finish({ stream, council: kylebrae, grounds, staff, learners, today, teams: [] }, { requests: 8, reviews: 0 });
}

function neighbourLearner(random: Seeded, today: Day, school: School): Learner {
  return {
    ...castLearners.neighbour,
    ...{ knownAs: null, birthOn: dateOf(today - 14 * 365), scn: drawScn(random, 2018), stage: 'S2', school },
    ...{ education: 'here', home: 'foster', status: 'looked-after', statusSince: today - 300 },
    ...{ socialWorker: null, restricted: false, nonDisclosure: false },
  };
}

interface Finishing {
  readonly stream: (name: string) => Seeded;
  readonly council: { readonly authorityId: string; readonly virtualSchool: string };
  readonly grounds: ReturnType<typeof layOut>;
  readonly staff: readonly Staff[];
  readonly learners: readonly Learner[];
  readonly today: Day;
  readonly teams: DemoRows<'team'>;
}

function finish(made: Finishing, size: Size): Council {
  const { stream, council, grounds, staff, learners, today } = made;
  const { authorityId } = council;
  const years = schoolYears(dateOf(today));
  const base = { authorityId, today, years, schools: grounds.schools, staff, learners };
  const links = linkRows({ ...base, random: stream('links') }, learners);
  const mayAsk = reachesInSchool(links);
  const requests = requestRows({ ...base, random: stream('requests'), mayAsk }, size.requests);
  const reviews = reviewRows({ ...base, random: stream('reviews'), requests: requests.support_request }, size.reviews);
  const desk = deskRows({ ...base, random: stream('desk'), requests: requests.support_request });
  const head = staff.find((one) => holds(one, 'virtual-school-head'));
  const set = { on: dateOf(today - 400), at: instantOn(today - 400, 600), authorId: head?.personId ?? '' };
  const reference = (kind: 'request' | 'review') => (one: { reference: string; subjectId: string }) => ({
    ...one,
    kind,
  });
  return {
    ...{ authorityId, staff },
    references: [...requests.references.map(reference('request')), ...reviews.references.map(reference('review'))],
    rows: {
      ...settingRows(stream('settings'), council, grounds.schools, set),
      ...{ ...grounds.rows, team: made.teams },
      ...staffRows(stream('roles'), authorityId, staff, confirmedOn(today)),
      ...{
        absence: absences(stream('absence'), authorityId, today, staff),
        school_date: schoolDates(stream('dates'), base),
      },
      ...learnerRows({ ...base, random: stream('rows') }, learners),
      ...{ learner_link: links, learner_fact: factRows({ ...base, random: stream('facts') }, learners) },
      ...{ support_request: requests.support_request, request_message: requests.request_message },
      ...{ review: reviews.review, review_attendee: reviews.review_attendee },
      ...{ saved_view: desk.saved_view, call_note: desk.call_note, request_feedback: desk.request_feedback },
      activity: [...requests.activity, ...reviews.activity, ...desk.activity].sort((a, b) =>
        a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq,
      ),
    },
  };
}

/** Lists were confirmed on the last 25 August: in the week before it, last year's still stand. */
function confirmedOn(today: Day): string {
  const date = dateOf(today);
  const year = Number(date.slice(0, 4)) - (date.slice(5) < '08-25' ? 1 : 0);
  return `${year}-08-25`;
}

/** Who in a school may ask about a learner: as reach.ts has it, so that no demo request exists which its asker could not make. */
function reachesInSchool(links: DemoRows<'learner_link'>) {
  const linked = new Set(links.map((link) => `${link.kind} ${link.learner_id} ${link.person_id}`));
  return (one: Staff, learner: Learner): boolean => {
    if (learner.restricted || !learner.school || schoolOf(one) !== learner.school.schoolId) return false;
    const has = (kind: string) => linked.has(`${kind} ${learner.learnerId} ${one.personId}`);
    if (has('conflict') || one.calendar === 'none') return false;
    const schoolWide = holds(one, 'pupil-support') || holds(one, 'designated-manager') || holds(one, 'school-head');
    return schoolWide || (holds(one, 'class-teacher') && has('class-teacher'));
  };
}

function absences(random: Seeded, authorityId: string, today: Day, staff: readonly Staff[]): DemoRows<'absence'> {
  const ours = staff.filter((one) => holds(one, 'virtual-school') && one.personId !== cast.officer.personId);
  const [away, cover] = random.shuffled(ours);
  if (!away || !cover) return [];
  const dates = { from_on: dateOf(today - 2), until_on: dateOf(today + 8) };
  return [
    {
      authority_id: authorityId,
      absence_id: random.id(),
      person_id: away.personId,
      ...dates,
      cover_person_id: cover.personId,
    },
  ];
}

/** The council's dates for every school, and one school shut for two days by its boiler. */
function schoolDates(
  random: Seeded,
  {
    authorityId,
    years,
    schools,
    today,
  }: { authorityId: string; years: SchoolYears; schools: readonly School[]; today: Day },
): DemoRows<'school_date'> {
  const row = (date: Omit<DemoRows<'school_date'>[number], 'authority_id' | 'school_date_id' | 'import_id'>) => {
    return { authority_id: authorityId, school_date_id: random.id(), ...date, import_id: null };
  };
  const shut = random.pick(schools.filter(({ kind }) => kind === 'primary')).schoolId;
  const shutFrom = { from_on: dateOf(today + 3), until_on: dateOf(today + 4) };
  return [
    ...years.dates.map(({ kind, from, until, name }) =>
      row({ school_id: null, kind, from_on: dateOf(from), until_on: dateOf(until), name }),
    ),
    row({ school_id: shut, kind: 'closure', ...shutFrom, name: 'No heating' }),
  ];
}
