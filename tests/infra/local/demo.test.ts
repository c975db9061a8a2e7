import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../bot/context.js';
import { openDatabase, type Database } from '../../../bot/db/database.js';
import { readScn } from '../../../bot/learners/scn.js';
import { scottishAuthorities } from '../../../bot/people/authorities.js';
import { peopleSettings } from '../../../bot/people/settings.js';
import { mayBeConcern } from '../../../bot/requests/concern.js';
import { requestSettings } from '../../../bot/requests/settings.js';
import { reviewSettings } from '../../../bot/reviews/settings.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { demoCouncil } from '../../../infra/local/demo/demo.js';
import { loadDemo } from '../../../infra/local/demo/load.js';
import { kylebrae, strathlinn } from '../../../infra/local/demo/places.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { loading } from '../../support/demo-council.js';

const today = '2026-11-23';
const demo = demoCouncil('first seed', today);
const [council, neighbour] = demo.councils;
if (!council || !neighbour) throw new Error('two councils are made');
const { rows } = council;
const clock: Clock = { now: () => Temporal.Instant.from(`${today}T09:30:00Z`) };

describe('the made-up council', () => {
  test('has the size that it promises', () => {
    const holding = (role: string) =>
      new Set(rows.person_role.filter((one) => one.role === role).map((one) => one.person_id));
    expect(rows.cluster).toHaveLength(8);
    expect(rows.school).toHaveLength(46);
    expect(rows.learner).toHaveLength(640);
    expect(new Set(rows.person_role.filter((one) => one.school_id).map((one) => one.person_id)).size).toBe(260);
    expect(holding('virtual-school').size + holding('virtual-school-head').size + holding('data-officer').size).toBe(9);
    expect(holding('social-worker').size).toBe(85);
    expect(holding('team-manager').size).toBe(rows.team.length);
    for (const role of ['reviewing-officer', 'review-co-ordinator', 'information-officer', 'administrator'])
      expect(holding(role).size).toBeGreaterThan(0);
    expect(rows.support_request).toHaveLength(300);
    expect(rows.review).toHaveLength(60);
  });

  test('has learners of every kind', () => {
    const values = (column: 'education' | 'home' | 'status' | 'stage') =>
      new Set(rows.learner.map((one) => one[column]));
    expect([...values('education')].sort()).toEqual(['here', 'hosted', 'outwith']);
    expect(values('home')).toEqual(new Set(['at-home', 'kinship', 'foster', 'residential', null]));
    expect(values('status')).toEqual(new Set(['looked-after', 'care-experienced', 'unknown']));
    expect(values('stage').size).toBe(15);
    const born = rows.learner.map((one) => `${one.family_name} ${one.birth_on} ${one.school_id}`);
    expect(new Set(born).size).toBeLessThan(born.length);
    expect(rows.learner_scope.filter((one) => one.restricted).length).toBeGreaterThan(2);
    expect(rows.learner_link.filter((one) => one.kind === 'conflict').length).toBeGreaterThan(2);
    expect(rows.learner_fact.filter((one) => one.attribute === 'non-disclosure').length).toBeGreaterThan(2);
  });

  test('is nobody real: an invented authority, drama telephone numbers, addresses that cannot exist', () => {
    const codes = scottishAuthorities.flatMap(({ code, retiredCodes }) => [code, ...retiredCodes]);
    for (const { code } of [strathlinn, kylebrae]) expect(codes).not.toContain(code);
    for (const one of rows.person) {
      expect(one.email).toMatch(/\.example$/);
      expect(one.telephone).toMatch(/^01632 960\d{3}$/);
    }
  });

  test('gives every learner either no SCN or one whose check digit fits', () => {
    const given = rows.learner.flatMap(({ scn }) => (scn === null ? [] : [scn]));
    expect(given.every((scn) => readScn(scn) === scn)).toBe(true);
    expect(given.length).toBeGreaterThan(500);
  });

  test('has brothers and sisters, and twins, whom one mother could have', () => {
    const homes = new Map<string, string[]>();
    for (const one of rows.learner) {
      const worker = rows.learner_scope.find((scope) => scope.learner_id === one.learner_id)?.social_worker_id;
      if (worker)
        homes.set(`${one.family_name} ${worker}`, [
          ...(homes.get(`${one.family_name} ${worker}`) ?? []),
          one.birth_on ?? '',
        ]);
    }
    const days = [...homes.values()]
      .filter((born) => born.length > 1)
      .flatMap((born) => {
        const sorted = born.map((date) => Date.parse(date) / 86_400_000).sort((a, b) => a - b);
        return sorted.slice(1).map((day, index) => day - (sorted[index] ?? 0));
      });
    expect(days.filter((apart) => apart === 0).length).toBeGreaterThan(2);
    // Two families of one name with one worker may meet here; brothers and sisters are over a year apart.
    expect(days.filter((apart) => apart > 0 && apart < 300).length).toBeLessThan(days.length / 10);
  });

  test('has no two people with one address or one account', () => {
    const emails = rows.person.map(({ email }) => email);
    expect(new Set(emails).size).toBe(emails.length);
    const accounts = demo.people.map(({ tenantId, oid }) => `${tenantId} ${oid}`);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  test('has decided every setting, in a form that the settings take', () => {
    for (const setting of [...peopleSettings, ...requestSettings, ...reviewSettings]) {
      const row = rows.authority_setting.find(({ key }) => key === setting.key);
      expect([setting.key, setting.schema.safeParse(row?.value).success]).toEqual([setting.key, true]);
    }
  });

  test('writes requests that its own child protection guard lets pass', () => {
    for (const one of rows.support_request)
      expect(mayBeConcern([one.what, one.tried, one.learner_view, one.hoped].map((text) => text ?? undefined))).toBe(
        false,
      );
  });

  test('has nothing in the future but reviews and dates', () => {
    const now = `${today}T00:00:00Z`;
    expect(rows.activity.every(({ at }) => at < now)).toBe(true);
    expect(rows.support_request.every((one) => one.submitted_at < now && (one.closed_at ?? '') < now)).toBe(true);
    expect(rows.review.some(({ starts_at }) => starts_at > now)).toBe(true);
  });

  test('fills the diaries of those whose diaries are known', () => {
    const diary = (oid: string) => demo.people.find((one) => one.oid === oid)?.calendar ?? [];
    expect(diary(cast.socialWorker.mailbox.oid).length).toBeGreaterThan(40);
    expect(diary(cast.teacher.mailbox.oid).length).toBeGreaterThan(40);
    expect(diary(cast.teacher.oid)).toEqual([]);
  });
});

describe('chance', () => {
  test(
    'the same seed and day give the same data',
    () => {
      const again = demoCouncil('first seed', today);
      const rowsOf = ({ councils, directory, channels }: typeof demo) =>
        JSON.stringify({ councils, directory, channels });
      expect(rowsOf(again)).toBe(rowsOf(demo));
      expect(again.people.slice(0, 20)).toEqual(demo.people.slice(0, 20));
    },
    loading,
  );

  test(
    'another seed gives another council with the same cast',
    () => {
      const other = demoCouncil('second seed', today);
      expect(other.people.map(({ name }) => name)).not.toEqual(demo.people.map(({ name }) => name));
      for (const { oid } of Object.values(cast)) expect(other.people.map((one) => one.oid)).toContain(oid);
    },
    loading,
  );

  test.each(['2026-07-14', '2028-02-29'])(
    'on %s the same people exist',
    (date) => {
      const later = demoCouncil('first seed', date);
      const who = (made: typeof demo) => made.people.map(({ tenantId, oid, email }) => ({ tenantId, oid, email }));
      expect(who(later)).toEqual(who(demo));
      expect(later.councils[0]?.rows.support_request).toHaveLength(300);
    },
    loading,
  );
});

describe('loaded', () => {
  let owned: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    owned = await testDatabase();
    const options = { serviceUrl: 'http://127.0.0.1:4801/connector/', at: clock.now().toString() };
    expect(await loadDemo(owned.ownerUrl, demo, options)).toBe('loaded');
    database = openDatabase({ url: owned.appUrl, maxConnections: 2, onIdleError: () => undefined });
  }, loading);
  afterAll(async () => {
    await database.close();
    await owned.close();
  });

  const learnersOf = (who: { personId: string }, authorityId: string = strathlinn.authorityId) =>
    database.transact({ kind: 'person', authorityId, personId: who.personId }, clock, async (trx) => {
      const found = await trx
        .selectFrom('learner')
        .select('learner_id')
        .where('authority_id', '=', authorityId)
        .execute();
      return found.map((one) => one.learner_id);
    });

  test('a second start finds it there and points conversations at the new connector', async () => {
    const serviceUrl = 'http://127.0.0.1:4999/connector/';
    expect(await loadDemo(owned.ownerUrl, demo, { serviceUrl, at: clock.now().toString() })).toBe('already');
    const places = await database.directory
      .selectFrom('directory.conversation')
      .select(['service_url', 'purpose'])
      .execute();
    expect(places).toEqual([1, 2].map(() => ({ service_url: serviceUrl, purpose: 'requests' })));
  });

  test('a database of a real installation is refused', async () => {
    const real = await testDatabase();
    await real.owner.query(`insert into directory.installation (demo, created_at) values (false, now())`);
    await expect(loadDemo(real.ownerUrl, demo, { serviceUrl: '', at: clock.now().toString() })).rejects.toThrow(
      'real installation',
    );
    await real.close();
  });

  test('the teacher reaches the learner of the story, and neither the restricted one nor a relative', async () => {
    const reached = await learnersOf(cast.teacher);
    expect(reached).toContain(castLearners.jamie.learnerId);
    expect(reached).not.toContain(castLearners.restricted.learnerId);
    expect(reached).not.toContain(castLearners.conflict.learnerId);
  });

  test('each of the cast reaches what their role does', async () => {
    const count = async (who: { personId: string }) => (await learnersOf(who)).length;
    expect(await count(cast.virtualSchoolHead)).toBeGreaterThan(600);
    expect(await count(cast.classTeacher)).toBe(0);
    expect(await count(cast.administrator)).toBe(0);
    expect(await learnersOf(cast.socialWorker)).toContain(castLearners.jamie.learnerId);
    expect(await count(cast.teamManager)).toBeGreaterThan(await count(cast.socialWorker));
  });

  test('the neighbour reaches its own learners alone', async () => {
    const reached = await learnersOf(cast.neighbourHead, kylebrae.authorityId);
    expect(reached).toContain(castLearners.neighbour.learnerId);
    expect(reached).toHaveLength(24);
    expect(await learnersOf(cast.neighbourHead)).toEqual([]);
  });
});
