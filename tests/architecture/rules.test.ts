import { describe, expect, test } from '@jest/globals';
import { checkSources, describeFinding, readAll } from './check.js';
import { homes } from './homes.js';
import { rings } from './plan.js';
import { checkTree } from './tree.js';

/** Plants one file among a few that are there, and answers with the rules it breaks. */
function planted(path: string, text: string, more: Record<string, string> = {}): string[] {
  const sources = Object.entries({ [path]: text, ...more }).map(([one, source]) => ({ path: one, text: source }));
  return checkSources(readAll(sources)).map(({ rule, what }) => `${rule}: ${what}`);
}

const imports = (what: string, more = '') => `import { thing } from '${what}';\n${more}`;
const importsTypes = (what: string) => `import type { Thing } from '${what}';\n`;

describe('each ring is kept', () => {
  test.each([
    ['bot/requests/routing.ts', 'kysely', 'pure'],
    ['bot/requests/routing.ts', 'zod', 'pure'],
    ['bot/requests/routing.ts', 'node:crypto', 'pure'],
    ['bot/requests/routing.ts', './repository.js', 'pure'],
    ['bot/requests/routing.ts', '../access/audit.js', 'pure'],
    ['bot/learners/matching.ts', '../requests/request.js', 'pure'],
    ['bot/requests/due.ts', '../plans/plan.js', 'pure'],
    ['bot/requests/contract.ts', '../people/contract.js', 'contract'],
    ['bot/requests/contract.ts', 'kysely', 'contract'],
    ['bot/requests/repository.ts', './service.js', 'repository'],
    ['bot/requests/repository.ts', '../people/repository.js', 'repository'],
    ['bot/requests/settings.ts', './repository.js', 'settings'],
    ['bot/requests/service.ts', '../people/repository.js', 'service'],
    ['bot/requests/service.ts', '../reviews/service.js', 'service'],
    ['bot/requests/service.ts', '../graph/calendar.js', 'service'],
    ['bot/requests/service.ts', 'kysely', 'service'],
    ['bot/requests/reading.ts', 'fastify', 'service'],
    ['bot/chat/cards/request-card.ts', '../../requests/service.js', 'cards'],
    ['bot/chat/commands.ts', '../requests/repository.js', 'chat'],
    ['bot/chat/commands.ts', '../api/errors.js', 'chat'],
    ['bot/api/requests.ts', '../requests/repository.js', 'api'],
    ['bot/api/requests.ts', '../jobs/handler.js', 'api'],
    ['bot/api/requests.ts', '../db/database.js', 'api'],
    ['bot/jobs/handlers/cards.ts', '../../chat/delivery.js', 'jobs'],
    ['bot/graph/calendar.ts', '../reviews/service.js', 'graph'],
    ['bot/graph/calendar.ts', '../db/outbox.js', 'graph'],
    ['bot/db/activity.ts', '../requests/request.js', 'store'],
    ['bot/db/outbox.ts', '../jobs/handler.js', 'records'],
    ['bot/access/resolve.ts', '../people/service.js', 'access'],
    ['bot/access/audit.ts', '../people/service.js', 'store'],
    ['bot/time.ts', './context.js', 'plain'],
    ['bot/context.ts', './db/database.js', 'context'],
    ['bot/app.ts', '../infra/local/microsoft365.js', 'start'],
    ['bot/config.ts', './context.js', 'config'],
    ['bot/language/en/chat.ts', '../../errors.js', 'language'],
    ['bot/requests/service.ts', '../app.js', 'service'],
    ['bot/db/migrate.ts', '../../infra/local/postgres.js', 'store'],
    ['bot/requests/service.ts', '../../tests/support/builders.js', 'service'],
    ['tab/requests/RequestsPage.tsx', '../../bot/requests/service.js', 'tab'],
    ['tab/requests/RequestsPage.tsx', '../../bot/requests/settings.js', 'tab'],
    ['tab/requests/RequestsPage.tsx', 'fastify', 'tab'],
    ['tab/ui/RowList.tsx', '@tanstack/react-query', 'tab parts'],
    ['tab/ui/RowList.tsx', 'react-router', 'tab parts'],
    ['tab/ui/RowList.tsx', '../api.js', 'tab parts'],
    ['tab/words.ts', 'react', 'tab words'],
    ['manifest/build.ts', '../bot/config.js', 'manifest'],
    ['infra/build.ts', './local/server.js', 'tools'],
  ])('%s may not import %s', (file, what, rule) => {
    expect(planted(file, imports(what)).join('\n')).toMatch(new RegExp(`^${rule}: imports`));
  });

  test.each([
    ['bot/requests/service.ts', '../people/service.js'],
    ['bot/reviews/service.ts', '../plans/reading.js'],
    ['bot/requests/routing.ts', '../people/authorities.js'],
    ['bot/chat/delivery.ts', '../db/posted-cards.js'],
    ['bot/api/requests.ts', '../requests/request.js'],
    ['tab/requests/actions.ts', '../../bot/requests/request.js'],
    ['bot/app.ts', './graph/calendar.js'],
    ['infra/local/server.ts', '../../bot/app.js'],
    ['tests/bot/chat/cards.test.ts', '../../../bot/requests/repository.js'],
  ])('%s may import %s', (file, what) => {
    expect(planted(file, imports(what))).toEqual([]);
  });

  test('what is allowed as a type is not allowed as a value', () => {
    expect(planted('bot/requests/rows.ts', importsTypes('./contract.js'))).toEqual([]);
    expect(planted('bot/requests/rows.ts', imports('./contract.js'))).toHaveLength(1);
  });

  test('however it is written', () => {
    for (const written of [
      "export { thing } from './repository.js';\nconst own = 1;",
      "const late = await import('./repository.js');",
      "const old = require('./repository.js');",
      "type Row = import('./repository.js').Row;\nexport const found = await import('./repository.js');",
      "import './repository.js';",
      "import { type Row, findOne } from './repository.js';",
    ])
      expect(planted('bot/requests/routing.ts', written).join()).toContain('pure: imports bot/requests/repository.ts');
  });

  test('a ring has one place in the plan', () => {
    const names = rings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('one home for each library', () => {
  test.each(homes.flatMap(({ packages, files }) => packages.map((name) => [name.replace('*', 'any'), files] as const)))(
    '%s',
    (name) => {
      for (const stranger of ['bot/requests/service.ts', 'bot/jobs/workers.ts', 'tab/requests/actions.ts'])
        expect(planted(stranger, imports(name)).join('\n')).toContain(`one home for each library: imports ${name}`);
    },
  );

  test('the home itself may', () => {
    expect(planted('bot/log.ts', imports('pino'))).toEqual([]);
    expect(planted('tab/teams.ts', imports('@microsoft/teams-js'))).toEqual([]);
    expect(planted('bot/requests/repository.ts', imports('kysely'))).toEqual([]);
  });
});

describe('time, chance and the environment are arguments', () => {
  test.each(['Date.now()', 'new Date()', 'Math.random()', 'Temporal.Now.instant()', 'performance.now()'])(
    '%s',
    (act) => {
      for (const file of ['bot/requests/due.ts', 'bot/db/outbox.ts', 'bot/graph/client.ts', 'tab/requests/actions.ts'])
        expect(planted(file, `export const at = ${act};`).join()).toContain('time and chance are arguments');
    },
  );

  test('a stored time made into a Date is no look at the clock', () => {
    expect(planted('bot/requests/rows.ts', 'export const at = new Date(0);')).toEqual([]);
  });

  test.each([
    ['bot/log.ts', 'process.env["LOG_LEVEL"]'],
    ['bot/config.ts', 'process.env'],
    ['bot/app.ts', 'process.env.PORT'],
    ['bot/main.ts', 'process.env.PORT'],
    ['bot/main.ts', 'start(process.env)'],
    ['bot/chat/endpoint.ts', 'process.exit(1)'],
    ['tab/api.ts', 'process.env.NODE_ENV'],
  ])('%s may not say %s', (file, act) => {
    expect(planted(file, `export const it = ${act};`).join()).toContain('the environment is read once');
  });

  test('main hands the environment to readConfig, and nothing else does', () => {
    expect(planted('bot/main.ts', 'export const it = readConfig(process.env);')).toEqual([]);
    expect(planted('bot/app.ts', 'export const it = readConfig(process.env);')).toHaveLength(1);
  });
});

describe('shape', () => {
  test('circles are found, types included', () => {
    const there = { 'bot/db/b.ts': importsTypes('./c.js'), 'bot/db/c.ts': imports('./a.js') };
    expect(planted('bot/db/a.ts', imports('./b.js'), there)).toEqual([
      'no import cycles: imports itself: bot/db/a.ts -> bot/db/b.ts -> bot/db/c.ts -> bot/db/a.ts',
    ]);
  });

  test('a file that only hands on is a barrel; one that also declares is not', () => {
    const barrel = "export * from './request.js';\nexport { due } from './due.js';";
    expect(planted('bot/requests/index.ts', barrel)).toEqual(['no barrels: hands on what others declare']);
    expect(planted('bot/requests/all.ts', `${barrel}\nexport const own = 1;`)).toEqual([]);
  });

  test.each(['utils', 'helpers', 'common'])('no file is called %s', (name) => {
    expect(planted(`bot/chat/${name}.ts`, '')).toEqual([`names say what is inside: is called ${name}`]);
  });
});

describe('the tree', () => {
  test.each([
    ['docs/', 'stands at the top level'],
    ['jest.config.js', 'stands at the top level'],
    ['bot/billing/', 'is no room of bot/'],
    ['bot/extra.ts', 'is no room of bot/'],
    ['tab/pupils/', 'is no room of tab/'],
    ['infra/scripts/', 'is no room of infra/'],
    ['bot/chat/helpers/', 'is called helpers'],
    ['tests/bot/gone/', 'tests a folder that is not there'],
  ])('%s', (path, what) => {
    expect(checkTree([path]).map((finding) => finding.what)).toContain(what);
  });

  test('what is planned passes', () => {
    const planned = ['bot/', 'bot/main.ts', 'bot/plans/', 'tab/plans/', 'tests/', 'tests/bot/', 'tests/bot/plans/'];
    expect(checkTree([...planned, 'infra/', 'infra/main.bicep', 'LICENSE', '.ci/', '.ci/run'])).toEqual([]);
  });
});

test('a message says the rule, the file, the import and what to do instead', () => {
  const [finding] = checkSources(
    readAll([{ path: 'bot/requests/service.ts', text: imports('../people/repository.js') }]),
  );
  expect(finding && describeFinding(finding)).toBe(
    [
      'bot/requests/service.ts:1  imports bot/people/repository.ts',
      '  rule "service": a users’ verb is one transaction over our own parts; what must reach Teams, Graph or mail is an outbox row.',
      '  Instead: enqueue a job in the transaction, or use a port of the context outside it; for another feature’s data call its service, and for a later feature’s let it read the activity feed.',
    ].join('\n'),
  );
});
