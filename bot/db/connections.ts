import { hash } from 'node:crypto';
import { nextTick } from 'node:process';
import type { Duplex } from 'node:stream';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';

/**
 * Connections on which statements travel together. A press waits for each answer of the database; what it does not have to
 * wait for (`later`) goes out in front of the next statement, in the same write, and is answered in the same breath.
 */
export interface Connection extends DatabaseConnection {
  run(text: string, values?: readonly unknown[]): Promise<Answered>;
  /** Sent in front of the next statement, in this order. When it fails, so does everything that follows it. */
  later(text: string, values?: readonly unknown[]): void;
  /** What `later` has not sent is not sent. */
  forget(): void;
  /** Why a statement sent by `later` failed; what came after it only says that the transaction was aborted. */
  readonly failure: unknown;
  release(): void;
}

type Answered = Pick<pg.QueryResult<pg.QueryResultRow>, 'command' | 'rowCount' | 'rows'>;

// DATE stays 'YYYY-MM-DD': pg's own parser makes a local midnight of it, which is yesterday in UTC in summer.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
    oid === 1082 ? (value: string) => value : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

const gathering = new WeakSet<Duplex>();

/** Makes one write of all that is written in this turn of the event loop: each is a system call, which costs more than the work. */
function gather(stream: Duplex): void {
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}

export function openPool(options: {
  url: string;
  maxConnections: number;
  onIdleError: (error: Error) => void;
  password?: () => Promise<string>;
}): pg.Pool {
  const pool = new pg.Pool({
    ...{ ...target(options), max: options.maxConnections, types },
    pipeline: true,
  });
  // A server that stops ends its idle clients; without a listener that would end this process too.
  pool.on('error', options.onIdleError);
  return pool;
}

/** pg lets the URL's password, even one that is not there, win over a function: with a function the URL is taken apart. */
function target({ url, password }: { url: string; password?: () => Promise<string> }): pg.PoolConfig {
  if (!password) return { connectionString: url };
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const encrypted = searchParams.has('sslmode') && searchParams.get('sslmode') !== 'disable';
  return {
    ...{ host: hostname, port: Number(port || 5432), database: decodeURIComponent(pathname.slice(1)) },
    // True checks the certificate and the host's name.
    ...{ user: decodeURIComponent(username), password, ssl: encrypted },
  };
}

export async function acquire(pool: pg.Pool): Promise<Connection> {
  return connectionOn(await pool.connect());
}

function connectionOn(client: pg.PoolClient): Connection {
  const names = namesOf(client);
  let waiting: (readonly [string, readonly unknown[]])[] = [];
  let failure: unknown;
  const send = async (text: string, values: readonly unknown[]): Promise<Answered> => {
    // Several statements in one message answer with several results, and the last is the one asked for.
    const answer = (await client.query(
      values.length === 0 ? { text } : { text, values: [...values], ...nameFor(names, text) },
    )) as Answered | Answered[];
    const last = Array.isArray(answer) ? answer.at(-1) : answer;
    if (!last) throw new Error('nothing was answered');
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: nothing may be reported as saved.
    if (text === 'commit' && last.command !== 'COMMIT')
      throw new Error('the transaction had failed and was rolled back');
    return last;
  };
  const run = (text: string, values: readonly unknown[] = []) => {
    gather(client.connection.stream);
    const ahead = waiting;
    waiting = [];
    for (const [early, given] of ahead) send(early, given).catch((error: unknown) => (failure ??= error));
    return send(text, values);
  };
  return {
    run,
    later: (text, values = []) => void waiting.push([text, values]),
    forget: () => void (waiting = []),
    get failure() {
      return failure;
    },
    release: () => client.release(),
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { command, rowCount, rows } = await run(sql, parameters);
      // The rows are of whatever shape the query says; Kysely's types are the only ones that know it.
      return { rows: rows as R[], ...(changing.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
    },
    streamQuery() {
      throw new Error('rows are not read one by one here');
    },
  };
}

const changing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

// Each prepared statement is memory in the server for as long as the connection lives; texts made from lists have no end.
const mostPrepared = 300;
const prepared = new WeakMap<object, Map<string, string>>();

function namesOf(client: object): Map<string, string> {
  const names = prepared.get(client) ?? new Map<string, string>();
  prepared.set(client, names);
  return names;
}

/**
 * A statement with parameters is prepared under a name made of its text, so that a connection parses and plans it once: with
 * row level security the planning is most of a short query's time.
 */
function nameFor(names: Map<string, string>, text: string): { name?: string } {
  const known = names.get(text);
  if (known) return { name: known };
  if (names.size >= mostPrepared) return {};
  const name = hash('sha256', text, 'hex').slice(0, 32);
  names.set(text, name);
  return { name };
}

/** Kysely on these connections. */
export function pooled(pool: pg.Pool): { dialect: Dialect; driver: Driver } {
  const held = new WeakMap<DatabaseConnection, Connection>();
  const say = (text: string) => async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(text));
  };
  const driver: Driver = {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const connection = await acquire(pool);
      held.set(connection, connection);
      return connection;
    },
    beginTransaction: say('begin'),
    commitTransaction: say('commit'),
    rollbackTransaction: say('rollback'),
    async releaseConnection(connection) {
      held.get(connection)?.release();
    },
    destroy: () => pool.end(),
  };
  const dialect: Dialect = {
    createDriver: () => driver,
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
  return { dialect, driver };
}
