import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Actor, Role } from '../../bot/access/roles.js';
import type { TestDatabase } from './database.js';

/**
 * Rows that a test needs but does not care about, with their parents filled in. Written as the owner, under the
 * authority's own walls.
 */
export async function addAuthority(
  database: TestDatabase,
  given: { id?: string; name?: string } = {},
): Promise<string> {
  const id = given.id ?? randomUUID();
  await database.owner.query(`insert into directory.authority values ($1, $2, $3, '2026-08-17T09:00:00Z')`, [
    id,
    `D${id.slice(0, 8)}`,
    given.name ?? 'A council',
  ]);
  return id;
}

/** Runs `work` as the owner with the authority, and reach over all of it, set. */
export async function asOwner<T>(
  database: TestDatabase,
  authorityId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.owner.connect();
  try {
    const authority = client.escapeLiteral(authorityId);
    await client.query(`begin; set local app.authority_id = ${authority}; set local app.reach = 'authority'`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

export async function addPerson(
  database: TestDatabase,
  authorityId: string,
  given: {
    name?: string;
    email?: string;
    roles?: readonly Role[];
    schoolId?: string;
    teamId?: string;
    leavesOn?: string;
  } = {},
): Promise<Actor & { kind: 'person' }> {
  const personId = randomUUID();
  await asOwner(database, authorityId, async (client) => {
    await client.query(
      'insert into person (authority_id, person_id, name, email, leaves_on) values ($1, $2, $3, $4, $5)',
      [authorityId, personId, given.name ?? 'Somebody', given.email ?? null, given.leavesOn ?? null],
    );
    for (const role of given.roles ?? [])
      await client.query(
        `insert into person_role (authority_id, role_id, person_id, role, school_id, team_id, valid_from)
         values ($1, $2, $3, $4, $5, $6, '2026-01-05')`,
        [authorityId, randomUUID(), personId, role, given.schoolId ?? null, given.teamId ?? null],
      );
  });
  return { kind: 'person', authorityId, personId };
}

export async function addSchool(
  database: TestDatabase,
  authorityId: string,
  given: { name?: string } = {},
): Promise<{ schoolId: string; clusterId: string }> {
  const [schoolId, clusterId] = [randomUUID(), randomUUID()];
  await asOwner(database, authorityId, async (client) => {
    await client.query('insert into cluster values ($1, $2, $3)', [authorityId, clusterId, 'A cluster']);
    await client.query(
      `insert into school (authority_id, school_id, cluster_id, name, kind) values ($1, $2, $3, $4, 'secondary')`,
      [authorityId, schoolId, clusterId, given.name ?? 'A school'],
    );
  });
  return { schoolId, clusterId };
}

export async function addLearner(
  database: TestDatabase,
  authorityId: string,
  given: {
    givenName?: string;
    familyName?: string;
    stage?: string;
    schoolId?: string;
    socialWorkerId?: string;
    restricted?: boolean;
  } = {},
): Promise<string> {
  const learnerId = randomUUID();
  await asOwner(database, authorityId, async (client) => {
    await client.query(
      `insert into learner (authority_id, learner_id, given_name, family_name, stage, school_id, education, status)
       values ($1, $2, $3, $4, $5, $6, 'here', 'looked-after')`,
      [
        authorityId,
        learnerId,
        given.givenName ?? 'Some',
        given.familyName ?? 'Body',
        given.stage ?? 'S3',
        given.schoolId ?? null,
      ],
    );
    await client.query(
      'insert into learner_scope (authority_id, learner_id, school_id, social_worker_id, restricted) values ($1, $2, $3, $4, $5)',
      [authorityId, learnerId, given.schoolId ?? null, given.socialWorkerId ?? null, given.restricted ?? false],
    );
  });
  return learnerId;
}

export async function putSetting(
  database: TestDatabase,
  authorityId: string,
  key: string,
  value: unknown,
): Promise<void> {
  await asOwner(database, authorityId, (client) =>
    client.query(`insert into authority_setting values ($1, $2, $3, $4, '2026-01-01', null, '2026-01-01T00:00:00Z')`, [
      authorityId,
      randomUUID(),
      key,
      JSON.stringify(value),
    ]),
  );
}

export const numbers = { police: '01632 960001', socialWork: '01632 960002', outOfHours: '01632 960003' };
