import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { insertAnyRow, readShapes, uuid, type TableShape } from '../../support/any-row.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

// What the database itself refuses, whatever the code above it asks: every table of schema public, found by looking.

const [authorityA, authorityB] = [uuid(0xa), uuid(0xb)];
const [reached, unreached] = [uuid(0x11), uuid(0x12)];
const [actor, somebodyElse] = [uuid(0x21), uuid(0x22)];

/** Learner tables whose rows are not walled by reach, and why. */
const openToTheAuthority = new Map([
  ['learner_scope', 'reach is worked out from it; it holds ids of school, team and worker only'],
]);
/** Tables in which an actor's own rows are seen, and may be written, without reaching the learner. */
const ownRows = ['learner_link', 'break_glass'];

/** One person's own, whatever anybody reaches: these have tests of their own. */
const personal = ['request_draft', 'saved_view', 'last_looked'];
/** Seen by those who reach the whole authority, and nobody by a list: two records laid side by side may be anybody's. */
const wholeAlone = ['match_pair'];

let database: TestDatabase;
let shapes: TableShape[];
let draft: TableShape;
let savedView: TableShape;
let lastLooked: TableShape;
let learnerTables: TableShape[];

beforeAll(async () => {
  database = await testDatabase();
  const all = await readShapes(database.owner);
  shapes = all.filter(({ table }) => !personal.includes(table));
  [draft, savedView, lastLooked] = personal.map((table) => shapeOf(table, all)) as [TableShape, TableShape, TableShape];
  learnerTables = shapes.filter(
    ({ table, columns }) => columns.includes('learner_id') && !openToTheAuthority.has(table),
  );
  await seed();
});

afterAll(() => database.close());

/** As the superuser, whom no policy binds: in each table a row for each learner in each authority, and one about nobody. */
async function seed(): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  try {
    for (const shape of shapes)
      for (const authority_id of [authorityA, authorityB]) {
        const people = { authority_id, person_id: somebodyElse, asker_id: somebodyElse, teller_id: somebodyElse };
        if (!shape.columns.includes('learner_id')) await insertAnyRow(client, shape, { authority_id });
        else
          for (const learner_id of [reached, unreached]) await insertAnyRow(client, shape, { ...people, learner_id });
        if (mayBeAboutNobody(shape)) await insertAnyRow(client, shape, { ...people, learner_id: null });
      }
  } finally {
    await client.end();
  }
}

function mayBeAboutNobody({ columns, required }: TableShape): boolean {
  return columns.includes('learner_id') && !required.some(({ column }) => column === 'learner_id');
}

interface Settings {
  readonly authority?: string;
  readonly actor?: string;
  readonly reach?: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** One transaction of the app role (or the owner) under these settings, rolled back. */
async function under<T>(
  settings: Settings,
  work: (client: pg.PoolClient) => Promise<T>,
  pool = database.app,
): Promise<T> {
  const client = await pool.connect();
  const local = (name: string, value: string | undefined) =>
    value === undefined ? '' : `; set local app.${name} = ${client.escapeLiteral(value)}`;
  const list = (ids: readonly string[] | undefined) => ids && `{${ids.join(',')}}`;
  try {
    await client.query(
      'begin' +
        local('authority_id', settings.authority) +
        local('actor_id', settings.actor) +
        local('reach', settings.reach) +
        local('reach_only', list(settings.only)) +
        local('reach_except', list(settings.except)),
    );
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function seen(client: pg.PoolClient, { table }: TableShape, where = 'true'): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${client.escapeIdentifier(table)} where ${where}`,
  );
  return rows[0]?.n ?? -1;
}

/** Table -> what was counted there, so that a failure names the table. */
async function countEach(
  settings: Settings,
  tables: readonly TableShape[],
  where = 'true',
  pool = database.app,
): Promise<Record<string, number>> {
  return under(
    settings,
    async (client) => {
      const counts: Record<string, number> = {};
      for (const shape of tables) counts[shape.table] = await seen(client, shape, where);
      return counts;
    },
    pool,
  );
}

const allZero = (tables: readonly TableShape[]) => Object.fromEntries(tables.map(({ table }) => [table, 0]));

/** The SQLSTATE that a statement ends with, or 'done'; the transaction goes on. */
async function outcome(client: pg.PoolClient, work: () => Promise<unknown>): Promise<string> {
  await client.query('savepoint attempt');
  try {
    await work();
    return 'done';
  } catch (error) {
    await client.query('rollback to attempt');
    return error instanceof pg.DatabaseError ? (error.code ?? 'unknown') : String(error);
  }
}

const refused = '42501';
const wholeA: Settings = { authority: authorityA, actor, reach: 'authority' };

describe('no authority, no rows', () => {
  const settings: [string, Settings][] = [
    ['nothing set', {}],
    ['an empty authority', { authority: '', reach: 'authority' }],
    ['reach over everything but no authority', { reach: 'authority' }],
    ['an authority that does not exist', { authority: uuid(0xdead), reach: 'authority' }],
  ];
  test.each(settings)('%s', async (_, given) => {
    expect(await countEach(given, shapes)).toEqual(allZero(shapes));
  });

  test('the owner is bound as well', async () => {
    expect(await countEach({}, shapes, 'true', database.owner)).toEqual(allZero(shapes));
  });

  test('an authority that is no UUID is an error, not an answer', async () => {
    const code = await under({ authority: "' or true --", reach: 'authority' }, (client) =>
      outcome(client, () => client.query('select from person')),
    );
    expect(code).toBe('22P02');
  });

  test('settings end with their transaction: the next user of the connection sees nothing', async () => {
    const client = await database.app.connect();
    try {
      await client.query(`begin; set local app.authority_id = '${authorityA}'; set local app.reach = 'authority'`);
      const during = await client.query('select from learner');
      await client.query('commit');
      const after = await client.query('select from learner');
      expect([during.rowCount, after.rowCount]).toEqual([2, 0]);
    } finally {
      client.release();
    }
  });
});

describe('one authority never meets another', () => {
  test('A sees all of its own rows and none of B', async () => {
    const own = await countEach(wholeA, shapes, `authority_id = '${authorityA}'`);
    expect(Object.entries(own).filter(([, n]) => n < 1)).toEqual([]);
    expect(await countEach(wholeA, shapes, `authority_id <> '${authorityA}'`)).toEqual(allZero(shapes));
  });

  test('A cannot write a row of B', async () => {
    await under(wholeA, async (client) => {
      for (const shape of shapes) {
        const foreign = { authority_id: authorityB, learner_id: reached, person_id: actor, asker_id: actor };
        const code = await outcome(client, () => insertAnyRow(client, shape, foreign));
        expect([shape.table, code]).toEqual([shape.table, refused]);
      }
    });
  });

  test('A cannot move a row to B', async () => {
    await under(wholeA, async (client) => {
      for (const { table } of shapes) {
        const code = await outcome(client, () => client.query(`update ${table} set authority_id = '${authorityB}'`));
        expect([table, code]).toEqual([table, refused]);
      }
    });
  });

  test('A changes and deletes nothing of B', async () => {
    await under(wholeA, async (client) => {
      for (const { table } of shapes)
        for (const statement of [`update ${table} set authority_id = authority_id`, `delete from ${table}`]) {
          const code = await outcome(client, async () => {
            const { rowCount } = await client.query(`${statement} where authority_id = '${authorityB}'`);
            if (rowCount) throw new Error(`${rowCount} rows of another authority`);
          });
          expect([statement, ['done', refused].includes(code) ? 'nothing' : code]).toEqual([statement, 'nothing']);
        }
    });
  });
});

describe('reach inside an authority', () => {
  const unseen: [string, Settings][] = [
    ['no reach', { authority: authorityA, actor }],
    ['an empty reach', { authority: authorityA, actor, reach: '' }],
    ['a word that is no reach', { authority: authorityA, actor, reach: 'everything' }],
    ['a list of nobody', { authority: authorityA, actor, reach: 'listed', only: [] }],
    ['a list that was not given', { authority: authorityA, actor, reach: 'listed' }],
    ['a learner of no council', { authority: authorityA, actor, reach: 'listed', only: [uuid(0xdead)] }],
  ];
  test.each(unseen)('%s: no learner is seen', async (_, given) => {
    expect(await countEach(given, learnerTables)).toEqual(allZero(learnerTables));
  });

  test('a list of learners: theirs and nobody else, nor what is about nobody', async () => {
    const listed: Settings = { authority: authorityA, actor, reach: 'listed', only: [reached] };
    const tables = learnerTables.filter(({ table }) => !wholeAlone.includes(table));
    const own = await countEach(listed, tables, `learner_id = '${reached}'`);
    expect(Object.entries(own).filter(([, n]) => n !== 1)).toEqual([]);
    const whole = wholeAlone.map((table) => shapeOf(table));
    expect(await countEach(listed, whole)).toEqual(allZero(whole));
    expect(await countEach(listed, learnerTables, `learner_id is distinct from '${reached}'`)).toEqual(
      allZero(learnerTables),
    );
  });

  test('the whole authority but for those excepted', async () => {
    const excepting: Settings = { ...wholeA, except: [unreached] };
    expect(await countEach(excepting, learnerTables, `learner_id = '${unreached}'`)).toEqual(allZero(learnerTables));
    const others = await countEach(excepting, learnerTables, `learner_id is distinct from '${unreached}'`);
    expect(Object.entries(others).filter(([, n]) => n < 1)).toEqual([]);
  });

  test('a row about a learner out of reach cannot be written, nor moved out of reach', async () => {
    const listed: Settings = { authority: authorityA, actor, reach: 'listed', only: [reached] };
    await under(listed, async (client) => {
      for (const shape of learnerTables) {
        const row = { authority_id: authorityA, learner_id: unreached, person_id: somebodyElse, asker_id: actor };
        const inserted = await outcome(client, () => insertAnyRow(client, shape, row));
        const moved = await outcome(client, () =>
          client.query(`update ${shape.table} set learner_id = '${unreached}'`),
        );
        // Of what is not seen at all there is nothing to move.
        const moving = wholeAlone.includes(shape.table) ? 'done' : refused;
        expect([shape.table, inserted, moved]).toEqual([shape.table, refused, moving]);
      }
    });
  });

  test('what is about nobody is seen by its asker', async () => {
    const aboutNobody = learnerTables.filter(mayBeAboutNobody);
    const asked = aboutNobody.filter(({ columns }) => columns.some((name) => ['asker_id', 'teller_id'].includes(name)));
    expect(asked.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['activity', 'change_told', 'request_feedback', 'request_message', 'support_request']),
    );
    const nobodys = { authority: authorityA, actor: somebodyElse, reach: 'listed', only: [] };
    const counts = await countEach(nobodys, aboutNobody);
    expect(counts).toEqual(
      Object.fromEntries(aboutNobody.map((shape) => [shape.table, asked.includes(shape) ? 1 : 0])),
    );
  });

  test("links and break-glass of one's own are seen without reach, for reach is worked out from them", async () => {
    const tables = learnerTables.filter(({ table }) => ownRows.includes(table));
    expect(await countEach({ authority: authorityA, actor: somebodyElse }, tables)).toEqual({
      break_glass: 2,
      learner_link: 2,
    });
    const rest = learnerTables.filter(
      ({ table }) => !ownRows.includes(table) && !mayBeAboutNobody({ ...shapeOf(table) }),
    );
    expect(await countEach({ authority: authorityA, actor: somebodyElse }, rest)).toEqual(allZero(rest));
  });
});

describe('what is one person’s own', () => {
  async function kept(): Promise<void> {
    const client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
    try {
      await client.query('delete from saved_view; delete from last_looked');
      for (const authority_id of [authorityA, authorityB]) {
        await insertAnyRow(client, lastLooked, { authority_id, person_id: actor });
        for (const shared of [false, true])
          await insertAnyRow(client, savedView, { authority_id, person_id: actor, shared });
      }
    } finally {
      await client.end();
    }
  }
  const listed: Settings = { authority: authorityA, reach: 'listed', only: [reached] };
  test.each<[string, Settings, readonly [number, number]]>([
    ['is theirs, shared or not', { ...listed, actor }, [2, 1]],
    ['is not somebody else’s who reaches a list', { ...listed, actor: somebodyElse }, [0, 0]],
    ['is the team’s where it is shared', { ...wholeA, actor: somebodyElse }, [1, 0]],
    ['is nobody’s without an authority', { actor }, [0, 0]],
  ])('%s', async (_name, settings, counts) => {
    await kept();
    expect(await under(settings, async (own) => [await seen(own, savedView), await seen(own, lastLooked)])).toEqual(
      counts,
    );
  });
  test('cannot be written in somebody else’s name', async () => {
    const row = { authority_id: authorityA, person_id: somebodyElse, shared: false };
    for (const shape of [savedView, lastLooked])
      expect(await under({ ...wholeA, actor }, (own) => outcome(own, () => insertAnyRow(own, shape, row)))).toBe(
        refused,
      );
  });
});

describe('half a form', () => {
  const typist: Settings = { authority: authorityA, actor, reach: 'listed', only: [reached] };
  async function typed(settings: Settings): Promise<number[]> {
    const client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
    try {
      await client.query('delete from request_draft');
      for (const learner_id of [null, reached, unreached])
        await insertAnyRow(client, draft, { authority_id: authorityA, person_id: actor, learner_id });
    } finally {
      await client.end();
    }
    return under(settings, async (own) => [await seen(own, draft), await seen(own, draft, 'learner_id is null')]);
  }
  test.each<[string, Settings, number[]]>([
    ['is seen by whoever types it, as far as they reach', typist, [2, 1]],
    ['not by somebody else of the same school', { ...typist, actor: somebodyElse }, [0, 0]],
    ['not by the whole team', { ...wholeA, actor: somebodyElse }, [0, 0]],
    ['not next door', { ...typist, authority: authorityB }, [0, 0]],
    ['and by the system, which throws it away', { authority: authorityA, reach: 'authority' }, [3, 1]],
  ])('%s', async (_name, settings, counts) => {
    expect(await typed(settings)).toEqual(counts);
  });
  test("cannot be written in somebody else's name", async () => {
    const row = { authority_id: authorityA, person_id: somebodyElse, learner_id: null };
    const code = await under(typist, (client) => outcome(client, () => insertAnyRow(client, draft, row)));
    expect(code).toBe(refused);
  });
});

function shapeOf(table: string, among = shapes): TableShape {
  const shape = among.find((known) => known.table === table);
  if (!shape) throw new Error(`no table ${table}`);
  return shape;
}
