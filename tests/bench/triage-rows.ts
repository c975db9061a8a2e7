import pg from 'pg';
import type { Stack } from '../../infra/local/stack.js';

/** Everything of a council, as the owner and under its walls, in one transaction. */
export async function asOwnerOf<T>(
  stack: Stack,
  authorityId: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: stack.postgres.ownerUrl });
  await client.connect();
  try {
    const authority = client.escapeLiteral(authorityId);
    await client.query(
      `begin; set local app.authority_id = ${authority}; set local app.reach = 'authority'; set local app.reach_except = ''`,
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/**
 * Fills a council of the demo up to so many requests: its own schools, staff and learners, half an hour apart, 3 in 100 still
 * open. Then VACUUM ANALYZE, as autovacuum would have done over the years in which they came.
 */
export async function fillRequests(stack: Stack, authorityId: string, count: number): Promise<void> {
  await asOwnerOf(stack, authorityId, (client) =>
    client.query(
      `with learners as (select learner_id, row_number() over () - 1 as n, count(*) over () as many from learner),
         schools as (select school_id, cluster_id, row_number() over () - 1 as n, count(*) over () as many from school),
         askers as (select distinct person_id, dense_rank() over (order by person_id) - 1 as n from person_role where school_id is not null),
         team as (select distinct person_id, dense_rank() over (order by person_id) - 1 as n from person_role where role = 'virtual-school')
       insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, school_id, cluster_id,
         what, tried, state, version, assignee_id, routed_to, routed_because, submitted_at, due_at, due_because, first_answered_at, closed_at, origin)
       select $1, gen_random_uuid(), 'VS-' || upper(substr(md5(g::text), 1, 6)), a.person_id, case when g % 10 = 0 then null else l.learner_id end,
         'learner', (array['attendance', 'wellbeing', 'attainment', 'transition'])[1 + g % 4], 'this-week', s.school_id, s.cluster_id,
         'Mornings are the hardest part of the day, and nothing that was tried has lasted. ' || md5((g * 3)::text),
         'A quiet start with breakfast and a known adult.',
         case when g % 100 >= 3 then 'closed' else (array['submitted', 'assigned', 'waiting-on-school', 'in-progress'])[1 + g % 4] end, 1,
         case when g % 4 = 0 then null else t.person_id end, 'whole team', 'no rule', now() - g * interval '30 minutes',
         now() - g * interval '30 minutes' + interval '5 days', 'council-target',
         case when g % 100 >= 3 then now() - g * interval '30 minutes' + interval '1 day' end,
         case when g % 100 >= 3 then now() - g * interval '30 minutes' + interval '3 days' end, 'chat'
       from generate_series(1, $2 - (select count(*)::int from support_request)) g
       join learners l on l.n = g % l.many join schools s on s.n = g % s.many
       join askers a on a.n = g % (select count(*) from askers) join team t on t.n = g % (select count(*) from team)`,
      [authorityId, count],
    ),
  );
  const client = new pg.Client({ connectionString: stack.postgres.ownerUrl });
  await client.connect();
  await client.query('vacuum analyze support_request');
  await client.end();
}

/** Everybody in the council's list reads for the team: nobody may ask more often a minute than a person does, so the load is many people's. */
export async function makeReaders(stack: Stack, authorityId: string) {
  const council = stack.demo.councils.find((one) => one.authorityId === authorityId);
  const accounts = new Set(
    stack.demo.directory['directory.identity']
      .filter((one) => one.authority_id === authorityId && one.ended_on === null)
      .map((one) => one.person_id),
  );
  const twice = new Set(stack.demo.councils.flatMap((one) => (one === council ? [] : one.staff.map(({ oid }) => oid))));
  const readers = (council?.staff ?? []).filter(({ personId, oid }) => accounts.has(personId) && !twice.has(oid));
  await asOwnerOf(stack, authorityId, (client) =>
    client.query(
      `insert into person_role (authority_id, role_id, person_id, role, valid_from)
       select $1, gen_random_uuid(), id, 'data-officer', '2026-01-01' from unnest($2::uuid[]) as r (id)`,
      [authorityId, readers.map(({ personId }) => personId)],
    ),
  );
  return readers;
}
