import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { linkPerson, restrict, unlinkPerson } from '../../../bot/learners/links-service.js';
import { breakGlass, correctFact, listReachedLearners, recordFact } from '../../../bot/learners/service.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { kylebrae, strathlinn } from '../../../infra/local/demo/places.js';
import { type CouncilUnderTest, councilUnderTest, loading } from '../../support/demo-council.js';

let council: CouncilUnderTest;
beforeAll(async () => {
  council = await councilUnderTest();
}, loading);
afterAll(() => council.close());

const { jamie, restricted, conflict, hidden, neighbour } = castLearners;
const reaches = async (who: { personId: string }, learner: { learnerId: string }) => {
  const found = await listReachedLearners(council.as(who), 1000);
  return found.some(({ id }) => id === learner.learnerId);
};
const stored = (learnerId: string) =>
  council.db.transact(council.system().actor, council.clock, async (trx) => {
    const of = { authority_id: strathlinn.authorityId, learner_id: learnerId };
    const get = (table: 'learner' | 'learner_scope') =>
      trx
        .selectFrom(table)
        .selectAll()
        .where('authority_id', '=', of.authority_id)
        .where('learner_id', '=', of.learner_id)
        .executeTakeFirstOrThrow();
    const facts = await trx
      .selectFrom('learner_fact')
      .selectAll()
      .where('learner_id', '=', learnerId)
      .orderBy('known_from')
      .execute();
    return { learner: await get('learner'), scope: await get('learner_scope'), facts };
  });

describe('who a list shows', () => {
  test('initials and stage of those reached, and it is audited by id before it leaves', async () => {
    const list = await listReachedLearners(council.as(cast.teacher));
    expect(list.find(({ id }) => id === jamie.learnerId)?.label).toMatch(/^J\.M\., S3/);
    expect(JSON.stringify(list)).not.toContain('Macrae');
    const entry = await council.db.transact(council.system().actor, council.clock, (trx) =>
      trx
        .selectFrom('audit_entry')
        .selectAll()
        .where('actor_id', '=', cast.teacher.personId)
        .where('verb', '=', 'learner.list')
        .executeTakeFirstOrThrow(),
    );
    expect(entry.learner_ids.sort()).toEqual(list.map(({ id }) => id).sort());
  });

  test('a class teacher nobody linked sees an empty list, an administrator may not ask', async () => {
    expect(await listReachedLearners(council.as(cast.classTeacher))).toEqual([]);
    await expect(listReachedLearners(council.as(cast.administrator))).rejects.toThrow('forbidden');
  });
});

describe('links', () => {
  const teach = { learnerId: jamie.learnerId, personId: cast.classTeacher.personId, kind: 'class-teacher' as const };

  test('the designated manager links a class teacher, who then reaches that learner alone', async () => {
    await expect(linkPerson(council.as(cast.teacher), teach)).rejects.toThrow('forbidden');
    await linkPerson(council.as(cast.designatedManager), teach);
    expect((await listReachedLearners(council.as(cast.classTeacher))).map(({ id }) => id)).toEqual([jamie.learnerId]);
    expect(await unlinkPerson(council.as(cast.designatedManager), teach)).toBe(true);
    expect(await reaches(cast.classTeacher, jamie)).toBe(false);
    expect(await unlinkPerson(council.as(cast.designatedManager), teach)).toBe(false);
  });

  test('a learner out of reach answers as one who does not exist', async () => {
    for (const learnerId of [restricted.learnerId, neighbour.learnerId, cast.teacher.personId])
      await expect(linkPerson(council.as(cast.designatedManager), { ...teach, learnerId })).rejects.toThrow(
        /^not-found$/,
      );
  });

  test('a new allocation moves the scope: the old worker and team stop, the new ones begin', async () => {
    const other = council.demo.councils[0]?.rows.person_role.find(
      (row) =>
        row.role === 'social-worker' &&
        row.person_id !== cast.socialWorker.personId &&
        row.person_id !== cast.healthSocialWorker.personId &&
        row.team_id !== null,
    );
    const allocate = { learnerId: hidden.learnerId, personId: other?.person_id ?? '', kind: 'social-worker' as const };
    expect(await reaches(cast.healthSocialWorker, hidden)).toBe(true);
    await linkPerson(council.as(cast.officer), allocate);
    expect(await reaches(cast.healthSocialWorker, hidden)).toBe(false);
    expect(await reaches({ personId: allocate.personId }, hidden)).toBe(true);
    expect((await stored(hidden.learnerId)).scope).toMatchObject({
      social_worker_id: allocate.personId,
      team_id: other?.team_id,
    });
  });

  test('somebody who is no class teacher there cannot be linked as one', async () => {
    const wrong = { ...teach, personId: cast.socialWorker.personId };
    await expect(linkPerson(council.as(cast.designatedManager), wrong)).rejects.toThrow('invalid');
  });

  test('a conflict is declared by oneself, outranks every role, and is not taken back by oneself', async () => {
    const mine = { learnerId: jamie.learnerId, personId: cast.officer.personId, kind: 'conflict' as const };
    expect(await reaches(cast.officer, jamie)).toBe(true);
    await linkPerson(council.as(cast.officer), mine);
    expect(await reaches(cast.officer, jamie)).toBe(false);
    await expect(unlinkPerson(council.as(cast.officer), mine)).rejects.toThrow('forbidden');
    expect(await unlinkPerson(council.as(cast.virtualSchoolHead), mine)).toBe(true);
    expect(await reaches(cast.officer, jamie)).toBe(true);
  });

  test('restricting leaves the allocated worker and whoever restricted', async () => {
    const { learnerId } = castLearners.conflict;
    await restrict(council.as(cast.virtualSchoolHead), {
      learnerId,
      reason: 'Agreed with the chief social work officer',
    });
    expect(await reaches(cast.virtualSchoolHead, conflict)).toBe(true);
    expect(await reaches(cast.socialWorker, conflict)).toBe(true);
    expect(await reaches(cast.officer, conflict)).toBe(false);
    expect(await reaches(cast.designatedManager, conflict)).toBe(false);
  });
});

describe('break-glass', () => {
  const reason = 'On duty; the allocated worker cannot be reached';

  test('opens for four hours and is told of without naming anybody', async () => {
    expect(await reaches(cast.officer, restricted)).toBe(false);
    const { endsAt } = await breakGlass(council.as(cast.officer), { learnerId: restricted.learnerId, reason });
    expect(endsAt).toBe(council.clock.now().add({ hours: 4 }).toString());
    expect(await reaches(cast.officer, restricted)).toBe(true);
    const ctx = council.as(cast.virtualSchoolHead);
    const heard = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      trx.selectFrom('activity').selectAll().where('kind', '=', 'learner.break-glass').execute(),
    );
    expect(heard).toMatchObject([{ actor_id: cast.officer.personId, learner_id: null }]);
    expect(JSON.stringify(heard)).not.toContain(restricted.learnerId);
    council.clock.advance({ hours: 4 });
    expect(await reaches(cast.officer, restricted)).toBe(false);
    council.clock.advance({ hours: -4 });
  });

  test('a conflict, another council’s learner and nobody answer alike; a teacher may not at all', async () => {
    const mine = { learnerId: hidden.learnerId, personId: cast.officer.personId, kind: 'conflict' as const };
    await linkPerson(council.as(cast.officer), mine);
    for (const learnerId of [hidden.learnerId, neighbour.learnerId, cast.officer.personId])
      await expect(breakGlass(council.as(cast.officer), { learnerId, reason })).rejects.toThrow(/^not-found$/);
    await expect(breakGlass(council.as(cast.teacher), { learnerId: jamie.learnerId, reason })).rejects.toThrow(
      'forbidden',
    );
  });
});

describe('facts', () => {
  const school = (name: string) =>
    council.demo.councils[0]?.rows.school.find((one) => one.name === name)?.school_id ?? '';
  const record = (
    attribute: 'school' | 'home' | 'scn',
    value: string | null,
    source: 'education' | 'social-work' | 'staff',
  ) =>
    recordFact(council.as(cast.officer), {
      learnerId: jamie.learnerId,
      attribute,
      value,
      source,
      validFrom: '2026-11-23',
    });

  test('what staff tell stands beside the record and changes nothing yet', async () => {
    await record('home', 'foster', 'staff');
    expect((await stored(jamie.learnerId)).learner.home).toBe('kinship');
  });

  test('its own service’s word changes the row, keeps what held before, and when we knew it', async () => {
    const before = await stored(jamie.learnerId);
    await record('home', 'foster', 'social-work');
    const after = await stored(jamie.learnerId);
    expect(after.learner).toMatchObject({ home: 'foster', version: before.learner.version + 1 });
    const home = after.facts.filter((one) => one.attribute === 'home' && one.source === 'social-work');
    expect(home.filter((one) => one.known_to === null && one.valid_to === null).map(({ value }) => value)).toEqual([
      'foster',
    ]);
    expect(home.some((one) => one.value === 'kinship' && one.valid_to === '2026-11-22' && one.known_to === null)).toBe(
      true,
    );
    expect(home.some((one) => one.known_to !== null)).toBe(true);
  });

  test('a wrong fact is corrected, and what we believed is still there', async () => {
    const { facts } = await stored(jamie.learnerId);
    const wrong = facts.find(
      (one) =>
        one.attribute === 'home' && one.source === 'social-work' && one.value === 'foster' && one.known_to === null,
    );
    council.clock.advance({ minutes: 1 });
    await correctFact(council.as(cast.officer), {
      learnerId: jamie.learnerId,
      factId: wrong?.fact_id ?? '',
      value: 'residential',
    });
    const after = await stored(jamie.learnerId);
    expect(after.learner.home).toBe('residential');
    expect(after.facts.find((one) => one.fact_id === wrong?.fact_id)?.known_to).not.toBeNull();
  });

  test('a value that cannot be is refused without repeating it', async () => {
    await expect(record('home', 'a castle', 'social-work')).rejects.toThrow(/^invalid: value \(not a value of home\)$/);
    await expect(record('scn', '123456784', 'education')).rejects.toThrow('invalid');
  });

  test('a school the learner has left stops seeing them that day', async () => {
    expect(await reaches(cast.teacher, jamie)).toBe(true);
    await record('school', school('Kirklinn Academy'), 'education');
    expect(await reaches(cast.teacher, jamie)).toBe(false);
    expect(await reaches(cast.designatedManager, jamie)).toBe(false);
    expect(await reaches(cast.socialWorker, jamie)).toBe(true);
    await expect(
      recordFact(council.as(cast.neighbourHead, kylebrae.authorityId), {
        learnerId: jamie.learnerId,
        attribute: 'home',
        value: null,
        source: 'staff',
        validFrom: null,
      }),
    ).rejects.toThrow(/^not-found$/);
  });
});
