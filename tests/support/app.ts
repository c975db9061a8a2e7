import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { type App, createApp, type Overrides } from '../../bot/app.js';
import { readConfig } from '../../bot/config.js';
import { type ChatClient, createChatClient } from '../../infra/local/chat-client.js';
import type { Connector } from '../../infra/local/connector.js';
import { installConnector } from '../../infra/local/connector-routes.js';
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
  /** The chat with one bot; `send` stands in for the network. */
  chatWith(botAppId: string, send?: typeof fetch): ChatClient;
  api(person: {
    readonly tenantId: string;
    readonly oid: string;
  }): (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Delivers everything that waits, by the clock as it stands. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** 0 <= n < 1: what the local Microsoft 365 draws its faults and ids from. */
  readonly random?: () => number;
  /** Stands between the server and the local Microsoft 365, as a listening part of the wire: given its address, answers its own. */
  readonly wire?: (microsoft365Url: string) => Promise<string>;
  /** Before the server starts, with everything around it there. */
  readonly prepare?: (database: TestDatabase) => Promise<void>;
}

export async function startTestApp(
  overrides: (parts: { logged: string[] }) => Overrides = () => ({}),
  options: TestAppOptions = {},
): Promise<TestApp> {
  const database = await testDatabase();
  const clock = movableClock(Temporal.Instant.from(`${testDay}T09:00:00Z`));
  const demo = demoCouncil('tests', testDay);
  const around = await startAround(demo, clock, options.random);
  const farUrl = (await options.wire?.(around.microsoft365.url)) ?? around.microsoft365.url;
  await loadDemo(database.ownerUrl, demo, {
    at: clock.now().toString(),
    serviceUrl: `${farUrl}/connector/`,
  });
  await options.prepare?.(database);
  const port = await freePort();
  const logged: string[] = [];
  const settings = {
    ...{ databaseUrl: database.appUrl, microsoft365Url: farUrl, port },
    ...{ origins: ['http://127.0.0.1:1'], tabDirectory: null, auditHeadsDirectory: '', shiftMs: () => 0 },
  };
  const config = { ...readConfig(serverEnvironment(settings)), roles: new Set(['web'] as const) };
  const app = await createApp(config, {
    clock,
    log: (level, event, fields) => void logged.push(JSON.stringify({ level, event, ...fields })),
    ...overrides({ logged }),
  });
  const url = await app.listen();
  const { microsoft365, connector } = around;
  const chatWith = (botAppId: string, send?: typeof fetch) =>
    createChatClient({
      ...{ botUrl: `${url}/api/messages`, botAppId, serviceUrl: `${farUrl}/connector/`, clock },
      ...{ mintBotToken: microsoft365.mintBotToken, newId: randomUUID, ...(send ? { fetch: send } : {}) },
    });
  return {
    ...{ app, url, database, demo, clock, logged, microsoft365, connector, chatWith },
    chat: chatWith(apps.strathlinnBot),
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

/** The server tells Graph where to send notifications before it listens, so the port is chosen first. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const anyNumber = () => randomBytes(4).readUInt32BE() / 2 ** 32;

async function startAround(demo: DemoCouncil, clock: { now(): Temporal.Instant }, random = anyNumber) {
  let connector: Connector | undefined;
  const microsoft365 = await startMicrosoft365({
    ...{ clock, tenants: demo.tenants, apps: demo.apps, people: demo.people },
    random,
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
