import type { Trx } from '../db/database.js';
import { toDate } from '../time.js';
import type { Context } from '../context.js';

/** Who looked at or did what, of whom, and why. Ids, verbs and field names; never a value. */
export interface AuditLine {
  readonly verb: string;
  readonly purpose: string;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly learnerIds?: readonly string[];
  readonly fields?: readonly string[];
}

/** In the same transaction and before the answer leaves: when this cannot be written, there is no answer. */
export async function audit(ctx: Context, trx: Trx, line: AuditLine): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      authority_id: ctx.actor.authorityId,
      audit_id: ctx.random.id(),
      at: toDate(ctx.clock.now()),
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      verb: line.verb,
      purpose: line.purpose,
      subject_kind: line.subjectKind ?? null,
      subject_id: line.subjectId ?? null,
      learner_ids: [...(line.learnerIds ?? [])],
      fields: [...(line.fields ?? [])],
    })
    .execute();
}
