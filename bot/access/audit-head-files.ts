import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AuditHead, HeadStore } from './audit-head.js';
import { uuidLiteral } from './reach.js';

const auditHead = z.object({
  authorityId: z.string(),
  seq: z.string().regex(/^\d+$/),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
}) satisfies z.ZodType<AuditHead>;

/**
 * Heads as lines of one file an authority. For this machine, and for a folder that is kept immutable elsewhere: files that
 * the database's administrator can rewrite prove nothing against that administrator.
 */
export function headFiles(folder: string): HeadStore {
  const fileOf = (authorityId: string) => join(folder, `${uuidLiteral(authorityId).slice(1, -1)}.jsonl`);
  return {
    async put(head) {
      await mkdir(folder, { recursive: true });
      await appendFile(fileOf(head.authorityId), `${JSON.stringify(head)}\n`);
    },
    async list(authorityId) {
      const text = await readFile(fileOf(authorityId), 'utf8').catch(orNothing);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => auditHead.parse(JSON.parse(line)));
    },
  };
}

function orNothing(error: unknown): string {
  if (typeof error === 'object' && error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}
