import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { kylebrae, strathlinn } from '../../infra/local/demo/places.js';
import type { TestApp } from '../support/app.js';
import { asOwner } from '../support/builders.js';
import type { TestDatabase } from '../support/database.js';
import { type IdKind, sceneVersion } from './route-shapes.js';

/** One learner with a request and a review, as somebody who may not see them could know their ids. */
export interface About {
  readonly why: string;
  readonly learner: string;
  readonly request: string;
  readonly review: string;
  readonly reference: string;
  readonly reviewReference: string;
}

export interface Scene {
  /** In the other council. */
  readonly neighbour: About;
  readonly neighbours: Readonly<Partial<Record<IdKind, string>>>;
  /** Named grant alone. */
  readonly restricted: About;
  /** The teacher's, and the officer's, declared conflicts. */
  readonly niece: About;
  readonly officersOwn: About;
  /** At another school, another social worker's, another team's, not the reviewing officer's. */
  readonly elsewhere: About;
  /** At the teacher's own school, linked to no class teacher. */
  readonly jamie: About;
  /** Asked by the teacher about a learner who has left her school since. */
  readonly moved: About;
  readonly otherSchool: string;
  readonly joinElsewhere: string;
}

const at = '2026-11-20T10:00:00Z';

/** Family names that no namesake has: the made-up councils have several of most names. */
export const nobodyElse = { restricted: 'Wallrestricted', neighbour: 'Wallneighbour' } as const;

/** Learners and links first; the requests and reviews about those whom a whole team may not see come by `tell`. */
export async function setScene(test: TestApp): Promise<{ scene: Scene; tell: () => Promise<void> }> {
  const { database } = test;
  const inStrathlinn = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
    asOwner(database, strathlinn.authorityId, work);
  const found = await inStrathlinn(findLearners);
  const officersOwn = await inStrathlinn(async (client) => {
    await addLink(client, found.officersOwn, cast.officer.personId, 'conflict');
    return planned('declared by the officer', found.officersOwn);
  });
  const plans = {
    restricted: planned('restricted', castLearners.restricted.learnerId),
    niece: planned('declared by the teacher', castLearners.conflict.learnerId),
    officersOwn,
    elsewhere: planned('another school, social worker and team', found.elsewhere),
    jamie: planned('at the school, linked to nobody', castLearners.jamie.learnerId),
    moved: planned('left the school since', found.moved),
    neighbour: planned('another council', castLearners.neighbour.learnerId),
  };
  await inStrathlinn(async (client) => {
    for (const about of [plans.elsewhere, plans.jamie, plans.niece, plans.officersOwn])
      await add(client, strathlinn.authorityId, about, cast.designatedManager.personId);
    await add(client, strathlinn.authorityId, plans.moved, cast.teacher.personId);
  });
  const joinElsewhere = await inStrathlinn((client) =>
    addJoinRequest(client, strathlinn.authorityId, found.otherSchool),
  );
  const neighbours = await asOwner(database, kylebrae.authorityId, (client) => neighbourIds(client, plans.neighbour));
  await inStrathlinn((client) => rename(client, plans.restricted, nobodyElse.restricted));
  await asOwner(database, kylebrae.authorityId, (client) => rename(client, plans.neighbour, nobodyElse.neighbour));
  const tell = async () => {
    await inStrathlinn((client) =>
      add(client, strathlinn.authorityId, plans.restricted, cast.designatedManager.personId),
    );
    await asOwner(database, kylebrae.authorityId, (client) =>
      add(client, kylebrae.authorityId, plans.neighbour, cast.neighbourTeacher.personId),
    );
  };
  return { scene: { ...plans, neighbours, otherSchool: found.otherSchool, joinElsewhere }, tell };
}

async function rename(client: pg.PoolClient, { learner }: About, familyName: string): Promise<void> {
  await client.query('update learner set family_name = $2 where learner_id = $1', [learner, familyName]);
}

let references = 0;
const nextReference = (kind: 'VS' | 'VR') => `${kind}-W4L${String((references += 1)).padStart(3, '0')}`;

function planned(why: string, learner: string): About {
  const ids = { request: randomUUID(), review: randomUUID() };
  return { why, learner, ...ids, reference: nextReference('VS'), reviewReference: nextReference('VR') };
}

async function findLearners(client: pg.PoolClient) {
  const { rows } = await client.query<{ learner_id: string; school_id: string }>(
    `select s.learner_id, s.school_id from learner_scope s
     where not s.restricted and s.school_id is not null
       and s.school_id <> (select school_id from person_role where person_id = $1 limit 1)
       and s.team_id is not null and s.team_id not in (select team_id from person_role where person_id in ($2, $3) and team_id is not null)
       and not exists (select 1 from learner_link l where l.learner_id = s.learner_id and (l.kind = 'conflict' or l.person_id = $4))
     order by s.learner_id limit 3`,
    [
      cast.teacher.personId,
      cast.teamManager.personId,
      cast.healthSocialWorker.personId,
      cast.reviewingOfficer.personId,
    ],
  );
  const [elsewhere, moved, officersOwn] = rows;
  if (!elsewhere || !moved || !officersOwn) throw new Error('The demo council has no such learners.');
  return {
    ...{ elsewhere: elsewhere.learner_id, moved: moved.learner_id, officersOwn: officersOwn.learner_id },
    otherSchool: elsewhere.school_id,
  };
}

async function addLink(client: pg.PoolClient, learner: string, person: string, kind: string): Promise<void> {
  await client.query(
    `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from)
     values ($1, $2, $3, $4, $5, '2026-01-01')`,
    [strathlinn.authorityId, randomUUID(), learner, person, kind],
  );
}

async function add(client: pg.PoolClient, authorityId: string, about: About, askerId: string): Promise<void> {
  const { learner, request, review } = about;
  await client.query(
    `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, what, state,
       version, routed_to, routed_because, submitted_at, due_because, origin)
     values ($1, $2, $3, $4, $5, 'learner', 'attendance', 'today', $6, 'submitted', $7, 'default', 'nothing else fits', $8, 'none', 'chat')`,
    [
      authorityId,
      request,
      about.reference,
      askerId,
      learner,
      `Wallword${about.reference.slice(-3)} and nothing more`,
      sceneVersion,
      at,
    ],
  );
  await client.query(
    `insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, actor_id, learner_id, asker_id, at)
     values ($1, $2, 'request', $3, 1, 'request.submitted', 1, $4, $5, $4, $6)`,
    [authorityId, randomUUID(), request, askerId, learner, at],
  );
  await client.query(
    `insert into review (authority_id, review_id, reference, learner_id, request_id, purpose, convener, state, starts_at, ends_at,
       online, version, created_by, created_at)
     values ($1, $2, $3, $4, $5, 'plan-review', 'virtual-school', 'booking', '2026-12-02T10:00:00Z', '2026-12-02T11:00:00Z', true, $6, $7, $8)`,
    [authorityId, review, about.reviewReference, learner, request, sceneVersion, askerId, at],
  );
  await client.query(
    `insert into review_attendee (authority_id, attendee_id, review_id, learner_id, person_id, email, service, required, response)
     values ($1, $2, $3, $4, $5, 'somebody@example.org', 'education', true, 'none')`,
    [authorityId, randomUUID(), review, learner, askerId],
  );
}

async function addJoinRequest(client: pg.PoolClient, authorityId: string, schoolId: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into join_request (authority_id, join_request_id, tenant_id, object_id, school_id, directory_name, asked_at)
     values ($1, $2, $3, $4, $5, 'Somebody Unlisted', $6)`,
    [authorityId, id, cast.teacher.tenantId, randomUUID(), schoolId, at],
  );
  return id;
}

async function neighbourIds(client: pg.PoolClient, about: About): Promise<Scene['neighbours']> {
  const { rows } = await client.query<{ school_id: string }>('select school_id from school order by school_id limit 1');
  const school = rows[0]?.school_id ?? '';
  const delivery = randomUUID();
  await client.query(
    `insert into outbox (authority_id, outbox_id, lane, job, payload, unique_key, state, attempts, available_at, created_at, finished_at)
     values ($1, $2, 'chat:x', 'card.update', '{"v":1,"cardId":"${randomUUID()}"}', 'walls', 'dead', 3, $3, $3, $3)`,
    [kylebrae.authorityId, delivery, at],
  );
  const joinRequest = await addJoinRequest(client, kylebrae.authorityId, school);
  const own = { view: randomUUID(), note: randomUUID(), handOver: randomUUID() };
  const teacher = cast.neighbourTeacher.personId;
  await client.query(`insert into saved_view values ($1, $2, $3, true, 'Next door', '{}', null, $4, $5)`, [
    ...[kylebrae.authorityId, own.view, teacher, sceneVersion, at],
  ]);
  await client.query(
    `insert into call_note (authority_id, note_id, author_id, owner_id, who, agreed, noted_at) values ($1, $2, $3, $3, 'Next door', 'Next door', $4)`,
    [kylebrae.authorityId, own.note, teacher, at],
  );
  await client.query(`insert into hand_over values ($1, $2, $3, $3, $4, null)`, [
    ...[kylebrae.authorityId, own.handOver, teacher, at],
  ]);
  return {
    ...{ request: about.request, review: about.review, learner: about.learner, school, delivery },
    ...{ person: cast.neighbourTeacher.personId, 'join-request': joinRequest, authority: kylebrae.authorityId },
    ...{ view: own.view, 'call-note': own.note, 'hand-over': own.handOver },
  };
}

/** Somebody of the staff leaves today: roles and account are still there, access is not (product.md I). */
export async function leaveToday(database: TestDatabase, personId: string, on: string): Promise<void> {
  await asOwner(database, strathlinn.authorityId, (client) =>
    client.query('update person set leaves_on = $2 where person_id = $1', [personId, on]),
  );
}

/** Something happens to the request and the review, as the feed of live updates records it. */
export async function happen(database: TestDatabase, authorityId: string, about: About): Promise<void> {
  await asOwner(database, authorityId, async (client) => {
    for (const [kind, id] of [
      ['request', about.request],
      ['review', about.review],
    ] as const)
      await client.query(
        `insert into activity (authority_id, activity_id, aggregate_kind, aggregate_id, seq, kind, version, actor_id, learner_id, asker_id, at)
         values ($1, $2, $3, $4, (select coalesce(max(seq), 0) + 1 from activity where aggregate_id = $4), $5, 1, null, $6, null, $7)`,
        [authorityId, randomUUID(), kind, id, `${kind}.seen`, about.learner, at],
      );
  });
}
