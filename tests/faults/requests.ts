/**
 * `npm run faults -- requests [--actions 10000] [--kills 100] [--seed 1] [--share 0.3] [--at-once 8] [--speed 120]`
 *
 * Requests are asked by real presses, taken by two at once, asked about and replied to, and then moved by two of the team at
 * the same moment, over and over, on two server processes and one PostgreSQL, while that share of the connector's calls fails,
 * presses arrive twice with the same and with new ids, and one of the servers is killed again and again. Then nothing fails
 * any more, everything comes to rest and both sides are counted. Ends with the same line of JSON as `delivery`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChatSeat } from '../../infra/local/chat-client.js';
import type { Staff } from '../../infra/local/demo/staff.js';
import { watchBoard } from './board.js';
import type { Diary } from './deeds.js';
import { ambiguousPosts } from './far-side.js';
import { ask, cardInChannel, moveInTab, replyInChat, takeAtOnce, type Telling } from './journey.js';
import { crowdOf } from './people.js';
import { startRealProcess } from './real-process.js';
import { comeToRest } from './rest.js';
import { openReader } from './rows.js';
import { type Draw, pick, seededDraw } from './seeded.js';
import { type MoveDeed, movesAmiss, wander } from './wander.js';
import { spoil, type World } from './world.js';

export interface RequestsPlan {
  readonly actions: number;
  readonly kills: number;
  readonly seed: number;
  readonly share: number;
  readonly atOnce: number;
  readonly speed: number;
}

interface Told {
  readonly diary: Diary;
  readonly moves: MoveDeed[];
  /** Presses and calls that a person made, refused ones included. */
  actions: number;
}

/** The services that the made-up council passes requests to. */
const services = ['School nursing', 'Educational psychology'] as const;

export async function runRequests(plan: RequestsPlan): Promise<void> {
  const world = await startRealProcess(plan.seed, plan.speed, 2);
  try {
    spoil(world, plan.share);
    const told: Told = { diary: { deeds: [], takenTwice: 0, takenUntold: 0 }, moves: [], actions: 0 };
    const over = { yes: false };
    const killing = keepKilling(world, plan, told, over);
    await work(world, plan, told);
    over.yes = true;
    const kills = await killing;
    const { findings, far } = await comeToRest(world, told.diary, 600);
    const amiss = await movesOf(world, told.moves);
    const byKills = findings.orphans.filter(({ id }) =>
      kills.some((at) => Number(id) > at - 3000 * plan.speed && Number(id) < at + 1000 * plan.speed),
    ).length;
    const lost = [...findings.lost, ...amiss.lost];
    const duplicated = [...findings.duplicated, ...amiss.duplicated];
    const { stuck, disagreeing, orphans } = findings;
    for (const [kind, list] of Object.entries({ lost, duplicated, stuck, disagreeing }))
      for (const finding of list.slice(0, 20)) console.error(`${kind}: ${finding}`);
    const counts = {
      ...{ lost: lost.length, duplicated: duplicated.length, stuck: stuck.length, disagreeing: disagreeing.length },
    };
    const ambiguous = ambiguousPosts(far.injected) + byKills;
    const sound = Object.values(counts).every((number) => number === 0) && orphans.length <= ambiguous;
    const did = { faults: far.injected.length, actions: told.actions, kills: kills.length };
    console.log(JSON.stringify({ ...did, ...counts, orphans: orphans.length }));
    process.exitCode = sound ? 0 : 1;
  } finally {
    await world.close();
  }
}

async function movesOf(world: World, moves: readonly MoveDeed[]) {
  const reader = await openReader(world.superuserUrl);
  try {
    return movesAmiss(moves, await reader.rows(new Date(0)));
  } finally {
    await reader.close();
  }
}

/** Each pair of hands asks, and then lives through its request with two of the team, until enough has been done. */
async function work(world: World, plan: RequestsPlan, told: Told): Promise<void> {
  const draw = seededDraw(plan.seed + 2);
  const { askers, team, channelId } = crowdOf(world);
  const board = watchBoard(world.connector, channelId);
  const seats = new Map<string, ChatSeat>();
  const seatOf = (person: Staff) => {
    const seat = seats.get(person.oid) ?? world.chat.as(person);
    seats.set(person.oid, seat);
    return seat;
  };
  const used = new Set<string>();
  let stories = 0;
  const tellingOf = (): Telling => {
    let nonces = 0;
    const token = `word${(stories += 1)}x${Math.floor(draw() * 1e9).toString(36)}`;
    return { world, diary: told.diary, board, draw, token, newNonce: () => `${token}-nonce-${(nonces += 1)}` };
  };
  async function hands(own: readonly Staff[]): Promise<void> {
    for (let turn = 0; told.actions < plan.actions; turn += 1) {
      const asker = own[turn % own.length];
      if (!asker) return;
      await story(tellingOf(), asker, { team, seatOf, used, told });
      console.error(`${told.actions} actions, ${told.moves.length} moves`);
    }
  }
  try {
    const share = (hand: number) => askers.filter((_, place) => place % plan.atOnce === hand);
    await Promise.all(Array.from({ length: plan.atOnce }, (_, hand) => hands(share(hand))));
  } finally {
    board.stop();
  }
}

interface Cast {
  readonly team: readonly Staff[];
  readonly seatOf: (person: Staff) => ChatSeat;
  readonly used: Set<string>;
  readonly told: Told;
}

async function story(telling: Telling, asker: Staff, { team, seatOf, used, told }: Cast): Promise<void> {
  const { draw } = telling;
  const asked = await ask(telling, asker, seatOf(asker), used, draw() < 0.5 ? 'learner' : 'either');
  const pair = pairOf(draw, team);
  // hi, the form, its steps and Send.
  told.actions += 6;
  const held = await cardInChannel(telling, asked, 1200);
  if (!held) return;
  const taker = await takeAtOnce(
    telling,
    asked,
    held,
    pair.map((who) => [who, seatOf(who)] as const),
  );
  told.actions += 2;
  if (draw() < 0.5) {
    await moveInTab(telling, asked, taker, 'ask');
    await replyInChat(telling, asked, seatOf(asker));
    told.actions += 2;
  }
  told.actions += await wander(telling, asked, pair, { rounds: 15, moves: told.moves, services });
}

function pairOf(draw: Draw, team: readonly Staff[]): readonly [Staff, Staff] {
  const one = pick(draw, team);
  const others = team.filter((other) => other !== one);
  return [one, pick(draw, others)];
}

async function keepKilling(
  world: { kill(): Promise<number> },
  plan: RequestsPlan,
  told: Told,
  over: { readonly yes: boolean },
): Promise<number[]> {
  const kills: number[] = [];
  while (kills.length < plan.kills) {
    const due = ((kills.length + 0.5) * plan.actions) / plan.kills;
    while (told.actions < due && !over.yes) await pause(50);
    kills.push(await world.kill());
  }
  return kills;
}
