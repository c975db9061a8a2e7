import type { ChatSeat } from '../../infra/local/chat-client.js';
import type { Staff } from '../../infra/local/demo/staff.js';
import { watchBoard } from './board.js';
import type { Diary } from './deeds.js';
import { type About, ask, cardInChannel, moveInTab, replyInChat, takeAtOnce, type Telling } from './journey.js';
import { scheduleAndAccept } from './meeting.js';
import { crowdOf } from './people.js';
import { type Draw, pick } from './seeded.js';
import type { World } from './world.js';

export interface Work {
  readonly requests: number;
  /** How many requests live at the same time. */
  readonly atOnce: number;
  readonly draw: Draw;
  /** What every request is about; without it every tenth is about a learner, so that there is a review. */
  readonly about?: About;
  /** Moments to wait for a card in the channel. One that does not come ends that request's story; the counting says so. */
  readonly patience?: number;
  /** Told after each request, with how many are through. */
  readonly onThrough?: (through: number) => void;
}

/** Many people at once; each asker's own requests come one after the other, as one pair of hands makes them. */
export async function workThrough(world: World, work: Work): Promise<Diary> {
  const diary: Diary = { deeds: [], takenTwice: 0, takenUntold: 0 };
  const { askers, team, byId, channelId } = crowdOf(world);
  const board = watchBoard(world.connector, channelId);
  const seats = new Map<string, ChatSeat>();
  const seatOf = (person: Staff) => {
    const seat = seats.get(person.oid) ?? world.chat.as(person);
    seats.set(person.oid, seat);
    return seat;
  };
  const used = new Set<string>();
  let next = 0;
  let through = 0;

  async function hands(own: readonly Staff[]): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const index = next++;
      const asker = own[turn % own.length];
      if (index >= work.requests || !asker) return;
      const telling = tellingOf(index);
      await live(telling, asker, index);
      work.onThrough?.((through += 1));
    }
  }

  function tellingOf(index: number): Telling {
    let nonces = 0;
    const token = `word${index}x${Math.floor(work.draw() * 1e9).toString(36)}`;
    return { world, diary, board, draw: work.draw, token, newNonce: () => `${token}-nonce-${(nonces += 1)}` };
  }

  async function live(telling: Telling, asker: Staff, index: number): Promise<void> {
    const { draw } = telling;
    const about = work.about ?? (index % 10 === 0 ? 'learner' : 'either');
    const asked = await ask(telling, asker, seatOf(asker), used, about);
    const one = pick(draw, team);
    const rival = pick(
      draw,
      team.filter((other) => other !== one),
    );
    const held = await cardInChannel(telling, asked, work.patience ?? 1200);
    if (!held) return;
    const taker = await takeAtOnce(
      telling,
      asked,
      held,
      [one, rival].map((who) => [who, seatOf(who)] as const),
    );
    if (draw() < 0.4) {
      await moveInTab(telling, asked, taker, 'ask');
      await replyInChat(telling, asked, seatOf(asker));
    }
    if (index % 10 === 0 && asked.aboutLearner) await scheduleAndAccept(telling, asked, taker, byId);
    await moveInTab(telling, asked, taker, 'answer');
    if (draw() < 0.3) await moveInTab(telling, asked, taker, 'close');
  }

  try {
    const share = (hand: number) => askers.filter((_, place) => place % work.atOnce === hand);
    await Promise.all(Array.from({ length: work.atOnce }, (_, hand) => hands(share(hand))));
    return diary;
  } finally {
    board.stop();
  }
}
