import pg from 'pg';
import type { DemoCouncil } from './demo.js';
import { councilTables, directoryTables } from './plain.js';

/**
 * Puts the made-up councils into a migrated, empty database, as its owner and under row level security like everybody:
 * one statement a table. Answers 'already' when they are there. In both cases every conversation is pointed at
 * `serviceUrl`, the local connector's address of this start. Refuses a database that holds anything else.
 */
export async function loadDemo(
  ownerUrl: string,
  demo: DemoCouncil,
  options: { readonly serviceUrl: string; readonly at: string },
): Promise<'loaded' | 'already'> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    const already = await isLoaded(client);
    if (!already) {
      await insertDirectory(client, demo, options.at);
      for (const council of demo.councils) await insertCouncil(client, council);
    }
    await client.query(`set local app.authority_id = ''`);
    await putConversations(client, demo, options);
    await client.query('commit');
    // Without statistics the planner takes every table for empty, and a search costs a second instead of milliseconds.
    if (!already) await client.query('analyze');
    return already ? 'already' : 'loaded';
  } finally {
    await client.end(); // without the commit, a rollback
  }
}

async function isLoaded(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ demo: boolean | null; authorities: number }>(
    'select (select demo from directory.installation) as demo, (select count(*)::int from directory.authority) as authorities',
  );
  const found = rows[0];
  if (found?.demo === true && found.authorities > 0) return true;
  if (found?.demo === false || (found?.authorities ?? 0) > 0)
    throw new Error('This database holds a real installation: the demo council is not loaded into it.');
  return false;
}

async function insertDirectory(client: pg.Client, demo: DemoCouncil, at: string): Promise<void> {
  await client.query('insert into directory.installation (demo, created_at) values (true, $1) on conflict do nothing', [
    at,
  ]);
  for (const table of directoryTables)
    if (table !== 'directory.conversation') await insertRows(client, table, demo.directory[table]);
}

async function insertCouncil(client: pg.Client, council: DemoCouncil['councils'][number]): Promise<void> {
  const authority = client.escapeLiteral(council.authorityId);
  await client.query(
    `set local app.authority_id = ${authority}; set local app.reach = 'authority'; set local app.reach_except = ''`,
  );
  for (const table of councilTables) await insertRows(client, table, council.rows[table]);
}

/** Table and column names are this repository's own; values travel as one JSON parameter. */
async function insertRows(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

async function putConversations(
  client: pg.Client,
  demo: DemoCouncil,
  { serviceUrl, at }: { readonly serviceUrl: string; readonly at: string },
): Promise<void> {
  const registrations = demo.directory['directory.registration'];
  for (const channel of demo.channels) {
    const ours = registrations.filter((one) => one.tenant_id === channel.tenantId);
    const botAppId = ours.find(({ kind }) => kind === 'bot')?.value;
    const authorityId = ours.find(({ kind }) => kind === 'review-mailbox')?.authority_id;
    await client.query(
      `insert into directory.conversation
         (bot_app_id, conversation_id, tenant_id, kind, authority_id, purpose, service_url, first_seen_at, last_seen_at)
       values ($1, $2, $3, 'channel', $4, 'requests', $5, $6, $6) on conflict do nothing`,
      [botAppId, channel.id, channel.tenantId, authorityId, serviceUrl, at],
    );
  }
  await client.query('update directory.conversation set service_url = $1', [serviceUrl]);
}
