import { createHash } from 'node:crypto';
import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Actor } from '../access/roles.js';
import { type Reach, type ReachRow, reachOf, reachQuery, reachSettings, uuidLiteral } from '../access/reach.js';
import { type Clock, dateIn } from '../time.js';
import type { Schema } from './schema.js';

/** A transaction under one authority, one actor and one reach. A parameter of this type says: needs a transaction. */
export type Trx = Transaction<Schema>;

export interface Database {
  /** Runs `work` with authority, actor and reach set by literals; commits when it returns, rolls back when it throws. */
  transact<T>(actor: Actor, clock: Clock, work: (trx: Trx, reach: Reach) => Promise<T>): Promise<T>;
  /** No authority set: only schema directory answers. For bot/access/resolve.ts and the workers' sweeps. */
  readonly directory: Kysely<Schema>;
  close(): Promise<void>;
}

// DATE stays 'YYYY-MM-DD': pg's own parser makes a local midnight of it, which is yesterday in UTC in summer.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
    oid === 1082 ? (value: string) => value : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

export function openDatabase(options: {
  url: string;
  maxConnections: number;
  onIdleError: (error: Error) => void;
}): Database {
  const pool = new pg.Pool({ connectionString: options.url, max: options.maxConnections, types });
  // A server that stops ends its idle clients; without a listener that would end this process too.
  pool.on('error', options.onIdleError);
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: lastResultPool(pool) }) });
  return {
    directory: kysely,
    close: () => kysely.destroy(),
    transact: (actor, clock, work) => transact(kysely, actor, clock, work),
  };
}

/**
 * Several of a user's verbs as one: all of them in a single transaction, under the reach that it began with. What one of
 * them throws undoes the others too. For an edge that must both do something and answer with how it then stands.
 */
export function inOneTransaction<C extends { readonly db: Database; readonly actor: Actor; readonly clock: Clock }, T>(
  ctx: C,
  work: (joined: C) => Promise<T>,
): Promise<T> {
  return ctx.db.transact(ctx.actor, ctx.clock, (trx, reach) =>
    work({ ...ctx, db: { ...ctx.db, transact: (_actor, _clock, inner) => inner(trx, reach) } }),
  );
}

type Answered = Pick<pg.QueryResult<pg.QueryResultRow>, 'command' | 'rowCount' | 'rows'>;

/**
 * What Kysely wants of pg's pool, with two differences. Several statements in one message answer with several results, and
 * the last is the one asked for. And a statement with parameters is prepared under a name made of its text, so that a
 * connection parses and plans it once: with row level security the planning is most of a short query's time.
 */
function lastResultPool(pool: pg.Pool) {
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      return {
        query: async (text: string, values: unknown[]) => {
          const result = (await client.query(
            values.length === 0 ? { text } : { text, values, ...nameFor(client, text) },
          )) as Answered | Answered[];
          const last = Array.isArray(result) ? result[result.length - 1] : result;
          // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: nothing may be reported as saved.
          if (text === 'commit' && last?.command !== 'COMMIT')
            throw new Error('the transaction had failed and was rolled back');
          return last;
        },
        release: () => client.release(),
      };
    },
  } as unknown as pg.Pool;
}

// Each prepared statement is memory in the server for as long as the connection lives; texts made from lists have no end.
const mostPrepared = 300;
const prepared = new WeakMap<object, Map<string, string>>();

function nameFor(client: object, text: string): { name?: string } {
  const names = prepared.get(client) ?? new Map<string, string>();
  prepared.set(client, names);
  const known = names.get(text);
  if (known) return { name: known };
  if (names.size >= mostPrepared) return {};
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return { name };
}

const systemReach: Reach = { roles: [], mode: 'authority', only: [], except: [] };

async function transact<T>(
  kysely: Kysely<Schema>,
  actor: Actor,
  clock: Clock,
  work: (trx: Trx, reach: Reach) => Promise<T>,
): Promise<T> {
  return kysely.connection().execute(async (connection) => {
    // The connection is already inside BEGIN when `work` sees it, which is all that Trx promises.
    const trx = connection as unknown as Trx;
    try {
      const reach = await enter(trx, actor, clock);
      const result = await work(trx, reach);
      await sql.raw('commit').execute(trx);
      return result;
    } catch (error) {
      await sql
        .raw('rollback')
        .execute(trx)
        .catch(() => undefined);
      throw error;
    }
  });
}

async function enter(trx: Trx, actor: Actor, clock: Clock): Promise<Reach> {
  const opening = `begin; set local app.authority_id = ${uuidLiteral(actor.authorityId)}`;
  if (actor.kind === 'system') {
    await sql.raw(`${opening}; ${reachSettings(systemReach)}`).execute(trx);
    return systemReach;
  }
  const now = clock.now();
  await sql.raw(`${opening}; set local app.actor_id = ${uuidLiteral(actor.personId)}`).execute(trx);
  const asked = [actor.authorityId, actor.personId, dateIn(now), now.toString()];
  const { rows } = await trx.executeQuery<ReachRow>(CompiledQuery.raw(reachQuery, asked));
  const row = rows[0];
  if (!row) throw new Error('reach was not answered');
  const reach = reachOf(row);
  await sql.raw(reachSettings(reach)).execute(trx);
  return reach;
}
