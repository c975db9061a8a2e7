import { randomBytes, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type App, createApp, type Overrides } from '../../bot/app.js';
import { readConfig } from '../../bot/config.js';
import { type ChatClient, createChatClient } from '../../infra/local/chat-client.js';
import type { Connector } from '../../infra/local/connector.js';
import { installConnector } from '../../infra/local/connector-routes.js';
import type { CastMember } from '../../infra/local/demo/cast.js';
import { demoCouncil, type DemoCouncil } from '../../infra/local/demo/demo.js';
import { loadDemo } from '../../infra/local/demo/load.js';
import { apps } from '../../infra/local/demo/places.js';
import { serverEnvironment } from '../../infra/local/server-process.js';
import { type Microsoft365, startMicrosoft365 } from '../../infra/local/microsoft365.js';
import { type TestDatabase, testDatabase } from './database.js';

/** A Monday morning in term. */
export const testDay = '2026-11-23';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

/** The product as it ships, over real HTTP, on a database of its own with the two demo councils in it. */
export interface TestApp {
  readonly app: App;
  readonly url: string;
  readonly database: TestDatabase;
  readonly demo: DemoCouncil;
  readonly microsoft365: Microsoft365;
  readonly connector: Connector;
  readonly chat: ChatClient;
  readonly clock: { now(): Temporal.Instant; move(duration: Temporal.DurationLike): void };
  readonly logged: string[];
  api(person: {
    readonly tenantId: string;
    readonly oid: string;
  }): (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Delivers everything that waits, by the clock as it stands. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestApp(
  overrides: (parts: { logged: string[] }) => Overrides = () => ({}),
): Promise<TestApp> {
  const database = await testDatabase();
  const clock = movableClock(Temporal.Instant.from(`${testDay}T09:00:00Z`));
  const demo = demoCouncil('tests', testDay);
  const around = await startAround(demo, clock);
  await loadDemo(database.ownerUrl, demo, {
    at: clock.now().toString(),
    serviceUrl: `${around.microsoft365.url}/connector/`,
  });
  const logged: string[] = [];
  const settings = {
    ...{ databaseUrl: database.appUrl, microsoft365Url: around.microsoft365.url, port: 0 },
    ...{ origins: ['http://127.0.0.1:1'], tabDirectory: null, auditHeadsDirectory: '', shiftMs: () => 0 },
  };
  const config = { ...readConfig({ ...serverEnvironment(settings), PORT: '0' }), roles: new Set(['web'] as const) };
  const app = await createApp(config, {
    clock,
    log: (level, event, fields) => void logged.push(JSON.stringify({ level, event, ...fields })),
    ...overrides({ logged }),
  });
  const url = await app.listen();
  const { microsoft365, connector } = around;
  return {
    ...{ app, url, database, demo, clock, logged, microsoft365, connector },
    chat: createChatClient({
      ...{
        botUrl: `${url}/api/messages`,
        botAppId: apps.strathlinnBot,
        serviceUrl: `${microsoft365.url}/connector/`,
        clock,
      },
      ...{ mintBotToken: microsoft365.mintBotToken, newId: randomUUID },
    }),
    api: (person) => caller(url, microsoft365, person),
    deliver: () => app.workers.drain(),
    async close() {
      await app.close();
      await microsoft365.close();
      await database.close();
    },
  };
}

function movableClock(start: Temporal.Instant) {
  let now = start;
  // Each look is a millisecond later, so that ids made one after the other sort that way.
  return {
    now: () => (now = now.add({ milliseconds: 1 })),
    move: (duration: Temporal.DurationLike) => void (now = now.add(duration)),
  };
}

async function startAround(demo: DemoCouncil, clock: { now(): Temporal.Instant }) {
  let connector: Connector | undefined;
  const microsoft365 = await startMicrosoft365({
    ...{ clock, tenants: demo.tenants, apps: demo.apps, people: demo.people },
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    routes: [(app, shared) => void (connector = installConnector(app, shared, { channels: () => demo.channels }))],
  });
  if (!connector) throw new Error('the connector was not installed');
  return { microsoft365, connector };
}

function caller(url: string, microsoft365: Microsoft365, person: { tenantId: string; oid: string }) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const token = await microsoft365.mintUserToken({ tid: person.tenantId, oid: person.oid });
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
}

export type Person = Pick<CastMember, 'tenantId' | 'oid' | 'name' | 'email' | 'personId'>;
