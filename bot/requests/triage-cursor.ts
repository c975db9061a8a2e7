import type { RequestSort } from './triage-contract.js';

/**
 * A place between two rows of a list in a total order: the sorted column's value, then the time of asking, then the id.
 * Pure. Opaque to the tab; it holds no more of a row than the list itself shows, and travels in bodies alone.
 */
export interface Place {
  readonly towards: 'next' | 'previous';
  readonly sort: RequestSort;
  /** The column's value as PostgreSQL writes it. */
  readonly key: string;
  readonly askedAt: string;
  readonly id: string;
}

export function writePlace({ towards, sort, key, askedAt, id }: Place): string {
  const parts = [towards === 'next' ? 1 : -1, sort.by, sort.descending ? 1 : 0, key, askedAt, id];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const stamp = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/;

/** Null for what this list did not write for this order. */
export function readPlace(text: string, sort: RequestSort): Place | null {
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== 6) return null;
  const [towards, by, descending, key, askedAt, id] = parts.map(String);
  if (key === undefined || askedAt === undefined || id === undefined) return null;
  if (by !== sort.by || descending !== (sort.descending ? '1' : '0')) return null;
  if (!uuid.test(id) || !stamp.test(askedAt) || !keyFits(sort, key)) return null;
  return { towards: towards === '1' ? 'next' : 'previous', sort, key, askedAt, id };
}

/** Keys of two columns are times and of four are places in a list of codes; PostgreSQL would fail on anything else. */
function keyFits({ by }: RequestSort, key: string): boolean {
  if (by === 'asked' || by === 'due') return key === 'infinity' || stamp.test(key);
  return by === 'reference' || by === 'school' || by === 'assignee' ? !key.includes('\0') : /^\d{1,3}$/.test(key);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
