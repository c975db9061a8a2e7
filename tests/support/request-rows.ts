import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.js';
import { asOwner } from './builders.js';

/** What a test says of a request; the rest is filled in. */
export interface RequestRow {
  readonly askerId: string;
  readonly reference?: string;
  readonly learnerId?: string | null;
  readonly schoolId?: string | null;
  readonly clusterId?: string | null;
  readonly assigneeId?: string | null;
  readonly level?: string;
  readonly need?: string;
  readonly urgency?: string;
  readonly state?: string;
  readonly what?: string;
  readonly submittedAt?: string;
  readonly dueAt?: string | null;
  readonly pausedAt?: string | null;
  readonly answeredAt?: string | null;
  readonly closedAt?: string | null;
}

/** Requests as rows, past the service: for lists and numbers, where thousands are wanted and how they came is not. Ids in order. */
export async function addRequests(
  database: TestDatabase,
  authorityId: string,
  rows: readonly RequestRow[],
): Promise<string[]> {
  const full = rows.map((row, place) => ({
    request_id: randomUUID(),
    reference: row.reference ?? `VS-T${String(place).padStart(5, '0')}`,
    ...{ asker_id: row.askerId, learner_id: row.learnerId ?? null, school_id: row.schoolId ?? null },
    ...{ cluster_id: row.clusterId ?? null, assignee_id: row.assigneeId ?? null, level: row.level ?? 'learner' },
    ...{ need: row.need ?? 'attendance', urgency: row.urgency ?? 'this-week', state: row.state ?? 'submitted' },
    ...{ what: row.what ?? 'Something', submitted_at: row.submittedAt ?? '2026-11-20T10:00:00Z' },
    ...{
      due_at: row.dueAt ?? null,
      paused_at: row.pausedAt ?? null,
      first_answered_at: row.answeredAt ?? null,
      closed_at: row.closedAt ?? null,
    },
  }));
  await asOwner(database, authorityId, (client) =>
    client.query(
      `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, school_id, cluster_id,
         what, state, version, assignee_id, routed_to, routed_because, submitted_at, due_at, paused_at, due_because, first_answered_at, closed_at, origin)
       select $1, request_id, reference, asker_id, learner_id, level, need, urgency, school_id, cluster_id, what, state, 1, assignee_id,
         'whole team', 'no rule', submitted_at, due_at, paused_at, 'no-target', first_answered_at, closed_at, 'chat'
       from jsonb_to_recordset($2) as r (request_id uuid, reference text, asker_id uuid, learner_id uuid, level text, need text, urgency text,
         school_id uuid, cluster_id uuid, what text, state text, assignee_id uuid, submitted_at timestamptz, due_at timestamptz, paused_at timestamptz,
         first_answered_at timestamptz, closed_at timestamptz)`,
      [authorityId, JSON.stringify(full)],
    ),
  );
  return full.map((row) => row.request_id);
}
