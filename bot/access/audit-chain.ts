import { createHash } from 'node:crypto';

/**
 * How audit entries are chained, and how a chain is checked: pure, so that somebody outside can repeat it.
 *
 * Each seal is SHA-256 over the previous seal's hash and the canonical JSON of what is sealed: the seal's own number and
 * time, and every column of the entry as PostgreSQL prints it (times in UTC to the microsecond). Canonical: keys sorted,
 * no spaces. The first seal's previous hash is made of the authority's id, so that no chain can stand in for another's.
 */
export interface SealedText {
  readonly v: 1;
  readonly seq: string;
  readonly sealed_at: string;
  /** Column name -> text form, null where the column is null. */
  readonly entry: Readonly<Record<string, string | null>>;
}

export function firstLink(authorityId: string): Buffer {
  return createHash('sha256').update(`golden-thread audit 1 ${authorityId}`).digest();
}

export function sealHash(previous: Buffer, sealed: SealedText): Buffer {
  return createHash('sha256').update(previous).update(canonical(sealed)).digest();
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** A seal as stored, beside the entry it names; the entry is null when there is none by that id. */
export interface StoredSeal {
  readonly seq: string;
  readonly auditId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly sealedAt: string;
  readonly entry: Readonly<Record<string, string | null>> | null;
}

export interface Finding {
  readonly kind:
    | 'seal-missing' // a number is left out, or the chain does not begin at 1
    | 'link-broken' // the seal does not follow the one before it: something was put in, taken out or moved
    | 'entry-missing' // sealed, and no longer there
    | 'changed' // entry or seal are not what was sealed
    | 'head-forged' // an exported head that none of the given keys signed
    | 'head-differs' // the chain at that number is not the one that was exported: it was made anew
    | 'truncated'; // an exported head lies beyond the end of the chain
  readonly seq: string;
  readonly auditId: string | null;
}

export interface ChainEnd {
  /** '0' and the first link when nothing is sealed yet. */
  readonly seq: string;
  readonly hash: Buffer;
}

/** Checks seals in ascending order after `end`; answers what is wrong and the end to go on from. */
export function checkSeals(end: ChainEnd, seals: readonly StoredSeal[]): { findings: Finding[]; end: ChainEnd } {
  const findings: Finding[] = [];
  let { seq, hash } = end;
  for (const seal of seals) {
    const find = (kind: Finding['kind']) => findings.push({ kind, seq: seal.seq, auditId: seal.auditId });
    if (BigInt(seal.seq) !== BigInt(seq) + 1n) find('seal-missing');
    if (!seal.previousHash.equals(hash)) find('link-broken');
    if (seal.entry === null) find('entry-missing');
    else {
      const sealed: SealedText = { v: 1, seq: seal.seq, sealed_at: seal.sealedAt, entry: seal.entry };
      if (!sealHash(seal.previousHash, sealed).equals(seal.hash)) find('changed');
    }
    ({ seq, hash } = seal);
  }
  return { findings, end: { seq, hash } };
}
