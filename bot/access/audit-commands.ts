import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Context } from '../context.js';
import { createHeadSigner, type HeadSigner } from './audit-head.js';
import { headFiles } from './audit-head-files.js';
import { exportHead } from './audit-seal.js';
import { describeReport, verifyAudit } from './audit-verify.js';

/** One council, as a command of the console sees it: what it is called and a context of the system's own in it. */
export interface CouncilConsole {
  readonly name: string;
  readonly ctx: Context;
}

export interface AuditKeys {
  readonly auditHeadsDirectory: string | null;
  readonly auditSigningKey: string | null;
  readonly auditPublicKeys: string | null;
}

/** Prints what is proven of each council's log; answers whether nothing was found. */
export async function verifyAudits(
  councils: readonly CouncilConsole[],
  keys: AuditKeys,
  print: (line: string) => void,
): Promise<boolean> {
  const publicKeys = publicKeysOf(keys);
  if (!keys.auditHeadsDirectory) print('No place of exported heads is named (AUDIT_HEADS_DIRECTORY).');
  let sound = true;
  for (const { name, ctx } of councils) {
    const store = keys.auditHeadsDirectory ? headFiles(keys.auditHeadsDirectory) : null;
    const heads = (await store?.list(ctx.actor.authorityId)) ?? [];
    const report = await verifyAudit(ctx, { heads, publicKeys });
    if (report.findings.length > 0) sound = false;
    print(name);
    for (const line of describeReport(report)) print(`  ${line}`);
  }
  return sound;
}

/** Exports every council's head now. Throws when the key or the place is not named. */
export async function exportHeads(
  councils: readonly CouncilConsole[],
  keys: AuditKeys,
  print: (line: string) => void,
): Promise<void> {
  if (!keys.auditHeadsDirectory || !keys.auditSigningKey)
    throw new Error('Exporting a head needs AUDIT_HEADS_DIRECTORY and AUDIT_SIGNING_KEY.');
  const parts = { signer: headSignerOf(keys.auditSigningKey), store: headFiles(keys.auditHeadsDirectory) };
  for (const { name, ctx } of councils) {
    const head = await exportHead(ctx, parts);
    print(`${name}: ${head ? `head ${head.seq} exported, signed by ${head.keyId}` : 'nothing is sealed yet'}`);
  }
}

export function headSignerOf(pem: string): HeadSigner {
  return createHeadSigner(createPrivateKey(pem));
}

const pemBlock = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g;

/** Former keys are named with AUDIT_PUBLIC_KEYS; the present one needs no naming. */
function publicKeysOf({ auditPublicKeys, auditSigningKey }: AuditKeys): KeyObject[] {
  const named = (auditPublicKeys?.match(pemBlock) ?? []).map((pem) => createPublicKey(pem));
  return auditSigningKey ? [...named, createPublicKey(createPrivateKey(auditSigningKey))] : named;
}
