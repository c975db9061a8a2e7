import type { KeyObject } from 'node:crypto';
import { countUnsealed, listSeals, type Unsealed } from '../db/audit-log.js';
import type { Trx } from '../db/database.js';
import type { Context } from '../context.js';
import { type ChainEnd, checkSeals, type Finding, firstLink } from './audit-chain.js';
import { type AuditHead, headIsGenuine } from './audit-head.js';

export interface AuditReport {
  readonly authorityId: string;
  /** The last number of the chain; '0' when nothing is sealed. */
  readonly sealed: string;
  /** The last exported head that a given key signed and the chain agrees with. */
  readonly head: { readonly seq: string; readonly at: string } | null;
  readonly unsealed: Unsealed;
  readonly findings: readonly Finding[];
}

const pageSize = 5_000;

/** Recomputes the chain of ctx's authority and holds it against every exported head. Reads; writes nothing. */
export async function verifyAudit(
  ctx: Context,
  exported: { readonly heads: readonly AuditHead[]; readonly publicKeys: readonly KeyObject[] },
): Promise<AuditReport> {
  const { authorityId } = ctx.actor;
  const genuine = exported.heads.filter((head) => isGenuine(head, authorityId, exported.publicKeys));
  const forged = exported.heads.filter((head) => !genuine.includes(head));
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const walked = await walkChain(trx, authorityId, new Set(genuine.map(({ seq }) => seq)));
    const judged = genuine.map((head) => ({ head, finding: judgeHead(head, walked) }));
    const agreed = judged.filter(({ finding }) => finding === null).map(({ head }) => head);
    return {
      authorityId,
      sealed: walked.end.seq,
      head: agreed.sort((a, b) => Number(BigInt(a.seq) - BigInt(b.seq))).at(-1) ?? null,
      unsealed: await countUnsealed(trx, authorityId),
      findings: [
        ...walked.findings,
        ...forged.map(({ seq }): Finding => ({ kind: 'head-forged', seq, auditId: null })),
        ...judged.flatMap(({ finding }) => finding ?? []),
      ],
    };
  });
}

interface Walked {
  readonly end: ChainEnd;
  readonly findings: readonly Finding[];
  /** The hashes at the numbers that were asked for. */
  readonly hashes: ReadonlyMap<string, string>;
}

async function walkChain(trx: Trx, authorityId: string, asked: ReadonlySet<string>): Promise<Walked> {
  const findings: Finding[] = [];
  const hashes = new Map<string, string>();
  let end: ChainEnd = { seq: '0', hash: firstLink(authorityId) };
  // A seal below 1 is none of ours: start below every number there can be.
  let after = '-9223372036854775808';
  for (;;) {
    const seals = await listSeals(trx, authorityId, after, pageSize);
    const checked = checkSeals(end, seals);
    findings.push(...checked.findings);
    for (const { seq, hash } of seals) if (asked.has(seq)) hashes.set(seq, hash.toString('hex'));
    end = checked.end;
    after = end.seq;
    if (seals.length < pageSize) return { end, findings, hashes };
  }
}

function isGenuine(head: AuditHead, authorityId: string, publicKeys: readonly KeyObject[]): boolean {
  return head.authorityId === authorityId && headIsGenuine(head, publicKeys);
}

function judgeHead(head: AuditHead, { end, hashes }: Walked): Finding | null {
  if (BigInt(head.seq) > BigInt(end.seq)) return { kind: 'truncated', seq: head.seq, auditId: null };
  return hashes.get(head.seq) === head.hash ? null : { kind: 'head-differs', seq: head.seq, auditId: null };
}

const meanings: Record<Finding['kind'], string> = {
  'seal-missing': 'one or more seals before it are missing',
  'link-broken': 'it does not follow the seal before it: something was put in, taken out or moved',
  'entry-missing': 'the entry was sealed and is no longer there',
  changed: 'the entry or its seal is not what was sealed',
  'head-forged': 'an exported head bears no signature of a known key',
  'head-differs': 'the chain is not the one whose head was exported: it was made anew',
  truncated: 'an exported head lies beyond the end of the chain: its tail was cut off',
};

/** What was found and exactly what that proves, as lines to print. Ids and numbers only. */
export function describeReport(report: AuditReport): string[] {
  const { findings, head, sealed, unsealed } = report;
  return [
    ...findings.map(({ kind, seq, auditId }) => `FOUND at ${seq}${auditId ? ` (${auditId})` : ''}: ${meanings[kind]}.`),
    ...(findings.length > 0 ? [`Not proven: ${findings.length} findings above.`] : whatIsProven(sealed, head)),
    unsealed.count === 0
      ? 'No entry waits to be sealed.'
      : `${unsealed.count} entries are not sealed yet, the oldest of ${unsealed.oldest?.toISOString() ?? 'no time'}. ` +
        'Nothing is proven about them. Old ones were put in later, or the sealer stands still.',
  ];
}

function whatIsProven(sealed: string, head: AuditReport['head']): string[] {
  if (sealed === '0') return ['Nothing is sealed yet, so nothing is proven.'];
  const tail = 'whoever can write to the database could have made them anew or cut them off.';
  if (!head) return [`The chain of entries 1 to ${sealed} is whole, but no head of it was exported: ${tail}`];
  const upTo = `Proven: entries 1 to ${head.seq} are the ones exported at ${head.at}, whole, unchanged and in order.`;
  if (head.seq === sealed) return [upTo];
  return [upTo, `Entries ${BigInt(head.seq) + 1n} to ${sealed} are whole, but not exported yet: ${tail}`];
}
