import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../bot/access/roles.js';
import { createDirectory, type Directory } from '../../bot/access/resolve.js';
import type { Context } from '../../bot/context.js';
import { type Database, openDatabase } from '../../bot/db/database.js';
import { createRandom } from '../../bot/random.js';
import { demoCouncil, type DemoCouncil } from '../../infra/local/demo/demo.js';
import { loadDemo } from '../../infra/local/demo/load.js';
import { strathlinn } from '../../infra/local/demo/places.js';
import { contextOn } from './context.js';
import { testDatabase, type TestDatabase } from './database.js';
import { movableClock, type MovableClock } from './issuer.js';

/** The made-up councils in a database of this test file's own, with a clock to move. */
export interface CouncilUnderTest {
  readonly demo: DemoCouncil;
  readonly database: TestDatabase;
  readonly db: Database;
  readonly clock: MovableClock;
  readonly directory: Directory;
  as(who: { readonly personId: string }, authorityId?: string): Context;
  system(authorityId?: string): Context;
  close(): Promise<void>;
}

/** Milliseconds for `beforeAll`: thousands of rows, on a machine that is doing other things. */
export const loading = 60_000;

/** Monday 23 November 2026, half past nine. */
const startsAt = '2026-11-23T09:30:00Z';

export async function councilUnderTest(): Promise<CouncilUnderTest> {
  const database = await testDatabase();
  const demo = demoCouncil('test', startsAt.slice(0, 10));
  await loadDemo(database.ownerUrl, demo, { serviceUrl: 'http://127.0.0.1:1/connector/', at: startsAt });
  const db = openDatabase({ url: database.appUrl, maxConnections: 4, onIdleError: () => undefined });
  const clock = movableClock(Temporal.Instant.from(startsAt).toString());
  const random = createRandom(clock);
  const context = (actor: Actor) => contextOn({ db, clock, random, actor });
  return {
    ...{ demo, database, db, clock, directory: createDirectory(db.directory, clock) },
    as: ({ personId }, authorityId = strathlinn.authorityId) => context({ kind: 'person', authorityId, personId }),
    system: (authorityId = strathlinn.authorityId) => context({ kind: 'system', authorityId, job: 'test' }),
    async close() {
      await db.close();
      await database.close();
    },
  };
}
