import pg from 'pg';

export const ownerRole = 'golden_thread_owner';
export const appRole = 'golden_thread_app';
export const mainDatabase = 'golden_thread';

export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
}

/** `url` with another database, and another role when one is given. */
export function urlFor(url: string, database: string, role?: { name: string; password: string }): string {
  const made = new URL(url);
  made.pathname = `/${encodeURIComponent(database)}`;
  if (role) {
    made.username = role.name;
    made.password = role.password;
  }
  return made.href;
}

/** One connection as whoever the URL names, closed afterwards. `patienceMs` is for connecting and for each query. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  patienceMs = 60_000,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  client.on('error', () => undefined); // a server that goes away is seen by the query that fails
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Makes the two roles and the main database on any PostgreSQL 15 to 18, and puts right what is there already.
 *
 * Neither role is a superuser, may bypass row level security or make roles. The owner owns the tables and runs
 * migrations; row level security is forced, so it binds the owner too. The app may connect and use the schema; each
 * migration grants it what it needs, table by table.
 */
export async function prepareServer(
  superuserUrl: string,
  passwords: RolePasswords,
  database = mainDatabase,
): Promise<void> {
  await withClient(urlFor(superuserUrl, 'postgres'), async (client) => {
    for (const [role, password] of [
      [ownerRole, passwords.owner],
      [appRole, passwords.app],
    ] as const) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      await client.query(
        `${rowCount ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls ` +
          `password ${client.escapeLiteral(password)}`,
      );
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await createOn(client, database, 'template0');
    await restrictDatabase(client, database);
  });
  await restrictSchema(superuserUrl, database);
}

/** A database of the owner's, cloned from `template` (whose schema and rows it starts with) or empty. */
export async function createDatabase(
  superuserUrl: string,
  name: string,
  options: { template?: string } = {},
): Promise<void> {
  await withClient(urlFor(superuserUrl, 'postgres'), async (client) => {
    await createOn(client, name, options.template ?? 'template0');
    await restrictDatabase(client, name);
  });
  if (options.template === undefined) await restrictSchema(superuserUrl, name);
}

/** Inside a database, and therefore inherited by its clones. */
async function restrictSchema(superuserUrl: string, name: string): Promise<void> {
  await withClient(urlFor(superuserUrl, name), (client) =>
    client.query(
      `alter schema public owner to ${ownerRole}; revoke all on schema public from public; grant usage on schema public to ${appRole}`,
    ),
  );
}

export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(urlFor(superuserUrl, 'postgres'), (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
}

async function createOn(client: pg.Client, name: string, template: string): Promise<void> {
  await client.query(
    `create database ${client.escapeIdentifier(name)} owner ${ownerRole} template ${client.escapeIdentifier(template)} encoding 'UTF8'`,
  );
}

/** A clone does not inherit the template's database privileges: PUBLIC would be able to connect and make temporary tables. */
async function restrictDatabase(client: pg.Client, name: string): Promise<void> {
  const database = client.escapeIdentifier(name);
  await client.query(
    `revoke all on database ${database} from public; grant connect on database ${database} to ${appRole}`,
  );
}
