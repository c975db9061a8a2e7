import type { Trx } from '../db/database.js';
import type { JoinRequestRow } from '../db/schema.js';

/** One open request an account; a second asking answers with the first. */
export async function insertJoinRequest(
  trx: Trx,
  row: Pick<
    JoinRequestRow,
    'authority_id' | 'join_request_id' | 'tenant_id' | 'object_id' | 'school_id' | 'directory_name' | 'asked_at'
  >,
): Promise<string> {
  await trx
    .insertInto('join_request')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['authority_id', 'tenant_id', 'object_id']).where('decided_at', 'is', null).doNothing(),
    )
    .execute();
  const open = await trx
    .selectFrom('join_request')
    .select('join_request_id')
    .where('authority_id', '=', row.authority_id)
    .where('tenant_id', '=', row.tenant_id)
    .where('object_id', '=', row.object_id)
    .where('decided_at', 'is', null)
    .executeTakeFirstOrThrow();
  return open.join_request_id;
}

export function listOpenJoinRequests(trx: Trx, authorityId: string, schoolIds: readonly string[]) {
  if (schoolIds.length === 0) return Promise.resolve([]);
  return trx
    .selectFrom('join_request')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('school_id', 'in', [...schoolIds])
    .where('decided_at', 'is', null)
    .orderBy('asked_at')
    .execute();
}

export function findJoinRequestForUpdate(trx: Trx, authorityId: string, joinRequestId: string) {
  return trx
    .selectFrom('join_request')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('join_request_id', '=', joinRequestId)
    .forUpdate()
    .executeTakeFirst();
}

export async function decideJoinRequest(
  trx: Trx,
  authorityId: string,
  joinRequestId: string,
  decision: {
    readonly decided_at: Date;
    readonly decided_by: string;
    readonly outcome: 'joined' | 'refused';
    readonly person_id: string | null;
  },
): Promise<void> {
  await trx
    .updateTable('join_request')
    .set(decision)
    .where('authority_id', '=', authorityId)
    .where('join_request_id', '=', joinRequestId)
    .execute();
}
