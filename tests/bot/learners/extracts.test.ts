import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cast } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { asOwner } from '../../support/builders.js';
import { extractDoor } from '../../support/extract-door.js';
import { registerHash } from '../../support/register-hash.js';

let app: TestApp;
let door: ReturnType<typeof extractDoor>;

beforeAll(async () => {
  app = await startTestApp();
  door = extractDoor(app, cast.dataOfficer);
});
afterAll(() => app.close());

const rows = <T extends object>(query: string, values: unknown[] = []) =>
  asOwner(app.database, strathlinn.authorityId, async (client) => (await client.query<T>(query, values)).rows);

const head = 'Client ID,Forename,Surname,DOB,SCN,Status,Start Date,End Date';
const file = (...lines: string[]) => [head, ...lines].join('\r\n');
const source = { system: 'Swift', kind: 'status', registers: true, complete: true } as const;

test('a first extract is previewed, taken, taken again for nothing, changed and undone to what was', async () => {
  const before = await registerHash(app.database, strathlinn.authorityId);
  const first = file(
    'A1,Ishbel,Quarrier,12/03/2012,123456785,looked after,01/02/2024,',
    'A2,Fearghas,Tarbet,01/07/2010,,looked after,05/05/2023,04/05/2025',
    'A2,Fearghas,Tarbet,01/07/2010,,care experienced,05/05/2023,',
    'A3,Nobody,Knows,31/02/2012,,looked after,01/02/2024,',
    'A4,Wrong,Number,01/02/2012,123456789,looked after,01/02/2024,',
    'A5,Odd,Code,01/02/2012,,LAC-7,01/02/2024,',
  );
  const preview = await door.preview(first, source);
  expect(preview.state).toBe('previewed');
  expect(preview.counts).toMatchObject({ read: 6, added: 3, rejected: 3, changed: 0, unchanged: 0 });
  expect(await registerHash(app.database, strathlinn.authorityId)).toEqual(before);
  const rejected = await door.ask('POST', `/api/extracts/${preview.id}/rejected`);
  expect(rejected.text).toContain('birthOn: not-a-date');
  expect(rejected.text).toContain('scn: not-an-scn');
  expect(rejected.text).toContain('status: unknown-code');

  const taken = await door.move(preview.id, 'import', { acceptAlarms: true });
  expect(taken).toMatchObject({ state: 'imported', counts: { taken: 3, made: 2, waiting: 0 } });
  const made = await rows<{ family_name: string; status: string; scn: string | null; since: string }>(
    `select family_name, status, scn, status_since::text as since from learner where family_name in ('Quarrier', 'Tarbet') order by 1`,
  );
  expect(made).toEqual([
    { family_name: 'Quarrier', status: 'looked-after', scn: '123456785', since: '2024-02-01' },
    { family_name: 'Tarbet', status: 'care-experienced', scn: null, since: '2023-05-05' },
  ]);

  const again = await door.preview(first, source);
  expect(again.counts).toMatchObject({ unchanged: 3, added: 0, changed: 0, ended: 0 });
  const afterFirst = await registerHash(app.database, strathlinn.authorityId);
  await door.move(again.id, 'import', { acceptAlarms: true });
  expect(await registerHash(app.database, strathlinn.authorityId)).toEqual(afterFirst);

  const changed = await door.take(
    file(
      'A1,Ishbel,Quarrier,12/03/2012,123456785,looked after,01/02/2024,30/10/2026',
      'A2,Fearghas,Tarbet,01/07/2010,,care experienced,05/05/2023,',
    ),
    source,
  );
  expect(changed.counts).toMatchObject({ changed: 1, unchanged: 1, ended: 1 });
  const found = await rows(
    `select c.kind, c.since::text, c.telling from learner_change c join learner l using (authority_id, learner_id) where family_name = 'Quarrier'`,
  );
  expect(found).toEqual([{ kind: 'status', since: '2024-02-01', telling: 'ask' }]);

  expect(
    (await door.ask('POST', `/api/extracts/${again.id}/undo`, { version: (await door.read(again.id)).version })).status,
  ).toBe(409);
  expect((await door.move(changed.id, 'undo')).state).toBe('undone');
  expect(await registerHash(app.database, strathlinn.authorityId)).toEqual(afterFirst);
  expect((await door.move(again.id, 'undo')).state).toBe('undone');
  expect((await door.move(preview.id, 'undo')).state).toBe('undone');
  expect(await registerHash(app.database, strathlinn.authorityId)).toEqual(before);
});
