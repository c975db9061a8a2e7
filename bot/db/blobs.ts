import { sql } from 'kysely';
import type { Trx } from './database.js';

/**
 * Uploaded files: parts in PostgreSQL, under row level security, expiring by the council's setting (house plan, Blobs).
 * A part that is sent twice is the same part.
 */
export interface NewBlob {
  readonly authorityId: string;
  readonly blobId: string;
  readonly parts: number;
  readonly bytes: number;
  readonly createdBy: string | null;
  readonly at: Date;
  readonly expiresAt: Date;
}

export async function insertBlob(trx: Trx, blob: NewBlob): Promise<void> {
  await trx
    .insertInto('blob')
    .values({
      ...{ authority_id: blob.authorityId, blob_id: blob.blobId, purpose: 'extract', parts: blob.parts },
      ...{ bytes: blob.bytes, created_by: blob.createdBy, created_at: blob.at, expires_at: blob.expiresAt },
    })
    .execute();
}

export function findBlob(trx: Trx, authorityId: string, blobId: string) {
  return trx
    .selectFrom('blob')
    .select(['parts', 'bytes', 'complete'])
    .where('authority_id', '=', authorityId)
    .where('blob_id', '=', blobId)
    .executeTakeFirst();
}

export async function putPart(
  trx: Trx,
  authorityId: string,
  which: { readonly blobId: string; readonly part: number; readonly content: Buffer },
): Promise<void> {
  await trx
    .insertInto('blob_part')
    .values({ authority_id: authorityId, blob_id: which.blobId, part: which.part, content: which.content })
    .onConflict((conflict) =>
      conflict.columns(['authority_id', 'blob_id', 'part']).doUpdateSet({ content: which.content }),
    )
    .execute();
}

/** Whether every part is there and they are as long together as was said; then the blob is marked complete. */
export async function completeBlob(trx: Trx, authorityId: string, blobId: string): Promise<boolean> {
  const blob = await findBlob(trx, authorityId, blobId);
  const there = await trx
    .selectFrom('blob_part')
    .select([sql<number>`count(*)::int`.as('parts'), sql<string>`coalesce(sum(length(content)), 0)`.as('bytes')])
    .where('authority_id', '=', authorityId)
    .where('blob_id', '=', blobId)
    .executeTakeFirstOrThrow();
  if (!blob || blob.parts !== there.parts || Number(blob.bytes) !== Number(there.bytes)) return false;
  await trx
    .updateTable('blob')
    .set({ complete: true })
    .where('authority_id', '=', authorityId)
    .where('blob_id', '=', blobId)
    .execute();
  return true;
}

export async function getPart(trx: Trx, authorityId: string, blobId: string, part: number): Promise<Buffer | null> {
  const row = await trx
    .selectFrom('blob_part')
    .select('content')
    .where('authority_id', '=', authorityId)
    .where('blob_id', '=', blobId)
    .where('part', '=', part)
    .executeTakeFirst();
  return row?.content ?? null;
}

/** The blob stays as a line without content, so that what came of it can still be told. */
export async function dropParts(trx: Trx, authorityId: string, blobId: string): Promise<void> {
  await trx.deleteFrom('blob_part').where('authority_id', '=', authorityId).where('blob_id', '=', blobId).execute();
}

export async function listExpired(trx: Trx, authorityId: string, at: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom('blob')
    .select('blob_id')
    .where('authority_id', '=', authorityId)
    .where('expires_at', '<=', at)
    .execute();
  return rows.map((row) => row.blob_id);
}

export async function deleteBlob(trx: Trx, authorityId: string, blobId: string): Promise<void> {
  await dropParts(trx, authorityId, blobId);
  await trx.deleteFrom('blob').where('authority_id', '=', authorityId).where('blob_id', '=', blobId).execute();
}
