import type { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { type ActivityEntry, recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import * as repository from './call-log-repository.js';
import { mayBeConcern } from './concern.js';
import type { writeCallNote } from './today-contract.js';

type CallNote = z.output<typeof writeCallNote>;

/**
 * Keeps a call in one line: who, what was agreed, by when. About a request it stands in its thread's activity, about a
 * learner in theirs; the words stay in the note. A repeat of the press is the same note.
 * Throws AppError: forbidden, concern, not-found, invalid when it names both a request and a learner.
 */
export async function writeNote(ctx: Context, input: CallNote): Promise<{ noteId: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    if (!input.notConcern && mayBeConcern([input.who, input.agreed])) throw new AppError('concern');
    if (input.requestId && input.learnerId)
      throw new AppError('invalid', { where: 'learnerId', why: 'one or the other' });
    const personId = writerOf(ctx);
    const press = { verb: 'call-note.write', targetId: personId, version: 0, nonce: input.nonce };
    const { outcome } = await once(ctx, trx, press, () => keepNote(ctx, trx, input, personId));
    return outcome;
  });
}

async function keepNote(ctx: Context, trx: Trx, input: CallNote, personId: string): Promise<{ noteId: string }> {
  const { authorityId } = ctx.actor;
  const about = await aboutOf(trx, authorityId, input);
  const noteId = ctx.random.id();
  await repository.insertCallNote(trx, {
    ...{ authority_id: authorityId, note_id: noteId, request_id: input.requestId ?? null },
    ...{ learner_id: about?.learnerId ?? null, author_id: personId, owner_id: personId },
    ...{ who: input.who, agreed: input.agreed, by_on: input.byOn ?? null },
    ...{ noted_at: toDate(ctx.clock.now()), done_at: null, done_by: null },
  });
  if (about) await recordActivity(ctx, trx, { ...about, data: { noteId } });
  await audit(ctx, trx, {
    ...{ verb: 'call-note.write', purpose: 'support', subjectKind: 'call-note', subjectId: noteId },
    learnerIds: about?.learnerId ? [about.learnerId] : [],
  });
  return { noteId };
}

async function aboutOf(trx: Trx, authorityId: string, input: CallNote): Promise<ActivityEntry | null> {
  if (input.requestId) {
    const request = await repository.findRequestForNote(trx, authorityId, input.requestId);
    if (!request) throw new AppError('not-found', { where: 'requestId' });
    const { request_id: aggregateId, version, learner_id: learnerId, asker_id: askerId } = request;
    return { aggregateKind: 'request', aggregateId, kind: 'request.called', version, learnerId, askerId };
  }
  if (!input.learnerId) return null;
  const learner = await repository.findLearnerForNote(trx, authorityId, input.learnerId);
  if (!learner) throw new AppError('not-found', { where: 'learnerId' });
  const { learner_id: learnerId, version } = learner;
  return {
    ...{ aggregateKind: 'learner', aggregateId: learnerId, kind: 'learner.called', version, learnerId, askerId: null },
  };
}

/** Done, or not done after all. A repeat changes nothing. Throws AppError: forbidden, not-found. */
export async function markNote(ctx: Context, noteId: string, done: boolean): Promise<{ done: boolean }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    const { authorityId } = ctx.actor;
    const note = await repository.findCallNoteForUpdate(trx, authorityId, noteId);
    if (!note) throw new AppError('not-found');
    if ((note.done_at !== null) === done) return { done };
    const by = { at: toDate(ctx.clock.now()), by: writerOf(ctx) };
    await repository.setCallNoteDone(trx, { authorityId, noteId }, done ? by : null);
    await audit(ctx, trx, {
      ...{ verb: done ? 'call-note.done' : 'call-note.undone', purpose: 'support', subjectKind: 'call-note' },
      ...{ subjectId: noteId, learnerIds: note.learner_id ? [note.learner_id] : [] },
    });
    return { done };
  });
}

function writerOf(ctx: Context): string {
  if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
  return ctx.actor.personId;
}
