import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import { AppError } from '../errors.js';
import { toDate } from '../time.js';
import { typedShape } from './asking-contract.js';
import { mayBeConcern } from './concern.js';
import * as drafts from './drafts-repository.js';
import * as repository from './feedback-repository.js';

/** What an edit or a deletion in Teams came to here. */
export type Followed =
  | { readonly kind: 'nothing' }
  /** The form was begun with the message: it has the new words, or none. */
  | { readonly kind: 'draft' }
  /** A request was made of it: that keeps what was sent, and its thread says that the message changed. */
  | { readonly kind: 'request'; readonly reference: string };

/**
 * Somebody changed a message of theirs in Teams, or deleted it (`text` null). The new words are guarded as any others:
 * AppError('concern'), and then the form's old words are kept as they were and the new ones are not.
 */
export async function followSource(ctx: Context, source: string, text: string | null): Promise<Followed> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    if (ctx.actor.kind !== 'person') return { kind: 'nothing' };
    const { authorityId, personId } = ctx.actor;
    if (mayBeConcern([text])) throw new AppError('concern');
    const draft = await drafts.findDraftOf(trx, authorityId, personId, toDate(ctx.clock.now()));
    if (draft?.source_activity === source) {
      const typed = { ...typedShape.catch({}).parse(draft.typed), what: text?.slice(0, 4000) ?? '' };
      // A deleted message names nothing any more; the next one that is typed does.
      const followed = text === null ? { source_activity: null } : {};
      await drafts.updateDraft(trx, authorityId, draft.draft_id, { typed: JSON.stringify(typed), ...followed });
      return { kind: 'draft' };
    }
    const [request] = await repository.listFromSource(trx, authorityId, personId, source);
    if (!request) return { kind: 'nothing' };
    const { request_id: requestId, learner_id: learnerId, asker_id: askerId, version } = request;
    const kind = text === null ? 'request.source-deleted' : 'request.source-edited';
    const what = { aggregateKind: 'request', aggregateId: requestId, kind, version, learnerId, askerId } as const;
    await recordActivity(ctx, trx, what);
    const subject = { subjectKind: 'request', subjectId: requestId, learnerIds: learnerId ? [learnerId] : [] };
    await audit(ctx, trx, { verb: kind, purpose: 'support', ...subject });
    return { kind: 'request', reference: request.reference };
  });
}
