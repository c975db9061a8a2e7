import { readFile, writeFile } from 'node:fs/promises';
import { untilNextMorning } from './clock.js';
import type { Connector } from './connector.js';
import type { Microsoft365 } from './microsoft365.js';
import type { ServerProcess } from './server-process.js';
import type { Stack } from './stack.js';
import { type Chats, type Seat, type SeatState, seatPeople } from './start-chat.js';
import { callLine, cardLine } from './start-lines.js';
import { furthest, type Step, storySteps } from './start-story.js';
import { createThread, type Thread } from './start-thread.js';
import type { Watch } from './start-watch.js';

/** What may be made to fail: every call of it is then refused with 503. */
export type Failing = 'graph' | 'connector';

/** Everything of the start page that changes. */
export interface DeskState {
  /** The local clock, an instant; `shiftMs` is how far it is ahead of the machine's. */
  readonly now: string;
  readonly shiftMs: number;
  readonly steps: readonly Step[];
  readonly chats: Readonly<Record<Seat, SeatState>>;
  readonly failing: Readonly<Record<Failing, boolean>>;
  readonly serverUp: boolean;
}

/** What the start page shows and does. */
export interface Desk {
  readonly thread: Thread;
  /** The local clock, an instant. */
  now(): string;
  /** Reads what happened since the last call; the state as it is then. */
  look(): Promise<DeskState>;
  nextMorning(): Promise<void>;
  fail(what: Failing, on: boolean): void;
  /** kill -9; it comes back by itself. */
  killServer(): void;
  /** The story begins anew with the next request. */
  storyAgain(): Promise<void>;
  sit(seat: Seat, person: string): Promise<void>;
}

export interface DeskOptions {
  readonly stack: Pick<Stack, 'clock' | 'shift'> & {
    readonly microsoft365: Pick<Microsoft365, 'faults' | 'onCall'>;
    readonly connector: Pick<Connector, 'onChange' | 'ledger'>;
  };
  readonly server: Pick<ServerProcess, 'shift' | 'kill' | 'ready'>;
  readonly chats: Chats;
  readonly watch: Watch;
  /** Where the story's beginning is kept between starts. */
  readonly storyFile: string;
}

interface Beginning {
  /** A number of the feed. */
  readonly feed: string;
  /** An instant. */
  readonly at: string;
}

export async function createDesk(options: DeskOptions): Promise<Desk> {
  const { stack, server, chats, watch, storyFile } = options;
  const { clock, microsoft365, connector } = stack;
  const thread = createThread();
  microsoft365.onCall((call) => thread.add(callLine(call)));
  connector.onChange((change) => thread.add(cardLine(change, clock.now().toString())));
  let serverUp = true;

  async function begin(): Promise<Beginning> {
    const made = { feed: await watch.newest(), at: clock.now().toString() };
    await writeFile(storyFile, JSON.stringify(made));
    return made;
  }
  let beginning = (await readBeginning(storyFile)) ?? (await begin());

  const failing = (what: Failing) => (microsoft365.faults.rule(what)?.rate ?? 0) > 0;
  const greeted = () => connector.ledger().some(({ top, versions }) => top.startsWith('a:') && later(versions[0]?.at));
  const later = (at: string | undefined) => at !== undefined && at > beginning.at;

  const now = () => clock.now().toString({ smallestUnit: 'second' });

  return {
    ...{ thread, now },
    async look() {
      for (const line of await watch.news()) thread.add(line);
      const seen = furthest(await watch.stories(beginning.feed));
      return {
        ...{ now: now(), shiftMs: clock.shiftMs, serverUp },
        steps: storySteps(greeted(), seen),
        chats: { chat: chats.state('chat'), team: chats.state('team') },
        failing: { graph: failing('graph'), connector: failing('connector') },
      };
    },
    async nextMorning() {
      await stack.shift(clock.shiftMs + untilNextMorning(clock.now()));
      server.shift(clock.shiftMs);
    },
    fail: (what, on) => microsoft365.faults.set(what, { rate: on ? 1 : 0, kinds: ['503'] }),
    killServer() {
      serverUp = false;
      server.kill();
      void server.ready().then(() => (serverUp = true));
    },
    async storyAgain() {
      beginning = await begin();
    },
    async sit(seat, person) {
      if (seatPeople[seat].some((one) => one === person)) await chats.sit(seat, person);
    },
  };
}

async function readBeginning(file: string): Promise<Beginning | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Beginning); // written by `begin` alone
}
