import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { canonical } from './audit-chain.js';

/** The end of one authority's chain at one time, signed. Whoever holds it can tell whether the chain up to it was touched. */
export interface AuditHead {
  readonly authorityId: string;
  readonly seq: string;
  /** Hex. */
  readonly hash: string;
  readonly at: string;
  readonly keyId: string;
  /** Ed25519 over the canonical JSON of the rest; base64. */
  readonly signature: string;
}

/** Where heads are kept, outside the database and out of its administrators' reach. Nothing is ever replaced or deleted. */
export interface HeadStore {
  put(head: AuditHead): Promise<void>;
  /** In the order of putting. */
  list(authorityId: string): Promise<AuditHead[]>;
}

export interface HeadSigner {
  readonly keyId: string;
  sign(head: Omit<AuditHead, 'keyId' | 'signature'>): AuditHead;
}

/** Names a public key by its own bytes, so that a key cannot be passed off under another's name. */
export function keyIdOf(key: KeyObject): string {
  const spki = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(spki.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** Throws TypeError when the key is not an Ed25519 private key. */
export function createHeadSigner(privateKey: KeyObject): HeadSigner {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519')
    throw new TypeError('audit heads are signed with an Ed25519 private key');
  const keyId = keyIdOf(privateKey);
  return {
    keyId,
    sign: (head) => {
      const signed = { ...head, keyId };
      return { ...signed, signature: sign(null, signedText(signed), privateKey).toString('base64') };
    },
  };
}

export function headIsGenuine(head: AuditHead, publicKeys: readonly KeyObject[]): boolean {
  const key = publicKeys.find((candidate) => keyIdOf(candidate) === head.keyId);
  if (!key) return false;
  const { signature, ...signed } = head;
  return verify(null, signedText(signed), key, Buffer.from(signature, 'base64'));
}

function signedText({ authorityId, seq, hash, at, keyId }: Omit<AuditHead, 'signature'>): Buffer {
  return Buffer.from(`golden-thread audit head 1 ${canonical({ authorityId, seq, hash, at, keyId })}`);
}

/** A head is exported when the chain has grown and the last export is so long ago. */
export function exportIsDue(last: AuditHead | undefined, seq: string, now: Temporal.Instant, everyMs: number): boolean {
  if (seq === '0') return false;
  if (!last) return true;
  const age = now.epochMilliseconds - Temporal.Instant.from(last.at).epochMilliseconds;
  return BigInt(seq) > BigInt(last.seq) && (age >= everyMs || age < 0);
}
