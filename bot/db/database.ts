import { type CompiledQuery, Kysely, Transaction } from 'kysely';
import type { Actor } from '../access/roles.js';
import {
  kindOf,
  type Reach,
  type ReachKind,
  type ReachRow,
  reachOf,
  reachQueries,
  reachSettings,
  uuidLiteral,
} from '../access/reach.js';
import { type Clock, dateIn } from '../time.js';
import { acquire, type Connection, openPool, pooled } from './connections.js';
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

export function openDatabase(options: {
  url: string;
  maxConnections: number;
  onIdleError: (error: Error) => void;
  /** Asked for each new connection, where a password is a token that runs out; the one in `url` otherwise. */
  password?: () => Promise<string>;
}): Database {
  const pool = openPool(options);
  const { dialect, driver } = pooled(pool);
  const directory = new Kysely<Schema>({ dialect });
  const executor = directory.getExecutor();
  const on = (connection: Connection): Trx =>
    new Transaction<Schema>({
      ...{ config: { dialect }, dialect, driver },
      executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(connection) }),
    });
  const lastKind = new Map<string, ReachKind>();
  let closing: Promise<void> | undefined;
  return {
    directory,
    close: () => (closing ??= pool.end()),
    async transact(actor, clock, work) {
      const connection = await acquire(pool);
      return transact({ connection, trx: on(connection), lastKind }, actor, clock, work);
    },
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

const under = new WeakMap<Trx, Connection>();

/**
 * For a write whose answer nobody needs: it travels with the transaction's next statement, or with its commit, instead of being
 * waited for. What becomes of it becomes of the whole transaction. A handle that is not of `transact` runs it at once.
 */
export async function later(trx: Trx, query: CompiledQuery): Promise<void> {
  const connection = under.get(trx);
  if (connection) connection.later(query.sql, query.parameters);
  else await trx.executeQuery(query);
}

const systemReach: Reach = { roles: [], mode: 'authority', only: [], except: [] };

interface Turn {
  readonly connection: Connection;
  readonly trx: Trx;
  /** Person -> which of the two lists counted the last time: a guess about what to ask first, never about what is reached. */
  readonly lastKind: Map<string, ReachKind>;
}

async function transact<T>(
  turn: Turn,
  actor: Actor,
  clock: Clock,
  work: (trx: Trx, reach: Reach) => Promise<T>,
): Promise<T> {
  const { connection, trx } = turn;
  under.set(trx, connection);
  try {
    const reach = await enter(turn, actor, clock);
    const result = await work(trx, reach);
    await connection.run('commit');
    return result;
  } catch (error) {
    connection.forget();
    await connection.run('rollback').catch(() => undefined);
    throw connection.failure ?? error;
  } finally {
    connection.release();
  }
}

const mostRemembered = 10_000;
const mostTries = 3;

/** Roles may change between two questions, so an answer counts only when it is of the kind that its own roles ask for. */
async function readReach(
  { connection, lastKind }: Turn,
  personId: string,
  asked: readonly unknown[],
): Promise<ReachRow> {
  let kind = lastKind.get(personId) ?? 'listed';
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { rows } = await connection.run(reachQueries[kind], asked);
    // The columns are those that reachQueries name.
    const row = rows[0] as ReachRow | undefined;
    if (!row) throw new Error('reach was not answered');
    if (kindOf(row) === kind) return row;
    kind = kindOf(row);
    if (lastKind.size >= mostRemembered) lastKind.clear();
    lastKind.set(personId, kind);
  }
  throw new Error('roles changed while they were read');
}

/** Sets authority, actor and reach by literals, in front of the statements that they are for. */
async function enter(turn: Turn, actor: Actor, clock: Clock): Promise<Reach> {
  const { connection } = turn;
  const opening = `begin; set local app.authority_id = ${uuidLiteral(actor.authorityId)}`;
  if (actor.kind === 'system') {
    connection.later(`${opening}; ${reachSettings(systemReach)}`);
    return systemReach;
  }
  const now = clock.now();
  connection.later(`${opening}; set local app.actor_id = ${uuidLiteral(actor.personId)}`);
  const asked = [actor.authorityId, actor.personId, dateIn(now), now.toString()];
  const reach = reachOf(await readReach(turn, actor.personId, asked));
  connection.later(reachSettings(reach));
  return reach;
}
