import { join } from 'node:path';
import { type CastMember, cast } from './demo/cast.js';
import { apps, strathlinn, teams } from './demo/places.js';
import type { Playground } from './playground.js';
import type { PlaygroundBridge } from './playground-bridge.js';
import type { PlaygroundSetting, PlaygroundTeam } from './playground-config.js';

/** The two chats of the start page: somebody's own chat with the bot, and the virtual school's team with its channel. */
export const seats = ['chat', 'team'] as const;
export type Seat = (typeof seats)[number];

/** Who can be chosen where, by their name in the cast; the first is who sits there at the start. */
export const seatPeople = {
  chat: ['teacher', 'designatedManager', 'schoolHead', 'classTeacher', 'socialWorker', 'unbound'],
  team: ['virtualSchoolHead', 'officer', 'dataOfficer'],
} as const satisfies Record<Seat, readonly (keyof typeof cast)[]>;

const seatTeams: Record<Seat, PlaygroundTeam> = {
  chat: {
    ...{ id: '19:5c0a3101ardmoreacademystaff@thread.tacv2', name: 'Ardmore Academy staff', channel: null },
    aadGroupId: '5c0a3101-4a7e-4d10-9c51-000000000001',
  },
  team: {
    ...{ id: '19:5c0a3001strathlinngeneral@thread.tacv2', name: strathlinn.virtualSchool },
    aadGroupId: teams.strathlinn.teamId,
    channel: { id: teams.strathlinn.channelId, name: 'Requests' },
  },
};

/** The Playground's people besides its own; who they are is seen only in its menus. */
const others = [
  cast.virtualSchoolHead,
  cast.officer,
  cast.dataOfficer,
  cast.teacher,
  cast.socialWorker,
  cast.designatedManager,
] as const;

function settingOf(seat: Seat, person: CastMember): PlaygroundSetting {
  return {
    botAppId: apps.strathlinnBot,
    botName: 'Golden Thread',
    person,
    team: seatTeams[seat],
    users: others.filter(({ oid }) => oid !== person.oid).slice(0, 5),
    groupChatId: `19:5c0a3201${seat}group@thread.v2`,
  };
}

export interface SeatState {
  /** The name in the cast. */
  readonly person: string;
  /** Null while the Playground is not there; `why` then says why, in a sentence. */
  readonly url: string | null;
  readonly why: string | null;
}

/** One Playground a seat; whoever sits down gets it started anew under their own name. */
export interface Chats {
  state(seat: Seat): SeatState;
  /** Answers once the Playground is there or has said why not. `person` must be one of the seat's people. */
  sit(seat: Seat, person: string): Promise<SeatState>;
  stop(): Promise<void>;
}

export interface ChatsOptions {
  readonly bridge: Pick<PlaygroundBridge, 'open'>;
  readonly dataDir: string;
  readonly ports: Readonly<Record<Seat, number>>;
}

export function createChats({ bridge, dataDir, ports }: ChatsOptions): Chats {
  const states = new Map<Seat, SeatState>();
  const running = new Map<Seat, Playground>();
  const queues = new Map<Seat, Promise<unknown>>();
  let stopping = false;

  async function change(seat: Seat, person: string): Promise<SeatState> {
    const member = memberOf(seat, person);
    if (!member) throw new TypeError('nobody of that name sits here');
    states.set(seat, { person, url: null, why: 'The chat is starting.' });
    await running.get(seat)?.stop();
    running.delete(seat);
    if (stopping) return state(seat);
    const state_ = await bridge
      .open({ ...settingOf(seat, member), port: ports[seat], dir: join(dataDir, 'playground', seat) })
      .then((playground) => {
        running.set(seat, playground);
        return { person, url: playground.url, why: null };
      })
      .catch((error: unknown) => ({ person, url: null, why: error instanceof Error ? error.message : String(error) }));
    states.set(seat, state_);
    return state_;
  }

  function state(seat: Seat): SeatState {
    return states.get(seat) ?? { person: seatPeople[seat][0], url: null, why: 'The chat has not started yet.' };
  }

  return {
    state,
    sit(seat, person) {
      const next = (queues.get(seat) ?? Promise.resolve()).then(() => change(seat, person));
      queues.set(
        seat,
        next.catch(() => undefined),
      );
      return next;
    },
    async stop() {
      stopping = true;
      await Promise.all(queues.values());
      await Promise.all([...running.values()].map((playground) => playground.stop()));
    },
  };
}

export function memberOf(seat: Seat, person: string): CastMember | null {
  const name = seatPeople[seat].find((one) => one === person);
  return name ? cast[name] : null;
}
