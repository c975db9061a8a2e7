import { CompiledQuery } from 'kysely';
import { later, type Trx } from '../db/database.js';
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

const insertLine = `
  insert into audit_entry (authority_id, audit_id, at, actor_kind, actor_id, verb, purpose, subject_kind, subject_id, learner_ids, fields)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** In the same transaction and before the answer leaves: when this cannot be written, there is no answer. */
export async function audit(ctx: Context, trx: Trx, line: AuditLine): Promise<void> {
  const { actor } = ctx;
  await later(
    trx,
    CompiledQuery.raw(insertLine, [
      ...[actor.authorityId, ctx.random.id(), toDate(ctx.clock.now()), actor.kind],
      ...[actor.kind === 'person' ? actor.personId : null, line.verb, line.purpose],
      ...[line.subjectKind ?? null, line.subjectId ?? null, [...(line.learnerIds ?? [])], [...(line.fields ?? [])]],
    ]),
  );
}
