import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { toDate } from '../time.js';
import type { MoveRequest } from './contract.js';
import * as repository from './repository.js';
import { mandatoryWords, type RequestMove } from './request.js';
import { otherServices } from './settings.js';
import { insertDecision, insertTold } from './states-repository.js';

/** Throws invalid, naming the first word that the move needs and does not have, or a service that the council does not list. */
export async function checkWords(ctx: Context, trx: Trx, move: RequestMove, input: MoveRequest): Promise<void> {
  for (const word of mandatoryWords[move] ?? [])
    if (!input[word]) throw new AppError('invalid', { where: word, why: 'say something' });
  if (move !== 'transfer') return;
  const services = await readSetting(trx, ctx, otherServices);
  if (services && !services.some(({ name }) => name === input.service))
    throw new AppError('invalid', { where: 'service', why: 'not among your services' });
}

/** Moves that say something to the other side keep the words as a message; the rest must bring none. */
const speaking: Partial<Record<RequestMove, 'to-asker' | 'from-asker'>> = {
  ask: 'to-asker',
  answer: 'to-asker',
  // Why, and whom they can turn to instead: said to the asker like an answer.
  decline: 'to-asker',
  reply: 'from-asker',
};

const decisions = {
  decline: 'declined',
  transfer: 'transferred',
  accept: 'accepted',
  'send-back': 'sent-back',
} as const;

/** Writes what the move says, each in its own place; answers with the message's id when it is one. */
export async function keepWords(
  ctx: Context,
  trx: Trx,
  stored: repository.StoredRequest,
  move: RequestMove,
  input: MoveRequest,
): Promise<string | null> {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  const { authority_id, request_id, learner_id, asker_id } = stored;
  const about = { authority_id, request_id, learner_id, asker_id };
  const by = ctx.actor.personId;
  const at = toDate(ctx.clock.now());
  if (move === 'decline' || move === 'transfer' || move === 'accept' || move === 'send-back')
    await insertDecision(trx, {
      ...{ ...about, decision_id: ctx.random.id(), kind: decisions[move], actor_id: by, at },
      ...{ reason: input.reason ?? null, signpost: move === 'decline' ? (input.signpost ?? null) : null },
      ...{ service: move === 'transfer' ? (input.service ?? null) : null, said_by: input.by ?? null },
    });
  if ((move === 'concern' || move === 'told') && input.told)
    await insertTold(trx, {
      ...{ ...about, told_id: ctx.random.id(), who: input.told.who, noted_by: by, noted_at: at },
      told_at: new Date(input.told.at),
    });
  const direction = speaking[move];
  const body = move === 'decline' ? [input.reason, input.signpost].join('\n\n') : input.body;
  if (!direction || !body) return null;
  const message_id = ctx.random.id();
  await repository.insertMessage(trx, { ...about, message_id, author_id: by, direction, body, at });
  return message_id;
}
