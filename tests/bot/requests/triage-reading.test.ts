import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../../../bot/context.js';
import { type Database, openDatabase } from '../../../bot/db/database.js';
import { createRandom } from '../../../bot/random.js';
import { sortColumns, triageSearch, type TriageSearch } from '../../../bot/requests/triage-contract.js';
import { searchRequests } from '../../../bot/requests/triage-reading.js';
import { changeSavedView, listViews, removeSavedView, saveNewView } from '../../../bot/requests/views-service.js';
import { addAuthority, addLearner, addPerson, addSchool, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { addRequests } from '../../support/request-rows.js';

let database: TestDatabase;
let db: Database;
let authority: string;
let head: Context;
let officer: Context;
let dataOfficer: Context;
let teacher: Context;
let schools: { schoolId: string; clusterId: string }[];
let learner: string;
const people: Record<string, string> = {};

// A Wednesday.
const clock = { now: () => Temporal.Instant.from('2026-11-25T12:00:00Z') };
const find = async (ctx: Context, search: TriageSearch) => searchRequests(ctx, triageSearch.parse(search));
const references = async (ctx: Context, search: TriageSearch) =>
  (await find(ctx, { limit: 200, ...search })).items.map(({ reference }) => reference);
let nonces = 0;
const nonce = () => `triage-nonce-${(nonces += 1)}`;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ url: database.appUrl, maxConnections: 4, onIdleError: () => undefined });
  authority = await addAuthority(database);
  schools = [
    await addSchool(database, authority, { name: 'Ardmore Academy' }),
    await addSchool(database, authority, { name: 'Bàgh Primary' }),
  ];
  const as = async (name: string, roles: Parameters<typeof addPerson>[2]) => {
    const actor = await addPerson(database, authority, { name, ...roles });
    people[name] = actor.personId;
    return contextOn({ db, clock, random: createRandom(clock), actor });
  };
  head = await as('Head', { roles: ['virtual-school-head'] });
  officer = await as('Officer', { roles: ['virtual-school'] });
  dataOfficer = await as('Data', { roles: ['data-officer'] });
  teacher = await as('Teacher', { roles: ['pupil-support'], schoolId: schools[0]?.schoolId ?? '' });
  learner = await addLearner(database, authority, { givenName: 'Zoë', familyName: 'Łukasik' });
  await lay();
});

afterAll(async () => {
  await db.close();
  await database.close();
});

const states = ['submitted', 'assigned', 'waiting-on-school', 'in-progress', 'answered', 'closed'] as const;
const needs = ['attendance', 'wellbeing', 'transition'] as const;

/** 60 requests in which many things are equal, so that an order that is not total would show. */
async function lay(): Promise<void> {
  await addRequests(
    database,
    authority,
    Array.from({ length: 60 }, (_, n) => ({
      reference: `VS-${'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(n % 32)}${String(n).padStart(2, '0')}AAA`,
      askerId: people['Teacher'] ?? '',
      learnerId: n % 7 === 0 ? learner : null,
      schoolId: n % 5 === 0 ? null : (schools[n % 2]?.schoolId ?? null),
      clusterId: schools[n % 2]?.clusterId ?? null,
      assigneeId: n % 3 === 0 ? null : (people[n % 3 === 1 ? 'Officer' : 'Head'] ?? null),
      need: needs[n % 3] ?? 'other',
      state: states[n % 6] ?? 'submitted',
      urgency: n % 2 === 0 ? 'today' : 'no-hurry',
      what: n === 11 ? 'She would rather sketch than speak, and the sketches are good.' : 'Mornings are hard.',
      // Ten have the very same time of asking.
      submittedAt:
        n < 10 ? '2026-11-02T09:00:00.123Z' : `2026-11-${String(3 + (n % 20)).padStart(2, '0')}T1${n % 10}:00:00Z`,
      // Waiting for the school since before it was due.
      pausedAt: n % 12 === 2 ? '2026-11-21T10:00:00Z' : null,
      dueAt: n % 4 === 0 ? null : `2026-11-${String(22 + (n % 8)).padStart(2, '0')}T16:00:00Z`,
    })),
  );
}

describe('the list', () => {
  test.each(sortColumns.flatMap((by) => [true, false].map((descending) => [by, descending] as const)))(
    'by %s (descending %s) is the same walked on, walked back and entered in the middle',
    async (by, descending) => {
      const sort = { by, descending };
      const whole = await references(officer, { sort });
      expect(new Set(whole).size).toBe(60);
      const on: string[] = [];
      let page = await find(officer, { sort, limit: 7 });
      expect(page.previous).toBeNull();
      on.push(...page.items.map(({ reference }) => reference));
      while (page.next) {
        page = await find(officer, { sort, limit: 7, page: page.next });
        on.push(...page.items.map(({ reference }) => reference));
      }
      expect(on).toEqual(whole);
      const back = page.items.map(({ reference }) => reference);
      while (page.previous) {
        page = await find(officer, { sort, limit: 7, page: page.previous });
        back.unshift(...page.items.map(({ reference }) => reference));
      }
      expect(back).toEqual(whole);
      const middle = await find(officer, { sort, limit: 5, at: 31 });
      expect(middle.items.map(({ reference }) => reference)).toEqual(whole.slice(31, 36));
      const after = await find(officer, { sort, limit: 5, page: middle.next ?? '' });
      expect(after.items.map(({ reference }) => reference)).toEqual(whole.slice(36, 41));
    },
  );

  test('a page of one order is refused in another', async () => {
    const { next } = await find(officer, { limit: 5, sort: { by: 'due', descending: false } });
    for (const page of [next ?? '', 'x', 'WzEsIngiXQ'])
      await expect(find(officer, { page, sort: { by: 'asked', descending: true } })).rejects.toMatchObject({
        code: 'invalid',
        detail: { where: 'page' },
      });
  });

  test('counts are of what the list shows', async () => {
    const { counts, total } = await find(officer, { total: true });
    expect(total).toBe(60);
    for (const view of ['new', 'mine', 'due-today', 'with-school', 'overdue', 'everything'] as const)
      expect([view, counts?.[view]]).toEqual([view, (await references(officer, { view })).length]);
    expect(counts).toMatchObject({ everything: 60, new: 10, 'with-school': 10 });
  });

  test('filters are joined by and, values of one by or; whatever is due is open', async () => {
    const rows = (await find(officer, { limit: 200 })).items;
    const both = await find(officer, { limit: 200, need: ['attendance', 'wellbeing'], assigneeId: ['me', 'nobody'] });
    expect(both.items).toEqual(
      rows.filter(
        (row) =>
          ['attendance', 'wellbeing'].includes(row.need) &&
          (row.assignee === null || row.assignee.id === people['Officer']),
      ),
    );
    const overdue = await find(officer, { limit: 200, due: 'overdue' });
    expect(overdue.items.every((row) => row.overdue)).toBe(true);
    expect(overdue.items.length).toBe(rows.filter((row) => row.overdue).length);
    const windows = await Promise.all(
      (['overdue', 'today', 'this-week', 'later', 'none'] as const).map(async (due) => references(officer, { due })),
    );
    const [late = [], today = [], week = [], later = [], none = []] = windows;
    expect(today.every((one) => week.includes(one))).toBe(true);
    const paused = 5;
    expect(late.length + week.length + later.length + none.length + paused).toBe(40);
    const first = await references(officer, { askedFrom: '2026-11-02', askedUntil: '2026-11-02' });
    expect(first.length).toBe(10);
  });

  test('a search finds stems of the story, names without their accents, schools, and references by their beginning', async () => {
    expect(await references(officer, { search: 'sketching' })).toEqual(['VS-B11AAA']);
    expect((await references(officer, { search: 'lukas zoe' })).length).toBe(9);
    expect((await references(officer, { search: 'Bagh mornings' })).length).toBe(
      (await references(officer, { schoolId: schools[1]?.schoolId ?? '' })).length - 1,
    );
    expect(await references(officer, { search: 'vs-b11' })).toEqual(['VS-B11AAA']);
    for (const search of ['nowhere', `'; drop table`, '%', '\\', '&|!():*', 'a'.repeat(100)])
      expect(await references(officer, { search })).toEqual(
        search === '%' || search === '\\' || search === '&|!():*' ? await references(officer, {}) : [],
      );
  });

  test('an answer in the thread is found too', async () => {
    const [id] = (await find(officer, { search: 'vs-b11' })).items;
    await asOwner(database, authority, (client) =>
      client.query(
        `insert into request_message (authority_id, message_id, request_id, asker_id, author_id, direction, body, at)
         values ($1, gen_random_uuid(), $2, $3, $3, 'from-asker', 'The piano helped.', now())`,
        [authority, id?.id, people['Teacher']],
      ),
    );
    expect(await references(officer, { search: 'pianos' })).toEqual(['VS-B11AAA']);
  });

  test('a learner declared as a relative is on nobody’s list but others’', async () => {
    await asOwner(database, authority, (client) =>
      client.query(
        `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, gen_random_uuid(), $2, $3, 'conflict', '2026-01-01')`,
        [authority, learner, people['Data']],
      ),
    );
    const { items, total, counts } = await find(dataOfficer, { limit: 200, total: true });
    expect([items.length, total, counts?.everything]).toEqual([51, 51, 51]);
    expect(await references(dataOfficer, { search: 'lukasik' })).toEqual([]);
    expect(await references(dataOfficer, { learnerId: learner })).toEqual([]);
    await expect(find(teacher, {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('saved views', () => {
  const filters = { need: ['attendance' as const], due: 'overdue' as const };

  test('keep filters and order, are counted for each viewer, and shared ones are the team’s', async () => {
    const press = nonce();
    const input = {
      name: 'Late attendance',
      shared: true,
      filters,
      sort: { by: 'due', descending: false },
      notConcern: false,
    } as const;
    const made = await saveNewView(officer, { ...input, nonce: press });
    expect(await saveNewView(officer, { ...input, nonce: press })).toEqual(made);
    await saveNewView(officer, { ...input, name: 'My own', shared: false, nonce: nonce() });
    const { saved } = await listViews(head);
    expect(saved).toMatchObject([{ name: 'Late attendance', mine: false, mayChange: true, count: made.count }]);
    expect((await references(head, { view: made.id })).length).toBe(made.count);
    const listed = await references(head, { view: made.id });
    expect(listed).toEqual(await references(officer, { ...filters, sort: input.sort }));
    expect((await listViews(officer)).saved.map(({ name }) => name)).toEqual(['Late attendance', 'My own']);
  });

  test('are changed by their saver, or the head, and by the version seen', async () => {
    const [view] = (await listViews(officer)).saved;
    if (!view) throw new Error('no view');
    const change = { ...view, name: 'Late', version: 1, notConcern: false };
    await expect(changeSavedView(dataOfficer, view.id, change)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await changeSavedView(head, view.id, change)).toMatchObject({ name: 'Late', version: 2 });
    await expect(changeSavedView(officer, view.id, change)).rejects.toMatchObject({ code: 'stale' });
    await removeSavedView(officer, view.id, 2);
    await expect(find(officer, { view: view.id })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('another’s own view is as if it did not exist', async () => {
    const [own] = (await listViews(officer)).saved;
    await expect(find(head, { view: own?.id ?? '' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(removeSavedView(head, own?.id ?? '', 1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a name that could be a concern is held', async () => {
    await expect(
      saveNewView(officer, {
        name: 'Not safe at home',
        shared: true,
        filters: {},
        sort: null,
        nonce: nonce(),
        notConcern: false,
      }),
    ).rejects.toMatchObject({ code: 'concern' });
  });
});
