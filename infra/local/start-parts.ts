import { join } from 'node:path';
import { openDatabase } from '../../bot/db/database.js';
import { createLog, describeError } from '../../bot/log.js';
import { type CastMember, cast } from './demo/cast.js';
import { strathlinn } from './demo/places.js';
import { hostPageRoutes } from './host-page.js';
import { createPlaygroundBridge, type PlaygroundBridge } from './playground-bridge.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import type { Shared } from './shared.js';
import { type Stack, startStack } from './stack.js';
import { type Chats, createChats, type Seat, seatPeople, seats } from './start-chat.js';
import { createDesk, type Desk } from './start-desk.js';
import type { StartOptions, StartPorts } from './start-options.js';
import { type Choice, startPageRoutes, type StartSetup } from './start-page.js';
import { createWatch } from './start-watch.js';

export interface Started {
  readonly pageUrl: string;
  readonly server: ServerProcess;
  readonly chats: Chats;
  /** Ends everything that was started, in order. */
  stop(): Promise<void>;
}

type CastName = keyof typeof cast;

const tabPeople: readonly CastName[] = [
  ...(['virtualSchoolHead', 'officer', 'dataOfficer', 'teacher', 'socialWorker', 'reviewCoordinator'] as const),
  ...(['informationOfficer', 'administrator', 'servesBoth', 'neighbourHead'] as const),
];
const calendarPeople: readonly CastName[] = [
  ...(['socialWorker', 'teacher', 'virtualSchoolHead', 'designatedManager', 'officer', 'reviewingOfficer'] as const),
  'teamManager',
];

const choice = (key: CastName): Choice => ({ key, label: labelOf(cast[key]) });
const labelOf = ({ name, jobTitle }: CastMember) => `${name}, ${jobTitle}`;

const choicesAt = (seat: Seat) => seatPeople[seat].map(choice);

function setupOf(serverUrl: string): StartSetup {
  const people = { tab: tabPeople.map(choice), calendar: calendarPeople.map(choice) };
  return {
    people: { chat: choicesAt('chat'), team: choicesAt('team'), ...people },
    mailboxes: Object.fromEntries(calendarPeople.map((key) => [key, cast[key].mailbox.oid])),
    docsUrl: `${serverUrl}/api/docs`,
  };
}

/** A way back for each thing that was started; the last started ends first. */
type Undo = (() => Promise<unknown>)[];

/**
 * Database, councils, Microsoft 365 with its pages, server, Playgrounds. A Playground that does not come up stops nothing:
 * its seat says why. Throws when anything else does not, having ended what was started.
 */
export async function startEverything(options: StartOptions, ports: StartPorts): Promise<Started> {
  const undo: Undo = [];
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startAll(options, ports, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(options: StartOptions, ports: StartPorts, undo: Undo): Promise<Omit<Started, 'stop'>> {
  const { dataDir } = options;
  const pageUrl = `http://127.0.0.1:${ports.page}`;
  const serverUrl = `http://127.0.0.1:${ports.server}`;
  let desk: Desk | null = null;
  const building = import('../build.js').then(async (build) => {
    await build.buildTabIfStale();
    return { tab: build.tabDirectory, scripts: build.hostPageDirectory };
  });
  // Waited for below, once the stack is there; a failure before that is not to end the process by itself.
  building.catch(() => undefined);
  const { stack, bridge } = await stackWithPages(options, ports, { serverUrl, desk: () => desk });
  undo.push(() => stack.close());
  const built = await building;
  const chats = createChats({ bridge, dataDir, ports });
  undo.push(() => chats.stop());
  const sitting = Promise.all(seats.map((seat) => chats.sit(seat, seatPeople[seat][0])));
  const server = await startServerProcess({
    ...{ databaseUrl: stack.postgres.appUrl, microsoft365Url: stack.microsoft365.url, port: ports.server },
    ...{ origins: [pageUrl], tabDirectory: built.tab, auditHeadsDirectory: join(dataDir, 'audit-heads') },
    ...{ shiftMs: () => stack.clock.shiftMs, logLevel: options.dev ? 'info' : 'warn' },
  });
  undo.push(() => server.stop());
  await sitting;
  desk = await deskOver(options, stack, server, chats, undo);
  return { pageUrl, server, chats };
}

async function stackWithPages(
  options: StartOptions,
  ports: StartPorts,
  pages: { readonly serverUrl: string; readonly desk: () => Desk | null },
): Promise<{ stack: Stack; bridge: PlaygroundBridge }> {
  let bridge: PlaygroundBridge | undefined;
  const stack = await startStack({
    ...{ dataDir: options.dataDir, port: ports.page, durable: true, origins: [] },
    log: createLog({ level: options.dev ? 'info' : 'warn' }),
    routes: [
      async (app, shared, connector) => {
        const { mintBotToken } = shared.tokens;
        const botUrl = `${pages.serverUrl}/api/messages`;
        bridge = createPlaygroundBridge({ connector, mintBotToken, botUrl, url: shared.url, random: shared.random });
        bridge.routes(app);
        hostPageRoutes(app, await hostPageOptions(pages.serverUrl, shared));
        await startPageRoutes(app, { setup: setupOf(pages.serverUrl), desk: pages.desk });
      },
    ],
  });
  if (!bridge) throw new Error('the bridge was not installed');
  return { stack, bridge };
}

async function hostPageOptions(serverUrl: string, shared: Shared): Promise<Parameters<typeof hostPageRoutes>[1]> {
  const { hostPageDirectory } = await import('../build.js');
  return {
    ...{ tabUrl: `${serverUrl}/`, scriptDirectory: hostPageDirectory },
    people: tabPeople.map((key) => ({ ...choice(key), tenantId: cast[key].tenantId, oid: cast[key].oid })),
    async signIn(key) {
      const member = cast[tabPeople.find((one) => one === key) ?? 'virtualSchoolHead'];
      return shared.tokens.mintUserToken({ tid: member.tenantId, oid: member.oid });
    },
  };
}

async function deskOver(options: StartOptions, stack: Stack, server: ServerProcess, chats: Chats, undo: Undo) {
  const log = createLog({ level: 'warn' });
  const db = openDatabase({
    ...{ url: stack.postgres.appUrl, maxConnections: 2 },
    onIdleError: (error) => log('warn', 'database.idle-client-ended', describeError(error)),
  });
  undo.push(() => db.close());
  const watch = createWatch(db, stack.clock, strathlinn.authorityId);
  return createDesk({ stack, server, chats, watch, storyFile: join(options.dataDir, 'story.json') });
}
