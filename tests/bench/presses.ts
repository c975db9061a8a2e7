import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { cast } from '../../infra/local/demo/cast.js';
import { apps, strathlinn, teams } from '../../infra/local/demo/places.js';
import type { Stack } from '../../infra/local/stack.js';
import { invokeBody } from './invoke.js';

export type Presses = Awaited<ReturnType<typeof createPresses>>;

/** A request of its own for every connection, so that each press finds the version that it names and commits. */
export async function createPresses(stack: Stack, connections: number) {
  const serviceUrl = `${stack.microsoft365.url}/connector/`;
  const mint = () => stack.microsoft365.mintBotToken({ aud: apps.strathlinnBot, serviceUrl });
  const ids = await addRequests(stack, connections);
  const versions = ids.map(() => 1);
  const seen = [await mint()];
  const unseen = await Promise.all(Array.from({ length: 3_000 }, mint));
  return {
    connections,
    seen,
    unseen,
    body(connection: number): string {
      const press = { appId: apps.strathlinnBot, tenantId: cast.officer.tenantId, oid: cast.officer.oid, serviceUrl };
      const version = versions[connection] ?? 1;
      return invokeBody({
        ...press,
        channelId: teams.strathlinn.channelId,
        requestId: ids[connection] ?? '',
        version,
        nonce: randomBytes(12).toString('hex'),
      });
    },
    /** What the store holds: read after a slice, since a press under way at its end may have been committed. */
    async settle() {
      const rows = await asOwner(stack, (client) =>
        client.query<{ request_id: string; version: number }>(
          'select request_id, version from support_request where request_id = any($1)',
          [ids],
        ),
      );
      for (const row of rows.rows) versions[ids.indexOf(row.request_id)] = row.version;
    },
    committed: () =>
      asOwner(stack, (client) =>
        client.query<{ n: number }>('select sum(version)::int as n from support_request where request_id = any($1)', [
          ids,
        ]),
      ).then(({ rows }) => rows[0]?.n ?? 0),
    answered: (connection: number) => void (versions[connection] = (versions[connection] ?? 1) + 1),
  };
}

async function asOwner<T>(stack: Stack, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.postgres.ownerUrl });
  await client.connect();
  try {
    await client.query(
      `begin; set local app.authority_id = '${strathlinn.authorityId}'; set local app.reach = 'authority'`,
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

async function addRequests(stack: Stack, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await asOwner(stack, async (client) => {
    for (const [n, id] of ids.entries()) {
      await client.query(
        `insert into support_request (authority_id, request_id, reference, asker_id, level, need, urgency, what, state, version, routed_to, routed_because, submitted_at, due_because, origin)
         values ($1, $2, $3, $4, 'school', 'attendance', 'this-week', 'A bench.', 'assigned', 1, 'whole team', 'no rule', now(), 'no-target', 'chat')`,
        [strathlinn.authorityId, id, `VS-BENCH${n}`, cast.teacher.personId],
      );
      await client.query(
        `insert into posted_card (authority_id, card_id, kind, aggregate_id, tenant_id, bot_app_id, service_url, conversation_id, activity_id, created_at)
         select $1, gen_random_uuid(), kind, $2, $3, $4, 'http://127.0.0.1:1/', conversation, '1', now()
         from (values ('request-asker', 'a:bench'), ('request-channel', $5)) as place (kind, conversation)`,
        [strathlinn.authorityId, id, cast.officer.tenantId, apps.strathlinnBot, teams.strathlinn.channelId],
      );
    }
  });
  return ids;
}
