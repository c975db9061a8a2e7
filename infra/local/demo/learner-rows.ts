import type { Attribute, FactSource, LinkKind } from '../../../bot/learners/learner.js';
import { cast, castLearners } from './cast.js';
import { dateOf, type Day, instantOn } from './days.js';
import type { School } from './grounds.js';
import type { Learner } from './learners.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';
import { holds, schoolOf, type Staff } from './staff.js';

interface Making {
  readonly random: Seeded;
  readonly today: Day;
  readonly authorityId: string;
  readonly schools: readonly School[];
  readonly staff: readonly Staff[];
}

export function learnerRows({ authorityId }: Making, learners: readonly Learner[]) {
  return {
    learner: learners.map((one) => ({
      ...{ authority_id: authorityId, learner_id: one.learnerId, given_name: one.given, family_name: one.family },
      ...{ known_as: one.knownAs, birth_on: one.birthOn, scn: one.scn, stage: one.stage },
      ...{ school_id: one.school?.schoolId ?? null, education: one.education, home: one.home, status: one.status },
      ...{ status_since: one.statusSince === null ? null : dateOf(one.statusSince), version: 1 },
    })) satisfies DemoRows<'learner'>,
    learner_scope: learners.map((one) => ({
      ...{ authority_id: authorityId, learner_id: one.learnerId, school_id: one.school?.schoolId ?? null },
      social_worker_id: one.socialWorker?.personId ?? null,
      team_id: one.socialWorker?.roles.find(({ teamId }) => teamId)?.teamId ?? null,
      restricted: one.restricted,
    })) satisfies DemoRows<'learner_scope'>,
  };
}

/** Who works with whom: allocation, named person, class teacher, reviewing officer, our own worker; grants and conflicts. */
export function linkRows(making: Making, learners: readonly Learner[]): DemoRows<'learner_link'> {
  const { random, today, authorityId, staff } = making;
  const officers = staff.filter((one) => holds(one, 'reviewing-officer'));
  const ours = staff.filter((one) => holds(one, 'virtual-school'));
  const bySchool = groupBySchool(staff);
  const row = (one: Learner, personId: string, kind: LinkKind, reason: string | null = null) => ({
    ...{ authority_id: authorityId, link_id: random.id(), learner_id: one.learnerId, person_id: personId, kind },
    ...{ valid_from: dateOf(Math.max(one.statusSince ?? 0, today - random.int(30, 600))), valid_to: null, reason },
  });
  return learners.flatMap((one) => {
    const colleagues = (one.school && bySchool.get(one.school.schoolId)) ?? [];
    const named = colleagues.filter((who) => holds(who, 'named-person'));
    const teachers = colleagues.filter(
      (who) => holds(who, 'class-teacher') && who.personId !== cast.classTeacher.personId,
    );
    const primary = one.school?.kind === 'primary';
    return [
      ...(one.socialWorker ? [row(one, one.socialWorker.personId, 'social-worker')] : []),
      ...(named.length > 0 ? [row(one, random.pick(named).personId, 'named-person')] : []),
      ...(primary && teachers.length > 0 && random.chance(0.6)
        ? [row(one, random.pick(teachers).personId, 'class-teacher')]
        : []),
      ...(officers.length > 0 && one.status === 'looked-after' && random.chance(0.7)
        ? [row(one, random.pick(officers).personId, 'reviewing-officer')]
        : []),
      ...(ours.length > 0 && random.chance(0.25)
        ? [row(one, random.pick(ours).personId, 'virtual-school-worker')]
        : []),
      ...(one.restricted && ours.length > 0
        ? [row(one, random.pick(ours).personId, 'grant', 'Agreed with the chief social work officer')]
        : []),
      ...conflictOf(one, colleagues).map((personId) =>
        row(one, personId, 'conflict', 'Declared: a relative or neighbour'),
      ),
    ];
  });

  function conflictOf(one: Learner, colleagues: readonly Staff[]): string[] {
    if (one.learnerId === castLearners.conflict.learnerId) return [cast.teacher.personId];
    const others = colleagues.filter(({ personId }) => personId !== cast.teacher.personId);
    return others.length > 0 && random.chance(0.015) ? [random.pick(others).personId] : [];
  }
}

function groupBySchool(staff: readonly Staff[]): ReadonlyMap<string | null, readonly Staff[]> {
  const groups = new Map<string | null, Staff[]>();
  for (const one of staff) groups.set(schoolOf(one), [...(groups.get(schoolOf(one)) ?? []), one]);
  return groups;
}

interface Fact {
  readonly attribute: Attribute;
  readonly value: unknown;
  readonly source: FactSource;
  readonly from: Day | null;
  readonly until?: Day;
  readonly known: Day;
  readonly knownUntil?: Day;
}

/** Bitemporal: a move closes the value that held, a correction closes what we thought we knew. */
export function factRows(making: Making, learners: readonly Learner[]): DemoRows<'learner_fact'> {
  const { random, authorityId } = making;
  return learners.flatMap((one) =>
    factsOf(making, one).map(({ attribute, value, source, from, until, known, knownUntil }) => ({
      ...{ authority_id: authorityId, fact_id: random.id(), learner_id: one.learnerId, attribute, value, source },
      ...{ valid_from: from === null ? null : dateOf(from), valid_to: until === undefined ? null : dateOf(until) },
      known_from: instantOn(known, 480),
      known_to: knownUntil === undefined ? null : instantOn(knownUntil, 480),
    })),
  );
}

function factsOf({ random, today, schools }: Making, one: Learner): Fact[] {
  const since = one.statusSince ?? today - 300;
  const loaded = Math.min(today - 5, Math.max(since + random.int(1, 30), today - 700));
  const from = {
    education: { source: 'education', known: loaded },
    care: { source: 'social-work', known: loaded },
  } as const;
  const moved = Math.max(since + 1, today - random.int(10, 400));
  const facts: Fact[] = [
    { attribute: 'stage', value: one.stage, from: null, ...from.education },
    { attribute: 'education', value: one.education, from: since, ...from.care },
    { attribute: 'status', value: one.status, from: one.statusSince, ...from.care },
  ];
  if (one.scn) facts.push({ attribute: 'scn', value: one.scn, from: null, ...from.education });
  if (one.home)
    facts.push(
      ...changed(
        { attribute: 'home', value: one.home, from: since, ...from.care },
        moved,
        'foster',
        random.chance(0.15),
      ),
    );
  if (one.school) {
    const before = random.pick(schools.filter(({ kind }) => kind === one.school?.kind)).schoolId;
    const fact = { attribute: 'school' as const, value: one.school.schoolId, from: since, ...from.education };
    facts.push(...changed(fact, moved, before, random.chance(0.2)));
  }
  if (one.nonDisclosure) facts.push({ attribute: 'non-disclosure', value: true, from: since, ...from.care });
  if (random.chance(0.06))
    facts.push({
      attribute: 'status',
      value: 'unknown',
      from: null,
      ...from.care,
      known: loaded - 20,
      knownUntil: loaded,
    });
  return facts;
}

function changed(fact: Fact, on: Day, before: unknown, really: boolean): Fact[] {
  if (!really || before === fact.value) return [fact];
  return [
    { ...fact, value: before, until: on - 1 },
    { ...fact, from: on, known: Math.max(fact.known, on + 1) },
  ];
}
