import { z } from 'zod';
import { happening, mandatoryWords, type RequestMove, requestMoves } from '../../bot/requests/request.js';
import type { Staff } from '../../infra/local/demo/staff.js';
import type { Asked, Telling } from './journey.js';
import { called } from './persist.js';
import { type Draw, pick } from './seeded.js';
import type { Rows } from './rows.js';

/** A move that somebody was told was made: it must stand once in the feed, at that version and by that person. */
export interface MoveDeed {
  readonly requestId: string;
  readonly version: number;
  readonly kind: string;
  readonly personId: string;
}

const seen = z.object({
  version: z.number().int(),
  moves: z.array(z.enum(requestMoves)),
  undo: z.object({ move: z.enum(requestMoves) }).nullable(),
});

/** What ends a story for good is left out, or there would soon be nothing to do. */
const seldom: readonly RequestMove[] = ['concern', 'told', 'withdraw', 'reply'];

/**
 * Two of the team do something to the same request at the same moment, so many times over; whoever is too late is told so and
 * that is that. Answers with how many actions were made.
 */
export async function wander(
  telling: Telling,
  asked: Asked,
  pair: readonly [Staff, Staff],
  told: { readonly rounds: number; readonly moves: MoveDeed[]; readonly services: readonly string[] },
): Promise<number> {
  let actions = 0;
  for (let round = 0; round < told.rounds; round += 1) {
    await Promise.all(pair.map((by) => moveOnce(telling, asked, by, told)));
    actions += pair.length;
  }
  return actions;
}

async function moveOnce(
  telling: Telling,
  { requestId }: Asked,
  by: Staff,
  told: { readonly moves: MoveDeed[]; readonly services: readonly string[] },
): Promise<void> {
  const { world, diary, draw, newNonce, token } = telling;
  const path = `/api/requests/${requestId}`;
  const read = await called(world, by, 'GET', path);
  if (read.status !== 200) throw new Error(`A request was answered ${read.status}.`);
  const { version, moves, undo } = seen.parse(read.body);
  const nonce = newNonce();
  const taken = { requestId, version: version + 1, personId: by.personId };
  if (undo && draw() < 0.3) {
    const answer = await called(world, by, 'POST', `${path}/undo`, { version, nonce });
    if (answer.status === 200) told.moves.push({ ...taken, kind: 'request.undone' });
    return refusedAlone(answer.status, 'undo');
  }
  const possible = moves.filter((move) => !seldom.includes(move));
  if (possible.length === 0) return;
  const move = pick(draw, possible);
  const word = `${token}-${nonce}`;
  const answer = await called(world, by, 'POST', `${path}/${move}`, {
    version,
    nonce,
    ...words(move, word, by, told.services, draw),
  });
  if (answer.status !== 200) return refusedAlone(answer.status, move);
  told.moves.push({ ...taken, kind: `request.${happening[move]}` });
  if (mandatoryWords[move]?.includes('body')) diary.deeds.push({ kind: 'say', requestId, token: word });
}

/** Somebody was quicker, or it may not be done at this stage: anything else is a fault. */
function refusedAlone(status: number, move: string): void {
  if (status !== 200 && status !== 409) throw new Error(`${move} was answered ${status}.`);
}

function words(move: RequestMove, word: string, by: Staff, services: readonly string[], draw: Draw) {
  const service = services.length > 0 ? pick(draw, services) : 'Another service';
  return {
    ...(move === 'give' ? { assigneeId: by.personId } : {}),
    ...(mandatoryWords[move]?.includes('body') ? { body: `A few words. ${word}` } : {}),
    ...{ reason: 'Nearer to them', signpost: 'Somebody nearer', service, by: 'Their duty officer' },
  };
}

/** A sentence for each move that was promised and is not there, and for each that is there twice. */
export function movesAmiss(moves: readonly MoveDeed[], rows: Rows): { lost: string[]; duplicated: string[] } {
  const keyOf = (id: string, version: number, kind: string, by: string | null) => [id, version, kind, by].join(' ');
  const there = new Map<string, number>();
  for (const { id, version, kind, actorId } of rows.happenings) {
    const key = keyOf(id, version, kind, actorId);
    there.set(key, (there.get(key) ?? 0) + 1);
  }
  const counted = moves.map(({ requestId, version, kind, personId }) => {
    return { kind, requestId, version, times: there.get(keyOf(requestId, version, kind, personId)) ?? 0 };
  });
  const say = ({ kind, requestId, version, times }: (typeof counted)[number]) =>
    `${kind} of ${requestId} at version ${version} is there ${times} times`;
  return {
    lost: counted.filter(({ times }) => times === 0).map(say),
    duplicated: counted.filter(({ times }) => times > 1).map(say),
  };
}
