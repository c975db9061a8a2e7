import {
  findLastSeal,
  insertSeals,
  listUnsealed,
  lockChain,
  type SealRow,
  type UnsealedEntry,
} from '../db/audit-log.js';
import { fromDate, toDate } from '../time.js';
import type { Context } from '../context.js';
import { type ChainEnd, firstLink, sealHash } from './audit-chain.js';
import type { AuditHead, HeadSigner, HeadStore } from './audit-head.js';

export interface SealOptions {
  /** Looks for unsealed entries of any age, not only recent ones. */
  readonly full: boolean;
  readonly limit: number;
}

// Nodes' clocks differ a little, and a transaction may commit some time after its entries were stamped.
const lookBackMinutes = 10;

/** Chains what is not chained yet, oldest first, in one transaction of ctx's authority. The end is the new head. */
export async function sealEntries(
  ctx: Context,
  { full, limit }: SealOptions,
): Promise<{ sealed: number; end: ChainEnd }> {
  const { authorityId } = ctx.actor;
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    await lockChain(trx, authorityId);
    const last = await findLastSeal(trx, authorityId);
    const end = last ?? { seq: '0', hash: firstLink(authorityId) };
    const lastAt = last?.entryAt ? fromDate(last.entryAt) : null;
    const since = full || !lastAt ? null : toDate(lastAt.subtract({ minutes: lookBackMinutes }));
    const entries = await listUnsealed(trx, authorityId, { since, limit });
    if (entries.length === 0) return { sealed: 0, end };
    const sealedAt = toDate(ctx.clock.now());
    const seals = chain(end, entries, sealedAt);
    await insertSeals(trx, authorityId, sealedAt, seals);
    return { sealed: seals.length, end: seals.at(-1) ?? end };
  });
}

function chain(end: ChainEnd, entries: readonly UnsealedEntry[], sealedAt: Date): SealRow[] {
  // As PostgreSQL prints it: to the microsecond, of which a Date knows none.
  const sealed_at = sealedAt.toISOString().replace('Z', '000Z');
  let { seq, hash: previousHash } = end;
  return entries.map(({ auditId, entry }) => {
    seq = String(BigInt(seq) + 1n);
    const hash = sealHash(previousHash, { v: 1, seq, sealed_at, entry });
    const seal = { seq, auditId, previousHash, hash };
    previousHash = hash;
    return seal;
  });
}

export interface ExportParts {
  readonly signer: HeadSigner;
  readonly store: HeadStore;
}

/** Signs the present head and puts it where the database's administrators cannot reach. Null when nothing is sealed yet. */
export async function exportHead(ctx: Context, parts: ExportParts, end?: ChainEnd): Promise<AuditHead | null> {
  const { authorityId } = ctx.actor;
  const head = end ?? (await ctx.db.transact(ctx.actor, ctx.clock, (trx) => findLastSeal(trx, authorityId)));
  if (!head || head.seq === '0') return null;
  const signed = parts.signer.sign({
    authorityId,
    seq: head.seq,
    hash: head.hash.toString('hex'),
    at: ctx.clock.now().toString(),
  });
  await parts.store.put(signed);
  return signed;
}
