import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Actor, Role } from '../../bot/access/roles.js';
import type { Context } from '../../bot/context.js';
import { type Database, openDatabase } from '../../bot/db/database.js';
import { createRandom } from '../../bot/random.js';
import { tendRequest } from '../../bot/requests/escalation-service.js';
import { moveRequest } from '../../bot/requests/move-service.js';
import { readRequest } from '../../bot/requests/reading.js';
import type { RequestMove } from '../../bot/requests/request.js';
import { submitRequest } from '../../bot/requests/service.js';
import { addAuthority, addLearner, addPerson, addSchool, asOwner, numbers, putSetting } from './builders.js';
import { contextOn } from './context.js';
import { type TestDatabase, testDatabase } from './database.js';

/** A council with a school, its staff and a team, on a clock that tests move; services are called, nothing is delivered. */
export interface RequestWorld {
  readonly database: TestDatabase;
  readonly db: Database;
  readonly authority: string;
  readonly school: { readonly schoolId: string; readonly clusterId: string };
  readonly learner: string;
  readonly asker: Context;
  readonly manager: Context;
  readonly head: Context;
  readonly officer: Context;
  readonly other: Context;
  /** The clock to that moment; it does not run by itself. */
  goTo(at: string): void;
  as(actor: Actor): Context;
  person(roles: readonly Role[], given?: { name?: string; schoolId?: string; leavesOn?: string }): Promise<Context>;
  set(key: string, value: unknown): Promise<void>;
  /** The council's own dates, and the school's when it is named. */
  dates(kind: string, fromOn: string, untilOn: string, schoolId?: string): Promise<void>;
  submit(ctx?: Context, more?: object): Promise<string>;
  move(ctx: Context, id: string, move: RequestMove, more?: object): Promise<number>;
  version(id: string): Promise<number>;
  read(id: string): ReturnType<typeof readRequest>;
  tend(id: string): Promise<string | null>;
  rows<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

const story = { level: 'learner', need: 'attendance', urgency: 'this-week', what: 'Attendance has dropped.' } as const;
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' }));

export async function requestWorld(startsAt = '2026-11-23T09:30:00Z'): Promise<RequestWorld> {
  const database = await testDatabase();
  const db = openDatabase({ url: database.appUrl, maxConnections: 8, onIdleError: () => undefined });
  let now = Temporal.Instant.from(startsAt);
  const clock = { now: () => now };
  const authority = await addAuthority(database);
  const as = (actor: Actor) => contextOn({ db, clock, random: createRandom(clock), actor });
  const person: RequestWorld['person'] = async (roles, given = {}) =>
    as(await addPerson(database, authority, { roles, ...given }));
  const set = (key: string, value: unknown) => putSetting(database, authority, key, value);
  const rows = <T extends object>(sql: string, values: unknown[] = []) =>
    asOwner(database, authority, async (client) => (await client.query<T>(sql, values)).rows);
  await set('people.child-protection', numbers);
  for (const { weekday, opens, closes } of weekdays)
    await rows('insert into office_hours values ($1, $2, $3, $4)', [authority, weekday, opens, closes]);
  const school = await addSchool(database, authority);
  const { schoolId } = school;
  const asker = await person(['pupil-support'], { schoolId, name: 'The asker' });
  const learner = await addLearner(database, authority, { schoolId });
  const head = await person(['virtual-school-head'], { name: 'The head' });
  const version = async (id: string) =>
    (await rows<{ version: number }>('select version from support_request where request_id = $1', [id]))[0]?.version ??
    0;
  const system = as({ kind: 'system', authorityId: authority, job: 'request.tend' });
  return {
    ...{ database, db, authority, school, learner, asker, head, as, person, set, rows, version },
    manager: await person(['designated-manager'], { schoolId, name: 'The manager' }),
    officer: await person(['virtual-school'], { name: 'An officer' }),
    other: await person(['virtual-school'], { name: 'Another officer' }),
    goTo: (at) => void (now = Temporal.Instant.from(at)),
    async dates(kind, fromOn, untilOn, ofSchool) {
      await rows('insert into school_date values ($1, $2, $3, $4, $5, $6, $7)', [
        ...[authority, randomUUID(), ofSchool ?? null, kind, fromOn, untilOn, kind],
      ]);
    },
    async submit(ctx = asker, more = {}) {
      const press = { id: randomUUID(), version: 0, nonce: randomUUID(), card: null };
      const asked = { ...story, learnerId: learner, ...more };
      return (await submitRequest(ctx, asked, 'chat', press)).requestId;
    },
    async move(ctx, id, move, more = {}) {
      const press = { version: await version(id), nonce: randomUUID(), ...more };
      return (await moveRequest(ctx, id, move, press)).version;
    },
    read: (id) => readRequest(head, id),
    tend: async (id) => (await tendRequest(system, id))?.toString() ?? null,
    async close() {
      await db.close();
      await database.close();
    },
  };
}

/** That person has a 1:1 chat with the bot, so that they can be told something. */
export async function giveChat(world: RequestWorld, ctx: Context): Promise<void> {
  if (ctx.actor.kind !== 'person') throw new Error('a chat is with a person');
  const [tenant, object] = [randomUUID(), randomUUID()];
  const owner = world.database.owner;
  await owner.query('insert into directory.tenant values ($1, $2)', [tenant, 'A tenant']);
  await owner.query('insert into directory.tenant_authority values ($1, $2)', [tenant, world.authority]);
  await owner.query(`insert into directory.identity values ($1, $2, $3, $4, now(), 'list', null)`, [
    ...[tenant, object, world.authority, ctx.actor.personId],
  ]);
  await owner.query(
    `insert into directory.conversation (bot_app_id, conversation_id, tenant_id, kind, object_id, service_url, first_seen_at, last_seen_at)
     values ('bot', $1, $2, 'personal', $3, 'https://x', now(), now())`,
    [`a:${object}`, tenant, object],
  );
}
