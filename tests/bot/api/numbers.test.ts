import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { numbersRoutes } from '../../../bot/api/numbers.js';
import { csvCell } from '../../../bot/requests/numbers-csv.js';
import { numbers, termList } from '../../../bot/requests/numbers-contract.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { type BareApi, bareApi } from '../../support/bare-api.js';
import { asOwner } from '../../support/builders.js';
import { councilUnderTest, type CouncilUnderTest, loading } from '../../support/demo-council.js';

let council: CouncilUnderTest;
let api: BareApi;

beforeAll(async () => {
  council = await councilUnderTest();
  api = await bareApi(
    (actor) => (actor.kind === 'person' ? council.as(actor, actor.authorityId) : council.system()),
    numbersRoutes,
  );
}, loading);
afterAll(async () => {
  await api.close();
  await council.close();
});

type Who = { readonly personId: string };
const as = ({ personId }: Who) => api.as({ kind: 'person', authorityId: strathlinn.authorityId, personId });
const terms = async (who: Who) => termList.parse(await (await as(who).get('/api/numbers/terms')).json());
const ask = (who: Who, question: object) => as(who).post('/api/numbers/requests', question);
const read = async (who: Who, question: object) => numbers.parse(await (await ask(who, question)).json());
const year = { from: '2025-08-01', until: '2026-11-23' };

describe('for the team', () => {
  test.each(['need', 'level', 'school', 'cluster'] as const)('by %s every request is counted once', async (by) => {
    const { rows, total, suppressed } = await read(cast.officer, { by, ...year });
    expect(suppressed).toBe(false);
    const stored = await asOwner(council.database, strathlinn.authorityId, (client) =>
      client.query<{ n: number; answered: number; closed: number }>(
        `select count(*)::int as n, count(first_answered_at)::int as answered, (count(*) filter (where state = 'closed'))::int as closed
         from support_request where submitted_at >= '2025-08-01'`,
      ),
    );
    expect(total).toMatchObject({
      asked: stored.rows[0]?.n,
      answered: stored.rows[0]?.answered,
      closed: stored.rows[0]?.closed,
    });
    for (const field of ['asked', 'answered', 'open', 'otherwise', 'overdue', 'closed'] as const)
      expect([field, rows.reduce((sum, row) => sum + (row[field] ?? 0), 0)]).toEqual([field, total[field]]);
    for (const row of rows) expect((row.answered ?? 0) + (row.open ?? 0) + (row.otherwise ?? 0)).toBe(row.asked);
    expect(total.firstAnswer.n).toBe(total.answered);
    expect(total.firstAnswer.median ?? 0).toBeGreaterThan(0);
    expect(total.firstAnswer.ninetieth ?? 0).toBeGreaterThanOrEqual(total.firstAnswer.median ?? 0);
  });

  test('terms follow one another without a gap, and together hold what they hold', async () => {
    const { items, freeDates } = await terms(cast.dataOfficer);
    expect(freeDates).toBe(true);
    expect(items.length).toBeGreaterThan(1);
    for (const [at, term] of items.slice(1).entries()) expect((items[at]?.from ?? '') > term.until).toBe(true);
    const [newest] = items;
    const answer = await read(cast.dataOfficer, { by: 'need', termId: newest?.id });
    expect(answer.period).toEqual({ from: newest?.from, until: newest?.until, name: newest?.name });
  });
});

describe('outside the team', () => {
  const counts = (row: object) =>
    Object.entries(row).flatMap(([field, value]) =>
      ['asked', 'answered', 'open', 'otherwise'].includes(field) ? [value as number | null] : [],
    );

  test.each([
    ['school head', cast.schoolHead, 'need'],
    ['designated manager', cast.designatedManager, 'level'],
    ['information officer', cast.informationOfficer, 'need'],
    ['team manager', cast.teamManager, 'cluster'],
  ] as const)('the %s sees no count under five, of terms that are over', async (_, who, by) => {
    const { items, freeDates } = await terms(who);
    expect([freeDates, items.length > 0, items.every(({ until }) => until < '2026-11-23')]).toEqual([
      false,
      true,
      true,
    ]);
    for (const term of items) {
      const answer = await read(who, { by, termId: term.id });
      expect(answer.suppressed).toBe(true);
      for (const count of [answer.total, ...answer.rows].flatMap(counts))
        expect(count === null || count === 0 || count >= 5).toBe(true);
      for (const row of answer.rows)
        expect([row.overdue, row.reopened, row.transferred, row.closed, row.close.n]).toEqual([
          null,
          null,
          null,
          null,
          null,
        ]);
    }
  });

  test('nobody asks for what would let them compare answers until one person is left', async () => {
    const [term] = (await terms(cast.schoolHead)).items;
    const other = await asOwner(council.database, strathlinn.authorityId, (client) =>
      client.query<{ school_id: string; cluster_id: string }>(
        'select school_id, cluster_id from school where school_id <> (select school_id from person_role where person_id = $1 and school_id is not null limit 1) limit 1',
        [cast.schoolHead.personId],
      ),
    );
    const schoolId = other.rows[0]?.school_id;
    const clusterId = other.rows[0]?.cluster_id;
    const termId = term?.id;
    for (const [who, question] of [
      [cast.schoolHead, { by: 'need', ...year }],
      [cast.schoolHead, { by: 'school', termId }],
      [cast.schoolHead, { by: 'need', termId, schoolId }],
      [cast.schoolHead, { by: 'need', termId, clusterId }],
      [cast.informationOfficer, { by: 'need', termId, schoolId }],
      [cast.informationOfficer, { by: 'school', termId }],
    ] as const)
      expect((await ask(who, question)).status).toBe(422);
    const now = (await terms(cast.officer)).items[0];
    expect((await ask(cast.schoolHead, { by: 'need', termId: now?.id })).status).toBe(404);
    for (const who of [cast.teacher, cast.socialWorker, cast.administrator])
      expect((await ask(who, { by: 'need', termId })).status).toBe(403);
  });
});

describe('as a file', () => {
  test('is the same numbers, with its reason in the audit', async () => {
    const question = { by: 'school', ...year };
    const answer = await as(cast.officer).post('/api/numbers/requests/csv', { question, reason: 'board-report' });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const lines = (await answer.text()).split('\r\n');
    const { rows, total } = await read(cast.officer, question);
    expect(lines.length).toBe(rows.length + 4);
    expect(lines.at(-2)?.startsWith(`total,,${total.asked},`)).toBe(true);
    const audited = await asOwner(council.database, strathlinn.authorityId, (client) =>
      client.query(`select purpose from audit_entry where verb = 'numbers.export'`),
    );
    expect(audited.rows).toEqual([{ purpose: 'board-report' }]);
    const noReason = await as(cast.officer).post('/api/numbers/requests/csv', { question });
    expect(noReason.status).toBe(400);
  });

  test.each([
    ['=1+1', `"'=1+1"`],
    ['+44', `"'+44"`],
    ['-2', `"'-2"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    [' =1', `"' =1"`],
    ['＝1', `"'＝1"`],
    ['St Mary’s, "North"', '"St Mary’s, ""North"""'],
    ['a;b', '"a;b"'],
    ['Ardmore Academy', 'Ardmore Academy'],
    [-5, '-5'],
    [null, ''],
  ])('a cell %j is %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
