import type { Context } from '../context.js';
import { getPart } from '../db/blobs.js';

/** The bytes of an uploaded file, part by part, each read in a transaction of its own: a long reading holds nothing open. */
export function openUpload(ctx: Context, upload: { readonly blobId: string; readonly parts: number }) {
  return async function* (): AsyncGenerator<Uint8Array, void> {
    for (let part = 0; part < upload.parts; part += 1) {
      const content = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
        getPart(trx, ctx.actor.authorityId, upload.blobId, part),
      );
      if (content) yield content;
    }
  };
}

const rowsToLookAt = 400;

export interface Look {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The headings and the first rows. Throws SheetRefused. */
export async function lookAtFile(
  ctx: Context,
  upload: { readonly blobId: string; readonly parts: number },
): Promise<Look> {
  const rows: (readonly string[])[] = [];
  for await (const part of ctx.sheets.read(openUpload(ctx, upload))) {
    rows.push(...part.map(({ fields }) => fields));
    if (rows.length > rowsToLookAt) break;
  }
  const [headings = [], ...rest] = rows.slice(0, rowsToLookAt);
  return { headings, rows: rest };
}
