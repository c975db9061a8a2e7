import { z } from 'zod';
import type { ChatSeat } from '../../infra/local/chat-client.js';
import type { Json } from '../../infra/local/connector-ledger.js';
import type { Delivery } from '../../infra/local/chat-wire.js';
import { say } from '../../bot/chat/words.js';
import { escapeMarkdown } from '../../bot/chat/cards/card.js';
import { urgencies } from '../../bot/requests/request.js';
import type { Staff } from '../../infra/local/demo/staff.js';
import type { Board, Held } from './board.js';
import type { Diary } from './deeds.js';
import { answered, called, until } from './persist.js';
import { type Draw, pick } from './seeded.js';
import { aboutOn, factsOn, linesOn, offers, referenceOn } from './shown.js';
import type { World } from './world.js';

/** The life of one request, by presses and calls alone. Whoever is told that something is done writes it down. */
export interface Telling {
  readonly world: World;
  readonly diary: Diary;
  readonly board: Board;
  readonly draw: Draw;
  readonly newNonce: () => string;
  /** A word for this request alone. */
  readonly token: string;
}

/** A request about a learner is held against open ones; one about the school is not. */
export type About = 'learner' | 'school' | 'either';

export interface Asked {
  readonly requestId: string;
  readonly reference: string;
  readonly activityId: string;
  readonly aboutLearner: boolean;
}

/** hi, the form, and one press. `used` are messages whose form was sent already. */
export async function ask(
  telling: Telling,
  asker: Staff,
  seat: ChatSeat,
  used: Set<string>,
  about: About,
): Promise<Asked> {
  const { world, diary, draw, token } = telling;
  const activityId = await until(world, 'a welcome', async () => {
    const there = async () =>
      (await seat.cards()).find(({ activityId: id, card }) => !used.has(id) && offers(card, 'request.form'));
    const found = (await there()) ?? (await answered(world, 'hi', () => seat.say('hi')).then(there));
    return found?.activityId ?? null;
  });
  used.add(activityId);
  const form = await answered(world, 'the form', () => seat.press(activityId, 'request.form'));
  if (form.card && !offers(form.card, 'ask.find')) throw new Error(`No form was given: ${wordsOf(form)}`);
  const chosen = about === 'either' ? draw() < 0.7 : about === 'learner';
  const learner = chosen && (await pickLearner(telling, seat, activityId, about === 'learner' ? 40 : 4));
  if (!learner) {
    await answered(world, 'another level', () => seat.press(activityId, say('ask.level')));
    await answered(world, 'the school', () => seat.press(activityId, say('form.who.school')));
  }
  const inputs = {
    ...{ need: 'attendance', urgency: pick(draw, urgencies) },
    what: `Mornings are the hard part since the holiday. ${token}`,
  };
  const first = await answered(world, 'the request', () => seat.press(activityId, 'request.submit', inputs));
  const another = first.card && linesOn(first.card).includes(say('alike.title'));
  const sent = another ? await answered(world, 'another', () => seat.press(activityId, say('alike.send'))) : first;
  const reference = sent.card && referenceOn(sent.card);
  const requestId = sent.card && aboutOn(sent.card);
  if (!reference || !requestId) throw new Error(`A form was not taken: ${wordsOf(sent)}`);
  diary.deeds.push({ kind: 'submit', token, requestId, reference, askerId: asker.personId, activityId });
  return { requestId, reference, activityId, aboutLearner: learner };
}

/** Beginnings of names that many of the made-up learners have. */
const beginnings = ['mac', 'mur', 'rob', 'and', 'sco', 'gra', 'ste', 'cam', 'tho', 'ade'];

/** Looks for somebody by three letters, a few times; false when nobody in the asker's list is called so. */
async function pickLearner(
  { world, draw }: Telling,
  seat: ChatSeat,
  activityId: string,
  tries: number,
): Promise<boolean> {
  for (let tried = 0; tried < tries; tried += 1) {
    const find = pick(draw, beginnings);
    const found = await answered(world, 'a search', () => seat.press(activityId, 'ask.find', { find }));
    if (found.card && !offers(found.card, 'ask.find')) throw new Error(`A search was answered: ${wordsOf(found)}`);
    if (!found.card || !offers(found.card, 'ask.pick')) continue;
    await answered(world, 'a learner', () => seat.press(activityId, 'ask.pick'));
    return true;
  }
  return false;
}

/** Null when it does not come. */
export function cardInChannel({ world, board }: Telling, asked: Asked, patience: number): Promise<Held | null> {
  return until(world, 'the card in the channel', () => board.takeable(asked.reference), patience).catch(() => null);
}

/** Two of the team press at the same moment; answers who has it. */
export async function takeAtOnce(
  telling: Telling,
  asked: Asked,
  held: Held,
  rivals: readonly (readonly [Staff, ChatSeat])[],
): Promise<Staff> {
  const { world, diary } = telling;
  const answers = await Promise.all(
    rivals.map(async ([person, seat]) => {
      const { card } = await answered(world, 'Take', () => seat.press(held, 'request.take'));
      return {
        person,
        has: card !== null && isWith(card, person),
        late: card !== null && linesOn(card).includes(say('request.stale')),
      };
    }),
  );
  const holders = answers.filter(({ has, late }) => has && !late);
  for (const { person } of holders)
    diary.deeds.push({ kind: 'take', requestId: asked.requestId, personId: person.personId });
  diary.takenTwice += Math.max(0, holders.length - 1);
  diary.takenUntold += holders.length === 0 ? 1 : 0;
  const holder = holders[0] ?? answers.find(({ has }) => has);
  if (!holder) throw new Error('Two of the team pressed Take and neither has it.');
  return holder.person;
}

function isWith(card: Json, person: Staff): boolean {
  return factsOn(card).get(say('request.who')) === escapeMarkdown(person.name);
}

const versioned = z.object({ version: z.number().int() });

/** A move of the team's in the tab: *ask* or *answer* with words, *close* without. */
export async function moveInTab(
  telling: Telling,
  asked: Asked,
  by: Staff,
  move: 'ask' | 'answer' | 'close',
): Promise<void> {
  const { world, diary, newNonce, token } = telling;
  const path = `/api/requests/${asked.requestId}`;
  const seen = await called(world, by, 'GET', path);
  const { version } = versioned.parse(seen.body);
  const word = `${token}-${move}`;
  const words = move === 'close' ? {} : { body: `A few words from us. ${word}` };
  const moved = await called(world, by, 'POST', `${path}/${move}`, { version, nonce: newNonce(), ...words });
  if (moved.status !== 200) throw new Error(`${move} was answered ${moved.status}.`);
  if (move !== 'close') diary.deeds.push({ kind: 'say', requestId: asked.requestId, token: word });
}

/** The asker opens their card again, reads the question and answers it. */
export async function replyInChat(telling: Telling, asked: Asked, seat: ChatSeat): Promise<void> {
  const { world, diary, token } = telling;
  const { activityId } = asked;
  const card = await until(world, 'a card to reply on', async () => {
    const fresh = await seat.refresh(activityId);
    return fresh?.card && offers(fresh.card, 'request.reply') ? fresh.card : null;
  });
  const word = `${token}-reply`;
  const held = { activityId, card };
  const sent = await answered(world, 'a reply', () =>
    seat.press(held, 'request.reply', { body: `Thank you. ${word}` }),
  );
  if (!sent.card || referenceOn(sent.card) !== asked.reference)
    throw new Error(`A reply was not taken: ${wordsOf(sent)}`);
  diary.deeds.push({ kind: 'say', requestId: asked.requestId, token: word });
}

function wordsOf({ status, card }: Delivery): string {
  return card ? linesOn(card).join(' / ') : String(status);
}
