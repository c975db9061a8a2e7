import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { AuditHead, HeadStore } from './audit-head.js';
import { uuidLiteral } from './reach.js';

const fields = ['authorityId', 'seq', 'hash', 'at', 'keyId', 'signature'] as const;

/**
 * Heads as lines of one file an authority. For this machine, and for a folder that is kept immutable elsewhere: files that
 * the database's administrator can rewrite prove nothing against that administrator.
 */
export function headFiles(folder: string): HeadStore {
  const fileOf = (authorityId: string) => join(folder, `${uuidLiteral(authorityId).slice(1, -1)}.jsonl`);
  return {
    async put(head) {
      await fs.mkdir(folder, { recursive: true });
      await fs.appendFile(fileOf(head.authorityId), `${JSON.stringify(head)}\n`);
    },
    async list(authorityId) {
      const text = await fs.readFile(fileOf(authorityId), 'utf8').catch(orNothing);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map(readHead);
    },
  };
}

function orNothing(error: unknown): string {
  if (typeof error === 'object' && error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

/** Throws when a line is not a head: a file that cannot be read proves nothing, and must not look as if it did. */
function readHead(line: string): AuditHead {
  const parsed: unknown = JSON.parse(line);
  if (!isHead(parsed)) throw new Error('a line of the audit heads is not a head');
  return parsed;
}

function isHead(value: unknown): value is AuditHead {
  if (typeof value !== 'object' || value === null) return false;
  const held = new Map<string, unknown>(Object.entries(value));
  return fields.every((field) => typeof held.get(field) === 'string') && /^\d{1,19}$/.test(String(held.get('seq')));
}
